package microdata

import (
	"context"
	"io"

	"crossings/pipeline/microdata/engine"
)

// Progress is the progress of reading a release of microdata. It is reported now and then, by one
// goroutine at a time.
type Progress struct {
	Source string
	Step   string // "copying", "reading" or "writing"
	// Done and Total count bytes of the files as given, and partitions while writing.
	Done, Total int64
	// Rows is the number of rows read, and Rejects the number of them excluded so far. Duplicates
	// are found later.
	Rows, Rejects int64
}

// progressOf converts the progress of the engine. size is the size of all files in bytes.
func progressOf(id string, x engine.Progress, size int64) Progress {
	p := Progress{Source: id, Step: "reading", Done: min(x.Read, size), Total: size, Rows: x.Records, Rejects: x.Refused}
	if x.Partitions > 0 {
		p.Step, p.Done, p.Total = "writing", int64(x.Written), int64(x.Partitions)
	}
	return p
}

// meter reports the progress of copying files.
type meter struct {
	Progress
	report func(Progress)
}

func (in *Intake) meter(a arrival) *meter {
	m := &meter{Progress{Source: a.s.ID, Step: "copying"}, in.progress}
	for _, f := range a.files {
		m.Total += f.size
	}
	return m
}

// reader returns a reader that counts the bytes read from r and fails once the context has ended.
func (m *meter) reader(ctx context.Context, r io.Reader) io.Reader { return &metered{ctx, r, m} }

type metered struct {
	ctx context.Context
	r   io.Reader
	m   *meter
}

// Read reads and counts bytes, unless the context has ended.
func (r *metered) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	r.m.Done += int64(n)
	if r.m.report != nil {
		r.m.report(r.m.Progress)
	}
	return n, err
}
