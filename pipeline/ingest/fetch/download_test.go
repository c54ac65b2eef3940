package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/source/origin"
)

func TestDownloadConditional(t *testing.T) {
	const name = "pub20260626_data_small_boats_time_series.ods"
	data := fixture(t, name)
	remote := Remote{URL: mediaURL + "1/" + name, FileName: name}
	modified := time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC)
	for _, etag := range []string{`"abc"`, ""} {
		c := world(t, func(w http.ResponseWriter, r *http.Request) {
			if etag != "" {
				w.Header().Set("ETag", etag)
			}
			w.Header().Set("Content-Type", ods+"; charset=binary")
			http.ServeContent(w, r, "", modified, bytes.NewReader(data))
		})
		b, err := c.Download(t.Context(), place, remote, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Data, data) || b.MediaType != ods || b.URL != remote.URL || b.HTTP.FinalURL != remote.URL ||
			b.HTTP.ETag != etag || b.HTTP.LastModified == "" || !b.RetrievedAt.Equal(time.Date(2026, 6, 27, 9, 30, 15, 0, time.UTC)) {
			t.Errorf("got %d bytes, %+v, %s %s", len(b.Data), b.HTTP, b.MediaType, b.RetrievedAt)
		}
		// A file that was put back is older than the one before it. By its time it would seem
		// not modified.
		if _, err := c.Download(t.Context(), place, remote, &archive.Sidecar{URL: b.URL, HTTP: b.HTTP}); errors.Is(err, ErrNotModified) != (etag != "") {
			t.Errorf("second time, tag %q: got %v", etag, err)
		}
		if _, err := c.Download(t.Context(), place, remote, &archive.Sidecar{URL: b.URL + "x", HTTP: b.HTTP}); err != nil {
			t.Errorf("snapshot from another address: %v", err)
		}
	}
}

func TestDownloadRefuses(t *testing.T) {
	page := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) }
	}
	to := func(code int, url string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, url, code) }
	}
	for _, tt := range []struct {
		name string
		h    http.HandlerFunc
		want error
	}{
		{"304 unasked", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(304) }, ErrStatus},
		{"206", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(206); io.WriteString(w, "x") }, ErrStatus},
		{"404", http.NotFound, ErrMoved},
		{"empty", page(""), ErrStatus},
		{"web page", page("<!doctype html><p>Down for maintenance"), ErrStatus},
		{"too large", page(strings.Repeat("x", 2<<20)), archive.ErrTooLarge},
		{"too large, chunked", func(w http.ResponseWriter, r *http.Request) {
			for range 64 {
				w.Write(make([]byte, 32<<10))
				w.(http.Flusher).Flush()
			}
		}, archive.ErrTooLarge},
		{"gzip bomb", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(make([]byte, 50<<20))
			z.Close()
		}, archive.ErrTooLarge},
		{"other encoding", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, "x")
		}, ErrStatus},
		{"short body", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "x")
		}, io.ErrUnexpectedEOF},
		{"to another host", to(302, "https://example.org/x"), ErrHost},
		{"to the metadata service", to(302, "http://169.254.169.254/latest"), ErrHost},
		{"to user info", to(302, "https://u:p@www.gov.uk/x"), ErrHost},
		{"to a file", to(302, "file:///etc/passwd"), ErrHost},
		{"loop", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, mediaURL+"1/x.ods", http.StatusFound)
		}, ErrStatus},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := world(t, tt.h).Download(t.Context(), place, Remote{URL: mediaURL + "1/x.ods"}, nil)
			if b != nil || !errors.Is(err, tt.want) {
				t.Errorf("got %v, %v; want %v", b, err, tt.want)
			}
		})
	}
}

func TestDownloadFollowsRedirects(t *testing.T) {
	for _, hops := range []int{maxRedirects, maxRedirects + 1} {
		n := 0
		c := world(t, func(w http.ResponseWriter, r *http.Request) {
			if n++; n <= hops {
				http.Redirect(w, r, fmt.Sprintf("https://www.gov.uk/%d", n), http.StatusFound)
				return
			}
			w.Header().Set("Content-Type", ods)
			io.WriteString(w, "x")
		})
		b, err := c.Download(t.Context(), place, Remote{URL: mediaURL + "1/x.ods"}, nil)
		if hops == maxRedirects && (err != nil || b.HTTP.FinalURL != "https://www.gov.uk/5" || b.URL != mediaURL+"1/x.ods") {
			t.Errorf("%d redirects: got %+v, %v", hops, b, err)
		}
		if hops > maxRedirects && !errors.Is(err, ErrStatus) {
			t.Errorf("%d redirects: got %v, want ErrStatus", hops, err)
		}
	}
}

func TestDownloadCancelled(t *testing.T) {
	c := world(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "x") })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Download(ctx, place, Remote{URL: mediaURL}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestDownloadPage(t *testing.T) {
	const body = "<!doctype html><html><p>1</html>"
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, body)
	})
	p := origin.Place{Address: "https://www.gov.uk/small-boats/last-7-days", Hosts: []string{"www.gov.uk"}, MediaType: "text/html"}
	r, err := c.Find(t.Context(), p, Remote{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Download(t.Context(), p, r, nil)
	if err != nil || string(b.Data) != body || b.MediaType != "text/html" || b.URL != p.Address {
		t.Errorf("got %+v, %v", b, err)
	}
	p.MediaType = ods
	if b, err := c.Download(t.Context(), p, r, nil); b != nil || !errors.Is(err, ErrStatus) {
		t.Errorf("a page instead of a file: got %v, %v", b, err)
	}
}
