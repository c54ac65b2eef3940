package pipeline_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// TestAReportIsTakenBack does the same with a file of many releases that corrects one of them.
func TestAReportIsTakenBack(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string][2]string{
		"the newest report": {"2026-06-15,40,", "2026-06-15,41,"},
		"an older report":   {"2026-05-31,40,", "2026-05-31,41,"},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("Data,Valore,Note,Fonte,Data_Report\n")
			for _, end := range []string{"2026-05-31", "2026-06-15"} {
				for d := stat.MustDate(end).MonthStart(); d <= stat.MustDate(end); d++ {
					fmt.Fprintf(&b, "%s,40,fino alle 8:00,,%s\n", d, end)
				}
			}
			a := b.String()
			corrected := strings.Replace(a, edit[0], edit[1], 1)
			dir := t.TempDir()
			base := config(t, dir)
			n := newServing(t, sourceOf(t, base, italy), dir)
			day := edit[0][:10]
			for i, body := range []string{a, corrected, a, a} {
				if o := n.serve(body); o.Failed() {
					t.Fatalf("night %d: %+v", i+1, o)
				}
				if got, _ := value(t, dir, italy, day); got != map[int]string{0: "40", 1: "41", 2: "40", 3: "40"}[i] {
					t.Errorf("night %d: %s", i+1, got)
				}
				n.clock = n.clock.Add(24 * time.Hour)
			}
			if got := changes(t, dir, n.source); !slices.Equal(got, []string{"40 -> 41", "41 -> 40"}) {
				t.Errorf("revisions %v", got)
			}
			rebuilt(t, n.cfg)
		})
	}
}

var releaseName = regexp.MustCompile(`^\d{4}-\d\d-\d\d-[0-9a-f]{8}(-\d{6})?$`)

// TestANewReleaseSaysThatItCameAgain checks the sidecar of such a release.
func TestANewReleaseSaysThatItCameAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := newServing(t, notesSource(), dir)
	n.must(noteA, review.Added)
	n.must(noteB, review.Added)
	o := n.must(noteA, review.Added)
	if !releaseName.MatchString(o.Release) || len(o.Findings) != 1 || o.Findings[0].Code != "served-again" || o.Findings[0].Severity != stat.SeverityNote {
		t.Errorf("outcome %+v", o)
	}
	if meta := string(readAllOf(t, filepath.Join(dir, "raw", notes, o.Release, "notes.txt.meta.json"))); !strings.Contains(meta, `"again": true`) {
		t.Errorf("sidecar %s", meta)
	}
}

// TestWhatIsTakenBackMayWait serves A, B and A from a source whose releases are reviewed. The third moves a figure beyond
// the limits, so it is pending for several nights, and then comes in as a reissue.
func TestWhatIsTakenBackMayWait(t *testing.T) {
	t.Parallel()
	a, b := strings.Replace(noteA, "10 5", "10 500", 1), strings.Replace(noteA, "10 5", "10 900", 1)
	dir := t.TempDir()
	n := newServing(t, notesSource(), dir)
	n.must(a, review.Added)
	n.must(b, review.Added)
	n.cfg.Gate = check.GateDefault
	for range 2 {
		n.clock = n.clock.Add(24 * time.Hour)
		if o := n.serve(a); o.State != review.Pending {
			t.Fatalf("%+v", o)
		}
	}
	if o, err := acceptFrom(t, n.cfg, notes, ""); err != nil || o.State != review.Added {
		t.Fatalf("%+v, %v", o, err)
	}
	if got, entries := value(t, dir, notes, "2026-06-10"); got != "500" || len(entries) != 3 {
		t.Errorf("%s of %d releases", got, len(entries))
	}
	n.must(a, review.Unchanged)
	rebuilt(t, n.cfg)
}

// TestRecordsAreTakenBack replaces a day of microdata, and adds the first file again by hand without a date.
func TestRecordsAreTakenBack(t *testing.T) {
	t.Parallel()
	text := string(readAllOf(t, borderLayout))
	layout := writeRecords(t, "layout.json", strings.Replace(text, `"append"`, `"replace"`, 1))
	cfg := config(t, t.TempDir())
	day := now
	cfg.Now = func() time.Time { return day }
	a := writeRecords(t, "a.csv", borderHeader+borderDay("2026-06-07", "k1", "k2")+borderDay("2026-06-08", "k3"))
	b := writeRecords(t, "b.csv", borderHeader+borderDay("2026-06-07", "k1"))
	for i, file := range []string{a, b, a, a} {
		out := addRecords(t, cfg, layout, "", file)
		if out[0].Failed() {
			t.Fatalf("%+v", out)
		}
		want := []string{"3A", "1A", "3A", "3A"}[i]
		if v := knownRecords(t, cfg, border, 0)[border+":arrivals:D 2026-06-07"]; v != want {
			t.Errorf("file %d: %q, want %q", i+1, v, want)
		}
		if i == 3 && out[0].State != review.Known {
			t.Errorf("%+v", out)
		}
		day = day.Add(time.Hour)
	}
	sameRecords(t, cfg, restored(t, cfg))
}
