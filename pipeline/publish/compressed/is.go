package compressed

import (
	"bytes"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// readers open copies, by their suffix.
var readers = map[string]func(io.Reader) (io.Reader, error){
	".gz": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	".br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
}

// Is reports whether a copy with this suffix holds data, and nothing else.
func Is(suffix string, copy, data []byte) bool {
	open, ok := readers[suffix]
	if !ok {
		return false
	}
	in := bytes.NewReader(copy)
	r, err := open(in)
	if err != nil {
		return false
	}
	have := make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(r, have)
		if !bytes.HasPrefix(data, have[:n]) {
			return false
		}
		if data = data[n:]; err != nil {
			return len(data) == 0 && in.Len() == 0 && (err == io.EOF || err == io.ErrUnexpectedEOF && n > 0)
		}
	}
}
