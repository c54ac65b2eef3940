package engine

import (
	"cmp"
	"slices"
)

// sorter sorts the rows of a block into the order of the files: by partition, then by the columns
// of Layout.Sort, then as read.
type sorter struct {
	keys, keys2 []uint64
	perm, perm2 []uint32 // row at each position
	counts      []uint32
}

// shape describes the bits of a sort key.
type shape struct {
	widths []int      // by sort column
	orders [][]uint32 // by sort column: the code at each rank; nil if the code is the rank
}

// sort fills w.sorter.perm and keys and returns the shape of the keys. A refused row's key has a
// partition after the last one.
func (w *worker) sort() shape {
	s, p := &w.sorter, w.plan
	n := len(w.refused)
	s.keys, s.perm = slices.Grow(s.keys[:0], n)[:n], slices.Grow(s.perm[:0], n)[:n]
	s.keys2, s.perm2 = slices.Grow(s.keys2[:0], n)[:n], slices.Grow(s.perm2[:0], n)[:n]
	days := w.values[p.date]
	for r := range s.keys {
		s.perm[r] = uint32(r)
		s.keys[r] = uint64(p.partOf[days[r]])
	}
	var shape shape
	total := width(len(p.parts) + 1)
	for _, c := range p.sort {
		bits, order := w.addSortColumn(c)
		shape.widths, shape.orders = append(shape.widths, bits), append(shape.orders, order)
		total += bits
	}
	behind := uint64(len(p.parts)) << (total - width(len(p.parts)+1))
	for r, refused := range w.refused {
		if refused {
			s.keys[r] = behind
		}
	}
	s.radix(total)
	return shape
}

// addSortColumn appends the rank of a column's value to the keys.
func (w *worker) addSortColumn(c int) (bits int, order []uint32) {
	keys, values, p := w.sorter.keys, w.values[c], w.plan
	switch column := &p.columns[c]; {
	case c == p.date:
		bits = 5 // a month has 31 days
		for r, v := range values {
			keys[r] = keys[r]<<bits | uint64(v-p.parts[p.partOf[v]].day)
		}
	case !column.open():
		bits = width(column.card)
		for r, v := range values {
			keys[r] = keys[r]<<bits | uint64(v)
		}
	default:
		var ranks []uint32
		ranks, order = ranked(w.caches[c].texts)
		bits = width(len(ranks))
		for r, v := range values {
			if int(v) < len(ranks) {
				keys[r] = keys[r]<<bits | uint64(ranks[v])
			} else {
				keys[r] <<= bits // of a refused row
			}
		}
	}
	return bits, order
}

// ranked returns the rank of each text and the text at each rank.
func ranked(texts []string) (ranks, order []uint32) {
	for i := range texts {
		order = append(order, uint32(i))
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(texts[a], texts[b]) })
	ranks = make([]uint32, len(texts))
	for rank, i := range order {
		ranks[i] = uint32(rank)
	}
	return ranks, order
}

// maxDigit is the number of bits per pass of the radix sort.
const maxDigit = 11

// radix sorts keys and perm by the low bits of the keys, least significant digit first, so that
// equal keys keep their order.
func (s *sorter) radix(bits int) {
	passes := (bits + maxDigit - 1) / maxDigit
	digit := (bits + passes - 1) / passes
	for shift := 0; shift < bits; shift += digit {
		s.counts = append(s.counts[:0], make([]uint32, 1<<digit)...)
		mask := uint64(1)<<digit - 1
		for _, k := range s.keys {
			s.counts[k>>shift&mask]++
		}
		at := uint32(0)
		for d, n := range s.counts {
			s.counts[d] = at
			at += n
		}
		for i, k := range s.keys {
			d := k >> shift & mask
			to := s.counts[d]
			s.counts[d]++
			s.keys2[to], s.perm2[to] = k, s.perm[i]
		}
		s.keys, s.keys2, s.perm, s.perm2 = s.keys2, s.keys, s.perm2, s.perm
	}
}
