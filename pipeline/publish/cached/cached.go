// Package cached keeps what is costly to make by the hash of what it is made from: pictures, compressed
// copies, workbooks. A folder of it may be removed at any time, and changes no byte of a build.
package cached

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"golang.org/x/sync/singleflight"

	"crossings/pipeline/atomicfile"
)

// Folder keeps files by the hash of what they are made from. A file has its own hash in hexadecimal, a
// line break, and its content. A damaged file is made again. A Folder is safe for concurrent use.
type Folder struct {
	dir   string // "" keeps nothing
	by    []byte
	calls singleflight.Group
	mu    sync.Mutex
	used  map[string]bool // names requested
}

// Open returns the folder dir, which is created when the first file is kept. "" keeps nothing. by names
// the program that makes the files, or the part of it that does: what another one made is made again.
func Open(dir string, by []byte) *Folder {
	return &Folder{dir: dir, by: by, used: map[string]bool{}}
}

// maxKept is the largest size of a file to read, in bytes. The largest workbook has some 10 MB.
const maxKept = 64 << 20

// keptName matches the names of the folder's files. Other files are left in place.
var keptName = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Get returns what make makes from parts, or what was kept of that. Concurrent calls for the same share
// the work. A nil Folder keeps nothing.
func (f *Folder) Get(make func() ([]byte, error), parts ...[]byte) ([]byte, error) {
	if f == nil {
		return make()
	}
	name := Name(append([][]byte{f.by}, parts...)...)
	f.mu.Lock()
	f.used[name] = true
	f.mu.Unlock()
	if f.dir == "" {
		return make()
	}
	data, err, _ := f.calls.Do(name, func() (any, error) {
		path := filepath.Join(f.dir, name)
		if data, ok := atomicfile.ReadChecked(path, maxKept); ok {
			return data, nil
		}
		data, err := make()
		if err != nil {
			return nil, err
		}
		return data, atomicfile.WriteChecked(path, data)
	})
	if err != nil {
		return nil, err
	}
	return data.([]byte), nil
}

// Prune removes the files that were not requested.
func (f *Folder) Prune() error {
	if f == nil || f.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range entries {
		if keptName.MatchString(e.Name()) && !f.used[e.Name()] {
			if err := os.Remove(filepath.Join(f.dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return atomicfile.SyncDir(f.dir)
}

// Name returns the hash of parts, each preceded by its length, so that different lists of parts
// give different input.
func Name(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p)))) // a hash never returns an error
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
