//go:build real

package all_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// files says how many real files each source has, and how many of them are invalid or cannot be
// tested here because they do not say when they were released. All files of a source that is not
// listed must be valid, however many there are.
var files = map[string]struct {
	n      int
	refuse []string
}{
	"ukho-small-boats":           {27, nil},
	"ukho-small-boats-last7days": {29, []string{"2026-03-08.html", "2026-04-21.html", "2026-04-22.html"}},
	"ukho-small-boats-weekly":    {8, nil},
	"ukho-small-boats-day":       {10, []string{"2023-02-02.html", "2023-03-31.html"}},
	"ukho-france-exchange":       {1, nil},
	"ukho-asylum":                {1, nil},
	"ukho-illegal-entry":         {3, nil},
	"ukho-returns":               {4, nil},
	"it-interior-landings":       {2, []string{"nazionalita.csv"}},
	"frontex-detections":         {1, []string{"frontex.csv"}},
	"iom-missing-migrants":       {6, []string{"MissingMigrantsProject_kaggle2017.csv", "HEAD_SAMPLE_Missing_Migrants_Global_Figures_allData_riscotta.csv"}},
}

// TestRealContract runs every source's contract with all of its real files.
func TestRealContract(t *testing.T) {
	for _, s := range all.Sources {
		t.Run(s.ID, func(t *testing.T) {
			want, listed := files[s.ID]
			entries, err := os.ReadDir(filepath.Join(sourcetest.Real(t), s.ID))
			if err != nil && (listed || !os.IsNotExist(err)) {
				t.Fatal(err)
			}
			if listed && len(entries) != want.n {
				t.Errorf("%d real files, want %d", len(entries), want.n)
			}
			var taken []sourcetest.File
			for _, e := range entries {
				f := sourcetest.RealFile(t, s.ID, e.Name())
				if slices.Contains(want.refuse, f.Name) {
					if _, err := sourcetest.Read(s, f); err == nil {
						t.Errorf("%s is taken", f.Name)
					}
					continue
				}
				taken = append(taken, f)
			}
			if len(taken) == 0 {
				return // its own tests give its file a release date
			}
			sourcetest.Run(t, s, taken)
		})
	}
}

// partial are the sources whose fixtures have fewer rows than the real files.
var partial = []string{"ukho-illegal-entry", "ukho-returns", "it-interior-landings", "frontex-detections", "iom-missing-migrants"}

// lent are fixtures of files that are not among the real files of their source.
var lent = []string{"Missing_Migrants_Global_Figures_allData_2025-05-05.xlsx", "2026-07-16.html", "2022-09-26.html", "18-april-to-24-april-2022.html", "crossing-conditions.csv"}

// TestRealFixturesStateWhatTheFilesDo compares each fixture with the real file: the same release
// date, both valid or both invalid, and the same figures if the fixture is complete.
func TestRealFixturesStateWhatTheFilesDo(t *testing.T) {
	type fact struct {
		series stat.SeriesID
		period stat.Period
	}
	for _, s := range all.Sources {
		t.Run(s.ID, func(t *testing.T) {
			if _, err := os.Stat(filepath.Join(sourcetest.Real(t), s.ID)); os.IsNotExist(err) && files[s.ID].n == 0 {
				return // its fixtures are made from files that are nowhere else
			}
			for _, f := range sourcetest.LoadAll(t, s.ID) {
				if slices.Contains(lent, f.Name) {
					continue
				}
				whole := sourcetest.RealFile(t, s.ID, f.Name)
				day, at := s.Date(f.Name, f.Data)
				if d, a := s.Date(whole.Name, whole.Data); day != d || !at.Equal(a) {
					t.Errorf("%s: released %s %s, the real file %s %s", f.Name, day, at, d, a)
				}
				got, err := read(s, f)
				want, realErr := read(s, whole)
				if err != nil || realErr != nil {
					if (err == nil) != (realErr == nil) {
						t.Errorf("%s: %v, the real file: %v", f.Name, err, realErr)
					}
					continue
				}
				if slices.Contains(partial, s.ID) {
					continue
				}
				if len(got.Observations) != len(want.Observations) {
					t.Errorf("%s: %d observations, the real file has %d", f.Name, len(got.Observations), len(want.Observations))
				}
				values := map[fact]stat.Count{}
				for _, o := range want.Observations {
					values[fact{o.Series.ID, o.Period}] = o.Value
				}
				for _, o := range got.Observations {
					if v := values[fact{o.Series.ID, o.Period}]; v != o.Value {
						t.Fatalf("%s: %s from %s is %s, in the real file %s", f.Name, o.Series.ID, o.Period.Start, o.Value, v)
					}
				}
			}
		})
	}
}

// read decodes a file. A file that does not say when it was released is dated at the end of the
// last year with real files.
func read(s *source.Source, f sourcetest.File) (source.Result, error) {
	if day, _ := s.Date(f.Name, f.Data); day.IsZero() {
		f.Name = "2026-12-31_" + f.Name
	}
	return sourcetest.Read(s, f)
}
