package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/cmd/internal/cli"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestScheduleIsLogged starts ingest schedule twice. The run log must have the job that brought
// figures, as a run of its own, and not the job that found nothing new.
func TestScheduleIsLogged(t *testing.T) {
	i := slices.IndexFunc(all.Sources, func(s *source.Source) bool { return s.ID == "it-interior-landings" })
	asked := make(chan bool, 10)
	table := sourcetest.ItalianReports(stat.MustDate("2025-07-01"), stat.MustDate("2025-09-16")).Data
	for day := 16; day <= 31; day++ { // the report of 15 September contains a day that does not exist
		table = fmt.Appendf(table, "2025-09-%d,0,*,text,2025-09-15\r\n", day)
	}
	bad := bytes.Count(table, []byte("\n"))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		w.Write(table)
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
		time.Sleep(200 * time.Millisecond) // the source is asked once at the start, and not again for hours
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
	if err != nil || !strings.Contains(string(page), "<td>it-interior-landings<td>added<td>2025-09-15-") || !strings.Contains(string(page), fmt.Sprintf("bad-date at A%d", bad)) {
		t.Errorf("page\n%s\n%v", page, err)
	}
}
