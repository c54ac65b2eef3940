package archive

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// maxFiles is the most files that a release may have.
const maxFiles = 10_000

// Staging is a release that is on its way into the store. It is for releases of several files, and
// for files too large for memory. Commit or Abort ends it. If the program is killed before that, a
// folder is left, which Sweep removes.
type Staging struct {
	store  *Store
	source string
	tmp    string // folder below the root
	files  []Snapshot
}

// Stage begins a release of a source. Errors are those of the file system.
func (s *Store) Stage(source string) (*Staging, error) {
	folder, err := folderOf(source)
	if err != nil {
		return nil, err
	}
	if err := s.root.makeDir(folder); err != nil {
		return nil, err
	}
	tmp := path.Join(folder, temporary+rand.Text())
	if err := s.root.Mkdir(tmp, folderMode); err != nil {
		return nil, err
	}
	return &Staging{store: s, source: source, tmp: tmp}, nil
}

// Add copies a file of at most max bytes into the release, with m as its sidecar. It fills in m's
// hash and size and returns the sidecar. Names are as in Save and must be unique. ErrTooLarge means
// that there are more bytes, or more than maxFiles files. After an error, call Abort.
func (g *Staging) Add(file string, r io.Reader, max int64, m Sidecar) (Sidecar, error) {
	sn := Snapshot{Source: g.source, Release: "staged", File: file}
	if _, err := sn.dir(); err != nil {
		return m, err
	}
	taken := func(o Snapshot) bool {
		return o.File == file || o.File == file+sidecarSuffix || o.File+sidecarSuffix == file
	}
	switch {
	case len(g.files) == maxFiles:
		return m, fmt.Errorf("%w: a release has at most %d files", ErrTooLarge, maxFiles)
	case slices.ContainsFunc(g.files, taken):
		return m, fmt.Errorf("two files of the release have the name %q; rename one", Short(file))
	case m.Released.IsZero():
		return m, errors.New("sidecar has no date of release")
	}
	var err error
	if m.SHA256, m.Size, err = g.copy(file, r, max); err != nil {
		return m, err
	}
	m.RetrievedAt, m.FirstSeen = Seconds(m.RetrievedAt), Seconds(m.FirstSeen)
	text, err := encode(m, "  ")
	if err != nil {
		return m, err
	}
	sn.Meta = m
	g.files = append(g.files, sn)
	return m, g.store.root.writeFile(path.Join(g.tmp, file+sidecarSuffix), text)
}

// copy writes a file of at most max bytes to the disk and returns its hash and size.
func (g *Staging) copy(file string, r io.Reader, max int64) (sum string, size int64, err error) {
	f, err := g.store.root.OpenFile(path.Join(g.tmp, file), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	size, err = io.CopyBuffer(io.MultiWriter(f, h), io.LimitReader(r, max+1), make([]byte, 1<<20))
	if err == nil && size > max {
		err = fmt.Errorf("%s: %w: more than %d bytes", file, ErrTooLarge, max)
	}
	if err == nil {
		err = f.Sync()
	}
	return hex.EncodeToString(h.Sum(nil)), size, errors.Join(err, f.Close())
}

// Amend gives a file of the release another sidecar. Its hash and size stay.
func (g *Staging) Amend(file string, m Sidecar) error {
	i := slices.IndexFunc(g.files, func(sn Snapshot) bool { return sn.File == file })
	if i < 0 {
		return fmt.Errorf("no staged file is called %q", Short(file))
	}
	m.SHA256, m.Size = g.files[i].Meta.SHA256, g.files[i].Meta.Size
	m.RetrievedAt, m.FirstSeen = Seconds(m.RetrievedAt), Seconds(m.FirstSeen)
	text, err := encode(m, "  ")
	if err != nil {
		return err
	}
	g.files[i].Meta = m
	name := path.Join(g.tmp, file+sidecarSuffix)
	if err := g.store.root.Remove(name); err != nil {
		return err
	}
	return g.store.root.writeFile(name, text)
}

// Link adds all files of another staged release, with their sidecars. If the file system has links,
// the bytes are not copied.
func (g *Staging) Link(from *Staging) error {
	for _, sn := range from.files {
		text, err := encode(sn.Meta, "  ")
		if err != nil {
			return err
		}
		if os.Link(from.Path(sn.File), g.Path(sn.File)) != nil {
			f, err := os.Open(from.Path(sn.File))
			if err != nil {
				return err
			}
			_, _, err = g.copy(sn.File, f, sn.Meta.Size)
			if err = errors.Join(err, f.Close()); err != nil {
				return err
			}
		}
		g.files = append(g.files, sn)
		if err := g.store.root.writeFile(path.Join(g.tmp, sn.File+sidecarSuffix), text); err != nil {
			return err
		}
	}
	return nil
}

// Drop removes a file from the release.
func (g *Staging) Drop(file string) error {
	g.files = slices.DeleteFunc(g.files, func(sn Snapshot) bool { return sn.File == file })
	return errors.Join(g.store.root.Remove(path.Join(g.tmp, file)), g.store.root.Remove(path.Join(g.tmp, file+sidecarSuffix)))
}

// Path returns where a file of the release is before Commit.
func (g *Staging) Path(file string) string {
	return filepath.Join(g.store.root.Name(), filepath.FromSlash(g.tmp), file)
}

// Commit gives the release its name: all of its files are then in the store. If a release of that
// name is there with the same bytes, it stays as it is; other bytes are an error.
func (g *Staging) Commit(release string) error {
	for i := range g.files {
		g.files[i].Release = release
	}
	if len(g.files) == 0 {
		return errors.New("a release without files")
	}
	dir, err := g.files[0].dir()
	if err != nil {
		return err
	}
	if _, err := g.store.root.Lstat(dir); err == nil {
		return g.keepExisting(release)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := g.store.root.sync(g.tmp); err != nil {
		return err
	}
	if err := g.store.root.Rename(g.tmp, dir); err != nil {
		return err
	}
	return g.store.root.sync(path.Dir(dir))
}

// keepExisting drops the staged release if the one in the store has the same files.
func (g *Staging) keepExisting(release string) error {
	have, err := g.store.load(g.source, release)
	if err != nil {
		return err
	}
	slices.SortFunc(g.files, func(a, b Snapshot) int { return strings.Compare(a.File, b.File) })
	if !slices.EqualFunc(have, g.files, func(a, b Snapshot) bool { return a.File == b.File && a.Meta.SHA256 == b.Meta.SHA256 }) {
		return fmt.Errorf("%s: release %s is already kept with other files; snapshots are never rewritten", g.source, release)
	}
	return g.Abort()
}

// Abort removes what was staged, and the source's folder if nothing else is in it. After Commit it
// does nothing.
func (g *Staging) Abort() error {
	err := g.store.root.RemoveAll(g.tmp)
	if err == nil {
		g.store.root.Remove(path.Dir(g.tmp)) // fails if the folder is not empty, as it should
	}
	return err
}

// Path returns the path of a snapshot's file, after checking its bytes against the sidecar.
// ErrDamaged means that they do not match. It is for files too large for Read.
func (s *Store) Path(sn Snapshot) (string, error) {
	dir, err := sn.dir()
	if err != nil {
		return "", err
	}
	if err := s.checkFile(sn); err != nil {
		return "", err
	}
	return filepath.Join(s.root.Name(), filepath.FromSlash(dir), sn.File), nil
}
