package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatCanNeverChangeIsKept(t *testing.T) {
	for name, want := range map[string]string{
		"index.html":                            asked,
		"data/observations.csv":                 asked,
		"assets/search.json":                    asked,
		"assets/site.css":                       asked,
		"assets/site.0123456789.css":            forGood,
		"assets/site.0123456789.css.br":         forGood,
		"assets/echarts.min.0123456789.js":      forGood,
		"assets/../x.0123456789.js":             asked,
		"releases/1.2.3/data/observations.csv":  forGood,
		"releases/1.2.3/index.html":             asked,
		"releases/1.2.3/edition.json":           asked,
		"releases/1.2.3/edition.json.gz":        asked,
		"releases/index.html":                   asked,
		"releases/latest/data/observations.csv": asked,
	} {
		if got := CacheControl(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestPolicyOpensOnlyWhatAPageNeeds(t *testing.T) {
	for name, want := range map[string]struct{ program, framed bool }{
		"index.html":                        {},
		"check.html":                        {program: true},
		"data/check.html":                   {},
		"claim/worker-1.js":                 {program: true},
		"charts/embed/a.html":               {},
		"embed/a.html":                      {framed: true},
		"releases/1.0.0/embed/a.html":       {framed: true},
		"releases/x/embed/a.html":           {},
		"releases/1.0.0/charts/embed/a.svg": {},
	} {
		got := Policy(name)
		if strings.Contains(got, "wasm") != want.program || strings.Contains(got, "frame-ancestors *") != want.framed || !strings.HasPrefix(got, "default-src 'none'; script-src 'self'") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestHandlerSendsCompressedCopies asks for a file with two copies, and for one with none.
func TestHandlerSendsCompressedCopies(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"index.html": "front", "index.html.br": "b", "data/a.csv": "x", "data/a.csv.gz": "z", "data/a.csv.br": "b", "c.txt": "plain"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		path, accept               string
		status                     int
		body, encoding, contenType string
	}{
		{"/data/a.csv", "", 200, "x", "", "text/csv; charset=utf-8"},
		{"/data/a.csv", "gzip, br", 200, "b", "br", "text/csv; charset=utf-8"},
		{"/data/a.csv", "gzip, br;q=0", 200, "z", "gzip", "text/csv; charset=utf-8"},
		{"/data/a.csv", "gzip; q=0.0, br ; q=0.1", 200, "b", "br", "text/csv; charset=utf-8"},
		{"/data/a.csv", "gzipped", 200, "x", "", "text/csv; charset=utf-8"},
		{"/data/a.csv.gz", "br", 200, "z", "", "application/gzip"},
		{"/", "br", 200, "b", "br", "text/html; charset=utf-8"},
		{"/index.html", "br", 301, "", "", ""},
		{"/c.txt", "br", 200, "plain", "", "text/plain; charset=utf-8"},
		{"/no.txt", "br", 404, "404 page not found\n", "", "text/plain; charset=utf-8"},
		{"/../web.go", "", 404, "404 page not found\n", "", "text/plain; charset=utf-8"},
	} {
		r := httptest.NewRequest(http.MethodGet, tt.path, nil)
		r.Header.Set("Accept-Encoding", tt.accept)
		w := httptest.NewRecorder()
		Handler(dir).ServeHTTP(w, r)
		h := w.Header()
		if w.Code != tt.status || tt.status == 200 && (w.Body.String() != tt.body || h.Get("Content-Encoding") != tt.encoding || h.Get("Content-Type") != tt.contenType) {
			t.Errorf("%s, %q: %d %q %v", tt.path, tt.accept, w.Code, w.Body, h)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %v", tt.path, h)
		}
	}
}
