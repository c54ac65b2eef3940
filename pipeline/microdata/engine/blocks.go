package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"crossings/pipeline/microdata/csvscan"
)

// blocks cuts the raw files into blocks, one after another, for the worker that asks next.
type blocks struct {
	in      *intake
	shards  []Shard // by file
	mu      sync.Mutex
	file    int // shards[file] is the next to open
	seq     int
	cut     *csvscan.Cutter
	closer  func() error
	fields  []int
	count   int
	stopped bool
	read    atomic.Int64 // bytes read of the files as they are
}

// fileBlock is a block with what a worker must know about its file.
type fileBlock struct {
	csvscan.Block
	seq, file int
	// fields maps each column of the plan to a field of a record. count is the number of fields of
	// a record.
	fields []int
	count  int
}

// next returns the next block, in buf if that is large enough. It returns io.EOF after the last.
// After an error, which has its position in seq, there are no more blocks.
func (f *blocks) next(ctx context.Context, buf []byte) (fileBlock, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		if f.stopped || f.cut == nil && f.file == len(f.shards) {
			return fileBlock{}, io.EOF
		}
		b, err := f.block(ctx, buf)
		if err == io.EOF {
			f.cut = nil
			if err = f.closer(); err == nil {
				continue
			}
		}
		out := fileBlock{Block: b, seq: f.seq, file: f.file - 1, fields: f.fields, count: f.count}
		f.seq++
		if err != nil {
			f.stopped = true
			return out, err
		}
		if len(b.Data) > 0 { // a block may hold only the header
			return out, nil
		}
	}
}

// block returns the next block of the open file, or of the next file.
func (f *blocks) block(ctx context.Context, buf []byte) (csvscan.Block, error) {
	if err := ctx.Err(); err != nil {
		return csvscan.Block{}, err
	}
	first := f.cut == nil
	if first {
		f.file++
		if err := f.open(f.shards[f.file-1]); err != nil {
			return csvscan.Block{}, err
		}
	}
	b, err := f.cut.Next(buf)
	switch {
	case err == nil && first && f.shards[f.file-1].From == 0:
		b, f.fields, f.count, err = f.header(b)
	case err == io.EOF && first:
		err = errors.New("the file is empty; its first line should name the columns")
	case err == io.EOF:
		return b, err
	}
	if err != nil {
		return b, fmt.Errorf("%s: %w", f.in.files[f.file-1], err)
	}
	return b, nil
}

// open opens a shard. If the shard does not begin its file, open reads the header from the
// beginning of the file.
func (f *blocks) open(s Shard) error {
	r, writing, closer, err := f.in.plan.openInput(s.Path, &f.read)
	if err != nil {
		return err
	}
	if s.From > 0 {
		b, err := csvscan.NewCutter(r, 1<<12).Next(nil)
		if err == nil {
			_, f.fields, f.count, err = f.header(b)
		}
		if err = errors.Join(err, closer()); err != nil {
			return fmt.Errorf("%s: %w", f.in.files[f.file-1], err)
		}
	}
	if s.To > 0 {
		if s.From == 0 {
			closer()
		}
		if r, closer, err = openPart(s); err != nil {
			return err
		}
		r = writing.Plain(r)
	}
	f.cut, f.closer = csvscan.NewCutter(r, f.in.options.block()), closer
	if s.From > 0 {
		f.cut = csvscan.NewCutterAt(r, f.in.options.block(), s.Line)
	}
	return nil
}

// stop ends the blocks: next returns io.EOF.
func (f *blocks) stop() {
	f.mu.Lock()
	f.stopped = true
	f.mu.Unlock()
}

// close closes the open file.
func (f *blocks) close() {
	if f.cut != nil {
		f.closer()
	}
}

// header cuts the header off the first block of a file and looks up the columns.
func (f *blocks) header(b csvscan.Block) (csvscan.Block, []int, int, error) {
	fields, count, next, err := f.in.plan.findHeader(b)
	if err != nil {
		return b, nil, 0, err
	}
	header := b.Data[:next]
	for _, c := range header {
		if c == '\n' {
			b.Line++
		}
	}
	// Move the data to the front, so that the whole buffer can be used for the next block.
	b.Data = b.Data[:copy(b.Data, b.Data[next:])]
	return b, fields, count, nil
}
