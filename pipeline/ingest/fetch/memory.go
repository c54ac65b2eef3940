package fetch

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"

	"crossings/pipeline/source/origin"
)

// maxRemembered bounds the documents that a run remembers, in bytes of their text.
const maxRemembered = 16 << 20

// memory holds the content API documents and files that were read in one run. nil remembers nothing.
type memory struct {
	mu    sync.Mutex
	known map[string]knownDocument // see memoryKey
	size  int                      // bytes of their text
	files files
}

// knownDocument is a document and the address that it finally came from.
type knownDocument struct {
	document
	at *url.URL
}

// inContext is the key of a memory in a context.
type inContext struct{}

// Remembering returns the context of one run. In it a page or a file that several sources share is asked
// for once. Errors are not remembered. Call forget at the end of the run: files are kept on disk.
func Remembering(ctx context.Context) (_ context.Context, forget func()) {
	m := &memory{known: map[string]knownDocument{}, files: files{known: map[string]knownFile{}}}
	return context.WithValue(ctx, inContext{}, m), m.forget
}

// memoryOf returns the memory of the run, or nil.
func memoryOf(ctx context.Context) *memory {
	m, _ := ctx.Value(inContext{}).(*memory)
	return m
}

// memoryKey identifies a document: its address and the hosts that may be asked for it.
func memoryKey(p origin.Place, rawURL string) string {
	return strings.Join(slices.Concat([]string{rawURL}, p.Hosts), " ")
}

// find returns a document that was read before.
func (m *memory) find(key string) (knownDocument, bool) {
	if m == nil {
		return knownDocument{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.known[key]
	return d, ok
}

// keep remembers a document of size bytes, unless that would be too much.
func (m *memory) keep(key string, d knownDocument, size int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size+size <= maxRemembered {
		m.known[key] = d
		m.size += size
	}
}
