package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
)

// WritePartition merges the rows of one partition from all shards and writes the same file below
// dir that Normalise writes, byte for byte. rows comes from ReadShard for the partition, in any
// order; duplicates from FindDuplicates for it; joint is the tally of all shards. If all rows are
// duplicates, WritePartition writes no file and returns a File with no rows. It spills rows beyond
// Options.Memory.
func WritePartition(ctx context.Context, l Layout, partition string, rows, duplicates iter.Seq[[]byte], joint []byte, dir string, o Options) (File, error) {
	p, err := compile(l)
	if err != nil {
		return File{}, err
	}
	at := slices.IndexFunc(p.parts, func(q part) bool { return q.name() == partition })
	if at < 0 {
		return File{}, fmt.Errorf("partition %q: the layout has no such month", partition)
	}
	g := &gatherer{part: at, at: map[rowAt]*run{}}
	if err := decode(joint, &g.tally); err != nil {
		return File{}, err
	}
	g.in = &intake{plan: p, options: o, workers: 1, varied: g.tally.Varied, rows: newStore("", o.memory())}
	defer g.in.rows.close()
	for _, input := range g.tally.inputs() {
		g.in.files = append(g.in.files, input.File)
	}
	g.in.nameFiles()
	for data := range rows {
		if err := errors.Join(ctx.Err(), g.add(data)); err != nil {
			return File{}, err
		}
	}
	g.dictionaries()
	g.order()
	if err := g.mark(duplicates); err != nil {
		return File{}, err
	}
	m, err := newMerger(g.in)
	if err != nil {
		return File{}, err
	}
	return m.file(at, dir, p.parts[at].partPath(0))
}

// gatherer builds an intake from the rows of one partition.
type gatherer struct {
	in    *intake
	part  int
	tally tally
	heads []packedRows // by run.worker, without the rows
	at    map[rowAt]*run
}

// add makes a run from rows. Each run has a list of texts of its own, as a worker's has.
func (g *gatherer) add(data []byte) error {
	var p packedRows
	if err := decode(data, &p); err != nil {
		return err
	}
	r := &run{n: p.N, file: p.File, worker: len(g.heads), sparse: p.Sparse}
	for i, width := range p.Widths {
		at := r.stride
		if i < len(g.in.plan.columns) && g.in.plan.columns[i].Kind == ID {
			at = 0
		}
		r.packed = append(r.packed, packed{at, width})
		r.stride += width
	}
	r.shape = shape{p.Bits, make([][]uint32, len(p.Bits))}
	r.parts = []span{{g.part, 0, 0}, {len(g.in.plan.parts) + 1, p.N, len(p.Segs)}}
	for _, part := range []struct {
		to   *place
		data []byte
	}{{&r.rows, p.Rows}, {&r.vars, p.Vars}, {&r.segs, p.Segs}} {
		at, err := g.in.rows.put(part.data)
		if err != nil {
			return err
		}
		*part.to = place{at, len(part.data)}
	}
	p.Rows, p.Vars, p.Segs = nil, nil, nil
	g.heads = append(g.heads, p)
	g.at[rowAt{p.Shard, p.Block, 0}] = r
	g.in.runs = append(g.in.runs, r)
	return nil
}

// order sorts the runs by the order of their records in the files and gives each the number of its
// first record.
func (g *gatherer) order() {
	firsts := g.tally.firsts()
	slices.SortFunc(g.in.runs, func(a, b *run) int {
		x, y := &g.heads[a.worker], &g.heads[b.worker]
		return cmp.Or(cmp.Compare(x.Shard, y.Shard), cmp.Compare(x.Block, y.Block))
	})
	for _, r := range g.in.runs {
		r.record = firsts[g.heads[r.worker].Shard] + g.heads[r.worker].Record
	}
}

// dictionaries merges the texts of the runs.
func (g *gatherer) dictionaries() {
	in := g.in
	for i := range in.openColumns() {
		for k := range g.heads {
			in.dicts[i] = append(in.dicts[i], g.heads[k].Texts[i]...)
			if len(in.dicts[i]) > 2*maxCodes {
				slices.Sort(in.dicts[i])
				in.dicts[i] = slices.Compact(in.dicts[i])
			}
		}
		slices.Sort(in.dicts[i])
		in.dicts[i] = slices.Compact(in.dicts[i])
		for k := range g.heads {
			in.remaps[i] = append(in.remaps[i], g.heads[k].remap(i, in.dicts[i]))
		}
	}
	for at, column := range in.plan.sort {
		if in.plan.columns[column].open() {
			for _, r := range in.runs {
				r.shape.orders[at] = allCodes()
			}
		}
	}
}

// allCodes returns the identity mapping.
var allCodes = sync.OnceValue(func() []uint32 {
	codes := make([]uint32, maxCodes)
	for i := range codes {
		codes[i] = uint32(i)
	}
	return codes
})

// remap is remap for the codes that occur; nothing looks up the others.
func (p *packedRows) remap(column int, dict []string) []int32 {
	m := []int32{toOverflow, toNull}
	for k, text := range p.Texts[column] {
		for len(m) < int(p.Codes[column][k])+2 {
			m = append(m, toNull)
		}
		at, _ := slices.BinarySearch(dict, text)
		m = append(m, int32(at))
	}
	return m
}

// mark marks the duplicates.
func (g *gatherer) mark(duplicates iter.Seq[[]byte]) error {
	rows, err := rowsAt(duplicates)
	if err != nil {
		return err
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].shard == rows[0].shard && rows[n].block == rows[0].block {
			n++
		}
		if err := g.markRun(rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// markRun marks the duplicates of one run. It finds them by their row numbers.
func (g *gatherer) markRun(rows []dupAt) error {
	r := g.at[rowAt{rows[0].shard, rows[0].block, 0}]
	if r == nil {
		return fmt.Errorf("duplicates of block %d of shard %d, but no rows of that block", rows[0].block, rows[0].shard)
	}
	data, err := g.in.rows.get(r.rows.at, r.rows.n, nil)
	if err != nil {
		return err
	}
	number := r.packed[len(r.packed)-1]
	for pos := range r.n {
		row := int(number.unpack(data[pos*r.stride:])) - 2
		if _, found := slices.BinarySearchFunc(rows, row, func(a dupAt, row int) int { return cmp.Compare(a.row, row) }); found {
			r.mark(uint32(pos))
		}
	}
	return nil
}

// CubePartition sums one partition of the folder from into the folder to, as Cube does, and returns
// the partition of the cube. It neither reads nor writes a manifest.
func CubePartition(p Partition, from, to string, spec CubeSpec, o Options) (Partition, error) {
	if err := spec.validate(); err != nil {
		return Partition{}, err
	}
	c, err := newCuber(spec)
	if err != nil {
		return Partition{}, err
	}
	files, err := c.partition(p, from, to, o.Durable)
	return Partition{Name: p.Name, Files: files, From: spec.hash(p)}, err
}

// WriteManifest writes the manifest of a folder and removes the files that only the old manifest
// names. The files of the new manifest must be there.
func WriteManifest(dir string, m *Manifest, o Options) error {
	old, err := oldManifest(dir)
	if err != nil {
		return err
	}
	if err := m.write(dir, o.Durable); err != nil {
		return err
	}
	return m.removeStale(dir, old)
}
