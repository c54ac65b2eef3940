//go:build real

package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest"
	"crossings/pipeline/review"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// refusals are the real files that are refused, with what the refusal says.
var refusals = map[string]string{
	"2026-03-08.html": "the page's markup failed to render",
	"2026-04-21.html": "20 April 2025 is a year off, published on 2026-04-21 it can only be 2026-04-20; it would overwrite 2025",
	"2026-04-22.html": "20 April 2025 is a year off, published on 2026-04-22 it can only be 2026-04-20; it would overwrite 2025",
	"2023-02-02.html": "the page states no day, no number of migrants, no number of boats",
	"2023-03-31.html": "legacy page, no longer updated",
	"MissingMigrants-Global-2026-05-06_first-rows.csv":                 "release has shrunk: iom-missing-migrants:dead-and-missing:A is not in it",
	"HEAD_SAMPLE_Missing_Migrants_Global_Figures_allData_riscotta.csv": "release has shrunk: iom-missing-migrants:dead-and-missing:A is not in it",
	"nazionalita.csv": "landings by nationality, not the daily file",
}

// undated are release days of the real files that say none.
var undated = map[string]string{
	"frontex.csv":                           "2025-05-31",
	"MissingMigrantsProject_kaggle2017.csv": "2017-06-02",
	"HEAD_SAMPLE_Missing_Migrants_Global_Figures_allData_riscotta.csv": "2026-05-07",
}

// waits are the real files that wait: copies of a list of incidents that are years apart.
var waits = map[string]bool{
	"connorrothschild_data_2020-01-18_8de11bc.csv":               true,
	"Missing_Migrants_Global_Figures_allData_beninbar_2022.xlsx": true,
}

// forRealFiles is a data folder under the default gate, after the newest of the real files, and its
// ingest side.
func forRealFiles(t *testing.T) (world, *ingest.Ingest) {
	t.Helper()
	cfg := allYears(gated(t, t.TempDir()))
	cfg.Now = func() time.Time { return time.Date(2026, 7, 17, 3, 0, 0, 0, time.UTC) }
	in := opened(t, cfg)
	t.Cleanup(func() { in.Close() })
	return cfg, in
}

// TestRealFiles ingests every file of every publisher that the project has, all
// into one data folder, source by source and oldest first. Each is taken, brings
// nothing new, or is refused for the reason that is right; of those that are taken few
// move figures so far that a person should look first.
func TestRealFiles(t *testing.T) {
	t.Parallel()
	real := sourcetest.Real(t)
	cfg, in := forRealFiles(t)
	found := map[string]int{}
	for _, s := range all.Sources {
		files, err := filepath.Glob(filepath.Join(real, s.ID, "*.*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Logf("%s has no real files", s.ID)
			continue
		}
		released := map[string]stat.Date{}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(f)
			if released[f], _ = s.Date(name, data); undated[name] != "" {
				released[f] = stat.MustDate(undated[name])
			}
		}
		slices.SortStableFunc(files, func(a, b string) int { return int(released[a] - released[b]) })
		for _, f := range files {
			name := filepath.Base(f)
			var day stat.Date
			if undated[name] != "" {
				day = stat.MustDate(undated[name])
			}
			out, err := in.Add(t.Context(), s.ID, []string{f}, day)
			if err != nil || len(out) != 1 {
				t.Fatalf("%s: %v, %v", f, out, err)
			}
			found[out[0].State]++
			if waits[name] != (out[0].State == review.Pending) {
				t.Errorf("%s/%s: %s, %v", s.ID, name, out[0].State, out[0].Moves)
			}
			if out[0].State == review.Pending {
				if o, err := in.Accept(s.ID, out[0].Release); err != nil || o.State != review.Added {
					t.Errorf("%s/%s: accepted %+v, %v", s.ID, name, o, err)
				}
			}
			switch want := refusals[name]; {
			case want == "" && out[0].Failed():
				t.Errorf("%s/%s is refused: %s", s.ID, name, out[0].Error)
			case want != "" && (!out[0].Failed() || !strings.Contains(out[0].Error, want)):
				t.Errorf("%s/%s: %s %q, want a refusal that says %q", s.ID, name, out[0].State, out[0].Error, want)
			case out[0].Failed() && out[0].Hint == "":
				t.Errorf("%s/%s: no hint with %q", s.ID, name, out[0].Error)
			}
		}
	}
	if found[review.Added]+found[review.Pending] < 80 {
		t.Errorf("only few files came in: %v", found)
	}
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
		t.Errorf("damage: %v, %v", bad, err)
	}
}

// TestRealOldFileIsNotDatedToday is TestAnOldFileIsNotDatedToday on publishers' files.
func TestRealOldFileIsNotDatedToday(t *testing.T) {
	t.Parallel()
	real := sourcetest.Real(t)
	oldFiles(t, []oldFile{
		{"iom-missing-migrants", filepath.Join(real, "iom-missing-migrants", "MissingMigrantsProject_kaggle2017.csv"), "2017-06-02", false},
		{"frontex-detections", filepath.Join(real, "frontex-detections", "frontex.csv"), "2026-06-28", true},
	})
}
