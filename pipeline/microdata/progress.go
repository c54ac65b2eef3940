package microdata

import (
	"context"
	"io"

	"crossings/pipeline/microdata/engine"
)

// Progress is how far a release of records is. It is told now and then, by one goroutine at a time.
type Progress struct {
	Source string
	// Step is copying, reading or writing.
	Step string
	// Done of Total are bytes of the files as they were given; partitions while writing.
	Done, Total int64
	// Rows were read so far, Rejects of them refused; duplicates are found later.
	Rows, Rejects int64
}

// progressOf says how far the reader of records is in files of size bytes.
func progressOf(id string, x engine.Progress, size int64) Progress {
	p := Progress{Source: id, Step: "reading", Done: min(x.Read, size), Total: size, Rows: x.Records, Rejects: x.Refused}
	if x.Partitions > 0 {
		p.Step, p.Done, p.Total = "writing", int64(x.Written), int64(x.Partitions)
	}
	return p
}

// meter tells how far the copying of files is.
type meter struct {
	Progress
	tell func(Progress)
}

func (in *Intake) meter(a arrival) *meter {
	m := &meter{Progress{Source: a.s.ID, Step: "copying"}, in.progress}
	for _, f := range a.files {
		m.Total += f.size
	}
	return m
}

// reader counts what is read of r, and ends with the context.
func (m *meter) reader(ctx context.Context, r io.Reader) io.Reader { return &metered{ctx, r, m} }

type metered struct {
	ctx context.Context
	r   io.Reader
	m   *meter
}

// Read reads on unless the context has ended.
func (r *metered) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	r.m.Done += int64(n)
	if r.m.tell != nil {
		r.m.tell(r.m.Progress)
	}
	return n, err
}
