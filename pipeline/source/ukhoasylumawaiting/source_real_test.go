//go:build real

package ukhoasylumawaiting

import (
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// whole returns the derived CSV with every row, which is next to the folder of real files.
func whole(t testing.TB) sourcetest.File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), "../more/ukho-asylum-tables/ho_awaiting_decision.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return sourcetest.File{Name: november, Data: data}
}

// TestRealTotals compares the totals that the publisher states, as people and as cases, in the CSV
// and in a workbook of the publisher's shape.
func TestRealTotals(t *testing.T) {
	csv := whole(t)
	for _, f := range []sourcetest.File{csv, sourcetest.DetailedBook(t, csv, "Data_Asy_D03", map[string]string{"Date": "Date (as at…)", "Applications": "Claims"})} {
		for _, c := range []struct {
			measure, day string
			want         int64
		}{{people.Name, "2023-06-30", 175457}, {cases.Name, "2023-06-30", 134046}, {people.Name, "2024-09-30", 133409}, {cases.Name, "2024-09-30", 97170}} {
			if got := sourcetest.Figure(t, &Source, f, stat.NewSeriesID(family.ID, c.measure, stat.Quarterly, stat.AllTotal), c.day); got != c.want {
				t.Errorf("%s: %s on %s is %d, want %d", f.Name, c.measure, c.day, got, c.want)
			}
		}
	}
}
