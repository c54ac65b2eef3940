package runlog

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// row is a row as another program reads it.
type row struct {
	Started time.Time `parquet:"started"`
	Command string    `parquet:"command"`
	Status  int64     `parquet:"status"`
	Source  *string   `parquet:"source"`
	Outcome *string   `parquet:"outcome"`
	Message *string   `parquet:"message"`
	Found   *string   `parquet:"found"`
	Seconds *float64  `parquet:"seconds"`
}

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 6, 26, 9, 40, 0, 0, time.FixedZone("BST", 3600))
	old := Run{Started: start.Add(-Kept - time.Hour), Ended: start.Add(-Kept), Command: "publish run"}
	night := Run{Started: start, Ended: start.Add(1500 * time.Millisecond), Command: "ingest run", Status: 1, Rows: []Row{
		{Source: "a-b", File: "x.ods", Release: "2026-06-26-00000000", Outcome: "added", Observations: 7, Findings: 1, Found: "bad-date at A7: <b>", Took: 1200 * time.Millisecond},
		{Source: "c-d", Outcome: "refused", Message: "<script>alert(1)</script>"}}}
	for _, r := range []Run{old, night, night, {Started: start.Add(time.Minute), Ended: start.Add(time.Minute), Command: "publish run"}} {
		if err := Keep(dir, r); err != nil {
			t.Fatal(err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "runs", "*"))
	if err != nil || len(left) != 6 || filepath.Base(left[0]) != "2026-06-26T084000.000Z-ingest-run-2.json" || filepath.Base(left[2]) != "2026-06-26T084000.000Z-ingest-run.json" {
		t.Errorf("kept %v, %v", left, err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2026-06-26 08:40:00", "1.5s", "&lt;script&gt;", "bad-date at A7: &lt;b&gt;<td>1.2", "x.ods"} {
		if got := strings.Contains(string(page), want); got != (want != "x.ods") {
			t.Errorf("the page has %q: %v", want, got)
		}
	}
	if bytes.Contains(page, []byte("<script")) || strings.Count(string(page), "<tr><td>") != 5 {
		t.Errorf("page\n%s", page)
	}
	rows, err := parquet.ReadFile[row](left[1])
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[0].Source != nil && *rows[0].Source != "" || rows[1].Source == nil || *rows[1].Source != "a-b" || *rows[2].Message != "<script>alert(1)</script>" || rows[2].Status != 1 || !rows[0].Started.Equal(start) ||
		*rows[0].Seconds != 1.5 || *rows[1].Seconds != 1.2 || *rows[1].Found != "bad-date at A7: <b>" || rows[2].Seconds != nil {
		t.Errorf("rows %+v", rows)
	}
	if err := os.WriteFile(left[0], []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Keep(dir, night); err != nil {
		t.Errorf("after one run was damaged: %v", err)
	}
	if page, err := os.ReadFile(filepath.Join(dir, "index.html")); err != nil || !bytes.Contains(page, []byte("cannot be read")) {
		t.Errorf("page %s, %v", page, err)
	}
}

// TestKeepAtOnce keeps many runs at once, as jobs of several programs may. None is lost, and the
// page is complete.
func TestKeepAtOnce(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 6, 26, 9, 40, 0, 0, time.UTC)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := Keep(dir, Run{Started: start, Ended: start, Command: "ingest schedule"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil || bytes.Count(page, []byte("<tr><td>")) != 20 {
		t.Errorf("%d runs on the page, %v", bytes.Count(page, []byte("<tr><td>")), err)
	}
}
