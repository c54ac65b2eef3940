package picture

import (
	"bytes"
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

// cache keeps pictures by the hash of what they are made from. A file is the hash
// of the picture in hexadecimal, a line end, and the picture. One that is not is
// drawn again: the folder never changes what a build gives.
type cache struct {
	dir   string // "" keeps nothing
	calls singleflight.Group
	mu    sync.Mutex
	used  map[string]bool // names asked for
}

// maxCached bounds the files that are read: the largest picture has some 200 kB.
const maxCached = 32 << 20

// cachedName is what a file of the cache is called. Others are left alone.
var cachedName = regexp.MustCompile(`^[0-9a-f]{64}$`)

// get returns the picture called name, and draws and keeps it where it is not
// there. Those who ask for one at the same time share it.
func (c *cache) get(name string, draw func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	c.used[name] = true
	c.mu.Unlock()
	if c.dir == "" {
		return draw()
	}
	data, err, _ := c.calls.Do(name, func() (any, error) {
		path := filepath.Join(c.dir, name)
		if data, ok := readCached(path); ok {
			return data, nil
		}
		data, err := draw()
		if err != nil {
			return nil, err
		}
		return data, atomicfile.Write(path, append([]byte(checksum(data)+"\n"), data...))
	})
	if err != nil {
		return nil, err
	}
	return data.([]byte), nil
}

// readCached returns what a file of the cache holds, and false where it is not there
// or not whole.
func readCached(path string) ([]byte, bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxCached {
		return nil, false
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	sum, data, found := bytes.Cut(file, []byte("\n"))
	if !found || string(sum) != checksum(data) {
		return nil, false
	}
	return data, true
}

// prune removes the files that were not asked for.
func (c *cache) prune() error {
	if c.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range entries {
		if cachedName.MatchString(e.Name()) && !c.used[e.Name()] {
			if err := os.Remove(filepath.Join(c.dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return atomicfile.SyncDir(c.dir)
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// nameOf returns the hash of parts, each with its length, so that no two lists of
// parts are the same text.
func nameOf(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p)))) // a hash takes all it is given
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
