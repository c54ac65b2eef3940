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
	mute  map[string]bool // hosts that answered none of several attempts
}

// knownDocument is a document and the address that it finally came from.
type knownDocument struct {
	document
	at *url.URL
}

// inContext is the key of a memory in a context.
type inContext struct{}

// Remembering returns the context of one run. In it a page or a file that several sources share is asked
// for once. Errors are not remembered, but a host that answered none of several attempts gets one attempt
// a request from then on, so that many sources of a dead host do not hold up a run. Call forget at the
// end of the run: files are kept on disk.
func Remembering(ctx context.Context) (_ context.Context, forget func()) {
	m := &memory{known: map[string]knownDocument{}, files: files{known: map[string]knownFile{}}, mute: map[string]bool{}}
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

// noteMute notes whether a host answered none of several attempts.
func (m *memory) noteMute(host string, mute bool) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mute[host] = mute
}

// isMute reports whether a host answered none of several attempts in this run.
func (m *memory) isMute(host string) bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mute[host]
}
