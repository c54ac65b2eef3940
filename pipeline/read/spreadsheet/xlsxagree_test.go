package spreadsheet

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"crossings/pipeline/read/decode"
)

// lowered replaces raised characters with plain ones: excelize does not tell how a run is shown.
var lowered = func() *strings.Replacer {
	pairs := slices.Clone(decode.RaisedForms)
	slices.Reverse(pairs)
	return strings.NewReplacer(pairs...)
}()

// agrees compares the values of every sheet of a workbook with those that excelize, an independent
// parser, reads.
func agrees(t *testing.T, data []byte) {
	t.Helper()
	x, err := OpenXLSX("a.xlsx", data, decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	compared := 0
	for _, sheet := range book.GetSheetList() {
		want, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, err := range x.Rows(sheet) {
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range r.Cells {
				got = append(got, lowered.Replace(c.Value))
			}
			theirs := want[r.Line-1]
			for len(theirs) > 0 && theirs[len(theirs)-1] == "" {
				theirs = theirs[:len(theirs)-1]
			}
			if !slices.Equal(got, theirs) {
				t.Fatalf("%s, row %d: %q, excelize has %q", sheet, r.Line, got, theirs)
			}
			want[r.Line-1] = nil
			compared += len(got)
		}
		for i, row := range want {
			if strings.Join(row, "") != "" {
				t.Fatalf("%s, row %d: nothing, excelize has %q", sheet, i+1, row)
			}
		}
	}
	if compared == 0 {
		t.Error("no cells were compared")
	}
}
