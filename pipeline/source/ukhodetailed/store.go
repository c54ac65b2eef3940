package ukhodetailed

import "iter"

// store is a slice that grows without copying: a table has hundreds of thousands of rows, and copies
// of what is known of them would take more memory than the rows themselves.
type store[T any] struct {
	blocks [][]T
	n      int
}

// blockLen is how many items a block has.
const blockLen = 1 << 10

// add appends an item.
func (s *store[T]) add(x T) {
	if s.n%blockLen == 0 {
		s.blocks = append(s.blocks, make([]T, 0, blockLen))
	}
	b := &s.blocks[len(s.blocks)-1]
	*b = append(*b, x)
	s.n++
}

// at returns the place of an item.
func (s *store[T]) at(i int) *T { return &s.blocks[i/blockLen][i%blockLen] }

// all yields the items with their indexes.
func (s *store[T]) all() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		for i := range s.n {
			if !yield(i, s.at(i)) {
				return
			}
		}
	}
}
