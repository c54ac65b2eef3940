// Package rawfile opens raw files of microdata as text: plain, compressed, or Parquet, whose rows it
// writes as CSV.
package rawfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow is the largest memory window that a zstd file may ask for, in bytes.
const maxWindow = 64 << 20

// Open opens a raw file. Its first bytes say whether it is compressed or Parquet. The size of what is
// read has no limit, because nothing of it is held. A file that is neither is a *bufio.Reader. The
// bytes read from the file are added to read, unless that is nil.
func Open(path string, read *atomic.Int64) (io.Reader, func() error, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	in := bufio.NewReaderSize(&counted{f, read}, 1<<16)
	start, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		f.Close()
		return nil, nil, err
	}
	r, closer, err := decoded(f, in, start, read)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return r, closer, nil
}

// decoded returns the text of a file that begins with start.
func decoded(f *os.File, in *bufio.Reader, start []byte, read *atomic.Int64) (io.Reader, func() error, error) {
	switch {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(in)
		return z, f.Close, err
	case bytes.HasPrefix(start, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(in, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, nil, err
		}
		return z, func() error { z.Close(); return f.Close() }, nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return nil, nil, errors.New("is a ZIP archive; unpack it first")
	case bytes.Equal(start, []byte("PAR1")):
		return openParquet(f, read)
	}
	// After the peeked bytes, large reads bypass the bufio.Reader.
	return in, f.Close, nil
}

// counted counts the bytes read from a file.
type counted struct {
	file *os.File
	read *atomic.Int64
}

// Read reads from the file and counts its bytes.
func (c *counted) Read(p []byte) (int, error) { return c.count(c.file.Read(p)) }

// ReadAt reads from any place of the file and counts its bytes.
func (c *counted) ReadAt(p []byte, at int64) (int, error) { return c.count(c.file.ReadAt(p, at)) }

func (c *counted) count(n int, err error) (int, error) {
	if c.read != nil {
		c.read.Add(int64(n))
	}
	return n, err
}
