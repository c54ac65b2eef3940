package engine

import (
	"hash/maphash"
	"slices"

	"crossings/pipeline/microdata/csvscan"
)

// worker parses blocks into runs. Its caches and lists grow from block to block; its other buffers
// are reused.
type worker struct {
	plan   *plan
	caches []*ruleCache
	seed   maphash.Seed
	// varied is set for a text column with some text that did not fit into the cache.
	varied []bool

	index        csvscan.Index
	data         []byte // of the block, with the bytes that may be read past its end
	literal      bool   // data has no quotes to remove
	breaks       []uint32
	starts, ends [][]uint32
	values       [][]uint32 // by column and row
	hashes       []uint64   // of the keys; 0 means no key
	refused      []bool
	rejects      []refusal
	scratch      []byte
	padded       []byte // a text with eight bytes before and after it
	sorter       sorter
	pack         packer
}

// refusal is a row that broke a rule.
type refusal struct {
	row    uint32
	column int16 // of the plan, or one of the constants below
	text   []byte
	day    uint32 // value of the date; 0 means unknown
}

const (
	wrongFields int16 = -1 - iota
	duplicated
)

// batch is the number of rows judged at a time. Their text stays in the first-level cache while one
// column after another is read from it.
const batch = 256

// maxReject is the number of bytes kept of a refused text.
const maxReject = 80

func newWorker(p *plan, seed maphash.Seed) *worker {
	n := len(p.columns)
	w := &worker{plan: p, seed: seed, varied: make([]bool, n), starts: make([][]uint32, n), ends: make([][]uint32, n), values: make([][]uint32, n)}
	for range p.columns {
		w.caches = append(w.caches, newRuleCache())
	}
	return w
}

// parse finds the rows of a block and judges them column by column, so that the loop over the rows
// of a column needs only one rule, one cache and one list. fields maps each column of the plan to a
// field of a record.
func (w *worker) parse(b csvscan.Block, fields []int, count int) error {
	if err := w.index.Scan(b, count); err != nil {
		return err
	}
	w.data, w.literal, w.breaks = b.Data[:len(b.Data)+csvscan.Slack], false, w.index.Breaks()
	n := w.index.Rows()
	w.refused = append(w.refused[:0], make([]bool, n)...)
	w.rejects = w.rejects[:0]
	for _, r := range w.index.Irregular() {
		w.refused[r.Row] = true
		w.rejects = append(w.rejects, refusal{uint32(r.Row), wrongFields, nil, 0})
	}
	for i := range w.plan.columns {
		w.starts[i], w.ends[i], w.values[i] = sized(w.starts[i], n), sized(w.ends[i], n), sized(w.values[i], n)
	}
	w.hashes = sized(w.hashes, n)
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		for i := range w.plan.columns {
			w.index.Column(fields[i], from, w.starts[i][from:to], w.ends[i][from:to])
			if w.plan.columns[i].Kind == ID {
				w.ids(i, from, to)
				continue
			}
			w.column(i, from, to)
		}
	}
	for i, x := range w.rejects {
		if x.column != wrongFields {
			w.rejects[i].day = w.values[w.plan.date][x.row] // the value of a bad date is 0
		}
	}
	slices.SortFunc(w.rejects, byRow)
	return nil
}

// sized returns s with length n.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/8)
	}
	return s[:n]
}

// column fills the values of a column for the rows [from, to).
func (w *worker) column(i, from, to int) {
	m, starts, ends, values := w.caches[i], w.starts[i][:to], w.ends[i][:to], w.values[i][:to]
	data := w.data
	for r := from; r < to; r++ {
		start, end := starts[r], ends[r]
		if data[start] != '"' && end >= 8 {
			if v, ok := m.find(data, start, end); ok && v != bad {
				values[r] = v
				continue
			}
		}
		values[r] = w.value(i, r)
	}
}

// value returns the value of a field that the fast lookup does not have: quoted, new, missing or
// bad.
func (w *worker) value(i, r int) uint32 {
	text := w.text(i, r)
	m := w.caches[i]
	w.padded = append(append(append(w.padded[:0], 0, 0, 0, 0, 0, 0, 0, 0), text...), 0, 0, 0, 0, 0, 0, 0, 0)
	v, ok := m.find(w.padded, 8, uint32(8+len(text)))
	if !ok {
		v = w.learn(i, text)
	}
	if v == bad {
		w.refuse(r, int16(i), text)
		return 0
	}
	return v
}

// text returns a field without its quotes. It is valid until the next call.
func (w *worker) text(i, r int) []byte {
	start, end := w.starts[i][r], w.ends[i][r]
	if start == end || w.data[start] != '"' || w.literal {
		return w.data[start:end]
	}
	text, kept := csvscan.Unquote(w.data[start:end], w.scratch)
	w.scratch = kept
	return text
}

// learn judges a text that the cache does not have, and keeps it if there is room.
func (w *worker) learn(i int, text []byte) uint32 {
	c, m := &w.plan.columns[i], w.caches[i]
	v := c.judge(text)
	room := m.room(len(text))
	if v == 0 && c.open() {
		v = uint32(len(m.texts))
		if !room {
			w.varied[i] = true
			return overflow
		}
	}
	if room {
		m.keep(text, v)
	}
	return v
}

// refuse notes that a row breaks a rule, unless it already broke one.
func (w *worker) refuse(r int, column int16, text []byte) {
	if w.refused[r] {
		return
	}
	w.refused[r] = true
	w.rejects = append(w.rejects, refusal{uint32(r), column, clipped(text), 0})
}

// ids judges an ID column for the rows [from, to), and hashes it if it is the key.
func (w *worker) ids(i, from, to int) {
	isKey := i == w.plan.key
	for r := from; r < to; r++ {
		text := w.data[w.starts[i][r]:w.ends[i][r]]
		if len(text) > 0 && text[0] == '"' {
			text = w.text(i, r)
		}
		h := uint64(0)
		if len(text) == 0 || !printable(text) {
			w.refuse(r, int16(i), text)
		} else if isKey {
			h = max(1, maphash.Bytes(w.seed, text))
		}
		if isKey {
			w.hashes[r] = h
		}
	}
}
