package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"crossings/pipeline/microdata/csvscan"
)

// feed cuts the raw files into blocks, one after another, for whichever worker
// asks next.
type feed struct {
	in      *intake
	shards  []Shard // by file
	mu      sync.Mutex
	file    int // the next to be opened is shards[file]
	seq     int
	cut     *csvscan.Cutter
	closer  func() error
	fields  []int
	count   int
	stopped bool
	read    atomic.Int64 // bytes of the files as they are
}

// fed is a block with what a worker has to know of its file.
type fed struct {
	csvscan.Block
	seq, file int
	// fields says for each column of the plan which field of a record it is,
	// count how many fields a record has.
	fields []int
	count  int
}

// next returns the next block, in buf if that is large enough. Behind the last
// it is io.EOF. After an error, which comes with its place in seq, there is no more.
func (f *feed) next(ctx context.Context, buf []byte) (fed, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		if f.stopped || f.cut == nil && f.file == len(f.shards) {
			return fed{}, io.EOF
		}
		b, err := f.block(ctx, buf)
		if err == io.EOF {
			f.cut = nil
			if err = f.closer(); err == nil {
				continue
			}
		}
		out := fed{Block: b, seq: f.seq, file: f.file - 1, fields: f.fields, count: f.count}
		f.seq++
		if err != nil {
			f.stopped = true
			return out, err
		}
		if len(b.Data) > 0 { // a header may be a block of its own
			return out, nil
		}
	}
}

// block returns the next block of the file that is open, or of the next.
func (f *feed) block(ctx context.Context, buf []byte) (csvscan.Block, error) {
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

// open opens a shard. One that does not begin its file has no header: that of the file is read.
func (f *feed) open(s Shard) error {
	r, closer, err := openInput(s.Path, &f.read)
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
	}
	f.cut, f.closer = csvscan.NewCutter(r, f.in.options.block()), closer
	if s.From > 0 {
		f.cut = csvscan.NewCutterAt(r, f.in.options.block(), s.Line)
	}
	return nil
}

// stop ends the feed.
func (f *feed) stop() {
	f.mu.Lock()
	f.stopped = true
	f.mu.Unlock()
}

// close closes the file that is open.
func (f *feed) close() {
	if f.cut != nil {
		f.closer()
	}
}

// header takes the header off the first block of a file and looks up the columns.
func (f *feed) header(b csvscan.Block) (csvscan.Block, []int, int, error) {
	names, next, err := csvscan.Header(b)
	if err != nil {
		return b, nil, 0, err
	}
	if len(names) > maxColumns {
		return b, nil, 0, fmt.Errorf("%d columns; at most %d can be read", len(names), maxColumns)
	}
	fields := make([]int, len(f.in.plan.columns))
	for i, c := range f.in.plan.columns {
		if fields[i] = slices.Index(names, c.From); fields[i] < 0 {
			return b, nil, 0, fmt.Errorf("no column %q; the header is %q", c.From, names)
		}
		if slices.Index(names[fields[i]+1:], c.From) >= 0 {
			return b, nil, 0, fmt.Errorf("two columns are called %q", c.From)
		}
	}
	header := b.Data[:next]
	for _, c := range header {
		if c == '\n' {
			b.Line++
		}
	}
	// The buffer is moved up, so that whole of it can be used for the next block.
	b.Data = b.Data[:copy(b.Data, b.Data[next:])]
	return b, fields, len(names), nil
}
