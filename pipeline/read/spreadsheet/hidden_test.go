package spreadsheet

import (
	"archive/zip"
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// unseenOf writes what of rows is hidden: "2 row", "3 filtered", "1 sheet", and "C" for a column.
func unseenOf(rows []decode.Row) string {
	var out []string
	for _, r := range rows {
		h := r.Hidden
		if h == nil {
			continue
		}
		said := fmt.Sprint(r.Line)
		for word, is := range map[string]bool{" row": h.Row, " filtered": h.Filtered, " sheet": h.Sheet} {
			if is {
				said += word
			}
		}
		for i := range 8 {
			if h.Column(i) {
				said += " " + decode.ColumnLetter(i)
			}
		}
		out = append(out, said)
	}
	return strings.Join(out, ", ")
}

// TestHiddenXLSX reads what a workbook hides, and says that it does.
func TestHiddenXLSX(t *testing.T) {
	const cell = `<c><v>1</v></c>`
	rows := `<row>` + cell + `</row><row hidden="1">` + cell + `</row><row hidden="true">` + cell + `</row><row hidden="0">` + cell + `</row><row hidden="1"/><row r="9" hidden="1">` + cell + `</row>`
	for _, c := range []struct{ name, above, below, want string }{
		{"rows", "", "", "2 row, 3 row, 9 row"},
		{"rows behind a filter", "", `<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>`, "2 filtered, 3 filtered, 9 filtered"},
		{"a filter that is not on", "", `<autoFilter ref="A1:B9"/>`, "2 row, 3 row, 9 row"},
		{"columns", `<cols><col min="1" max="1"/><col min="2" max="3" hidden="1"/><col min="7" max="7" hidden="1"/></cols>`, "", "1 B C G, 2 row B C G, 3 row B C G, 4 B C G, 9 row B C G"},
		{"columns that are none", `<cols><col min="x" max="3" hidden="1"/><col max="3" hidden="1"/><col min="0" max="3" hidden="1"/></cols>`, "", "2 row, 3 row, 9 row"},
	} {
		head := strings.Replace(xlsxHead, "<sheetData>", c.above+"<sheetData>", 1)
		foot := strings.Replace(xlsxFoot, "</sheetData>", "</sheetData>"+c.below, 1)
		got, err := readBook(t, pack(t, zip.Deflate, bookParts(head+rows+foot)...), decode.DefaultLimits)
		if err != nil || unseenOf(got) != c.want || len(got) != 5 {
			t.Errorf("%s: %d rows, hidden %q, error %v, want %q", c.name, len(got), unseenOf(got), err, c.want)
		}
	}
	for _, state := range []string{"hidden", "veryHidden"} {
		data := xlsxWith(t, "xl/workbook.xml", `r:id="rId1"/>`, `r:id="rId1" state="`+state+`"/>`)
		got, err := readBook(t, data, decode.DefaultLimits)
		if err != nil || unseenOf(got) != "1 sheet" {
			t.Errorf("%s: hidden %q, error %v", state, unseenOf(got), err)
		}
	}
	x, err := OpenXLSX("a.ods", xlsxWith(t, "xl/workbook.xml", `<sheets>`, `<sheets><sheet name="Old" sheetId="3" r:id="rId1" state="hidden"/>`), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Sheets(); !slices.Equal(got, []string{"S", "Old", "Chart"}) {
		t.Errorf("sheets %q", got)
	}
	if got := x.Shown([]string{"Old", "S"}); !slices.Equal(got, []string{"S"}) {
		t.Errorf("shown %q", got)
	}
	if got := x.Shown([]string{"Old", "Chart"}); !slices.Equal(got, []string{"Old", "Chart"}) {
		t.Errorf("all hidden %q", got)
	}
}

// TestHiddenODS is TestHiddenXLSX for an OpenDocument spreadsheet.
func TestHiddenODS(t *testing.T) {
	see := func(how, rows string) string {
		return strings.Replace(rows, "<table:table-row", `<table:table-row table:visibility="`+how+`"`, 1)
	}
	const styles = `<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body>`
	for _, c := range []struct{ name, content, want string }{
		{"nothing", sheet(`<table:table-column/>` + row(num) + see("visible", row(num))), ""},
		{"rows", sheet(row(num) + see("collapse", row(num)) + see("filter", row(num)) + row(num)), "2 row, 3 filtered"},
		{"repeated rows", sheet(see("collapse", rowTimes("2", num)) + row(num)), "1 row, 2 row"},
		{"a group", sheet(`<table:table-row-group table:display="false">` + row(num) + `<table:table-row-group>` + row(num) + `</table:table-row-group></table:table-row-group>` + row(num)), "1 row, 2 row"},
		{"columns", sheet(`<table:table-column table:number-columns-repeated="2"/><table:table-column-group><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/></table:table-column-group><table:table-column/>` + row(num)), "1 C D"},
		{"a sheet", strings.Replace(strings.Replace(sheet(row(num)), "<office:body>", styles, 1), `table:name="S"`, `table:name="S" table:style-name="off"`, 1), "1 sheet"},
		{"the sheet before", strings.Replace(strings.Replace(sheet(row(num)), "<office:body>", styles, 1), `<table:table table:name="S">`, `<table:table table:name="R" table:style-name="off"><table:table-column table:visibility="collapse"/></table:table><table:table table:name="S">`, 1), ""},
	} {
		got, err := readAll(ods(t, c.content), decode.DefaultLimits)
		if err != nil || unseenOf(got) != c.want {
			t.Errorf("%s: hidden %q, error %v, want %q", c.name, unseenOf(got), err, c.want)
		}
	}
}
