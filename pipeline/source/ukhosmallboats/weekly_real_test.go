//go:build real

package ukhosmallboats

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/stat"
)

// TestRealWeeklyReleases decodes each real release and the one that tests use instead of it. Both
// must have the same name, dates, values, marks, places and findings.
func TestRealWeeklyReleases(t *testing.T) {
	real, err := filepath.Glob(filepath.Join(sourcetest.Real(t), id, "*.ods"))
	if err != nil || len(real) != len(weekly.Days()) {
		t.Fatalf("%d real releases, %v", len(real), err)
	}
	texts := map[string]string{}
	for _, day := range weekly.Days() {
		made := weekly.File(t, day)
		data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), id, made.Name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := sourcetest.Read(&Source, sourcetest.File{Name: made.Name, Data: data})
		if err != nil {
			t.Fatal(err)
		}
		got, err := sourcetest.Read(&Source, made)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Observations, got.Observations, cmp.AllowUnexported(stat.Count{})); diff != "" {
			t.Errorf("%s: %s", made.Name, diff)
		}
		if diff := cmp.Diff(want.Findings, got.Findings); diff != "" {
			t.Errorf("%s: %s", made.Name, diff)
		}
		// A text of ours replaces each of the publisher's.
		theirs, ours := want.Notes[0].Text, got.Notes[0].Text
		if known, ok := texts[theirs]; ok && known != ours {
			t.Errorf("%s: another text for the same definitions", made.Name)
		}
		texts[theirs] = ours
	}
	distinct := map[string]bool{}
	for _, ours := range texts {
		distinct[ours] = true
	}
	if len(distinct) != len(texts) {
		t.Errorf("%d texts for %d definitions", len(distinct), len(texts))
	}
}
