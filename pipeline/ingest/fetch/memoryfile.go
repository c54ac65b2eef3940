package fetch

import (
	"fmt"
	"os"

	"crossings/pipeline/archive"
)

// maxKept bounds the files that a run keeps, in bytes on disk.
const maxKept = 256 << 20

// files are the downloaded files that a run keeps.
type files struct {
	known map[string]knownFile // see memoryKey
	size  int64                // bytes on disk
}

// knownFile is what a server said of an address: the file that it sent, or that a file with this entity
// tag is its newest.
type knownFile struct {
	body   Body     // without its bytes
	at     *os.File // with them; nil if none were sent
	size   int64
	sha256 string
	etag   string
}

// recall returns what a request would that has the entity tag of an earlier file: the file that was sent
// before in this run, ErrNotModified, or neither if the server has to be asked. A file of more than
// limit bytes is not recalled.
func (m *memory) recall(key, etag string, limit int64) (*Body, error) {
	if m == nil {
		return nil, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f, ok := m.files.known[key]
	switch {
	case !ok:
		return nil, nil
	case etag != "" && etag == f.etag:
		return nil, fmt.Errorf("%s: %w", f.body.URL, ErrNotModified)
	case f.at == nil || f.size > limit:
		return nil, nil
	}
	b := f.body
	b.Data = make([]byte, f.size)
	if _, err := f.at.ReadAt(b.Data, 0); err != nil || archive.HashOf(b.Data) != f.sha256 {
		return nil, nil // ask again
	}
	return &b, nil
}

// keepFile remembers a file, unless that would be too much or there is nowhere to put it.
func (m *memory) keepFile(key string, b Body) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	size := int64(len(b.Data))
	if m.files.known[key].at != nil || m.files.size+size > maxKept {
		return
	}
	at, err := unnamed(b.Data)
	if err != nil {
		return
	}
	f := knownFile{at: at, size: size, sha256: archive.HashOf(b.Data), etag: b.HTTP.ETag}
	b.Data = nil
	f.body = b
	m.files.known[key] = f
	m.files.size += size
}

// keepUnmodified remembers that the newest file at an address has this entity tag.
func (m *memory) keepUnmodified(key, url, etag string) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.files.known[key]; !ok {
		m.files.known[key] = knownFile{body: Body{URL: url}, etag: etag}
	}
}

// forget gives back the disk.
func (m *memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.files.known {
		if f.at != nil {
			f.at.Close()
			os.Remove(f.at.Name()) // where an open file keeps its name
		}
	}
	clear(m.files.known)
}

// unnamed writes data to a file in the folder for temporary ones. Its name is removed at once, so that
// it goes with the process even if that is killed.
func unnamed(data []byte) (*os.File, error) {
	f, err := os.CreateTemp("", "crossings-*")
	if err != nil {
		return nil, err
	}
	os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	return f, nil
}
