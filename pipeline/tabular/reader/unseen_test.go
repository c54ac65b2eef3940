package reader

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestHiddenParts reads a workbook with hidden rows, columns and sheets. A hidden sheet is read only
// if no other has the columns.
func TestHiddenParts(t *testing.T) {
	const layout = monthly + "}"
	for _, c := range []struct {
		name     string
		do       func(f *excelize.File) error
		findings []string
	}{
		{"nothing hidden", func(*excelize.File) error { return nil }, nil},
		{"a row", func(f *excelize.File) error { return f.SetRowVisible("Sheet1", 3, false) }, []string{"hidden-rows"}},
		{"the figures", func(f *excelize.File) error { return f.SetColVisible("Sheet1", "B", false) }, []string{"hidden-column"}},
		{"the months", func(f *excelize.File) error { return f.SetColVisible("Sheet1", "A", false) }, []string{"hidden-column"}},
		{"an old copy", func(f *excelize.File) error {
			if _, err := f.NewSheet("Old"); err != nil {
				return err
			}
			for cell, v := range map[string]any{"A1": "Month", "B1": "People", "A2": "Jan 2024", "B2": 99} {
				if err := f.SetCellValue("Old", cell, v); err != nil {
					return err
				}
			}
			return f.SetSheetVisible("Old", false)
		}, nil},
	} {
		f := excelize.NewFile()
		for cell, v := range map[string]any{"A1": "Month", "B1": "People", "A2": "Jan 2024", "B2": 12, "A3": "Feb 2024", "B3": 13} {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.do(f); err != nil {
			t.Fatal(err)
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		out, findings, err := figures(t, layout, b.Bytes())
		if got := strings.Join(out, "|"); err != nil || got != "arrivals:M 2024-01-01 12|arrivals:M 2024-02-01 13" || !slices.Equal(findings, c.findings) {
			t.Errorf("%s: got %s, findings %v, error %v", c.name, got, findings, err)
		}
	}
}
