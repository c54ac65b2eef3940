//go:build browser

package site

import (
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// The most bytes of a first visit of the front page, compressed as web servers do: before a chart is
// used, and with the chart library.
const (
	firstVisit = 300_000
	withChart  = 450_000
)

// weighed serves a folder with compressed texts, and counts the bytes of the bodies that it sends.
func weighed(t *testing.T, dir string) (server *httptest.Server, sent *atomic.Int64) {
	t.Helper()
	sent = &atomic.Int64{}
	files := http.FileServer(http.Dir(dir))
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &meter{ResponseWriter: w, sent: sent}
		if slices.Contains([]string{".woff2", ".png", ".wasm"}, path.Ext(r.URL.Path)) {
			files.ServeHTTP(out, r)
			return
		}
		r.Header.Del("Range")
		r.Header.Del("If-Modified-Since")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(out)
		defer z.Close()
		files.ServeHTTP(&packer{ResponseWriter: w, z: z}, r)
	}))
	t.Cleanup(server.Close)
	return server, sent
}

// meter counts the bytes of a body.
type meter struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (m *meter) Write(p []byte) (int, error) {
	m.sent.Add(int64(len(p)))
	return m.ResponseWriter.Write(p)
}

// packer compresses a body, whose length is not known before.
type packer struct {
	http.ResponseWriter
	z *gzip.Writer
}

func (p *packer) WriteHeader(status int) {
	p.Header().Del("Content-Length")
	p.ResponseWriter.WriteHeader(status)
}

func (p *packer) Write(b []byte) (int, error) { return p.z.Write(b) }

// TestBrowserWeighsAFirstVisit counts what a browser loads with an empty cache, first for reading the
// front page and then for its charts.
func TestBrowserWeighsAFirstVisit(t *testing.T) {
	dir, _ := shared(t, "real")
	server, sent := weighed(t, dir)
	for _, width := range []int64{390, 1440} {
		ctx, w := browse(t, server) // a browser of its own, with nothing in its cache
		show(t, ctx, width, "light")
		sent.Store(0)
		visit(t, ctx, server.URL+"/index.html")
		evaluate[bool](t, ctx, `new Promise(done => { scrollTo(0, document.documentElement.scrollHeight); setTimeout(() => done(true), 500); })`, chromedp.EvalAwaitPromise)
		first := sent.Load()
		useCharts(t, ctx)
		all := sent.Load()
		t.Logf("%d px: %d bytes, %d with charts", width, first, all)
		if first > firstVisit || all > withChart {
			t.Errorf("%d px: a first visit takes %d bytes and %d with a chart, allowed are %d and %d", width, first, all, firstVisit, withChart)
		}
		if all-first < 100_000 {
			t.Errorf("%d px: the chart library is loaded before a chart is used, or no chart is: %d bytes", width, all-first)
		}
		w.quiet(t)
	}
}
