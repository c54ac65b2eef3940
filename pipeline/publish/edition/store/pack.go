package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// A pack has magic, blocks, the head, the directory and the footer. The footer has the places and
// hashes of the head and the directory, and the hash of all bytes before that hash.
const (
	magic      = "CRSTORE1"
	footerSize = 8 + 4 + 8 + 4 + 3*sha256.Size
)

// Limits of what is read, so that a damaged number does not take all memory.
const (
	blockSize    = 256 << 10 // of a block that is full, before compression
	maxBlock     = blockSize + maxPiece
	maxHead      = 16 << 20
	maxDirectory = 256 << 20
)

// ErrDamaged means that a pack is not what was written.
var ErrDamaged = errors.New("pack is damaged")

// span is a range of bytes.
type span struct {
	at   int64
	size int
}

// hash is the beginning of the SHA-256 of a piece.
type hash [16]byte

func hashOf(data []byte) (h hash) {
	sum := sha256.Sum256(data)
	copy(h[:], sum[:])
	return h
}

// piece says where a piece of a pack is.
type piece struct {
	hash  hash
	size  int  // of the piece
	block int  // number of its block, or -1 if no edition needs the piece any more
	in    span // in the block, decompressed
	delta bool // what is there is the difference from base
	base  ref
}

// block is a block of a pack.
type block struct {
	span
	raw int // size, decompressed
}

// directory lists what is in a pack.
type directory struct {
	blocks []block
	pieces []piece
	tree   []ref // pieces of the list of files, or none if the edition was removed
	sum    hash  // of that list
}

func (d *directory) encode(number uint32) []byte {
	out := binary.AppendUvarint(nil, uint64(len(d.blocks)))
	for _, b := range d.blocks {
		out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(b.size)), uint64(b.raw))
	}
	out = binary.AppendUvarint(out, uint64(len(d.pieces)))
	for _, p := range d.pieces {
		out = append(binary.AppendUvarint(out, uint64(p.block+1)), p.hash[:]...)
		size := uint64(p.size) << 1
		if p.delta {
			size |= 1
		}
		out = binary.AppendUvarint(out, size)
		if p.delta {
			out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(number-p.base.pack)), uint64(p.base.piece))
			out = binary.AppendUvarint(out, uint64(p.in.size))
		}
	}
	return append(appendRefs(out, d.tree), d.sum[:]...)
}

func readDirectory(data []byte, number uint32) (*directory, error) {
	p, d := parse(data), &directory{}
	at := int64(len(magic))
	for n := p.Number(); n > 0 && !p.Bad; n-- {
		b := block{span{at, p.Number()}, p.Number()}
		at += int64(b.size)
		if b.raw > maxBlock || b.size > 2*maxBlock {
			return nil, ErrDamaged
		}
		d.blocks = append(d.blocks, b)
	}
	ends := make([]int, len(d.blocks))
	for n := p.Number(); n > 0 && !p.Bad; n-- {
		x := piece{block: p.Number() - 1}
		copy(x.hash[:], p.Bytes(len(x.hash)))
		size := p.Number()
		x.size, x.delta = size>>1, size&1 == 1
		x.in.size = x.size
		if x.delta {
			x.base = ref{number - uint32(p.Number()), uint32(p.Number())}
			x.in.size = p.Number()
		}
		if x.block >= len(ends) || x.size > maxPiece || x.in.size > maxPiece {
			return nil, ErrDamaged
		}
		if x.block >= 0 {
			x.in.at = int64(ends[x.block])
			if ends[x.block] += x.in.size; ends[x.block] > d.blocks[x.block].raw {
				return nil, ErrDamaged
			}
		}
		d.pieces = append(d.pieces, x)
	}
	d.tree = p.refs()
	copy(d.sum[:], p.Bytes(len(d.sum)))
	if p.Bad || len(p.Data) > 0 {
		return nil, ErrDamaged
	}
	return d, nil
}

// footer is the end of a pack.
type footer struct {
	head, directory       span
	headSum, directorySum [sha256.Size]byte
	sum                   [sha256.Size]byte // of everything before it
}

func (f footer) encode() []byte {
	out := binary.BigEndian.AppendUint64(nil, uint64(f.head.at))
	out = binary.BigEndian.AppendUint32(out, uint32(f.head.size))
	out = binary.BigEndian.AppendUint64(out, uint64(f.directory.at))
	out = binary.BigEndian.AppendUint32(out, uint32(f.directory.size))
	return append(append(out, f.headSum[:]...), f.directorySum[:]...)
}

// readFooter reads the end of an open pack.
func readFooter(r io.ReaderAt, size int64) (f footer, err error) {
	if size < int64(len(magic)+footerSize) {
		return f, ErrDamaged
	}
	data := make([]byte, footerSize)
	if _, err := r.ReadAt(data, size-footerSize); err != nil {
		return f, err
	}
	f.head = span{int64(binary.BigEndian.Uint64(data)), int(binary.BigEndian.Uint32(data[8:]))}
	f.directory = span{int64(binary.BigEndian.Uint64(data[12:])), int(binary.BigEndian.Uint32(data[20:]))}
	rest := data[24:]
	for _, sum := range []*[sha256.Size]byte{&f.headSum, &f.directorySum, &f.sum} {
		rest = rest[copy(sum[:], rest):]
	}
	return f, nil
}

// readPart reads the head or the directory of a pack and compares it with its hash.
func readPart(r io.ReaderAt, size int64, at span, sum [sha256.Size]byte, limit int) ([]byte, error) {
	if at.at < 0 || at.size < 0 || at.size > limit || at.at > size-int64(at.size) {
		return nil, ErrDamaged
	}
	data := make([]byte, at.size)
	if _, err := r.ReadAt(data, at.at); err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != sum {
		return nil, ErrDamaged
	}
	return expand(data, limit)
}

// encoder and decoder are used by one goroutine at a time for each call.
var encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithZeroFrames(true))
var decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDirectory))

func compress(data []byte) []byte { return encoder.EncodeAll(data, nil) }

// expand decompresses what compress returned, if that has at most limit bytes.
func expand(data []byte, limit int) ([]byte, error) {
	var h zstd.Header
	if err := h.Decode(data); err != nil || h.FrameContentSize > uint64(limit) {
		return nil, ErrDamaged
	}
	out, err := decoder.DecodeAll(data, nil)
	if err != nil || len(out) > limit {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return out, nil
}

// openPack opens a pack and calls do with it and its footer.
func openPack(path string, do func(f *os.File, size int64, end footer) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	end, err := readFooter(f, info.Size())
	if err == nil {
		err = do(f, info.Size(), end)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// checkPack compares a pack with the hash at its end, and returns that hash.
func checkPack(path string) (sum [sha256.Size]byte, err error) {
	err = openPack(path, func(f *os.File, size int64, end footer) error {
		h := sha256.New()
		if _, err := io.Copy(h, io.NewSectionReader(f, 0, size-sha256.Size)); err != nil {
			return err
		}
		if !bytes.Equal(h.Sum(nil), end.sum[:]) {
			return ErrDamaged
		}
		sum = end.sum
		return nil
	})
	return sum, err
}
