package event

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"crossings/pipeline/event/csvscan"
)

// Options are what a run may be told. The zero value will do.
type Options struct {
	// Workers is how many blocks are worked on at a time; 0 is one a processor.
	// What is written does not depend on it.
	Workers int
	// Block is the size in bytes of what is read and sorted together; 0 is 4 MiB. What is
	// written does not depend on it.
	Block int
	// Memory is how many bytes of parsed rows are kept in memory before the
	// rest is spilled to a file; 0 is 96 MiB, negative is none. The peak of the
	// process is about 150 MiB more for two workers.
	Memory int64
	// Durable waits until files are on the disk before they get their names.
	Durable bool
	// Progress, when set, is called now and then, by one goroutine at a time.
	Progress func(Progress)
}

// Progress is how far a run is.
type Progress struct {
	Bytes   int64 // read, after decompression
	Records int64
	Refused int64 // so far; duplicates are found later
	// Written counts partitions that are done, of Partitions; both are 0 while
	// files are read.
	Written, Partitions int
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o Options) block() int { return cmp.Or(o.Block, 4<<20) }

func (o Options) memory() int64 {
	if o.Memory == 0 {
		return 96 << 20
	}
	return max(0, o.Memory)
}

// intake is raw files, read, judged and sorted in runs.
type intake struct {
	plan      *plan
	options   Options
	workers   int
	files     []string // base names
	names     []string // the same, sorted, each once
	nameOf    []int32  // by file
	records   []int64  // by file
	runs      []*run
	rows, ids *store
	parsers   []*worker
	// varied says which text columns are written without a dictionary.
	varied []bool
	// dicts are by column the sorted texts of all workers; remaps by column
	// and worker lead from packed values to them.
	dicts  [][]string
	remaps [][][]int32
}

// job is a block on its way to a worker.
type job struct {
	block  csvscan.Block
	seq    int
	file   int
	fields []int
	count  int
}

// read reads files into runs. dir is where it may spill to.
func read(ctx context.Context, p *plan, files []string, dir string, o Options) (*intake, error) {
	in := &intake{plan: p, options: o, workers: o.workers(), varied: make([]bool, len(p.columns))}
	in.rows, in.ids = newStore(dir, o.memory()*3/4), newStore(dir, o.memory()/4)
	seed := maphash.MakeSeed()
	for range in.workers {
		in.parsers = append(in.parsers, newWorker(p, seed))
	}
	if err := in.blocks(ctx, files); err != nil {
		in.close()
		return nil, err
	}
	in.number()
	if err := in.dictionaries(); err != nil {
		in.close()
		return nil, err
	}
	if err := in.duplicates(); err != nil {
		in.close()
		return nil, err
	}
	in.ids.close()
	return in, nil
}

func (in *intake) close() {
	in.rows.close()
	in.ids.close()
}

// blocks reads all files on one goroutine and parses their blocks on the others.
func (in *intake) blocks(ctx context.Context, files []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := make(chan job, 1)
	free := make(chan []byte, in.workers+3)
	for range in.workers + 2 {
		free <- nil
	}
	var mu sync.Mutex
	failed := map[int]error{}
	fail := func(seq int, err error) {
		mu.Lock()
		failed[seq] = err
		mu.Unlock()
		cancel()
	}
	var done progress
	var wg sync.WaitGroup
	for i := range in.workers {
		wg.Go(func() {
			for j := range jobs {
				r, err := in.block(i, j)
				if err != nil {
					fail(j.seq, err)
				} else {
					mu.Lock()
					in.runs = append(in.runs, r)
					done.add(in, r, len(j.block.Data), len(in.parsers[i].rejects))
					mu.Unlock()
				}
				free <- j.block.Data
			}
		})
	}
	seq := 0
	for i, path := range files {
		in.files = append(in.files, filepath.Base(path))
		if err := in.file(ctx, i, path, &seq, jobs, free); err != nil {
			fail(seq, err)
			break
		}
	}
	close(jobs)
	wg.Wait()
	return firstError(failed)
}

// firstError returns the error that stands first in the files, so that it is
// the same whatever worker came first.
func firstError(failed map[int]error) error {
	var first error
	at := -1
	for seq, err := range failed {
		if first == nil || seq < at || errors.Is(first, context.Canceled) {
			if first == nil || !errors.Is(err, context.Canceled) {
				first, at = err, seq
			}
		}
	}
	return first
}

// progress adds up what is done.
type progress struct{ Progress }

func (p *progress) add(in *intake, r *run, bytes, refused int) {
	p.Bytes += int64(bytes)
	p.Records += int64(r.n)
	p.Refused += int64(refused)
	if in.options.Progress != nil {
		in.options.Progress(p.Progress)
	}
}

// block parses one block.
func (in *intake) block(worker int, j job) (*run, error) {
	w := in.parsers[worker]
	if err := w.parse(j.block, j.fields, j.count); err != nil {
		return nil, fmt.Errorf("%s: %w", in.files[j.file], err)
	}
	r, err := w.finish(j.block, in.rows, in.ids)
	if err != nil {
		return nil, err
	}
	r.file, r.worker, r.record = j.file, worker, int64(j.seq)
	return r, nil
}

// file cuts one file into jobs.
func (in *intake) file(ctx context.Context, number int, path string, seq *int, jobs chan<- job, free chan []byte) error {
	r, closeFile, err := openInput(path)
	if err != nil {
		return err
	}
	defer closeFile()
	cut := csvscan.NewCutter(r, in.options.block())
	var fields []int
	var count int
	for first := true; ; first = false {
		var buf []byte
		select {
		case buf = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		b, err := cut.Next(buf)
		if err == nil && first {
			b, fields, count, err = in.header(b)
		}
		if err == io.EOF && !first {
			free <- buf
			return nil
		}
		if err == io.EOF {
			err = errors.New("the file is empty; its first line should name the columns")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", in.files[number], err)
		}
		if len(b.Data) == 0 {
			free <- buf
			continue
		}
		jobs <- job{b, *seq, number, fields, count}
		*seq++
	}
}

// header takes the header off the first block of a file and looks up the columns.
func (in *intake) header(b csvscan.Block) (csvscan.Block, []int, int, error) {
	names, next, err := csvscan.Header(b)
	if err != nil {
		return b, nil, 0, err
	}
	if len(names) > maxColumns {
		return b, nil, 0, fmt.Errorf("%d columns; at most %d can be read", len(names), maxColumns)
	}
	fields := make([]int, len(in.plan.columns))
	for i, c := range in.plan.columns {
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

// number puts the runs in order and gives each the number of its first record.
func (in *intake) number() {
	slices.SortFunc(in.runs, func(a, b *run) int { return cmp.Compare(a.record, b.record) })
	in.records = make([]int64, len(in.files))
	in.names = slices.Compact(slices.Sorted(slices.Values(in.files)))
	for _, name := range in.files {
		at, _ := slices.BinarySearch(in.names, name)
		in.nameOf = append(in.nameOf, int32(at))
	}
	for _, r := range in.runs {
		r.record = in.records[r.file]
		in.records[r.file] += int64(r.n)
	}
}

// dictionaries joins the texts that the workers met, and leads from theirs to
// the joint ones.
func (in *intake) dictionaries() error {
	in.dicts, in.remaps = make([][]string, len(in.plan.columns)), make([][][]int32, len(in.plan.columns))
	for i := range in.plan.columns {
		c := &in.plan.columns[i]
		if !c.open() {
			in.dicts[i] = c.list
			continue
		}
		all := map[string]struct{}{}
		size := 0
		for _, w := range in.parsers {
			in.varied[i] = in.varied[i] || w.varied[i]
			for _, text := range w.memos[i].texts {
				if _, ok := all[text]; !ok {
					all[text] = struct{}{}
					size += len(text)
				}
			}
		}
		in.varied[i] = in.varied[i] || len(all) > maxCodes || size > memoBytes
		if in.varied[i] && c.Kind == Code {
			return fmt.Errorf("column %q has more than %d different codes or too long ones; declare it as text", c.From, maxCodes)
		}
		dict := make([]string, 0, len(all))
		for text := range all {
			dict = append(dict, text)
		}
		slices.Sort(dict)
		in.dicts[i] = dict
		for _, w := range in.parsers {
			in.remaps[i] = append(in.remaps[i], remap(w.memos[i].texts, dict))
		}
	}
	return nil
}

// What a remap leads to besides places of the list.
const (
	toNull     int32 = -1
	toOverflow int32 = -2
)

// remap leads from the packed values of a worker to places in the joint list.
func remap(texts, dict []string) []int32 {
	m := []int32{toOverflow, toNull}
	for _, text := range texts {
		at, _ := slices.BinarySearch(dict, text)
		m = append(m, int32(at))
	}
	return m
}
