//go:build real

package pipeline_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// contradict are the real files that the default gate holds, with why: whichever of two
// releases comes in last is weighed against the other.
var contradict = map[string]map[string]string{
	"oldest first": {
		"irregular_migration_2023-08-24_1747051.csv":                                  "counts arrivals by air anew: 739 becomes 1116",
		"connorrothschild_data_2020-01-18_8de11bc.csv":                                "a copy three years after the one before it: 34 of 40 months change",
		"Missing_Migrants_Global_Figures_allData_beninbar_2022.xlsx":                  "two years later, routes are divided otherwise",
		"Missing_Migrants_Global_Figures_allData_Silvestre17_2024-11-27_34483ff.xlsx": "two years later, incidents without a route have got one",
		"Missing_Migrants_Global_Figures_allData_2025-05-05.xlsx":                     "counts the border of Mexico and the United States anew: 347 becomes 557",
	},
	"newest first": {
		"irregular_migration_2023-05-31_0b8ec2c.csv": "the release after it counts arrivals by air anew",
	},
}

// TestRealFilesPassTheGate ingests every real file of every source, oldest first and
// newest first, by the default gate. Only those whose figures contradict wait.
func TestRealFilesPassTheGate(t *testing.T) {
	for name, order := range map[string]func(a, b datedFile) int{
		"oldest first": func(a, b datedFile) int { return int(a.day - b.day) },
		"newest first": func(a, b datedFile) int { return int(b.day - a.day) },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := gated(t, t.TempDir())
			in, err := pipeline.OpenIngest(cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			for _, s := range all.Sources {
				files := realFiles(t, s)
				slices.SortStableFunc(files, order)
				for _, f := range files {
					takeReal(t, in, s, f, contradict[name])
				}
			}
		})
	}
}

// takeReal ingests a real file, which waits where waits says so and is accepted then.
func takeReal(t *testing.T, in *pipeline.Ingest, s *source.Source, f datedFile, waits map[string]string) {
	t.Helper()
	out, err := in.Add(t.Context(), s.ID, []string{f.path}, f.given)
	if err != nil {
		t.Fatal(err)
	}
	o, name := out[0], filepath.Base(f.path)
	if o.Failed() {
		t.Logf("%s/%s is refused: %s", s.ID, name, o.Error)
	}
	if held := o.State == pipeline.Held; held != (waits[name] != "") {
		t.Errorf("%s/%s: %s\n%s", s.ID, name, o.State, strings.Join(o.Explain(), "\n"))
	} else if held {
		if o, err := in.Accept(s.ID, o.Release); err != nil || o.State != pipeline.Added {
			t.Errorf("%s: accepted %+v, %v", name, o, err)
		}
	}
}

// datedFile is a real file with its day of release, and the day to give where the file
// does not say.
type datedFile struct {
	path       string
	day, given stat.Date
}

// realFiles returns the real files of a source, those that came later included.
func realFiles(t *testing.T, s *source.Source) (out []datedFile) {
	t.Helper()
	for _, folder := range []string{"", "../more"} {
		files, err := filepath.Glob(filepath.Join(sourcetest.Real(t), folder, s.ID, "*.*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			x := datedFile{path: f}
			name := filepath.Base(f)
			if undated[name] != "" {
				x.given = stat.MustDate(undated[name])
			}
			if x.day, _ = s.Date(name, readAllOf(t, f)); x.day.IsZero() {
				x.day = x.given
			}
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no real files", s.ID)
	}
	return out
}
