package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/cmd/internal/cli"
	"crossings/pipeline/ingest/fetch"
)

const portsLayout = `{"title": "Ports", "flow": "arrival", "period": {"is": "month", "column": "Month"}, "values": [{"column": "People", "measure": "arrivals", "unit": "persons"}],
	"place": {"address": "https://harbour.example.org/ports.csv"}, "every": 31`

// TestTablesAreWatched declares tables with a place and without a release: ingest status lists them,
// and ingest schedule fetches them, whatever the schedule of another one is.
func TestTablesAreWatched(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("Month,People\nJan 2026,5\nFeb 2026,6\n"))
	}))
	defer server.Close()
	dir := t.TempDir()
	var out bytes.Buffer
	app := &cli.App{Stdout: &out, Stderr: &out, Now: func() time.Time { return time.Date(2026, 8, 17, 12, 0, 0, 0, time.UTC) }}
	ingest := func(args ...string) string {
		out.Reset()
		app.Run(t.Context(), commands(app), append(args, "--data", dir))
		return out.String()
	}
	for name, rest := range map[string]string{"ports": `}`, "weekly": `, "schedule": "0 9 * * 1", "zone": "Europe/London"}`, "bad": `, "schedule": "at noon"}`} {
		file := filepath.Join(t.TempDir(), name+".json")
		if err := os.WriteFile(file, []byte(portsLayout+rest), 0o600); err != nil {
			t.Fatal(err)
		}
		ingest("add", "table:"+name, "--layout", file)
	}
	if got := ingest("status"); !strings.Contains(got, "table:ports") || !strings.Contains(got, "table:weekly") {
		t.Errorf("the status has no tables without releases: %s", got)
	}
	cfg := options(app)
	cfg.Client = fetch.Mirror(server.URL, app.Now)
	jobs, err := sourceJobs(app, cfg)
	if err != nil || len(jobs) != 2 || jobs[0].Name != "table:ports" || jobs[1].Name != "table:weekly" {
		t.Fatalf("%v, %+v", err, jobs)
	}
	monday := time.Date(2026, 8, 24, 8, 0, 0, 0, time.UTC) // 9:00 in London
	if next := jobs[1].Schedule.Next(app.Now()); !next.Equal(monday) {
		t.Errorf("the next time is %s, want %s", next, monday)
	}
	if _, err := jobs[0].Do(t.Context()); err != nil {
		t.Error(err)
	}
	if got, err := filepath.Glob(filepath.Join(dir, "out/lake/observations/source=table*ports/*.parquet")); err != nil || len(got) != 1 {
		t.Errorf("after the job: %q, %v", got, err)
	}
}
