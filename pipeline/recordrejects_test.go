package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
)

// TestBadRecordsOfFew holds the share of bad records that a layout accepts to small
// files too: one may be bad, and ten of eleven may not.
func TestBadRecordsOfFew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		good, bad int
		percent   string
		taken     bool
	}{{10, 1, "1", true}, {9, 2, "1", false}, {1, 10, "1", false}, {10, 1, "0", false}, {198, 2, "1", true}, {197, 3, "1", false}, {5, 5, "50", true}} {
		text := borderHeader
		for i := range c.good {
			text += fmt.Sprintf("g%d,2025-02-21,English Channel,SYR,male,1,\n", i)
		}
		for i := range c.bad {
			text += fmt.Sprintf("b%d,2025-02-22,Atlantis,SYR,male,1,\n", i)
		}
		cfg := config(t, t.TempDir())
		out := addRecords(t, cfg, lenient(t, c.percent), "2025-03-01", writeRecords(t, "few.csv", text))
		if out[0].Failed() == c.taken || !c.taken && !strings.Contains(out[0].Error, "too many bad rows") {
			t.Errorf("%d good and %d bad at %s per cent: %+v", c.good, c.bad, c.percent, out)
		}
	}
}

// TestSumsLackBadRecords marks the days and months whose records are in quarantine, in
// the lake and in the tables.
func TestSumsLackBadRecords(t *testing.T) {
	t.Parallel()
	const day = ",English Channel,SYR,male,%d,\n"
	text := borderHeader
	for i := range 60 {
		text += fmt.Sprintf("g%d,%s"+day, i, stat.MustDate("2025-01-01").AddDays(i), 1)
	}
	cfg := config(t, t.TempDir())
	bad := text + "x,2025-02-03,Atlantis,SYR,male,5,\n"
	if out := mustAddRecords(t, cfg, borderLayout, "2025-03-10", writeRecords(t, "a.csv", bad)); out[0].Excluded != 1 {
		t.Fatalf("%+v", out)
	}
	obs, _, err := lake.Open(cfg.Data+"/out/lake").AsOf(border, stat.MustDate("2025-03-10"))
	if err != nil {
		t.Fatal(err)
	}
	marked, others := 0, 0
	for _, o := range obs {
		lacks := o.Period.Start <= stat.MustDate("2025-02-03") && stat.MustDate("2025-02-03") <= o.Period.End
		if lacks != o.Incomplete() || lacks != (o.Status == stat.Estimated) {
			t.Errorf("%s of %s: status %s at %s", o.Series.ID, o.Period.Start, o.Status, o.Locator)
		}
		if lacks {
			marked++
		} else {
			others++
		}
	}
	if marked == 0 || others == 0 {
		t.Errorf("%d sums lack a record and %d do not", marked, others)
	}
	undated := config(t, t.TempDir())
	mustAddRecords(t, undated, borderLayout, "2025-03-10", writeRecords(t, "a.csv", text+"x,2025-02-30,English Channel,SYR,male,5,\n"))
	obs, _, err = lake.Open(undated.Data+"/out/lake").AsOf(border, stat.MustDate("2025-03-10"))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range obs {
		if !o.Incomplete() {
			t.Errorf("a record without a day: %s of %s is %s", o.Series.ID, o.Period.Start, o.Status)
		}
	}
	twice := config(t, t.TempDir())
	mustAddRecords(t, twice, borderLayout, "2025-03-10", writeRecords(t, "a.csv", text+"g1,2025-01-02,English Channel,SYR,male,1,\n"))
	obs, _, err = lake.Open(twice.Data+"/out/lake").AsOf(border, stat.MustDate("2025-03-10"))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range obs {
		if o.Incomplete() {
			t.Errorf("a duplicate leaves nothing out: %s of %s is %s", o.Series.ID, o.Period.Start, o.Status)
		}
	}
	checkNotes(t, cfg)
}

// checkNotes publishes and looks for the mark in the tables.
func checkNotes(t *testing.T, cfg world) {
	t.Helper()
	published(t, cfg, "")
	for _, c := range []struct{ table, row, want string }{
		{"observations", border + ":arrivals:D,", ",E,"},
		{"year-to-date", border + ":arrivals:D,2025,", "incomplete"},
		{"year-on-year", border + ":arrivals:D,month,2025-02-01", "incomplete"},
		{"daily", border + ":arrivals:D,2025-02-03", ",E"},
		{"records", border + ":arrivals:D,month,", ",E"},
		{"headlines", border, ",E,"},
	} {
		found := false
		for line := range strings.Lines(readAll(t, cfg.Data, c.table)) {
			line = strings.ReplaceAll(line, `"`, "")
			found = found || strings.Contains(line, c.row) && strings.Contains(line, c.want)
		}
		if !found {
			t.Errorf("%s has no row %q with %q:\n%.600s", c.table, c.row, c.want, readAll(t, cfg.Data, c.table))
		}
	}
}
