package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/cli"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
)

// TestScheduleIsLogged stays twice until the source was asked: the job that brought figures is
// in the run log as a run of its own, and the one that found nothing new is not.
func TestScheduleIsLogged(t *testing.T) {
	i := slices.IndexFunc(all.Sources, func(s *source.Source) bool { return s.ID == "it-interior-landings" })
	asked := make(chan bool, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "../../../shared/data/it-interior-landings/sbarchi-per-giorno.csv")
		asked <- true
	}))
	defer server.Close()
	dir, log := t.TempDir(), t.TempDir()
	for n := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		app := &cli.App{Stdout: io.Discard, Stderr: io.Discard, Sources: all.Sources[i : i+1], Now: time.Now}
		ended := make(chan int)
		go func() {
			ended <- app.Run(ctx, commands(app), []string{"schedule", "--mirror", server.URL, "--data", dir, "--log", log})
		}()
		<-asked
		time.Sleep(200 * time.Millisecond) // it is asked once at the start, and not again for hours
		for n == 0 {
			if _, err := os.Stat(filepath.Join(log, "index.html")); err == nil {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		if status := <-ended; status != cli.OK {
			t.Errorf("status %d", status)
		}
		runs, err := filepath.Glob(filepath.Join(log, "runs", "*-ingest-schedule.parquet"))
		if err != nil || len(runs) != 1 {
			t.Errorf("round %d: kept %v, %v", n, runs, err)
		}
	}
	page, err := os.ReadFile(filepath.Join(log, "index.html"))
	if err != nil || !strings.Contains(string(page), "<td>it-interior-landings<td>added<td>2025-09-15-") || !strings.Contains(string(page), "bad-date at A3315") {
		t.Errorf("page\n%s\n%v", page, err)
	}
}
