package pipeline_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/notify"
)

// TestAPageThatSaysItHasEnded serves the page of 2023 that said so for years, with
// a new token each night, where another source expects its figures.
func TestAPageThatSaysItHasEnded(t *testing.T) {
	t.Parallel()
	page := sourcetest.Load(t, "ukho-small-boats-day", "2023-03-31.html").Data
	nights := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nights++
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "%s<!-- %d -->", page, nights)
	}))
	t.Cleanup(server.Close)
	cfg := config(t, t.TempDir())
	cfg.Client = fetch.Mirror(server.URL, cfg.Now)
	cfg.Sources = []*source.Source{sourceOf(t, cfg, "ukho-small-boats-last7days")}
	for range 2 {
		if o := night(t, cfg)["ukho-small-boats-last7days"]; !o.Failed() || !strings.Contains(o.Error, "legacy page") {
			t.Errorf("outcome %+v", o)
		}
		wantState(t, cfg, "moved 1")
	}
}

// TestARetiredSourceIsNeverLate has a source that its publisher ended. It is like any other before that
// day, and never late after it.
func TestARetiredSourceIsNeverLate(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	day := sourceOf(t, cfg, "ukho-small-boats-day")
	cfg.Sources = []*source.Source{day}
	addTo(t, cfg, day.ID, sourcetest.Fixture(t, day.ID, "2022-05-25.html"))
	wantState(t, cfg, "retired 0")
	cfg.Now = func() time.Time { return time.Date(2022, 12, 1, 0, 0, 0, 0, time.UTC) }
	wantState(t, cfg, "dead 0")
}

// TestADeadPageDoesNotFillTheDisk serves an unreadable page with a new token every night for a year.
// Only the newest ones may be kept.
func TestADeadPageDoesNotFillTheDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	day := now
	cfg.Now = func() time.Time { return day }
	cfg.Client.Now = cfg.Now
	cfg.Sources = []*source.Source{sourceOf(t, cfg, boats)}
	for n := range 80 {
		p.file, p.name = fmt.Appendf(nil, "PK token %d%s", n, strings.Repeat(" ", n)), newest
		if o := night(t, cfg)[boats]; !o.Failed() {
			t.Fatalf("night %d: %+v", n, o)
		}
		day = day.AddDate(0, 0, 1)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "out", "quarantine", "files", boats, "*", newest))
	if err != nil || len(kept) != 60 {
		t.Errorf("%d files are kept, %v", len(kept), err)
	}
	tokens := map[string]bool{}
	for _, file := range kept {
		tokens[strings.TrimSpace(string(readAllOf(t, file)))] = true
	}
	if !tokens["PK token 79"] || tokens["PK token 19"] {
		t.Errorf("not the newest are kept: %v", tokens)
	}
}

// TestARetiredSourceIsNoAlarm retires a source whose page has vanished and which was failing when it
// ended. It must not be fetched any more, and nobody is notified.
func TestARetiredSourceIsNoAlarm(t *testing.T) {
	t.Parallel()
	p, cfg := visit(t, t.TempDir())
	p.serve(t, release(t, "2026-06-26"), newest)
	ended := *sourceOf(t, cfg, boats)
	cfg.Sources = []*source.Source{&ended}
	night(t, cfg)
	p.status = http.StatusGone
	night(t, cfg)
	wantState(t, cfg, "moved 1")
	ended.Retired = stat.MustDate("2026-06-28")
	p.requests = nil
	if got := state(t, cfg); !strings.HasPrefix(got, "retired ") {
		t.Errorf("state %s", got)
	}
	night(t, cfg)
	if got := state(t, cfg); got != "retired 0" || len(p.requests) > 0 {
		t.Errorf("state %s, asked %v", got, p.requests)
	}
	cfg.Now = func() time.Time { return now.AddDate(3, 0, 0) }
	sent, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{&told{name: "x"}}, false)
	if err != nil || len(sent) > 0 {
		t.Errorf("told %+v, %v", sent, err)
	}
}
