package spreadsheet

import (
	"errors"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestXLSXTop checks that the first rows are read as in the whole sheet, and that what follows them
// is not read.
func TestXLSXTop(t *testing.T) {
	const rows = `<row r="2"><c r="A2"><v>1</v></c></row><row r="3"/><row r="5"><c r="B5" t="s"><v>0</v></c></row><row r="6"><c r="A6"><v>3</v></c></row>`
	x, err := OpenXLSX("a.xlsx", xlsx(t, rows+`<row r="1"/>`), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int][]int{0: {2}, 1: {2}, 2: {2, 5}, 3: {2, 5, 6}} {
		var lines []int
		for row, err := range x.Top("S", most) {
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, row.Line)
		}
		if len(lines) != len(want) || lines[len(lines)-1] != want[len(want)-1] {
			t.Errorf("the first %d rows are on lines %v, want %v", most, lines, want)
		}
	}
	for _, err := range x.Top("S", 4) {
		if !errors.Is(err, decode.ErrFormat) {
			t.Errorf("error %v of a row out of order", err)
		}
	}
	for _, err := range x.Top("T", 4) {
		if !errors.Is(err, decode.ErrShape) {
			t.Errorf("error %v of a missing sheet", err)
		}
	}
}
