package engine

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// maxTable is the largest number of keys in one lookup table. A bucket with more takes several
// passes.
const maxTable = 1 << 20

// finder finds keys that occurred before. Each worker has its own.
type finder struct {
	in     *intake
	hashes []uint64
	refs   []uint64 // run << 32 | position of the row in the run
	buf    []byte
	vars   [2][]byte
}

// duplicates marks every row whose key an earlier record has, even if that record was refused. It
// compares keys in full; the hashes only narrow down which to compare.
func (in *intake) duplicates() error {
	if in.plan.key < 0 {
		return nil
	}
	var mu sync.Mutex
	finders := make([]*finder, in.workers)
	return parallel(in.workers, idBuckets, func(worker, bucket int) error {
		if finders[worker] == nil {
			finders[worker] = &finder{in: in}
		}
		return finders[worker].bucket(bucket, &mu)
	})
}

// bucket searches one bucket of all runs, in the order of the records.
func (f *finder) bucket(bucket int, mu *sync.Mutex) error {
	n := 0
	for _, r := range f.in.runs {
		n += int(r.buckets[bucket+1] - r.buckets[bucket])
	}
	passes := 1
	for n/passes > maxTable {
		passes *= 2
	}
	size := 16
	for size < 2*n/passes+16 {
		size *= 2
	}
	if passes > 1 {
		size *= 2 // hashes do not divide evenly
	}
	if len(f.hashes) < size {
		f.hashes, f.refs = make([]uint64, size), make([]uint64, size)
	}
	for pass := range passes {
		clear(f.hashes[:size])
		for i, r := range f.in.runs {
			if err := f.run(i, r, bucket, uint64(passes-1), uint64(pass), size, mu); err != nil {
				return err
			}
		}
	}
	return nil
}

// run looks up the keys of one run in one bucket.
func (f *finder) run(number int, r *run, bucket int, mask, pass uint64, size int, mu *sync.Mutex) error {
	lo, hi := int(r.buckets[bucket]), int(r.buckets[bucket+1])
	entries, err := f.in.ids.get(r.ids.at+int64(lo*idEntry), (hi-lo)*idEntry, f.buf)
	if err != nil {
		return err
	}
	if r.ids.at >= 0 {
		f.buf = entries
	}
	for ; len(entries) > 0; entries = entries[idEntry:] {
		h, pos := binary.LittleEndian.Uint64(entries), binary.LittleEndian.Uint32(entries[8:])
		if h>>40&mask != pass {
			continue
		}
		i := h & uint64(size-1)
		for ; f.hashes[i] != 0; i = (i + 1) & uint64(size-1) {
			if f.hashes[i] != h {
				continue
			}
			same, err := f.same(f.refs[i], number, pos)
			if err != nil {
				return err
			}
			if same {
				mu.Lock()
				r.mark(pos)
				mu.Unlock()
				break
			}
		}
		if f.hashes[i] == 0 {
			f.hashes[i], f.refs[i] = h, uint64(number)<<32|uint64(pos)
		}
	}
	return nil
}

func (r *run) mark(pos uint32) {
	if r.dup == nil {
		r.dup = make([]uint64, (r.n+63)/64)
	}
	r.dup[pos/64] |= 1 << (pos % 64)
}

// same reports whether two rows have the same key.
func (f *finder) same(ref uint64, number int, pos uint32) (bool, error) {
	a, err := f.in.keyAt(f.in.runs[ref>>32], uint32(ref), &f.vars[0])
	if err != nil {
		return false, err
	}
	b, err := f.in.keyAt(f.in.runs[number], pos, &f.vars[1])
	return bytes.Equal(a, b), err
}

// keyAt returns the key of a row. It walks the texts from the nearest position noted by the run.
func (in *intake) keyAt(r *run, pos uint32, buf *[]byte) ([]byte, error) {
	first := int(pos) / sparseGap
	end := r.vars.n
	if first+1 < len(r.sparse) {
		end = int(r.sparse[first+1])
	}
	at := int(r.sparse[first])
	vars, err := in.rows.get(r.vars.at+int64(at), end-at, *buf)
	if err != nil {
		return nil, err
	}
	if r.vars.at >= 0 {
		*buf = vars
	}
	walk, err := in.walker(r, first*sparseGap, int(pos)+1)
	if err != nil {
		return nil, err
	}
	for p := first * sparseGap; p < int(pos); p++ {
		vars = vars[walk.row(vars, p):]
	}
	for range in.plan.columns[in.plan.key].ids {
		vars = vars[textLen(vars):]
	}
	n, w := binary.Uvarint(vars)
	return vars[w:][:n], nil
}

// textLen returns the number of bytes that the first text of b takes, including its length.
func textLen(b []byte) int {
	n, w := binary.Uvarint(b)
	return w + int(n)
}

// walker knows how many texts each row of a run has in vars.
type walker struct {
	ids    int
	texts  []packed // columns with texts outside the list
	rows   []byte
	from   int
	stride int
}

// walker returns a walker for the rows [from, to). It reads the packed rows only if some text is
// outside the list.
func (in *intake) walker(r *run, from, to int) (walker, error) {
	w := walker{from: from, stride: r.stride}
	for i := range in.plan.columns {
		if in.plan.columns[i].Kind == ID {
			w.ids++
		} else if in.varied[i] {
			w.texts = append(w.texts, r.packed[i])
		}
	}
	var err error
	if len(w.texts) > 0 {
		w.rows, err = in.rows.get(r.rows.at+int64(from*r.stride), (to-from)*r.stride, nil)
	}
	return w, err
}

// row returns the number of bytes that the texts of a row take.
func (w *walker) row(vars []byte, pos int) int {
	at := 0
	for range w.ids {
		at += textLen(vars[at:])
	}
	for _, p := range w.texts {
		if p.unpack(w.rows[(pos-w.from)*w.stride:]) == 0 {
			at += textLen(vars[at:])
		}
	}
	return at
}
