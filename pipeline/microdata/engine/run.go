package engine

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// run holds the rows of one block, judged, sorted and packed. The rows are in a store, in memory or
// in a spill file; the run itself takes about a quarter of a byte per row.
type run struct {
	file   int
	worker int
	line   int64 // its first line
	record int64 // 0-based number of its first record in the file; set when all blocks are read
	n      int   // rows, including refused ones
	shape  shape
	stride int
	packed []packed // by column; the row number comes last

	rows, vars, segs, rejects, breaks place
	// parts are the partitions that have rows, ascending, and an end.
	parts []span
	// sparse has the offset in vars of every 64th row.
	sparse []uint32
	// ids are the hashes of the keys with the positions of their rows, bucket by bucket.
	ids     place
	buckets [idBuckets + 1]uint32
	// dup marks rows whose key an earlier record has. Nil means none.
	dup []uint64
	// origin is the lineage of rows that were written before. Nil means the run's own file.
	origin *origin
}

// origin has, by row number, the raw file as a position in names, and the record's number in it.
type origin struct {
	names   []string
	files   []int32
	records []int64
}

// packed locates a column in a packed row. Values are stored plus two: 1 is a missing value, 0 a
// text outside the list.
type packed struct{ at, width int }

// span is the start of a partition in the rows and segments of a run.
type span struct {
	part     int
	pos, seg int
}

const (
	idBuckets = 256
	idEntry   = 12
	segEntry  = 12
	sparseGap = 64
)

// packer keeps the buffers for packing a run.
type packer struct {
	rows, vars, segs, small, ids []byte
	inverse                      []uint32
	whole                        []byte
}

// finish packs the worker's rows into a run and puts it into the stores. If ids is nil, the keys
// are not kept.
func (w *worker) finish(rows, ids *store) (*run, error) {
	r := &run{n: len(w.refused)}
	r.shape = w.sort()
	w.packRows(r)
	w.packVaried(r)
	w.packSegments(r)
	k := &w.pack
	k.whole = k.whole[:0]
	add := func(b []byte) place {
		p := place{int64(len(k.whole)), len(b)}
		k.whole = append(k.whole, b...)
		return p
	}
	r.rows, r.vars, r.segs = add(k.rows), add(k.vars), add(k.segs)
	r.rejects = add(w.packRejects())
	r.breaks = add(w.packBreaks())
	at, err := rows.put(k.whole)
	if err != nil {
		return nil, err
	}
	for _, p := range []*place{&r.rows, &r.vars, &r.segs, &r.rejects, &r.breaks} {
		p.at += at
	}
	if w.plan.key >= 0 && ids != nil {
		w.packIDs(r)
		if r.ids.at, err = ids.put(k.ids); err != nil {
			return nil, err
		}
		r.ids.n = len(k.ids)
	}
	return r, nil
}

// packRows writes the values of all columns except IDs, row by row in the order of the files. Each
// column takes as many bytes as its greatest value in the run needs.
func (w *worker) packRows(r *run) {
	r.packed = make([]packed, len(w.plan.columns)+1)
	for i := range w.plan.columns {
		if w.plan.columns[i].Kind == ID {
			continue
		}
		top := uint32(0)
		for row, v := range w.values[i] {
			if w.refused[row] {
				w.values[i][row] = 0
				v = 0
			}
			top = max(top, v+2)
		}
		r.packed[i] = packed{r.stride, byteWidth(top)}
		r.stride += r.packed[i].width
	}
	last := len(w.plan.columns)
	r.packed[last] = packed{r.stride, byteWidth(uint32(r.n) + 2)}
	r.stride += r.packed[last].width
	perm := w.sorter.perm
	out := slices.Grow(w.pack.rows[:0], r.n*r.stride)[:r.n*r.stride]
	w.pack.rows = out
	for i, p := range r.packed {
		if p.width == 0 {
			continue
		}
		if i == last {
			packValues(out, r.stride, p, perm, nil)
			continue
		}
		packValues(out, r.stride, p, perm, w.values[i])
	}
}

func byteWidth(v uint32) int {
	if n := (bits.Len32(v) + 7) / 8; n != 3 {
		return max(1, n)
	}
	return 4
}

// packValues writes one column of packed rows; if values is nil, the row numbers.
func packValues(out []byte, stride int, p packed, perm, values []uint32) {
	at := p.at
	for _, row := range perm {
		v := row
		if values != nil {
			v = values[row]
		}
		v += 2
		switch p.width {
		case 1:
			out[at] = byte(v)
		case 2:
			binary.LittleEndian.PutUint16(out[at:], uint16(v))
		default:
			binary.LittleEndian.PutUint32(out[at:], v)
		}
		at += stride
	}
}

// unpack reads one value of a packed row, still plus two.
func (p packed) unpack(row []byte) uint32 {
	switch p.width {
	case 1:
		return uint32(row[p.at])
	case 2:
		return uint32(binary.LittleEndian.Uint16(row[p.at:]))
	}
	return binary.LittleEndian.Uint32(row[p.at:])
}

// packVaried writes, for each row, its IDs and then its texts outside the lists.
func (w *worker) packVaried(r *run) {
	out := w.pack.vars[:0]
	r.sparse = make([]uint32, 0, (r.n+sparseGap-1)/sparseGap)
	ids, texts := w.variedColumns()
	for pos, row := range w.sorter.perm {
		if pos%sparseGap == 0 {
			r.sparse = append(r.sparse, uint32(len(out)))
		}
		for _, i := range ids {
			start, end := w.starts[i][row], w.ends[i][row]
			if n := end - start; n < 0x80 && (w.data[start] != '"' || w.literal) {
				out = append(out, byte(n))
				out = append(out, w.data[start:end]...)
				continue
			}
			out = appendText(out, w.text(i, int(row)))
		}
		for _, i := range texts {
			if w.values[i][row] == overflow {
				out = appendText(out, w.text(i, int(row)))
			}
		}
	}
	w.pack.vars = out
}

func appendText(b, text []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// variedColumns returns the ID columns, and the text columns for which the worker has met texts
// outside the list.
func (w *worker) variedColumns() (ids, texts []int) {
	for i := range w.plan.columns {
		if w.plan.columns[i].Kind == ID {
			ids = append(ids, i)
		} else if w.varied[i] {
			texts = append(texts, i)
		}
	}
	return ids, texts
}

// packSegments writes the number of consecutive rows with the same key, and where the partitions
// begin.
func (w *worker) packSegments(r *run) {
	keys, out := w.sorter.keys, w.pack.segs[:0]
	shift := 0
	for _, b := range r.shape.widths {
		shift += b
	}
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		if part := int(keys[i] >> shift); len(r.parts) == 0 || r.parts[len(r.parts)-1].part != part {
			r.parts = append(r.parts, span{part, i, len(out)})
		}
		out = binary.LittleEndian.AppendUint64(out, keys[i])
		out = binary.LittleEndian.AppendUint32(out, uint32(j-i))
		i = j
	}
	r.parts = append(r.parts, span{len(w.plan.parts) + 1, len(keys), len(out)})
	w.pack.segs = out
}

// packRejects writes the refused rows in the order of the file.
func (w *worker) packRejects() []byte {
	out := w.pack.small[:0]
	for _, x := range w.rejects {
		out = binary.AppendUvarint(out, uint64(x.row))
		out = binary.AppendVarint(out, int64(x.column))
		out = binary.AppendUvarint(out, uint64(x.day))
		out = appendText(out, x.text)
	}
	w.pack.small = out
	return out
}

func (w *worker) packBreaks() []byte {
	out := w.pack.small[:0]
	for _, row := range w.breaks {
		out = binary.LittleEndian.AppendUint32(out, row)
	}
	w.pack.small = out
	return out
}

// packIDs writes the hashes of the keys with the positions of their rows, bucket by bucket, each
// bucket in reading order.
func (w *worker) packIDs(r *run) {
	k := &w.pack
	k.inverse = slices.Grow(k.inverse[:0], r.n)[:r.n]
	for pos, row := range w.sorter.perm {
		k.inverse[row] = uint32(pos)
	}
	var next [idBuckets]uint32
	for _, h := range w.hashes {
		if h != 0 {
			next[h>>56]++
		}
	}
	at := uint32(0)
	for i, n := range next {
		r.buckets[i], next[i] = at, at
		at += n
	}
	r.buckets[idBuckets] = at
	k.ids = slices.Grow(k.ids[:0], int(at)*idEntry)[:int(at)*idEntry]
	for row, h := range w.hashes {
		if h == 0 {
			continue
		}
		e := k.ids[int(next[h>>56])*idEntry:][:idEntry]
		next[h>>56]++
		binary.LittleEndian.PutUint64(e, h)
		binary.LittleEndian.PutUint32(e[8:], k.inverse[row])
	}
}
