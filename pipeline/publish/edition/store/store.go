package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition/deflated"
)

// Suffix ends the name of a pack.
const Suffix = ".pack"

// Pack is a pack of a store.
type Pack struct {
	Number uint32
	Name   string // of the edition
}

// File returns the name of the pack's file.
func (p Pack) File() string { return fmt.Sprintf("%06d-%s%s", p.Number, p.Name, Suffix) }

// ParsePack returns the pack with this file name.
func ParsePack(file string) (p Pack, ok bool) {
	number, name, ok := strings.Cut(strings.TrimSuffix(file, Suffix), "-")
	n, err := strconv.ParseUint(number, 10, 32)
	p = Pack{uint32(n), name}
	return p, ok && err == nil && n > 0 && p.File() == file
}

// Store is a store in a folder. Its methods are safe for concurrent use, but only one may write.
type Store struct {
	dir   string
	packs []Pack // in order of number

	one    sync.Mutex
	opened map[uint32]*directory
	blocks cache
}

// Open opens the store in a folder, which need not exist yet. Other files there are left alone.
func Open(dir string) (*Store, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	s := &Store{dir: dir, opened: map[uint32]*directory{}}
	for _, e := range entries {
		if p, ok := ParsePack(e.Name()); ok && e.Type().IsRegular() {
			s.packs = append(s.packs, p)
		}
	}
	slices.SortFunc(s.packs, func(a, b Pack) int { return cmp.Compare(a.Number, b.Number) })
	for i := range len(s.packs) - 1 {
		if s.packs[i].Number == s.packs[i+1].Number {
			return nil, fmt.Errorf("%s: %s and %s have the same number; move one of them elsewhere", dir, s.packs[i].File(), s.packs[i+1].File())
		}
	}
	return s, nil
}

// Packs returns the packs in the order in which they were written.
func (s *Store) Packs() []Pack { return s.packs }

func (s *Store) path(p Pack) string { return filepath.Join(s.dir, p.File()) }

func (s *Store) find(number uint32) (Pack, bool) {
	i, ok := slices.BinarySearchFunc(s.packs, number, func(p Pack, n uint32) int { return cmp.Compare(p.Number, n) })
	if !ok {
		return Pack{}, false
	}
	return s.packs[i], true
}

// Head returns the text that was kept with an edition.
func (s *Store) Head(p Pack) (head []byte, err error) {
	err = openPack(s.path(p), func(f *os.File, size int64, end footer) error {
		head, err = readPart(f, size, end.head, end.headSum, maxHead)
		return err
	})
	return head, err
}

// Sum returns the SHA-256 that a pack has at its end. It does not compare it with the pack; see Check.
func (s *Store) Sum(p Pack) (sum string, err error) {
	err = openPack(s.path(p), func(_ *os.File, _ int64, end footer) error {
		sum = hex.EncodeToString(end.sum[:])
		return nil
	})
	return sum, err
}

// Check compares every byte of a pack with its hash.
func (s *Store) Check(p Pack) (sum string, err error) {
	x, err := checkPack(s.path(p))
	return hex.EncodeToString(x[:]), err
}

// directory returns the directory of a pack. The caller holds the lock.
func (s *Store) directory(number uint32) (d *directory, err error) {
	if d := s.opened[number]; d != nil {
		return d, nil
	}
	p, ok := s.find(number)
	if !ok {
		return nil, fmt.Errorf("%w: pack %d is missing in %s", ErrDamaged, number, s.dir)
	}
	err = openPack(s.path(p), func(f *os.File, size int64, end footer) error {
		data, err := readPart(f, size, end.directory, end.directorySum, maxDirectory)
		if err == nil {
			d, err = readDirectory(data, number)
		}
		return err
	})
	if err == nil {
		s.opened[number] = d
	}
	return d, err
}

// piece returns what is known of a piece. The caller holds the lock.
func (s *Store) piece(r ref) (piece, error) {
	d, err := s.directory(r.pack)
	if err != nil {
		return piece{}, err
	}
	if int(r.piece) >= len(d.pieces) || d.pieces[r.piece].block < 0 {
		return piece{}, fmt.Errorf("%w: pack %d has no piece %d", ErrDamaged, r.pack, r.piece)
	}
	return d.pieces[r.piece], nil
}

// maxChain is a limit on the differences that follow each other, in case a pack is damaged.
const maxChain = 256

// read returns the bytes of a piece. The caller holds the lock and does not change them.
func (s *Store) read(r ref, depth int) ([]byte, error) {
	p, err := s.piece(r)
	if err != nil {
		return nil, err
	}
	block, err := s.block(r.pack, p.block)
	if err != nil {
		return nil, err
	}
	data := block[p.in.at : p.in.at+int64(p.in.size)]
	if p.delta {
		if depth > maxChain || p.base == r {
			return nil, ErrDamaged
		}
		base, err := s.read(p.base, depth+1)
		if err != nil {
			return nil, err
		}
		if data, err = apply(base, data); err != nil || len(data) != p.size {
			return nil, ErrDamaged
		}
	}
	return data, nil
}

// depth returns how many differences a piece is made of. The caller holds the lock.
func (s *Store) depth(r ref) (n int, err error) {
	for n <= maxChain+1 {
		p, err := s.piece(r)
		if err != nil || !p.delta {
			return n, err
		}
		n, r = n+1, p.base
	}
	return n, ErrDamaged
}

// block returns a block, decompressed. The caller holds the lock.
func (s *Store) block(number uint32, n int) ([]byte, error) {
	key := blockKey{number, n}
	if data, ok := s.blocks.get(key); ok {
		return data, nil
	}
	p, _ := s.find(number)
	b := s.opened[number].blocks[n]
	f, err := os.Open(s.path(p))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, b.size)
	if _, err := f.ReadAt(data, b.at); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", s.path(p), ErrDamaged, err)
	}
	out, err := expand(data, maxBlock)
	if err != nil || len(out) != b.raw {
		return nil, fmt.Errorf("%s: %w", s.path(p), ErrDamaged)
	}
	s.blocks.put(key, out)
	return out, nil
}

// checked returns the bytes of a piece after it compared them with their hash.
func (s *Store) checked(r ref) ([]byte, error) {
	s.one.Lock()
	defer s.one.Unlock()
	data, err := s.read(r, 0)
	if err != nil {
		return nil, err
	}
	if p, err := s.piece(r); err != nil || hashOf(data) != p.hash {
		return nil, fmt.Errorf("%w: piece %d of pack %d", ErrDamaged, r.piece, r.pack)
	}
	return data, nil
}

// join writes pieces one after another.
func (s *Store) join(w io.Writer, refs []ref) error {
	for _, r := range refs {
		data, err := s.checked(r)
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}

// items returns the files of an edition.
func (s *Store) items(p Pack) ([]item, error) {
	s.one.Lock()
	d, err := s.directory(p.Number)
	s.one.Unlock()
	if err != nil {
		return nil, err
	}
	var list bytes.Buffer
	if err := s.join(&list, d.tree); err != nil {
		return nil, err
	}
	if hashOf(list.Bytes()) != d.sum {
		return nil, fmt.Errorf("%s: %w", s.path(p), errTree)
	}
	return readItems(list.Bytes())
}

// Whole reports whether all pieces of an edition are there. It does not read those of files; see Check.
func (s *Store) Whole(p Pack) error {
	items, err := s.items(p)
	if err != nil {
		return err
	}
	s.one.Lock()
	defer s.one.Unlock()
	for _, f := range items {
		for _, r := range f.refs {
			if _, err := s.depth(r); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
	}
	return nil
}

// Edition is an edition whose files can be read.
type Edition struct {
	store *Store
	items []item
	names map[string]int
}

// Edition returns the edition that a pack was written for.
func (s *Store) Edition(p Pack) (*Edition, error) {
	items, err := s.items(p)
	if err != nil {
		return nil, err
	}
	e := &Edition{s, items, map[string]int{}}
	for i, f := range items {
		e.names[f.Name] = i
	}
	return e, nil
}

// Files returns the files of the edition in order of name.
func (e *Edition) Files() (out []File) {
	for _, f := range e.items {
		out = append(out, f.File)
	}
	return out
}

// Write writes a file of the edition, and then compares it with its SHA-256. The error is
// fs.ErrNotExist if there is no such file.
func (e *Edition) Write(w io.Writer, name string) error {
	i, ok := e.names[name]
	if !ok {
		return fmt.Errorf("%w: %s", fs.ErrNotExist, name)
	}
	f := e.items[i]
	sum := sha256.New()
	w = io.MultiWriter(w, sum)
	if f.form == plain {
		if err := e.store.join(w, f.refs); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	} else {
		var form bytes.Buffer
		if err := e.store.join(&form, f.refs); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		data, err := deflated.Together(form.Bytes())
		if err != nil {
			return fmt.Errorf("%s: %w: %w", name, ErrDamaged, err)
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s: %w", name, ErrDamaged)
	}
	return nil
}

// Extract writes a file of the edition to a path, whole or not at all.
func (e *Edition) Extract(name, path string) error {
	f, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	defer f.Abort()
	if err := e.Write(f, name); err != nil {
		return err
	}
	return f.Commit(false)
}
