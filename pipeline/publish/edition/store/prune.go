package store

import (
	"fmt"
	"os"
	"slices"

	"crossings/pipeline/atomicfile"
)

// Rest is the name of a pack whose edition was removed, and that has pieces that others need.
const Rest = "rest"

// Prune removes the editions that keep does not keep, and the pieces that no other edition needs. At
// every moment an edition is there with all its files or not at all, so that a run that is killed can be
// repeated. It reads the lists of all editions.
func (s *Store) Prune(keep func(p Pack) bool) error {
	needed := map[ref]bool{}
	for _, p := range s.packs {
		if p.Name != Rest && keep(p) {
			if err := s.mark(p, needed); err != nil {
				return err
			}
		}
	}
	byPack := map[uint32]int{}
	for r := range needed {
		byPack[r.pack]++
	}
	// An edition needs only packs with lower numbers, so the newest go first.
	for _, p := range slices.Backward(slices.Clone(s.packs)) {
		kept := p.Name != Rest && keep(p)
		if err := s.prune(p, kept, byPack[p.Number], func(n int) bool { return needed[ref{p.Number, uint32(n)}] }); err != nil {
			return fmt.Errorf("%s: %w", p.File(), err)
		}
	}
	fresh, err := Open(s.dir)
	if err == nil {
		s.packs, s.opened, s.blocks = fresh.packs, fresh.opened, cache{}
	}
	return err
}

// mark notes the pieces that an edition needs.
func (s *Store) mark(p Pack, needed map[ref]bool) error {
	items, err := s.items(p)
	if err != nil {
		return err
	}
	s.one.Lock()
	defer s.one.Unlock()
	lists := [][]ref{s.opened[p.Number].tree}
	for _, f := range items {
		lists = append(lists, f.refs)
	}
	for _, list := range lists {
		for _, r := range list {
			for !needed[r] {
				x, err := s.piece(r)
				if err != nil {
					return err
				}
				if needed[r] = true; !x.delta {
					break
				}
				r = x.base
			}
		}
	}
	return nil
}

// prune removes what is not needed from one pack. count is how many of its pieces are needed.
func (s *Store) prune(p Pack, kept bool, count int, needed func(piece int) bool) error {
	if !kept && count == 0 {
		if err := os.Remove(s.path(p)); err != nil {
			return err
		}
		return atomicfile.SyncDir(s.dir)
	}
	s.one.Lock()
	defer s.one.Unlock()
	d, err := s.directory(p.Number)
	if err != nil {
		return err
	}
	have := 0
	for _, x := range d.pieces {
		if x.block >= 0 {
			have++
		}
	}
	if have == count && (kept || p.Name == Rest && len(d.tree) == 0) {
		return nil
	}
	var head []byte
	if kept {
		if head, err = s.Head(p); err != nil {
			return err
		}
	} else if p.Name != Rest {
		// The name goes first: from then on the edition is not there.
		rest := Pack{p.Number, Rest}
		if err := os.Rename(s.path(p), s.path(rest)); err != nil {
			return err
		}
		i := slices.Index(s.packs, p)
		s.packs[i], p = rest, rest
	}
	return s.rewrite(p, d, head, kept, needed)
}

// rewrite writes a pack again with the pieces that are needed, under their numbers.
func (s *Store) rewrite(p Pack, d *directory, head []byte, kept bool, needed func(piece int) bool) error {
	w, err := newWriter(s.path(p), p.Number)
	if err != nil {
		return err
	}
	defer w.file.Abort()
	if kept {
		w.tree, w.directory.sum = d.tree, d.sum
	}
	for n, x := range d.pieces {
		if x.block < 0 || !needed(n) {
			x.block = -1
			w.pieces = append(w.pieces, x)
			continue
		}
		block, err := s.block(p.Number, x.block)
		if err != nil {
			return err
		}
		if _, err := w.add(x, block[x.in.at:x.in.at+int64(x.in.size)]); err != nil {
			return err
		}
	}
	return w.end(head)
}

// Size returns the size of a pack in bytes.
func (s *Store) Size(p Pack) (int64, error) {
	info, err := os.Stat(s.path(p))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
