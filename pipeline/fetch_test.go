package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/watch"
)

// publisher is a local server that answers as GOV.UK does: a content API
// document for the page, and the file under a folder named by a hash.
type publisher struct {
	name     string // of the file; "" means that the page has no spreadsheet
	file     []byte
	status   int // of the page
	requests []string
	sent     int // whole files
}

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.requests = append(p.requests, r.Method+" "+r.URL.Path)
	media := fmt.Sprintf("/assets.publishing.service.gov.uk/media/%x/", len(p.file))
	switch {
	case strings.HasPrefix(r.URL.Path, "/www.gov.uk/api/content/government/publications/") && p.status != 0:
		w.WriteHeader(p.status)
	case strings.HasPrefix(r.URL.Path, "/www.gov.uk/api/content/government/publications/"):
		attachment := ""
		if p.name != "" {
			attachment = fmt.Sprintf(`,{"attachment_type":"file","content_type":"application/vnd.oasis.opendocument.spreadsheet","filename":%q,"title":"Small boats - time series","url":"https:/%s"}`, p.name, media+url.PathEscape(p.name))
		}
		fmt.Fprintf(w, `{"document_type":"official_statistics","public_updated_at":"2026-06-26T09:30:00+01:00","details":{"attachments":[
			{"attachment_type":"html","title":"Small boat arrivals: last 7 days","url":"/government/publications/x/last-7-days"}%s]}}`, attachment)
	case strings.HasPrefix(r.URL.Path, media):
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, len(p.file)))
		if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/vnd.oasis.opendocument.spreadsheet")
		p.sent++
		w.Write(p.file)
	default:
		http.NotFound(w, r)
	}
}

// serve makes the publisher serve a release under a name.
func (p *publisher) serve(t *testing.T, path, name string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p.file, p.name, p.status = data, name, 0
}

// instantly is a pause that takes no time.
func instantly(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// visit starts the publisher's server and returns a configuration that asks it.
func visit(t *testing.T, dir string) (*publisher, world) {
	t.Helper()
	p := &publisher{}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	cfg := config(t, dir)
	cfg.Client = fetch.Mirror(server.URL, cfg.Now)
	cfg.Client.Wait = instantly
	return p, cfg
}

// run is one nightly run.
func run(t *testing.T, cfg world) review.Outcome {
	t.Helper()
	out := runs(t, cfg, boats)
	if len(out) != 1 {
		t.Fatalf("outcomes %+v", out)
	}
	return out[0]
}

// fetched is a publisher whose newest release was fetched in the first night.
func fetched(t *testing.T) (p *publisher, cfg world, first review.Outcome) {
	t.Helper()
	p, cfg = visit(t, t.TempDir())
	p.serve(t, release(t, "2026-06-26"), newest)
	if first = run(t, cfg); first.State != review.Added {
		t.Fatalf("%+v", first)
	}
	return p, cfg, first
}

// state returns the source's row of the status: state and number of findings.
func state(t *testing.T, cfg world) string {
	t.Helper()
	table, _, err := watch.Status(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	return table.Column("state")[0].String() + " " + table.Column("findings")[0].String()
}

// wantState checks the state of the first source and its number of findings.
func wantState(t *testing.T, cfg world, want string) {
	t.Helper()
	if got := state(t, cfg); got != want {
		t.Errorf("state %q, want %q", got, want)
	}
}

func TestRunFindsFetchesAndKeepsTheNewestFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	p.serve(t, release(t, "2026-06-19"), "19_June_2026_Small_boats_-_time_series.ods")
	if o := run(t, cfg); o.State != review.Added || o.Release != releaseID(t, "2026-06-19") {
		t.Fatalf("outcome %+v", o)
	}
	meta, err := os.ReadFile(filepath.Join(dir, "raw", boats, releaseID(t, "2026-06-19"), p.name+".meta.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"url": "https://assets.publishing.service.gov.uk/media/`, `"etag": "\"`, `"final_url": "https://`} {
		if !strings.Contains(string(meta), part) {
			t.Errorf("sidecar lacks %s:\n%s", part, meta)
		}
	}

	before := tree(t, dir, true)
	if o := run(t, cfg); o.State != review.Unchanged {
		t.Errorf("second night: %+v", o)
	}
	same(t, tree(t, dir, true), before)

	// The next release: another folder, and a name without a date, as from May
	// 2026. Its date is in the document.
	p.serve(t, release(t, "2026-06-26"), "data_small_boats_time_series.ods")
	if o := run(t, cfg); o.State != review.Added || o.Release != releaseID(t, "2026-06-26") {
		t.Errorf("next release: %+v", o)
	}
	wantState(t, cfg, "current 0")
}

func TestRunRefusesWhatIsNotTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	p.serve(t, release(t, "2026-06-19"), "19_June_2026_Small_boats_-_time_series.ods")
	run(t, cfg)
	lakeBefore := tree(t, filepath.Join(dir, "out", "lake"), true)
	for name, c := range map[string]struct {
		set   func()
		state string
	}{
		"html for the file": {func() { p.file = []byte("<!doctype html><title>Sorry</title>") }, "malformed 1"},
		"truncated":         {func() { p.serve(t, release(t, "2026-06-26"), newest); p.file = p.file[:len(p.file)/2] }, "malformed 1"},
		"shrunk":            {func() { p.serve(t, release(t, "2026-06-12"), "26_June_2026_Small_boats_-_time_series.ods") }, "shrunk 1"},
		"no attachment":     {func() { p.name = "" }, "moved 1"},
		"page gone":         {func() { p.status = http.StatusGone }, "moved 1"},
		"server broken":     {func() { p.status = http.StatusInternalServerError }, "unreachable 1"},
	} {
		t.Run(name, func(t *testing.T) {
			p.serve(t, release(t, "2026-06-19"), "19_June_2026_Small_boats_-_time_series.ods")
			c.set()
			if o := run(t, cfg); !o.Failed() {
				t.Errorf("outcome %+v", o)
			}
			wantState(t, cfg, c.state)
			same(t, tree(t, filepath.Join(dir, "out", "lake"), true), lakeBefore)
		})
	}
	p.serve(t, release(t, "2026-06-26"), newest)
	if o := run(t, cfg); o.State != review.Added {
		t.Errorf("after the publisher mended it: %+v", o)
	}
	wantState(t, cfg, "current 0")
}

func TestRefusedBytesAreKeptAndTriedAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	p.serve(t, rewrite(t, release(t, "2026-06-26"), newest, replace(">Boats arrived<", ">Vessels<")), newest)
	first := run(t, cfg)
	kept, err := filepath.Glob(filepath.Join(dir, "out", "quarantine", "files", boats, "*", newest))
	if err != nil || len(kept) != 1 || !first.Failed() {
		t.Fatalf("kept %v (%v), outcome %+v", kept, err, first)
	}
	before := tree(t, dir, true)
	if again := run(t, cfg); again.Error != first.Error {
		t.Errorf("second night: %+v", again)
	}
	same(t, tree(t, dir, true), before)
	// A decoder that has learnt the new name takes the same bytes, which the
	// server does not send again.
	learnt := *cfg.Sources[0]
	real := release(t, "2026-06-26")
	learnt.Decode = decodeAs(t, real, learnt.Decode)
	cfg.Sources = []*source.Source{&learnt}
	p.requests = nil
	if o := run(t, cfg); o.State != review.Added {
		t.Errorf("after the decoder was mended: %+v", o)
	}
}

func TestADocumentThatNeverEndsIsCut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"details":{"attachments":[`)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat(" ", 1<<16)); err != nil {
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	cfg.Client = fetch.Mirror(server.URL, cfg.Now)
	cfg.Client.Wait = instantly
	if o := run(t, cfg); !o.Failed() {
		t.Errorf("outcome %+v", o)
	}
}
