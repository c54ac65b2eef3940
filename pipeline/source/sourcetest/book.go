package sourcetest

import (
	"testing"

	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet of a workbook that a test writes. Its first row is row 1.
type Sheet struct {
	Name string
	Rows [][]any
}

// Book returns an XLSX workbook with the sheets. Use it for layouts without a real file, or for a
// fault that no real file has.
func Book(t testing.TB, sheets ...Sheet) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range sheets {
		if i == 0 {
			check(f.SetSheetName(f.GetSheetName(0), s.Name))
		} else {
			_, err := f.NewSheet(s.Name)
			check(err)
		}
		w, err := f.NewStreamWriter(s.Name)
		check(err)
		for n, row := range s.Rows {
			cell, err := excelize.CoordinatesToCellName(1, n+1)
			check(err)
			check(w.SetRow(cell, row))
		}
		check(w.Flush())
	}
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes()
}
