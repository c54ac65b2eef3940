package engine

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"hash/maphash"
	"io"
	"math"
	"path/filepath"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// Parts receives the output of ReadShard. Only functions of this package can read the bytes. The
// receiver may keep them.
type Parts struct {
	// Rows receives good rows of one partition, for WritePartition.
	Rows func(partition string, data []byte) error
	// Keys receives keys, for FindDuplicates. Equal keys of all shards go to the same one of
	// Buckets buckets.
	Keys    func(bucket int, data []byte) error
	Buckets int
	// Refused receives the refused rows, for Rejects. It is called once per shard.
	Refused func(data []byte) error
	// Tally receives the shard's tally, for JoinTallies. It is called once per shard.
	Tally func(data []byte) error
}

// ReadShard reads a shard and judges its records as Normalise does. What it passes to to depends
// only on the shard, the layout and the block size.
func ReadShard(ctx context.Context, l Layout, s Shard, o Options, to Parts) error {
	p, err := compile(l)
	if err != nil {
		return err
	}
	r := &shardReader{shard: s, to: to, keys: make([][]byte, to.Buckets)}
	name := filepath.Base(s.Path)
	if o.Names != nil {
		name = o.Names[s.File]
	}
	r.in = &intake{plan: p, options: o, workers: 1, files: []string{name}}
	r.in.parsers = []*worker{newWorker(p, maphash.MakeSeed())}
	f := &blocks{in: r.in, shards: []Shard{s}}
	defer f.close()
	var buf []byte
	for {
		b, err := f.next(ctx, buf)
		if err == io.EOF {
			return r.finish()
		}
		if err != nil {
			return err
		}
		buf = b.Data
		if err := r.block(b); err != nil {
			return err
		}
		r.reportProgress(len(b.Data), f.read.Load())
	}
}

// shardReader packs a shard block by block.
type shardReader struct {
	in      *intake
	shard   Shard
	to      Parts
	records int64
	blocks  int
	keys    [][]byte // by bucket
	refused refusedRows
	done    Progress
}

// reportProgress reports the progress after a block. read is the number of bytes read if the shard
// is a whole file.
func (r *shardReader) reportProgress(bytes int, read int64) {
	r.done.Bytes += int64(bytes)
	r.done.Read = read
	if r.shard.To > 0 {
		r.done.Read = r.done.Bytes
	}
	r.done.Records = r.records
	r.done.Refused += int64(len(r.in.parsers[0].rejects))
	if r.in.options.Progress != nil {
		r.in.options.Progress(r.done)
	}
}

// packedRows are good rows of one partition and one block.
type packedRows struct {
	Shard, File, Block int
	Record             int64 // 0-based number of the block's first record in its shard
	N                  int
	Widths             []int // of the values of a packed row; 0 for IDs
	Bits               []int // of the parts of a sort key
	Rows, Vars, Segs   []byte
	Sparse             []uint32
	// Codes has, by column, the values that occur in an open column. Texts has the texts that they
	// stand for.
	Codes [][]uint32
	Texts [][]string
}

// refusedRows are the refused rows of one shard.
type refusedRows struct {
	Shard  int
	File   string
	Blocks []refusedBlock
}

// refusedBlock holds the refused rows of a block, packed as in a run, and its line breaks.
type refusedBlock struct {
	Line, Record int64
	Rows, Breaks []byte
}

// tally is what must be known about all shards before anything can be written.
type tally struct {
	Shards []shardTally
	// Varied says, by column, whether it has more texts than a dictionary may have. Texts has the
	// texts of the other open columns.
	Varied []bool
	Texts  [][]string
}

type shardTally struct {
	Number, File int
	Name         string
	Records      int64
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(v)
	return b.Bytes(), err
}

func decode(data []byte, v any) error { return gob.NewDecoder(bytes.NewReader(data)).Decode(v) }

// block parses a block and packs its rows.
func (r *shardReader) block(b fileBlock) error {
	in, w := r.in, r.in.parsers[0]
	in.rows = newStore("", math.MaxInt64)
	run, err := in.block(0, b)
	if err != nil {
		return err
	}
	in.varied = w.varied
	at := 0
	for i, span := range run.parts[:len(run.parts)-1] {
		if span.part == len(in.plan.parts) {
			break
		}
		if at, err = r.rows(run, span, run.parts[i+1], at); err != nil {
			return err
		}
	}
	if in.plan.key >= 0 {
		r.addKeys(w)
	}
	rejects, err := in.rows.get(run.rejects.at, run.rejects.n, nil)
	if err != nil {
		return err
	}
	breaks, err := in.rows.get(run.breaks.at, run.breaks.n, nil)
	if err != nil {
		return err
	}
	r.refused.Blocks = append(r.refused.Blocks, refusedBlock{run.line, r.records, rejects, breaks})
	r.records += int64(run.n)
	r.blocks++
	return nil
}

// rows packs the rows of a run from one span to another. It takes their texts from the given offset
// of the run's texts on and returns the offset of the end.
func (r *shardReader) rows(run *run, from, to span, at int) (int, error) {
	in := r.in
	whole, err := in.rows.get(run.rows.at, run.rows.n, nil)
	if err != nil {
		return 0, err
	}
	vars, err := in.rows.get(run.vars.at, run.vars.n, nil)
	if err != nil {
		return 0, err
	}
	segs, err := in.rows.get(run.segs.at, run.segs.n, nil)
	if err != nil {
		return 0, err
	}
	walk, err := in.walker(run, 0, run.n)
	if err != nil {
		return 0, err
	}
	p := packedRows{Shard: r.shard.Number, File: r.shard.File, Block: r.blocks, Record: r.records, N: to.pos - from.pos, Bits: run.shape.widths}
	end := at
	for pos := from.pos; pos < to.pos; pos++ {
		if (pos-from.pos)%sparseGap == 0 {
			p.Sparse = append(p.Sparse, uint32(end-at))
		}
		end += walk.row(vars[end:], pos)
	}
	p.Rows, p.Vars = whole[from.pos*run.stride:to.pos*run.stride], vars[at:end]
	p.Segs = byCode(run.shape, segs[from.seg:to.seg])
	for _, c := range run.packed {
		p.Widths = append(p.Widths, c.width)
	}
	r.texts(run, &p)
	data, err := encode(p)
	if err != nil {
		return 0, err
	}
	return end, r.to.Rows(in.plan.parts[from.part].name(), data)
}

// byCode returns segments whose keys have codes instead of the ranks among the run's texts.
func byCode(s shape, segs []byte) []byte {
	segs = slices.Clone(segs)
	for e := segs; len(e) > 0; e = e[segEntry:] {
		key, out, shift := binary.LittleEndian.Uint64(e), uint64(0), 0
		for i := len(s.widths) - 1; i >= 0; i-- {
			v := key & (1<<s.widths[i] - 1)
			key >>= s.widths[i]
			if s.orders[i] != nil {
				v = uint64(s.orders[i][v])
			}
			out |= v << shift
			shift += s.widths[i]
		}
		binary.LittleEndian.PutUint64(e, out)
	}
	return segs
}

// texts adds the texts of open columns that occur in the rows.
func (r *shardReader) texts(run *run, p *packedRows) {
	n := len(r.in.plan.columns)
	p.Codes, p.Texts = make([][]uint32, n), make([][]string, n)
	for i := range r.in.plan.columns {
		if !r.in.plan.columns[i].open() {
			continue
		}
		cache := r.in.parsers[0].caches[i]
		seen := make([]bool, len(cache.texts)+2)
		for row := p.Rows; len(row) > 0; row = row[run.stride:] {
			seen[run.packed[i].unpack(row)] = true
		}
		for v := 2; v < len(seen); v++ {
			if seen[v] {
				p.Codes[i] = append(p.Codes[i], uint32(v-2))
				p.Texts[i] = append(p.Texts[i], cache.texts[v-2])
			}
		}
	}
}

// addKeys packs the keys of a block: block, row, partition and key. A refused row has no partition,
// but its key still makes a later record with the same key a duplicate.
func (r *shardReader) addKeys(w *worker) {
	p := r.in.plan
	for row, h := range w.hashes {
		if h == 0 {
			continue
		}
		key := w.text(p.key, row)
		bucket := &r.keys[xxhash.Sum64(key)%uint64(len(r.keys))]
		if len(*bucket) == 0 {
			*bucket = binary.AppendUvarint(*bucket, uint64(r.shard.Number))
		}
		part := uint64(0)
		if !w.refused[row] {
			part = uint64(p.partOf[w.values[p.date][row]]) + 1
		}
		b := binary.AppendUvarint(*bucket, uint64(r.blocks))
		b = binary.AppendUvarint(b, uint64(row))
		b = binary.AppendUvarint(b, part)
		*bucket = appendText(b, key)
	}
}

// finish passes on the refused rows and the tally at the end of the shard.
func (r *shardReader) finish() error {
	for i, b := range r.keys {
		if len(b) == 0 {
			continue
		}
		if err := r.to.Keys(i, b); err != nil {
			return err
		}
	}
	r.refused.Shard, r.refused.File = r.shard.Number, r.in.files[0]
	data, err := encode(r.refused)
	if err != nil {
		return err
	}
	if err := r.to.Refused(data); err != nil {
		return err
	}
	t := tally{Shards: []shardTally{{r.shard.Number, r.shard.File, r.in.files[0], r.records}}}
	for i := range r.in.plan.columns {
		var texts []string
		if r.in.plan.columns[i].open() && !r.in.parsers[0].varied[i] {
			texts = r.in.parsers[0].caches[i].texts
		}
		t.Varied, t.Texts = append(t.Varied, r.in.parsers[0].varied[i]), append(t.Texts, texts)
	}
	if data, err = encode(t); err != nil {
		return err
	}
	return r.to.Tally(data)
}
