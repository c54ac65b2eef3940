package webpage

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// wanted are the columns of the tables below.
var wanted = decode.Columns{Above: decode.Titles, Want: []decode.Column{{Name: "Date"}, {Name: "Migrants arrived", Also: []string{"Migrants detected"}, Measure: true},
	{Name: "Boats arrived", Measure: true}, {Name: "Notes", Optional: true, Rare: true}}}

// find returns what Find makes of a body: the rows of each table, and its extra columns.
func find(t *testing.T, body string) (string, error) {
	t.Helper()
	h, err := Open("a.ods", page(body), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	found, err := h.Find(wanted)
	var b strings.Builder
	for _, table := range found {
		for _, r := range table.Rows {
			fmt.Fprintf(&b, "%s; ", strings.Join(r.Cells, "|"))
		}
		for _, x := range table.Columns.Extra() {
			fmt.Fprintf(&b, "extra %s; ", x.Header)
		}
	}
	return strings.TrimSuffix(b.String(), "; "), err
}

const (
	heads = "<tr><th>Date<th>Migrants arrived<th>Boats arrived<th>Notes"
	line  = "<tr><td>1 May 2026<td>20<td>3<td>n"
	read  = "1 May 2026|20|3|n"
)

// TestFindWide has the ways in which publishers write one table. Only the first was read before.
func TestFindWide(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"plain", heads + line, read},
		{"case", strings.Replace(heads, "Migrants arrived", "MIGRANTS Arrived", 1) + line, read},
		{"no-break space", strings.Replace(heads, "Migrants arrived", "Migrants&nbsp;arrived", 1) + line, read},
		{"line break", strings.Replace(heads, "Migrants arrived", "Migrants<br>arrived", 1) + line, read},
		{"strong", strings.Replace(heads, "Migrants arrived", "<p><strong>Migrants arrived </strong></p>", 1) + line, read},
		{"two elements", strings.Replace(heads, "Migrants arrived", "<b>Migrants</b> <i>arrived</i>", 1) + line, read},
		{"note", strings.Replace(heads, "Migrants arrived", "Migrants arrived [note 1]", 1) + line, read},
		{"raised note", strings.Replace(heads, "Migrants arrived", "Migrants arrived<sup>1</sup>", 1) + line, read},
		{"linked note", strings.Replace(heads, "Migrants arrived", `Migrants arrived<sup><a href="#1">[1]</a></sup>`, 1) + line, read},
		{"hidden text", strings.Replace(heads, "Migrants arrived", `Migrants arrived<span class="govuk-visually-hidden">, sortable</span>`, 1) + line, read},
		{"another spelling", strings.Replace(heads, "Migrants arrived", "Number of migrants arrived", 1) + line, read},
		{"header of td", strings.ReplaceAll(heads, "<th>", "<td>") + line, read},
		{"title", "<tr><th colspan=4>Arrivals" + heads + line, read},
		{"two titles", "<tr><td>Table 1<tr><td>Arrivals<td><td><td>" + heads + line, read},
		{"heads in two rows", "<tr><th rowspan=2>Date<th colspan=2>Small boats<th rowspan=2>Notes<tr><th>Migrants arrived<th>Boats arrived" + line, read},
		{"another order", "<tr><th>Notes<th>Boats arrived<th>Migrants arrived<th>Date<tr><td>n<td>3<td>20<td>1 May 2026", read},
		{"more columns", "<tr><th>No.<th>Date<th>Migrants arrived<th>Port<th>Boats arrived<th>Notes<tr><td>1<td>1 May 2026<td>20<td>Dover<td>3<td>n", read + "; extra No.; extra Port"},
		{"column without a header", "<tr><td><th>Date<th>Migrants arrived<th>Boats arrived<tr><td>x<td>1 May 2026<td>20<td>3", "1 May 2026|20|3|; extra "},
		{"the other name", strings.Replace(heads, "Migrants arrived", "Migrants detected", 1) + line, read},
		{"header again", heads + line + heads, read},
		{"optional column left out", "<tr><th>Date<th>Migrants arrived<th>Boats arrived<tr><td>1 May 2026<td>20<td>3", "1 May 2026|20|3|"},
		{"blank row", heads + "<tr><td><td>&nbsp;<td><td>" + line, read},
		{"remark", heads + line + "<tr><td colspan=4>Counts are provisional.", read},
		{"another table first", "<tr><th>a<th>b<tr><td>1<td>2</table><table>" + heads + line, read},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := find(t, "<table>"+c.body+"</table>"); err != nil || got != c.want {
				t.Errorf("got %s, %v, want %s", got, err, c.want)
			}
		})
	}
}

// TestFindNarrow has what could be read as the wrong column.
func TestFindNarrow(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       error
		says       string
	}{
		{"none", "<p>x", decode.ErrShape, "no table on the page"},
		{"empty", "<table></table>", decode.ErrHeader, `there is no header with a column "Date"`},
		{"no header", "<table>" + line + "</table>", decode.ErrHeader, `line 3, column "A": column is called "1 May 2026" where "Date" was expected`},
		{"renamed", "<table>" + strings.Replace(heads, "Boats arrived", "Boats landed", 1) + line + "</table>", decode.ErrHeader, `line 3, column "C": column is called "Boats landed" where "Boats arrived" was expected: not the expected header`},
		{"glued digit", "<table>" + strings.Replace(heads, "Boats arrived", "Boats arrived2", 1) + line + "</table>", decode.ErrHeader, `column is called "Boats arrived2"`},
		{"two in one", "<table><tr><th>Date<th>Migrants arrived / Boats arrived<tr><td>1 May 2026<td>20 / 3</table>", decode.ErrHeader, `column is called "Migrants arrived / Boats arrived"`},
		{"missing", "<table>" + strings.Replace(heads, "<th>Boats arrived", "", 1) + line + "</table>", decode.ErrHeader, `column "Boats arrived" is missing`},
		{"alike", "<table>" + strings.Replace(heads, "Notes", "Boats Arrived [note 2]", 1) + line + "</table>", decode.ErrHeader, `column "D": the headers "Boats arrived" and "Boats Arrived [note 2]" both mean "Boats arrived"`},
		{"two spellings of one", "<table>" + strings.Replace(heads, "Notes", "Number of migrants arrived", 1) + line + "</table>", decode.ErrHeader, `both mean "Migrants arrived"`},
		{"header over two columns", "<table><tr><th>Date<th colspan=2>Migrants arrived<th>Boats arrived<tr><td>1 May 2026<td>20<td>1<td>3</table>", decode.ErrHeader, `both mean "Migrants arrived"`},
		{"a measure more", "<table>" + strings.Replace(heads, "Notes", "Children", 1) + "<tr><td>1 May 2026<td>20<td>3<td>5</table>", decode.ErrHeader, `the extra column "Children" looks like a measure`},
		{"short row", "<table>" + heads + line + "<tr><td>2 May 2026<td>1</table>", decode.ErrShape, "2 cells where the header has 4 columns"},
		{"long row", "<table>" + heads + line + "<td>x</table>", decode.ErrShape, "5 cells"},
		{"header too far below", "<table>" + strings.Repeat("<tr><td>x", decode.Titles+1) + heads + line + "</table>", decode.ErrHeader, `where "Date" was expected`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := find(t, c.body)
			wantError(t, err, c.want, c.says)
			if got != "" {
				t.Errorf("%s comes with the error", got)
			}
		})
	}
}

// TestFoundPlaces checks that places and names are those of the page.
func TestFoundPlaces(t *testing.T) {
	h, err := Open("a.ods", page("<table><caption><b>May</b> 2026</caption>\n<tr><th>Boats arrived<th>Migrants ARRIVED<th>Date\n<tr><td>3<td>20<td>1 May 2026 [r]<tr><td rowspan=2>4<td colspan=2>20<tr><td>1<td rowspan=2>3 May 2026</table>"), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	found, err := h.Find(wanted)
	if err != nil || len(found) != 1 || found[0].Caption != "May 2026" {
		t.Fatalf("%+v, %v", found, err)
	}
	r := found[0].Rows[0]
	if r.Ref(1) != "line 5, column B" || r.Ref(2) != "line 5, column A" {
		t.Errorf("%s, %s", r.Ref(1), r.Ref(2))
	}
	if _, _, d, mark, err := r.Date(0); d != 1 || mark != "[r]" || err != nil {
		t.Errorf("day %d %q, %v", d, mark, err)
	}
	_, err = found[0].Rows[1].Figure(1)
	wantError(t, err, decode.ErrShape, `line 5, column "Migrants arrived": the cell "20" spans several places`)
	_, err = found[0].Rows[2].Figure(2)
	wantError(t, err, decode.ErrShape, `column "Boats arrived": the cell "4" spans several places`)
}

// TestTwoTables checks that Find leaves it to the decoder to choose.
func TestTwoTables(t *testing.T) {
	if got, err := find(t, "<table>"+heads+line+"</table><table>"+heads+line+"</table>"); err != nil || got != read+"; "+read {
		t.Errorf("%s, %v", got, err)
	}
}
