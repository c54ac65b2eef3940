//go:build real

package pipeline_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/ingest"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// contradict are the real files that the default gate holds, with why. The release of two that
// comes in last is weighed against the other.
var contradict = map[string]map[string]string{
	"oldest first": {
		"MissingMigrants-Global-2020-01-08.csv":                      "1304 people of April 2015 become 1583, and 431 missing of these 744",
		"Missing_Migrants_Global_Figures_allData_beninbar_2022.xlsx": "a route of six years is withdrawn, and 346 people of May 2015 become 446",
	},
	"newest first": {
		"connorrothschild_data_2020-01-18_8de11bc.csv": "the release after it says 446 people of May 2015, not 346",
	},
	"shuffled": {
		"MissingMigrants-Global-2020-01-08.csv": "as the other list of that month in newest first",
	},
}

// samples are the first rows of releases. They are refused once a whole release is known, and
// believed where none is: then they keep the whole ones out.
var samples = []string{"MissingMigrants-Global-2026-05-06_first-rows.csv", "HEAD_SAMPLE_Missing_Migrants_Global_Figures_allData_riscotta.csv"}

// TestRealFilesPassTheGate ingests every real file of every source by the default gate, in
// several orders. Only those whose figures contradict wait, and all orders end with the same
// lake.
func TestRealFilesPassTheGate(t *testing.T) {
	shuffle := rand.New(rand.NewPCG(1, 2))
	var lakes []map[string]string
	for _, order := range []struct {
		name string
		of   func(files []datedFile)
	}{
		{"oldest first", func(files []datedFile) {
			slices.SortStableFunc(files, func(a, b datedFile) int { return int(a.day - b.day) })
		}},
		{"newest first", func(files []datedFile) {
			slices.SortStableFunc(files, func(a, b datedFile) int { return int(b.day - a.day) })
		}},
		{"shuffled", func(files []datedFile) {
			shuffle.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		}},
	} {
		t.Run(order.name, func(t *testing.T) {
			cfg, in := forRealFiles(t)
			with := 0
			for _, s := range all.Sources {
				files := slices.DeleteFunc(realFiles(t, s), func(f datedFile) bool { return slices.Contains(samples, filepath.Base(f.path)) })
				order.of(files)
				for _, f := range files {
					takeReal(t, in, s, f, contradict[order.name])
				}
				if len(files) > 0 {
					with++
				}
			}
			if with < 11 {
				t.Errorf("only %d sources have real files", with)
			}
			lakes = append(lakes, sums(t, filepath.Join(cfg.Data, "out", "lake")))
			if diff := cmp.Diff(lakes[0], lakes[len(lakes)-1]); diff != "" {
				t.Errorf("another lake than oldest first (-want +got):\n%s", diff)
			}
		})
	}
}

// sums returns the SHA-256 of every file of a lake, except the notes that a file states what another
// of its day does: which of the two is noted depends on which came first.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(name) != ".same" {
			out[name] = fmt.Sprintf("%x", sha256.Sum256(readAllOf(t, filepath.Join(dir, name))))
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(len(out), err)
	}
	return out
}

// takeReal ingests a real file, which waits where waits says so and is accepted then.
func takeReal(t *testing.T, in *ingest.Ingest, s *source.Source, f datedFile, waits map[string]string) {
	t.Helper()
	out, err := in.Add(t.Context(), s.ID, []string{f.path}, f.given)
	if err != nil {
		t.Fatal(err)
	}
	o, name := out[0], filepath.Base(f.path)
	if o.Failed() {
		t.Logf("%s/%s is refused: %s", s.ID, name, o.Error)
	}
	if held := o.State == review.Pending; held != (waits[name] != "") {
		t.Errorf("%s/%s: %s\n%s", s.ID, name, o.State, strings.Join(o.Explain(), "\n"))
	}
	if o.State == review.Pending {
		if o, err := in.Accept(s.ID, o.Release); err != nil || o.State != review.Added {
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
		t.Logf("%s has no real files", s.ID)
	}
	return out
}
