package sourcetest

import (
	"slices"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
)

// Sheets returns the cells of each sheet of an OpenDocument spreadsheet, as they are stored.
func Sheets(t testing.TB, data []byte) map[string][][]decode.Cell {
	t.Helper()
	o, err := spreadsheet.OpenODS("book.ods", data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]decode.Cell{}
	for row, err := range o.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out[row.Sheet] = append(out[row.Sheet], slices.Clone(row.Cells))
	}
	return out
}
