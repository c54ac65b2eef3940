package engine

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"crossings/pipeline/microdata/parquetfile"
)

const (
	// groupRows is the number of rows of a row group. It is large enough for the dictionaries to
	// pay off, and small enough for a reader to skip much.
	groupRows = 1 << 18
	// groupText is the number of bytes of IDs and free text that a row group may hold before it is
	// halved.
	groupText = 48 << 20
)

// merger merges the rows of one partition from all runs. Each worker has one and reuses it for one
// partition after another.
type merger struct {
	in     *intake
	out    *parquetfile.Writer
	counts map[uint64]int
	keys   []uint64
	// columns has the values by column and row of the group. at has the offsets of the texts in
	// arena.
	columns [][]int32
	at      [][]uint32
	arena   []byte
	records []int64
	files   []int32
	chunks  []parquetfile.Chunk
	spans   []rows
	buf     struct{ segs, rows, vars []byte }
	key     func(text []byte) // called with the key of each row written
}

// rows are consecutive rows of a run that are also consecutive in a group.
type rows struct{ pos, n, to int }

func newMerger(in *intake) (*merger, error) {
	out, err := parquetfile.NewWriter()
	return &merger{in: in, out: out}, err
}

// partition writes the row groups of a partition to m.out and returns the number of rows. Rows are
// sorted by key; rows with equal keys keep the order of the files.
func (m *merger) partition(part int) (int, error) {
	m.counts = map[uint64]int{}
	total := 0
	for _, r := range m.in.runs {
		err := m.segments(r, part, func(key uint64, pos, n int) {
			n -= r.dups(pos, n)
			m.counts[key] += n
			total += n
		})
		if err != nil {
			return 0, err
		}
	}
	m.keys = m.keys[:0]
	for key := range m.counts {
		m.keys = append(m.keys, key)
	}
	slices.Sort(m.keys)
	for from := 0; from < total; from += groupRows {
		if err := m.group(part, from, min(from+groupRows, total)); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// group writes the rows [from, to) of the partition. If they hold too much text, it writes each
// half as a group.
func (m *merger) group(part, from, to int) error {
	size, err := m.fill(part, from, to)
	if err != nil {
		return err
	}
	if size > groupText && to-from > 1 {
		half := from + (to-from)/2
		if err := m.group(part, from, half); err != nil {
			return err
		}
		return m.group(part, half, to)
	}
	return m.out.Group(to-from, m.collect(to-from))
}

// segments calls visit for each segment of a run in a partition, with its key in the form common to
// all runs, the position of its first row and the number of rows.
func (m *merger) segments(r *run, part int, visit func(key uint64, pos, n int)) error {
	i, found := slices.BinarySearchFunc(r.parts, part, func(s span, part int) int { return s.part - part })
	if !found {
		return nil
	}
	a, b := r.parts[i], r.parts[i+1]
	segs, err := m.in.rows.get(r.segs.at+int64(a.seg), b.seg-a.seg, m.buf.segs)
	if err != nil {
		return err
	}
	if r.segs.at >= 0 {
		m.buf.segs = segs
	}
	pos := a.pos
	for ; len(segs) > 0; segs = segs[segEntry:] {
		n := int(binary.LittleEndian.Uint32(segs[8:]))
		visit(m.common(r, binary.LittleEndian.Uint64(segs)), pos, n)
		pos += n
	}
	return nil
}

// common converts a key of a run to the form common to all runs: a rank among the texts of one
// worker becomes a rank among all texts.
func (m *merger) common(r *run, key uint64) uint64 {
	var out uint64
	for i := len(r.shape.widths) - 1; i >= 0; i-- {
		v := key & (1<<r.shape.widths[i] - 1)
		key >>= r.shape.widths[i]
		if order := r.shape.orders[i]; order != nil {
			v = uint64(m.in.remaps[m.in.plan.sort[i]][r.worker][order[v]+2])
		}
		out |= v << (16 * (len(r.shape.widths) - 1 - i))
	}
	return out
}

// dups counts the duplicates among the n rows from pos on.
func (r *run) dups(pos, n int) int {
	count := 0
	if r.dup == nil {
		return 0
	}
	for end := pos + n; pos < end; {
		word := r.dup[pos/64] >> (pos % 64)
		k := min(64-pos%64, end-pos)
		count += bits.OnesCount64(word & (1<<k - 1))
		pos += k
	}
	return count
}

// fill collects the rows of a group and returns the number of bytes of text in them.
func (m *merger) fill(part, from, to int) (size int, err error) {
	m.reset(to - from)
	next, at := map[uint64]int{}, 0
	for _, key := range m.keys {
		next[key] = at
		at += m.counts[key]
	}
	for _, r := range m.in.runs {
		m.spans = m.spans[:0]
		err := m.segments(r, part, func(key uint64, pos, n int) {
			next[key] = m.split(r, pos, n, next[key], from, to)
		})
		if err != nil {
			return 0, err
		}
		if len(m.spans) == 0 {
			continue
		}
		n, err := m.take(r)
		if err != nil {
			return 0, err
		}
		size += n
		if to-from > 1 && (size > groupText || len(m.arena) > 8*groupText) {
			return groupText + 1, nil
		}
	}
	return size, nil
}

// split adds those rows of a segment that are in the group [from, end) and not duplicates. to is
// the position of the segment's first row in the partition. split returns the position after its
// last row.
func (m *merger) split(r *run, pos, n, to, from, end int) int {
	if to >= end {
		return to + n - r.dups(pos, n)
	}
	for n > 0 {
		k := n
		if r.dup != nil {
			k = r.free(pos, n)
		}
		if k > 0 {
			lo, hi := max(from-to, 0), min(end-to, k)
			if lo < hi {
				m.spans = append(m.spans, rows{pos + lo, hi - lo, to + lo - from})
			}
			to += k
		}
		pos, n = pos+k+1, n-k-1
	}
	return to
}

// free returns how many of the n rows from pos on come before the first duplicate.
func (r *run) free(pos, n int) int {
	for k := 0; k < n; {
		word := r.dup[(pos+k)/64] >> ((pos + k) % 64)
		if word != 0 {
			return min(n, k+bits.TrailingZeros64(word))
		}
		k += 64 - (pos+k)%64
	}
	return n
}

// reset makes room for n rows.
func (m *merger) reset(n int) {
	p := m.in.plan
	if m.columns == nil {
		m.columns, m.at = make([][]int32, len(p.columns)), make([][]uint32, len(p.columns))
		m.chunks = make([]parquetfile.Chunk, len(p.columns)+2)
	}
	for i := range p.columns {
		if p.columns[i].Kind == ID || m.in.varied[i] {
			m.at[i] = slices.Grow(m.at[i][:0], n)[:n]
		}
		if p.columns[i].Kind != ID {
			m.columns[i] = slices.Grow(m.columns[i][:0], n)[:n]
		}
	}
	if p.lineage {
		m.records, m.files = slices.Grow(m.records[:0], n)[:n], slices.Grow(m.files[:0], n)[:n]
	}
	m.arena = m.arena[:0]
}

// take copies the rows of m.spans, which belong to run r, to their positions in the group.
func (m *merger) take(r *run) (size int, err error) {
	lo := m.spans[0].pos
	last := m.spans[len(m.spans)-1]
	hi := last.pos + last.n
	packed, err := m.in.rows.get(r.rows.at+int64(lo*r.stride), (hi-lo)*r.stride, m.buf.rows)
	if err != nil {
		return 0, err
	}
	if r.rows.at >= 0 {
		m.buf.rows = packed
	}
	for i := range m.in.plan.columns {
		if m.in.plan.columns[i].Kind == ID {
			continue
		}
		var table []int32
		if m.in.remaps[i] != nil {
			table = m.in.remaps[i][r.worker]
		}
		unpackRows(m.columns[i], packed, r.stride, lo, r.packed[i], m.spans, table)
	}
	if m.in.plan.lineage {
		m.takeLineage(r, packed, lo)
	}
	return m.takeTexts(r, lo, hi)
}

// unpackRows copies one column of packed rows. A value v is packed as v+2. If table is given, it
// maps packed values to values common to all workers.
func unpackRows(out []int32, src []byte, stride, lo int, p packed, spans []rows, table []int32) {
	for _, s := range spans {
		from := src[(s.pos-lo)*stride+p.at:]
		to := out[s.to:][:s.n]
		switch {
		case p.width == 1 && table != nil:
			for i := range to {
				to[i] = table[from[i*stride]]
			}
		case p.width == 1:
			for i := range to {
				to[i] = int32(from[i*stride]) - 2
			}
		case p.width == 2 && table != nil:
			for i := range to {
				to[i] = table[binary.LittleEndian.Uint16(from[i*stride:])]
			}
		case p.width == 2:
			for i := range to {
				to[i] = int32(binary.LittleEndian.Uint16(from[i*stride:])) - 2
			}
		case table != nil:
			for i := range to {
				to[i] = table[binary.LittleEndian.Uint32(from[i*stride:])]
			}
		default:
			for i := range to {
				to[i] = int32(binary.LittleEndian.Uint32(from[i*stride:]) - 2)
			}
		}
	}
}

func (m *merger) takeLineage(r *run, packed []byte, lo int) {
	number := r.packed[len(r.packed)-1]
	for _, s := range m.spans {
		for i := range s.n {
			row := number.unpack(packed[(s.pos-lo+i)*r.stride:]) - 2
			if o := r.origin; o != nil {
				m.records[s.to+i], m.files[s.to+i] = o.records[row], o.files[row]
				continue
			}
			m.records[s.to+i] = r.record + int64(row) + 1
			m.files[s.to+i] = m.in.nameOf[r.file]
		}
	}
}

// collect returns the chunks of a group of n rows.
func (m *merger) collect(n int) []parquetfile.Chunk {
	p := m.in.plan
	for i := range p.columns {
		c := &p.columns[i]
		switch {
		case m.at[i] != nil:
			m.chunks[i] = parquetfile.Chunk{At: m.at[i], Arena: m.arena}
		case c.Kind == Date:
			m.chunks[i] = parquetfile.Chunk{Codes: m.columns[i], Card: c.card, Base: c.base}
		case c.Kind == Count:
			m.chunks[i] = parquetfile.Chunk{Codes: m.columns[i], Card: int(slices.Max(m.columns[i])) + 1}
		default:
			m.chunks[i] = parquetfile.Chunk{Codes: m.columns[i], Card: len(m.in.dicts[i]), Texts: m.in.dicts[i]}
		}
	}
	if p.key >= 0 && m.key != nil {
		for _, at := range m.at[p.key] {
			length, w := binary.Uvarint(m.arena[at:])
			m.key(m.arena[int(at)+w:][:length])
		}
	}
	if !p.lineage {
		return m.chunks[:len(p.columns)]
	}
	m.chunks[len(p.columns)] = parquetfile.Chunk{Codes: m.files, Card: len(m.in.names), Texts: m.in.names}
	m.chunks[len(p.columns)+1] = parquetfile.Chunk{Ints: m.records}
	return m.chunks
}
