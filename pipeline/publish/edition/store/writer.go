package store

import (
	"crypto/sha256"
	digest "hash"
	"io"

	"crossings/pipeline/atomicfile"
)

// writer writes a pack. Until commit the pack is not there.
type writer struct {
	directory
	number uint32
	file   *atomicfile.File
	digest digest.Hash // of what is written
	size   int64
	buffer []byte // of the block under way
}

func newWriter(path string, number uint32) (*writer, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	w := &writer{number: number, file: f, digest: sha256.New()}
	if _, err := w.write([]byte(magic)); err != nil {
		f.Abort()
		return nil, err
	}
	return w, nil
}

func (w *writer) write(data []byte) (at span, err error) {
	at = span{w.size, len(data)}
	n, err := io.MultiWriter(w.file, w.digest).Write(data)
	w.size += int64(n)
	return at, err
}

// add keeps a piece: data itself, or the difference from a base.
func (w *writer) add(p piece, data []byte) (ref, error) {
	p.block, p.in = len(w.blocks), span{int64(len(w.buffer)), len(data)}
	w.pieces = append(w.pieces, p)
	w.buffer = append(w.buffer, data...)
	var err error
	if len(w.buffer) >= blockSize {
		err = w.endBlock()
	}
	return ref{w.number, uint32(len(w.pieces) - 1)}, err
}

func (w *writer) endBlock() error {
	if len(w.buffer) == 0 {
		return nil
	}
	at, err := w.write(compress(w.buffer))
	w.blocks = append(w.blocks, block{at, len(w.buffer)})
	w.buffer = w.buffer[:0]
	return err
}

// end writes what follows the pieces and gives the pack its name.
func (w *writer) end(head []byte) (err error) {
	if err := w.endBlock(); err != nil {
		return err
	}
	var f footer
	part := func(data []byte) (at span, sum [sha256.Size]byte) {
		if err == nil {
			data = compress(data)
			sum = sha256.Sum256(data)
			at, err = w.write(data)
		}
		return at, sum
	}
	f.head, f.headSum = part(head)
	f.directory, f.directorySum = part(w.encode(w.number))
	if err != nil {
		return err
	}
	if _, err := w.write(f.encode()); err != nil {
		return err
	}
	if _, err := w.file.Write(w.digest.Sum(nil)); err != nil {
		return err
	}
	return w.file.Commit(true)
}
