package engine

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync/atomic"

	"crossings/pipeline/microdata/rawfile"
)

// openInput opens a raw file as UTF-8 with commas. It also returns how the file is written, which its
// beginning may tell otherwise than the layout. The bytes read from the file are added to read, unless that is
// nil.
func (p *plan) openInput(path string, read *atomic.Int64) (io.Reader, Writing, func() error, error) {
	in, closer, err := rawfile.Open(path, read)
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
