package engine

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strconv"

	"crossings/pipeline/atomicfile"
)

// frame locates one item in the file of a kept shard and says what it is: its kind, and its month
// or bucket.
type frame struct {
	Kind byte
	Of   string
	At   int64
	N    int
}

// keptIndex is the index at the end of a kept shard's file. Its offset follows it, and then the
// SHA-256 of everything before. A shard whose file does not match its hash is read again.
type keptIndex struct {
	Of     [sha256.Size]byte // the identity of the shard
	Frames []frame
	Done   Progress
}

// keptFile is an open kept shard.
type keptFile struct {
	*os.File
	keptIndex
}

// openWhole opens a kept shard that an earlier run left, after checking its hash.
func openWhole(path string, of [sha256.Size]byte) (*keptFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	sum, want := sha256.New(), make([]byte, sha256.Size)
	if _, err := io.CopyN(sum, f, info.Size()-sha256.Size); err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(f, want); err != nil || !bytes.Equal(want, sum.Sum(nil)) {
		return nil, errors.Join(err, errTruncated)
	}
	return openKept(path, of)
}

// openKept opens a kept shard that was read to its end.
func openKept(path string, of [sha256.Size]byte) (_ *keptFile, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var end [8]byte
	size := info.Size() - sha256.Size - int64(len(end))
	if _, err := f.ReadAt(end[:], size); err != nil {
		return nil, err
	}
	at := int64(binary.LittleEndian.Uint64(end[:]))
	if at < 0 || at > size {
		return nil, errTruncated
	}
	index := make([]byte, size-at)
	if _, err := f.ReadAt(index, at); err != nil {
		return nil, err
	}
	out := &keptFile{File: f}
	if err := decode(index, &out.keptIndex); err != nil {
		return nil, err
	}
	if out.Of != of {
		return nil, errors.New("belongs to another file or layout")
	}
	return out, nil
}

// readShard reads a shard and keeps it.
func (k *keeper) readShard(ctx context.Context, worker int, s Shard, path string, of [sha256.Size]byte) error {
	f, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	sum := sha256.New()
	w := bufio.NewWriterSize(io.MultiWriter(f, sum), 1<<18)
	index := keptIndex{Of: of}
	at := int64(0)
	add := func(kind byte, of string, data []byte) error {
		index.Frames = append(index.Frames, frame{kind, of, at, len(data)})
		at += int64(len(data))
		_, err := w.Write(data)
		return err
	}
	o := Options{Block: keptBlock, Names: k.options.Names, Progress: func(p Progress) {
		index.Done = p
		k.reportProgress(worker, p, Progress{})
	}}
	err = ReadShard(ctx, k.layout, s, o, Parts{
		Rows:    func(month string, data []byte) error { return add(keptRows, month, data) },
		Keys:    func(bucket int, data []byte) error { return add(keptKeys, strconv.Itoa(bucket), data) },
		Buckets: k.buckets(),
		Refused: func(data []byte) error { return add(keptRefused, "", data) },
		Tally:   func(data []byte) error { return add(keptTally, "", data) },
	})
	if err == nil {
		var end []byte
		if end, err = encode(index); err == nil {
			_, err = w.Write(binary.LittleEndian.AppendUint64(end, uint64(at)))
		}
	}
	err = errors.Join(err, w.Flush())
	if err == nil {
		_, err = f.Write(sum.Sum(nil))
	}
	if err != nil {
		f.Abort()
		return err
	}
	return f.Commit(k.options.Durable)
}
