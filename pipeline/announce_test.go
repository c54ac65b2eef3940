package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish"
	"crossings/pipeline/watch"
)

func TestOpeningTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"2026-07-03": "2026-07-03T08:30:00Z", "2026-12-04": "2026-12-04T09:30:00Z",
		"2026-07-03T12:00:00+02:00": "2026-07-03T10:00:00Z", "2026-13-01": "", "2026-07-03T09:30": "", "tomorrow": "", "": ""} {
		got, err := publish.OpeningTime(text)
		if err != nil && want == "" {
			continue
		}
		if err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q is %s, %v, want %q", text, got, err, want)
		}
	}
}

// TestReleasesAreAnnounced puts a file into data/raw/announced. The next publish must show its rows in the
// calendar. A bad row must give an error after the rest is done.
func TestReleasesAreAnnounced(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-02-20"))
	published(t, cfg, "")
	folder := filepath.Join(cfg.Data, "raw", "announced")
	put := func(text string) {
		t.Helper()
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "2026.csv"), []byte("date,time,text\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	calendar := func() string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(cfg.Data, "out", "site", "calendar.ics"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	put("2026-07-03,,Arrivals to June\n2026-03-06,12:15,Week 9\n")
	published(t, cfg, "")
	if text := calendar(); !strings.Contains(text, "DTSTART:20260703T083000Z") || strings.Index(text, "DTSTART:20260306T121500Z") > strings.Index(text, "Arrivals to June") {
		t.Errorf("the calendar is %s", text)
	}
	put("2026-07-03,9.30,Arrivals to June\n")
	if p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); p == nil || err == nil || !strings.Contains(err.Error(), `2026.csv: row 2, column "date"`) {
		t.Errorf("a bad row: %+v, %v", p, err)
	}
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
		t.Errorf("verify: %v, %v", bad, err)
	}
}
