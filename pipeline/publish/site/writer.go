package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/compressed"
	"crossings/pipeline/publish/site/download"
)

// writer puts files into the folder of a site.
type writer struct {
	dir      string
	previous string                    // folder of the previous site, or ""
	kept     *cached.Folder            // of compressed copies, or nil
	folders  map[string]bool           // below dir, that hold files
	written  map[string]catalogue.File // by name, without the copies
	copied   map[string]bool           // names of files that have compressed copies
	copies   map[string][]string       // names of compressed copies, by the name of the file
	unsynced map[string]bool           // paths of files that may not be on the disk yet
}

func newWriter(dir string, o Options) *writer {
	return &writer{dir: dir, previous: o.Previous, kept: o.Kept, folders: map[string]bool{}, written: map[string]catalogue.File{}, copied: map[string]bool{}, copies: map[string][]string{}, unsynced: map[string]bool{}}
}

// open makes the folder. It is an error if the folder holds anything.
func (w *writer) open() error {
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("folder %s is not empty: it holds %s", w.dir, entries[0].Name())
	}
	return nil
}

// place returns the path of a file, in a folder that exists. name is relative to the site, with slashes.
func (w *writer) place(name string) (path string, err error) {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) || filepath.Clean(local) != local {
		return "", fmt.Errorf("%q is not a name for a file of the site", name)
	}
	path = filepath.Join(w.dir, local)
	w.folders[filepath.Dir(path)] = true
	return path, os.MkdirAll(filepath.Dir(path), 0o755)
}

// file writes one file.
func (w *writer) file(name string, data []byte) error {
	path, err := w.place(name)
	if err != nil {
		return err
	}
	w.written[name], w.copied[name] = download.FileOf(name, data), compressed.Needs(name, data)
	linked, err := w.put(name, data)
	w.unsynced[path] = !linked
	return err
}

// stream writes one file in the parts that form writes.
func (w *writer) stream(name string, form func(io.Writer) error) (catalogue.File, error) {
	path, err := w.place(name)
	if err != nil {
		return catalogue.File{}, err
	}
	old := ""
	if w.previous != "" {
		old = filepath.Join(w.previous, filepath.FromSlash(name))
	}
	to, err := atomicfile.NewLinker(old, path)
	if err != nil {
		return catalogue.File{}, err
	}
	var text compressed.Checker
	sum, size := sha256.New(), length(0)
	err = form(io.MultiWriter(to, sum, &text, &size))
	linked, failed := to.Close()
	if err := errors.Join(err, failed); err != nil {
		return catalogue.File{}, err
	}
	w.written[name] = catalogue.File{Name: name, Bytes: int(size), SHA256: hex.EncodeToString(sum.Sum(nil))}
	w.copied[name], w.unsynced[path] = text.Needs(name), !linked
	return w.written[name], nil
}

// length counts bytes.
type length int64

// Write adds the length of p.
func (n *length) Write(p []byte) (int, error) {
	*n += length(len(p))
	return len(p), nil
}

// put writes a file to a folder that exists. It returns true if the file is a link to the one of the
// previous site.
func (w *writer) put(name string, data []byte) (linked bool, err error) {
	local := filepath.FromSlash(name)
	path := filepath.Join(w.dir, local)
	if w.previous != "" && atomicfile.LinkSame(filepath.Join(w.previous, local), path, data) {
		return true, nil
	}
	return false, os.WriteFile(path, data, 0o644)
}

// compress writes the compressed copies of all files written so far that lack them, several files at
// a time. A file whose copies were kept is not read again.
func (w *writer) compress() error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	var one sync.Mutex // guards the maps
	for _, name := range w.names(func(name string) bool { return w.copied[name] && w.copies[name] == nil }) {
		g.Go(func() error {
			data := sync.OnceValues(func() ([]byte, error) { return os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name))) })
			for _, suffix := range compressed.Suffixes() {
				linked, err := w.compressAs(name, suffix, data)
				if err != nil {
					return fmt.Errorf("%s%s: %w", name, suffix, err)
				}
				one.Lock()
				w.copies[name] = append(w.copies[name], name+suffix)
				w.unsynced[filepath.Join(w.dir, filepath.FromSlash(name+suffix))] = !linked
				one.Unlock()
			}
			return nil
		})
	}
	return g.Wait()
}

// compressAs writes one compressed copy of a file with the given data. It returns true if the copy is a link
// to the one of the previous site.
func (w *writer) compressAs(name, suffix string, data func() ([]byte, error)) (linked bool, err error) {
	made, err := w.kept.Get(func() ([]byte, error) {
		data, err := data()
		if err != nil {
			return nil, err
		}
		return compressed.As(suffix, data)
	}, []byte(suffix), []byte(w.written[name].SHA256))
	if err != nil {
		return false, err
	}
	return w.put(name+suffix, made)
}

// link gives a file of the site a second name.
func (w *writer) link(from, to string) error {
	target := filepath.Join(w.dir, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	w.folders[filepath.Dir(target)] = true
	return os.Link(filepath.Join(w.dir, filepath.FromSlash(from)), target)
}

// names returns the names, sorted, of the files written that wanted reports true for.
func (w *writer) names(wanted func(name string) bool) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.written)), func(name string) bool { return !wanted(name) })
}

// syncers is how many files are waited for at a time. The disk writes them together.
const syncers = 16

// sync waits until all files and their names are on the disk.
func (w *writer) sync() error {
	var g errgroup.Group
	g.SetLimit(syncers)
	for _, path := range slices.Sorted(maps.Keys(w.unsynced)) {
		if !w.unsynced[path] {
			continue
		}
		g.Go(func() error { return atomicfile.SyncFile(path) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	w.folders[w.dir] = true
	for _, folder := range slices.Sorted(maps.Keys(w.folders)) {
		if err := atomicfile.SyncDir(folder); err != nil {
			return err
		}
	}
	return nil
}
