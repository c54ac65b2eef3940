package engine

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

// maxWindow is how much memory a zstd file may ask for.
const maxWindow = 64 << 20

// openInput opens a raw file and takes its compression off, which the first bytes tell.
// What a compressed file grows to is not bounded here: nothing of it is held. What is read of
// the file itself is added to read, if that is not nil.
func openInput(path string, read *atomic.Int64) (io.Reader, func() error, error) {
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
	switch {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(in)
		if err != nil {
			f.Close()
			return nil, nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		return z, f.Close, nil
	case bytes.HasPrefix(start, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(in, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
		if err != nil {
			f.Close()
			return nil, nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		return z, func() error { z.Close(); return f.Close() }, nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		f.Close()
		return nil, nil, fmt.Errorf("%s: is a ZIP archive; unpack it first", filepath.Base(path))
	}
	// Large reads pass a bufio.Reader by, once it has given what it looked at.
	return in, f.Close, nil
}

// counted counts what is read of a file.
type counted struct {
	file *os.File
	read *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.file.Read(p)
	if c.read != nil {
		c.read.Add(int64(n))
	}
	return n, err
}
