//go:build real

package iommissingmigrants

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
)

// TestRealListsThatCameLater reads IOM's own CSV of 2020 and its workbook of 2025.
func TestRealListsThatCameLater(t *testing.T) {
	for _, c := range []struct {
		name, day                   string
		rows, excluded, stated, set int
	}{
		{"MissingMigrants-Global-2020-01-08.csv", "2020-01-08", 6249, 0, 3978, 936},
		{"Missing_Migrants_Global_Figures_allData_2025-05-05.xlsx", "2025-05-05", 19255, 14, 13578, 1752},
	} {
		data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), "..", "more", id, c.name))
		if err != nil {
			t.Fatal(err)
		}
		day, _ := Source.Date(c.name, data)
		r, err := Source.Decode(source.File{Name: c.name, Data: data, Release: released(c.day)})
		set := 0
		for _, o := range r.Observations {
			if strings.Contains(string(o.Series.ID), ":category=") {
				set++
			}
		}
		if err != nil || day.String() != c.day || r.Rows != c.rows || len(r.Excluded) != c.excluded || len(r.Observations)-set != c.stated || set != c.set {
			t.Errorf("%s of %s: %d rows, %d excluded, %d observations and %d by setting, error %v", c.name, day, r.Rows, len(r.Excluded), len(r.Observations)-set, set, err)
		}
	}
}
