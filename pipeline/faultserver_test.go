package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline/watch"
)

// faulty is a publisher with one correct source and one with a fault in its page, its search or its
// file.
type faulty struct {
	page, file http.HandlerFunc // nil where there is no fault
	name       string           // of the file
	data       []byte
	sound      []byte // what the other source serves
	mu         sync.Mutex
}

// change changes the publisher between two requests.
func (f *faulty) change(how func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	how()
}

func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", now.Format(http.TimeFormat))
	f.mu.Lock()
	page, file, name, data, sound := f.page, f.file, f.name, f.data, f.sound
	f.mu.Unlock()
	switch {
	case r.URL.Path == pageOf && page != nil:
		page(w, r)
	case r.URL.Path == pageOf:
		fmt.Fprintf(w, `{"document_type":"official_statistics","details":{"attachments":[{"attachment_type":"file","content_type":%q,"filename":%q,"title":"Small boats - time series","url":"https://%s/media/1/%s"}]}}`,
			spreads, name, mediaHost, name)
	case strings.HasPrefix(r.URL.Path, "/"+mediaHost+"/media/1/") && file != nil:
		file(w, r)
	case strings.HasPrefix(r.URL.Path, "/"+mediaHost+"/media/1/"):
		w.Header().Set("Content-Type", spreads)
		w.Write(data)
	case strings.HasPrefix(r.URL.Path, "/raw.githubusercontent.com/"):
		w.Header().Set("Content-Type", "text/csv")
		w.Write(sound)
	default:
		http.NotFound(w, r)
	}
}

// statusOf answers with only a status and a Retry-After header.
func statusOf(code int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	}
}

func toAddress(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, address, http.StatusMovedPermanently)
	}
}

// fault is what goes wrong in a night, and how that night must end.
type fault struct {
	page, file http.HandlerFunc
	data       []byte // the file, where that is at fault
	name       string
	// How long an answer may take, and stand still, in the night of the fault; 0 is as ever: a
	// busy machine stands still as well.
	total, idle time.Duration
	clock       time.Duration // by which ours is wrong
	state       string
	message     string
	well        bool // the outcome is no failure
}

// gzipBomb is 300 MB in some 300 kB.
var gzipBomb = sync.OnceValue(func() []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	for range 300 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	return out.Bytes()
})

func inflates(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", spreads)
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(gzipBomb())
}

// partly announces more bytes than it sends, and closes the connection.
func partly(announced int, send []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		fmt.Fprintf(buffer, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", spreads, announced)
		buffer.Write(send)
		buffer.Flush()
	}
}

// stands begins an answer and then hangs.
func stands(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	io.WriteString(w, "PK")
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

// drips sends a byte now and then, for ever.
func drips(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		io.WriteString(w, "P")
		w.(http.Flusher).Flush()
		time.Sleep(5 * time.Millisecond)
	}
}

func htmlOf(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, text)
	}
}

// halved returns the real file without the first or the last half of its daily rows.
func halved(t *testing.T, first bool) []byte {
	t.Helper()
	return readAllOf(t, rewrite(t, release(t, "2026-06-26"), newest, func(s string) string {
		from := strings.Index(s, `table:name="SB_01"`)
		to := from + strings.Index(s[from:], "</table:table>")
		rows := strings.SplitAfter(s[from:to], "</table:table-row>")
		half := rows[1 : len(rows)/2]
		if !first {
			half = rows[len(rows)/2:]
		}
		return s[:from] + rows[0] + strings.Join(half, "") + s[to:]
	}))
}

// answers lists the faults that any answer can have.
func answers(at string) map[string]fault {
	self := map[string]string{"page": "https:/" + pageOf, "file": "https://" + mediaHost + "/media/1/" + newest}[at]
	out := map[string]fault{}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		fault
	}{
		"times out":               {stands, fault{state: watch.Unreachable, message: "stalled", idle: 300 * time.Millisecond}},
		"drips":                   {drips, fault{state: watch.Unreachable, message: "took too long", total: 500 * time.Millisecond}},
		"reset in the middle":     {partly(100_000, []byte("PK half of it")), fault{state: watch.Unreachable, message: "broke off after 13 bytes"}},
		"too large":               {partly(1<<40, []byte("PK")), fault{state: watch.Malformed, message: "too large"}},
		"gzip bomb":               {inflates, fault{state: watch.Malformed, message: "too large"}},
		"empty":                   {htmlOf(""), fault{state: watch.Malformed, message: "empty body"}},
		"304 with nothing cached": {statusOf(304, ""), fault{state: watch.Malformed, message: "not asked for"}},
		"403":                     {statusOf(403, ""), fault{state: watch.Unreachable, message: "blocks programs"}},
		"403 with Retry-After":    {statusOf(403, "30"), fault{state: watch.Unreachable, message: "blocks programs"}},
		"404":                     {statusOf(404, ""), fault{state: watch.Moved, message: "status 404"}},
		"429":                     {statusOf(429, ""), fault{state: watch.Unreachable, message: "tried 4 times"}},
		"429 with Retry-After":    {statusOf(429, "86400"), fault{state: watch.Unreachable, message: "to wait 24h0m0s"}},
		"500":                     {statusOf(500, ""), fault{state: watch.Unreachable, message: "tried 4 times"}},
		"500 with Retry-After":    {statusOf(500, "30"), fault{state: watch.Unreachable, message: "tried 4 times"}},
		"503 with Retry-After":    {statusOf(503, "3600"), fault{state: watch.Unreachable, message: "to wait 1h0m0s"}},
		"to another host":         {toAddress("https://example.org/new"), fault{state: watch.Moved, message: "example.org"}},
		"to a private address":    {toAddress("https://127.0.0.1/new"), fault{state: watch.Moved, message: "127.0.0.1"}},
		"to no secure address":    {toAddress("gopher://www.gov.uk/new"), fault{state: watch.Moved, message: "not https"}},
		"in a loop":               {toAddress(self), fault{state: watch.Malformed, message: "more than 5 redirects"}},
	} {
		f := c.fault
		if f.page = c.answer; at == "file" {
			f.page, f.file = nil, c.answer
		}
		out[at+": "+name] = f
	}
	return out
}
