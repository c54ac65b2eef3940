//go:build real

package iommissingmigrants

import (
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
)

// TestRealListsThatCameLater reads IOM's own CSV of 2020 and its workbook of 2025.
func TestRealListsThatCameLater(t *testing.T) {
	for _, c := range []struct {
		name, day              string
		rows, excluded, stated int
	}{
		{"MissingMigrants-Global-2020-01-08.csv", "2020-01-08", 6249, 0, 3978},
		{"Missing_Migrants_Global_Figures_allData_2025-05-05.xlsx", "2025-05-05", 19255, 14, 13578},
	} {
		data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), "..", "more", id, c.name))
		if err != nil {
			t.Fatal(err)
		}
		day, _ := Source.Date(c.name, data)
		r, err := Source.Decode(source.File{Name: c.name, Data: data, Release: released(c.day)})
		if err != nil || day.String() != c.day || r.Rows != c.rows || len(r.Excluded) != c.excluded || len(r.Observations) != c.stated {
			t.Errorf("%s of %s: %d rows, %d excluded, %d observations, error %v", c.name, day, r.Rows, len(r.Excluded), len(r.Observations), err)
		}
	}
}
