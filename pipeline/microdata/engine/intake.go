package engine

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// Options control a run. They do not change what it writes. The zero value is usable.
type Options struct {
	// Workers is the number of blocks processed at a time. Zero means one per processor.
	Workers int
	// Block is the number of bytes read and sorted together. Zero means 2 MiB.
	Block int
	// Memory is the number of bytes of parsed rows kept in memory before the rest is spilled to a
	// file. Zero means 96 MiB, a negative value none. The process peaks at about 150 MiB more than
	// this with two workers.
	Memory int64
	// Durable syncs each file to disk before it gets its name.
	Durable bool
	// Names are the names of the files in rejects and in the manifest, one for each file. Nil means
	// their base names.
	Names []string
	// Progress, if not nil, is called now and then, by one goroutine at a time.
	Progress func(Progress)
}

// Progress says how far a run has come.
type Progress struct {
	Bytes   int64 // read so far, decompressed
	Read    int64 // read so far of the files as they are; their size is the total
	Records int64
	Refused int64 // so far, without duplicates, which are found later
	// Written counts the finished partitions out of Partitions. Both are zero while files are read.
	Written, Partitions int
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o Options) block() int { return cmp.Or(o.Block, 2<<20) }

func (o Options) memory() int64 {
	if o.Memory == 0 {
		return 96 << 20
	}
	return max(0, o.Memory)
}

// intake holds raw files as runs: read, judged and sorted.
type intake struct {
	plan      *plan
	options   Options
	workers   int
	files     []string // base names
	names     []string // the distinct names, sorted
	nameOf    []int32  // by file
	records   []int64  // by file
	runs      []*run
	rows, ids *store
	parsers   []*worker
	// varied says which text columns are written without a dictionary.
	varied []bool
	// dicts has, by column, the sorted texts of all workers. remaps, by column and worker, maps
	// packed values to positions in dicts.
	dicts  [][]string
	remaps [][][]int32
}

// read reads files into runs. It may spill to dir.
func read(ctx context.Context, p *plan, files []string, dir string, o Options) (*intake, error) {
	in := &intake{plan: p, options: o, workers: o.workers(), varied: make([]bool, len(p.columns))}
	in.rows, in.ids = newStore(dir, o.memory()*3/4), newStore(dir, o.memory()/4)
	seed := maphash.MakeSeed()
	for range in.workers {
		in.parsers = append(in.parsers, newWorker(p, seed))
	}
	if err := in.parseBlocks(ctx, files); err != nil {
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

// parseBlocks parses the blocks of all files. Each worker fetches its next block itself, so that a
// block is parsed on the processor that has it in its cache.
func (in *intake) parseBlocks(ctx context.Context, files []string) error {
	f := &blocks{in: in, shards: wholeFiles(files)}
	defer f.close()
	for i, path := range files {
		name := filepath.Base(path)
		if in.options.Names != nil {
			name = in.options.Names[i]
		}
		in.files = append(in.files, name)
	}
	var mu sync.Mutex
	failed := map[int]error{}
	var done progress
	var wg sync.WaitGroup
	for i := range in.workers {
		wg.Go(func() {
			var buf []byte
			for {
				b, err := f.next(ctx, buf)
				if err == io.EOF {
					return
				}
				var r *run
				if err == nil {
					buf = b.Data
					r, err = in.block(i, b)
				}
				mu.Lock()
				if err != nil {
					failed[b.seq] = err
					f.stop()
				} else {
					in.runs = append(in.runs, r)
					done.add(in, r, len(b.Data), f.read.Load(), len(in.parsers[i].rejects))
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return firstError(failed)
}

// firstError returns the error that comes first in the files, so that the result does not depend on
// which worker was faster.
func firstError(failed map[int]error) error {
	var first error
	at := 0
	for seq, err := range failed {
		if first == nil || seq < at {
			first, at = err, seq
		}
	}
	return first
}

// progress adds up the finished blocks.
type progress struct{ Progress }

func (p *progress) add(in *intake, r *run, bytes int, read int64, refused int) {
	p.Bytes += int64(bytes)
	p.Read = read
	p.Records += int64(r.n)
	p.Refused += int64(refused)
	if in.options.Progress != nil {
		in.options.Progress(p.Progress)
	}
}

// block parses one block.
func (in *intake) block(worker int, b fileBlock) (*run, error) {
	w := in.parsers[worker]
	if err := w.parse(b.Block, b.fields, b.count); err != nil {
		return nil, fmt.Errorf("%s: %w", in.files[b.file], err)
	}
	r, err := w.finish(in.rows, in.ids)
	if err != nil {
		return nil, err
	}
	r.line, r.file, r.worker, r.record = b.Line, b.file, worker, int64(b.seq)
	return r, nil
}

// number sorts the runs and gives each the number of its first record.
func (in *intake) number() {
	slices.SortFunc(in.runs, func(a, b *run) int { return cmp.Compare(a.record, b.record) })
	in.records = make([]int64, len(in.files))
	in.nameFiles()
	for _, r := range in.runs {
		r.record = in.records[r.file]
		in.records[r.file] += int64(r.n)
	}
}

// nameFiles sorts the file names for the lineage column.
func (in *intake) nameFiles() {
	in.names = slices.Compact(slices.Sorted(slices.Values(in.files)))
	in.nameOf = places(in.files, in.names)
}

// places returns the position of each name in a sorted list.
func places(names, list []string) (out []int32) {
	for _, name := range names {
		at, _ := slices.BinarySearch(list, name)
		out = append(out, int32(at))
	}
	return out
}

// nameOrigins adds the file names from which the runs of old rows came.
func (in *intake) nameOrigins(olds []*run) {
	if !in.plan.lineage {
		return
	}
	for _, r := range olds {
		in.names = append(in.names, r.origin.names...)
	}
	slices.Sort(in.names)
	in.names = slices.Compact(in.names)
	in.nameOf = places(in.files, in.names)
	for _, r := range olds {
		at := places(r.origin.names, in.names)
		for i, file := range r.origin.files {
			r.origin.files[i] = at[file]
		}
	}
}

// openColumns yields the columns whose texts the records decide. Each of the others has its list as its
// dictionary.
func (in *intake) openColumns() iter.Seq2[int, *column] {
	return func(yield func(int, *column) bool) {
		in.dicts, in.remaps = make([][]string, len(in.plan.columns)), make([][][]int32, len(in.plan.columns))
		for i := range in.plan.columns {
			c := &in.plan.columns[i]
			if !c.open() {
				in.dicts[i] = c.list
			} else if !yield(i, c) {
				return
			}
		}
	}
}

// dictionaries merges the texts of all workers and maps each worker's list to the merged one.
func (in *intake) dictionaries() error {
	for i, c := range in.openColumns() {
		all := map[string]struct{}{}
		size := 0
		for _, w := range in.parsers {
			in.varied[i] = in.varied[i] || w.varied[i]
			for _, text := range w.caches[i].texts {
				if _, ok := all[text]; !ok {
					all[text] = struct{}{}
					size += len(text)
				}
			}
		}
		in.varied[i] = in.varied[i] || len(all) > maxCodes || size > maxCacheBytes
		if err := c.checkVaried(in.varied[i]); err != nil {
			return err
		}
		dict := make([]string, 0, len(all))
		for text := range all {
			dict = append(dict, text)
		}
		slices.Sort(dict)
		in.dicts[i] = dict
		for _, w := range in.parsers {
			in.remaps[i] = append(in.remaps[i], remap(w.caches[i].texts, dict))
		}
	}
	return nil
}

// Results of a remap that are not positions in the list.
const (
	toNull     int32 = -1
	toOverflow int32 = -2
)

// remap maps the packed values of a worker to positions in the merged list.
func remap(texts, dict []string) []int32 {
	m := []int32{toOverflow, toNull}
	for _, text := range texts {
		at, _ := slices.BinarySearch(dict, text)
		m = append(m, int32(at))
	}
	return m
}
