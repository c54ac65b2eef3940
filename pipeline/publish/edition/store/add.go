package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	digest "hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition/deflated"
)

// Source is a file to keep.
type Source struct {
	File
	Open func() (io.ReadCloser, error)
}

// maxApart is the largest file that is taken apart, in bytes. It is in memory at once.
const maxApart = 64 << 20

// Add keeps the files of an edition in a new pack, after all others, and head with them. The error
// names a file that is not what its source says. After an error nothing has changed.
func (s *Store) Add(name string, head []byte, files []Source) (p Pack, err error) {
	p = Pack{1, name}
	if n := len(s.packs); n > 0 {
		p.Number = s.packs[n-1].Number + 1
	}
	if err := s.write(s.path(p), p, head, files); err != nil {
		return p, err
	}
	s.packs = append(s.packs, p)
	return p, nil
}

// Remake writes a pack again. It is an error if the result does not have the SHA-256 sum.
func (s *Store) Remake(p Pack, sum string, head []byte, files []Source) error {
	made := filepath.Join(s.dir, atomicfile.TempPrefix+"again-"+p.File())
	if err := s.write(made, p, head, files); err != nil {
		return err
	}
	defer os.Remove(made)
	have, err := checkPack(made)
	if err != nil {
		return err
	}
	if hex.EncodeToString(have[:]) != sum {
		return fmt.Errorf("%w: %s cannot be made again", ErrDamaged, p.File())
	}
	if err := os.Rename(made, s.path(p)); err != nil {
		return err
	}
	return atomicfile.SyncDir(s.dir)
}

// write writes a pack after those with lower numbers.
func (s *Store) write(path string, p Pack, head []byte, files []Source) (err error) {
	a := adder{store: s, own: map[hash]ref{}, olds: map[string][]item{}, sums: map[string]item{}}
	for _, before := range s.before(p) {
		if err := a.after(before); err != nil {
			return err
		}
	}
	if a.writer, err = newWriter(path, p.Number); err != nil {
		return err
	}
	defer a.file.Abort()
	files = slices.SortedFunc(slices.Values(files), func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	var list []byte
	for _, f := range files {
		x, err := a.keep(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if list, err = appendItem(list, x); err != nil {
			return err
		}
	}
	a.directory.sum = hashOf(list)
	if a.tree, err = a.pieces(bytes.NewReader(list), a.oldTree); err != nil {
		return err
	}
	return a.end(head)
}

// lookBack is the number of editions that a new one is compared with: the ones before it. A release that
// is taken back and let in again returns to the edition before the last.
const lookBack = 4

// before returns the editions that one is compared with, the newest first.
func (s *Store) before(p Pack) (out []Pack) {
	for _, x := range slices.Backward(s.packs) {
		if x.Number < p.Number && x.Name != Rest && len(out) < lookBack {
			out = append(out, x)
		}
	}
	return out
}

// adder is an edition on its way into a store.
type adder struct {
	*writer
	store   *Store
	own     map[hash]ref      // pieces in the new pack
	olds    map[string][]item // different files of the editions before with one name, the newest first
	sums    map[string]item   // files of all these editions, by their SHA-256
	oldTree []ref             // of the edition before
}

// after compares what comes with an older edition. Editions come newest first.
func (a *adder) after(p Pack) error {
	items, err := a.store.items(p)
	if err != nil {
		return err
	}
	for _, f := range items {
		if _, ok := a.sums[f.SHA256]; !ok {
			a.sums[f.SHA256] = f
		}
		if !slices.ContainsFunc(a.olds[f.Name], func(x item) bool { return x.SHA256 == f.SHA256 }) {
			a.olds[f.Name] = append(a.olds[f.Name], f)
		}
	}
	if a.oldTree == nil {
		a.oldTree = a.store.opened[p.Number].tree
	}
	return nil
}

// keep keeps a file, unless there is one with the same bytes.
func (a *adder) keep(f Source) (x item, err error) {
	if x, ok := a.sums[f.SHA256]; ok && x.Bytes == f.Bytes {
		x.Name = f.Name
		return x, nil
	}
	in, err := f.Open()
	if err != nil {
		return x, err
	}
	defer in.Close()
	x = item{File: f.File}
	sum := &counted{sha: sha256.New()}
	r := io.TeeReader(in, sum)
	if apart := f.Bytes <= maxApart && looksDeflated(f.Name); apart {
		data, err := io.ReadAll(r)
		if err != nil {
			return x, err
		}
		if form, ok := deflated.Apart(data); ok {
			x.form, data = taken, form
		}
		r = bytes.NewReader(data)
	}
	var old [][]ref
	for _, before := range a.olds[f.Name] {
		if before.form == x.form {
			old = append(old, before.refs)
		}
	}
	if x.refs, err = a.pieces(r, old...); err != nil {
		return x, err
	}
	if sum.n != f.Bytes || hex.EncodeToString(sum.sha.Sum(nil)) != f.SHA256 {
		return x, fmt.Errorf("%w: it is not the file that was listed", ErrDamaged)
	}
	a.sums[f.SHA256] = x
	return x, nil
}

// looksDeflated reports whether a file may have streams to take apart.
func looksDeflated(name string) bool {
	return slices.Contains([]string{".zip", ".xlsx", ".ods", ".png", ".gz"}, filepath.Ext(name))
}

// pieces cuts what r holds and keeps the pieces that are new. olds are the pieces of the same file in
// the editions before, the newest first.
func (a *adder) pieces(r io.Reader, olds ...[]ref) (out []ref, err error) {
	known, err := a.known(olds)
	if err != nil {
		return nil, err
	}
	var newest []ref
	if len(olds) > 0 {
		newest = olds[0]
	}
	at := 0 // the newest old piece that stood where the next one is
	err = pieces(r, func(data []byte) error {
		h := hashOf(data)
		if x, ok := known[h]; ok {
			if out = append(out, x.ref); x.at >= 0 {
				at = x.at
			}
			at++
			return nil
		}
		x, ok := a.own[h]
		if !ok {
			if x, err = a.piece(h, data, around(newest, at)); err != nil {
				return err
			}
			a.own[h] = x
		}
		out, at = append(out, x), at+1
		return nil
	})
	return out, err
}

// place is an old piece.
type place struct {
	ref ref
	at  int // its number in the newest file, or -1
}

// known returns the old pieces by their hash.
func (a *adder) known(olds [][]ref) (map[hash]place, error) {
	a.store.one.Lock()
	defer a.store.one.Unlock()
	known := map[hash]place{}
	for age, old := range olds {
		for i, r := range old {
			p, err := a.store.piece(r)
			if err != nil {
				return nil, err
			}
			if _, ok := known[p.hash]; ok {
				continue
			}
			x := place{r, i}
			if age > 0 {
				x.at = -1
			}
			known[p.hash] = x
		}
	}
	return known, nil
}

// chain is the number of differences that follow each other before a piece is kept whole. The hash of
// a piece adds to it, so that not all pieces of a file are kept whole in the same edition.
func chain(h hash) int { return 16 + int(h[0])%32 }

// around returns the old pieces that may be like the piece at a place, the likeliest first.
func around(old []ref, at int) (out []ref) {
	for _, i := range []int{at, at + 1, at - 1} {
		if i >= 0 && i < len(old) {
			out = append(out, old[i])
		}
	}
	return out
}

// piece keeps a new piece, as its difference from an old one if that is shorter.
func (a *adder) piece(h hash, data []byte, bases []ref) (ref, error) {
	p, best := piece{hash: h, size: len(data)}, data
	for _, base := range bases {
		steps, err := a.from(base, data, chain(h))
		if err != nil {
			return ref{}, err
		}
		if steps != nil && len(steps) < len(data)/2 && len(steps) < len(best) {
			p.delta, p.base, best = true, base, steps
		}
		if len(best) < len(data)/8 {
			break
		}
	}
	return a.add(p, best)
}

// from returns the difference of data from an old piece, or nil if too many differences would follow
// each other.
func (a *adder) from(base ref, data []byte, longest int) ([]byte, error) {
	a.store.one.Lock()
	defer a.store.one.Unlock()
	if depth, err := a.store.depth(base); err != nil || depth >= longest {
		return nil, err
	}
	old, err := a.store.read(base, 0)
	if err != nil {
		return nil, err
	}
	steps := difference(old, data)
	if again, err := apply(old, steps); err != nil || !bytes.Equal(again, data) {
		return nil, nil
	}
	return steps, nil
}

// counted hashes and counts what is written.
type counted struct {
	sha digest.Hash
	n   int64
}

// Write hashes and counts data. It never returns an error.
func (c *counted) Write(data []byte) (int, error) {
	c.n += int64(len(data))
	return c.sha.Write(data)
}
