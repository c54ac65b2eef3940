package picture

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

// cache keeps pictures by the hash of what they are made from. A file has the hash of the picture
// in hexadecimal, a line break, and the picture. A damaged file is drawn again, so the folder never
// changes the output of a build.
type cache struct {
	dir   string // "" means no cache
	calls singleflight.Group
	mu    sync.Mutex
	used  map[string]bool // names requested
}

// maxCached is the largest size of a file to read, in bytes. The largest picture has some 200 kB.
const maxCached = 32 << 20

// cachedName matches the names of the cache's files. Other files are left in place.
var cachedName = regexp.MustCompile(`^[0-9a-f]{64}$`)

// get returns the named picture. If the cache does not have it, get draws and keeps it. Concurrent
// calls for one picture share the work.
func (c *cache) get(name string, draw func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	c.used[name] = true
	c.mu.Unlock()
	if c.dir == "" {
		return draw()
	}
	data, err, _ := c.calls.Do(name, func() (any, error) {
		path := filepath.Join(c.dir, name)
		if data, ok := atomicfile.ReadChecked(path, maxCached); ok {
			return data, nil
		}
		data, err := draw()
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

// prune removes the files that were not requested.
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

// nameOf returns the hash of parts, each preceded by its length, so that different lists of parts
// give different input.
func nameOf(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p)))) // a hash never returns an error
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
