// Package mirror answers as the publishers' servers do, on loopback: GOV.UK's content API and
// search, its media host and its pages, and the hosts that serve a file at a fixed address. The
// keys, titles, paths and file names are as the real servers have them, with the attachments that
// stand next to the right one. The files are made from the figures of the fixtures.
//
// It is for tests that go through a whole night. A client made by fetch.Mirror asks it.
package mirror

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// Server answers requests for /host/path as the server of that host would. It is safe for
// concurrent use.
type Server struct {
	mu     sync.Mutex
	pages  map[string]page // by host and path
	bodies int             // answers with a body
}

// page is what an address serves.
type page struct {
	mediaType string
	data      []byte
}

// page serves data at an address such as https://www.gov.uk/x.
func (s *Server) page(t testing.TB, address, mediaType string, data []byte) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		t.Fatalf("%q is no address of a page", address)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pages == nil {
		s.pages = map[string]page{}
	}
	s.pages[u.Host+u.Path] = page{mediaType, data}
}

// clear takes every page away, so that a night serves only what it puts there.
func (s *Server) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = nil
}

// Sent returns how many answers had a body since the last call.
func (s *Server) Sent() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.bodies
	s.bodies = 0
	return n
}

// ServeHTTP answers one request. An unchanged page is answered with 304 if the client has it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := strings.TrimPrefix(r.URL.Path, "/")
	s.mu.Lock()
	p, found := s.pages[at]
	s.mu.Unlock()
	switch {
	case at == "www.gov.uk/api/search.json":
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write([]byte(`{"results":[],"total":0,"start":0}`))
		return
	case !found:
		http.NotFound(w, r)
		return
	}
	sum := sha256.Sum256(p.data)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.mu.Lock()
	s.bodies++
	s.mu.Unlock()
	w.Header().Set("Content-Type", p.mediaType)
	w.Write(p.data)
}
