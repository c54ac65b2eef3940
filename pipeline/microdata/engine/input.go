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

// maxWindow is the largest memory window that a zstd file may ask for, in bytes.
const maxWindow = 64 << 20

// openInput opens a raw file as UTF-8 with commas. It also returns how the file is written, which its
// beginning may tell otherwise than the layout. The bytes read from the file are added to read, unless that is
// nil.
func (p *plan) openInput(path string, read *atomic.Int64) (io.Reader, Writing, func() error, error) {
	in, closer, err := openText(path, read)
	if err != nil {
		return nil, Writing{}, nil, err
	}
	text, ok := in.(*bufio.Reader)
	if !ok {
		text = bufio.NewReaderSize(in, 1<<16)
	}
	w, err := p.writingOf(text)
	if err != nil {
		return nil, w, nil, errors.Join(fmt.Errorf("%s: %w", filepath.Base(path), err), closer())
	}
	return w.Plain(text), w, closer, nil
}

// openText opens a raw file and decompresses it if its first bytes say that it is compressed. The
// decompressed size has no limit, because nothing of it is held. A file that is not compressed is a
// *bufio.Reader.
func openText(path string, read *atomic.Int64) (io.Reader, func() error, error) {
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
	// After the peeked bytes, large reads bypass the bufio.Reader.
	return in, f.Close, nil
}

// counted counts the bytes read from a file.
type counted struct {
	file *os.File
	read *atomic.Int64
}

// Read reads from the file and counts its bytes.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.file.Read(p)
	if c.read != nil {
		c.read.Add(int64(n))
	}
	return n, err
}
