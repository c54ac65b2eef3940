package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// hostile are texts that must come out unchanged.
var hostile = []string{
	`=HYPERLINK("https://www.example.org/","x")`, "=1+1", "+1", "-1+2", "@SUM(A1)", "'quoted", "]]>", "<script>alert(1)</script>", `a & b "c" 'd'`,
	"  two  spaces  ", "a\ttab", "two\nlines", "_x0041_ stays", "_x005F_x0041_", "１＋１", "\u202eright to left", "e\u0301 國 😀", "[not a mark]", "1,204", "2026-03-20",
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// small returns a book with a cell of each kind.
func small() Book {
	rows := [][]Cell{
		{Text("First"), Number(45774), Number(-8076), Number(12.3456), Number(2025), Day(stat.MustDate("2026-03-20")), Instant(at("2026-06-26T09:30:07Z")), Text("provisional [p]")},
		{Text("Second"), Absent(stat.MarkConfidential), Absent(stat.MarkNotAvailable), Absent(stat.MarkLowBase), Number(2024), Day(0), Instant(time.Time{}), Text("")},
		{Text("Before programs count days"), Number(0), Number(0), Number(1e15), Number(1900), Day(stat.MustDate("1900-02-28")), Instant(at("1899-12-31T00:00:00Z")), Cell{}},
	}
	texts := [][]Cell{}
	for i, s := range hostile {
		texts = append(texts, []Cell{Number(float64(i)), Text(s)})
	}
	return Book{Title: "Small <boats> & more", Subtitle: "Made-up figures", Creator: "A site", Dated: stat.MustDate("2026-06-26"),
		About: []Line{{"Sources", "A publisher", "https://www.example.org/?a=1&b=2"}, {"Sources", "Another", "javascript:alert(1)"}, {"Licence", "A licence", ""}},
		Notes: []string{"Counts are rounded [u]."},
		Sheets: []Sheet{
			{Name: "Figures", Title: "Figures by name", Description: "What it holds.", Source: "A publisher", Rows: slices.Values(rows), Columns: []Column{{Head: "Name"}, {Head: "Value"}, {Head: "Change", Signed: true},
				{Head: "Rate", Places: 2}, {Head: "Year", Plain: true}, {Head: "Day"}, {Head: "First seen (UTC)"}, {Head: "Status"}}},
			{Name: "A1", Title: "Texts", Rows: slices.Values(texts), Columns: []Column{{Head: "Number"}, {Head: "=Text"}}},
		}}
}

// same compares the result with the wanted value.
func same[T any](t *testing.T, want, got T) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Errorf("got  %q\nwant %q", fmt.Sprint(got), fmt.Sprint(want))
	}
}

func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wanted returns the kind and value of each cell of a planned sheet.
func wanted(p *page) (out [][]string) {
	for _, l := range p.lines {
		out = append(out, []string{"text " + l.text})
	}
	if p.table == nil {
		return out
	}
	var head []string
	for _, c := range p.table.columns {
		head = append(head, "text "+c.Head)
	}
	out = append(out, head)
	for _, row := range p.table.all() {
		var cells []string
		for _, c := range row {
			switch c.kind {
			case number:
				cells = append(cells, "number "+float(c.n))
			case day, instant:
				cells = append(cells, "date "+c.time().Format("2006-01-02T15:04:05"))
			default:
				cells = append(cells, "text "+c.text)
			}
		}
		out = append(out, cells)
	}
	return out
}

func planned(t *testing.T, b Book) map[string][][]string {
	t.Helper()
	p, err := b.plan()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]string{}
	for _, page := range p.pages {
		out[page.name] = wanted(page)
	}
	return out
}

func TestODSReadsBackAsThePlan(t *testing.T) {
	b := small()
	o, err := spreadsheet.OpenODS("small.ods", written(t, b.ODS), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][][]string{}
	for row, err := range o.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			value := c.Value
			if c.Kind == decode.DateKind && len(value) == len("2026-03-20") {
				value += "T00:00:00"
			}
			cells = append(cells, c.Kind.String()+" "+value)
		}
		got[row.Sheet] = append(got[row.Sheet], cells)
	}
	same(t, planned(t, b), got)
	if when, ok := o.Modified(); !ok || !when.Equal(at("2026-06-26T00:00:00Z")) {
		t.Error("dated", when)
	}
}

func TestXLSXReadsBackAsThePlan(t *testing.T) {
	b := small()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b.XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := map[string][][]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			var cells []string
			for c, value := range row {
				cells = append(cells, excelCell(t, f, sheet, cellRef(c, r+1), value))
			}
			got[sheet] = append(got[sheet], cells)
		}
	}
	same(t, planned(t, b), got)
	props, err := f.GetDocProps()
	if err != nil || props.Title != b.Title || props.Creator != b.Creator || props.Language != "en-GB" || props.Modified != "2026-06-26T00:00:00Z" {
		t.Errorf("%+v %v", props, err)
	}
	if shown, err := f.GetCellValue("Figures", "F7"); err != nil || shown != "20 March 2026" {
		t.Errorf("a day is shown as %q, %v", shown, err)
	}
}

// excelCell returns the kind and value of a cell according to the library.
func excelCell(t *testing.T, f *excelize.File, sheet, ref, value string) string {
	t.Helper()
	kind, err := f.GetCellType(sheet, ref)
	if err != nil {
		t.Fatal(err)
	}
	formula, err := f.GetCellFormula(sheet, ref)
	if err != nil || formula != "" {
		t.Errorf("%s %s has a formula %q, %v", sheet, ref, formula, err)
	}
	if kind == excelize.CellTypeInlineString {
		return "text " + value
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		t.Fatal(sheet, ref, err)
	}
	id, _ := f.GetCellStyle(sheet, ref)
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt != nil && strings.Contains(*style.CustomNumFmt, "mmmm") {
		return "date " + Cell{kind: instant, n: n - unixDay}.time().Format("2006-01-02T15:04:05")
	}
	return "number " + float(n)
}

func TestTablesAreMarkedUp(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, small().XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		tables, err := f.GetTables(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range tables {
			got[sheet] += x.Name + " " + x.Range
		}
		if merged, err := f.GetMergeCells(sheet); err != nil || len(merged) > 0 {
			t.Error(sheet, merged, err)
		}
	}
	want := map[string]string{"Contents": "contents A3:C6", "Notes": "notes A3:B10", "Figures": "figures A6:H9", "A1": fmt.Sprintf("table_a1 A4:B%d", 4+len(hostile))}
	same(t, want, got)
	if linked, target, err := f.GetCellHyperLink("Contents", "A5"); err != nil || !linked || target != "'Figures'!A1" {
		t.Error(linked, target, err)
	}
	content := strings.ReplaceAll(parts(t, written(t, small().ODS))["content.xml"], "&#39;", "'")
	for _, want := range []string{`table:name="table_a1" table:target-range-address="'A1'.A4:'A1'.B24" table:contains-header="true" table:display-filter-buttons="false"`,
		`xlink:href="#'Figures'.A1"`, `xlink:href="https://www.example.org/?a=1&amp;b=2"`, `<table:table-header-rows>`} {
		if !strings.Contains(content, want) {
			t.Error("content.xml has no", want)
		}
	}
	if strings.Contains(content, "javascript") || strings.Contains(content, "table:formula") {
		t.Error("content.xml has a script or a formula")
	}
}

// parts returns the entries of an archive. All except the media type must be well-formed XML, and
// all must have the same time.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	out := map[string]string{}
	sourcetest.EachPart(t, data, func(f *zip.File, text string) {
		out[f.Name] = text
		if when := f.Modified.UTC(); !when.Equal(at("1980-01-01T00:00:00Z")) || len(f.Extra) > 0 {
			t.Error(f.Name, when, f.Extra)
		}
		if f.Name == "mimetype" {
			return
		}
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(f.Name, err)
			}
		}
	})
	return out
}

func TestTheMediaTypeComesFirst(t *testing.T) {
	data := written(t, small().ODS)
	if got := string(data[30 : 30+8+len(odsType)]); got != "mimetype"+odsType {
		t.Errorf("the file begins with %q", got)
	}
	parts(t, data)
	parts(t, written(t, small().XLSX))
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	for range 5 {
		if !bytes.Equal(written(t, small().XLSX), written(t, small().XLSX)) || !bytes.Equal(written(t, small().ODS), written(t, small().ODS)) {
			t.Fatal("two writings differ")
		}
	}
}

func TestAllShorthandIsExplained(t *testing.T) {
	for _, m := range stat.Marks {
		b := Book{Title: "T", Sheets: []Sheet{{Name: "S", Columns: []Column{{Head: "H"}}, Rows: slices.Values([][]Cell{{Absent(m)}})}}}
		p, err := b.plan()
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{{"text Notes"}, {"text " + p.pages[2].lines[1].text}, {"text Mark", "text Meaning"}, {"text " + string(m), "text " + m.Meaning()}}
		same(t, want, wanted(p.pages[2]))
	}
	var got []string
	for _, row := range planned(t, small())["Notes"][3:] {
		got = append(got, strings.TrimPrefix(row[0], "text "))
	}
	same(t, []string{"[c]", "[low]", "[p]", "[u]", "[x]", "[z]", "note 1"}, got)
}

func TestLinksAreWebAddresses(t *testing.T) {
	for s, want := range map[string]string{"https://www.example.org/a b?c=\"d\"": "https://www.example.org/a%20b?c=\"d\"", "http://example.org": "http://example.org", "": "", "javascript:alert(1)": "",
		"file:///etc/passwd": "", "//example.org": "", "https:": "", "\\\\host\\share": "", "https://example.org/" + strings.Repeat("a", 3000): "", "ht\x00tps://example.org": ""} {
		if got := link(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

func TestNumbersAreShownAsPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		col  Column
		want string
	}{
		{Number(45774), Column{}, "45,774"}, {Number(-1234567), Column{Signed: true}, "-1,234,567"}, {Number(8), Column{Signed: true}, "+8"}, {Number(0), Column{Signed: true}, "0"},
		{Number(1234.5), Column{Places: 2}, "1,234.50"}, {Number(2024), Column{Plain: true}, "2024"}, {Number(999), Column{}, "999"}, {Number(-100), Column{}, "-100"},
		{Day(stat.MustDate("2026-03-20")), Column{}, "20 March 2026"}, {Instant(at("1969-12-31T23:59:59Z")), Column{}, "31 December 1969, 23:59"},
	} {
		if got := c.cell.show(c.col); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func BenchmarkXLSX(b *testing.B) {
	row := []Cell{Text("A series with a title"), Number(12345), Day(stat.MustDate("2026-03-20")), Absent(stat.MarkNotAvailable), Text("provisional [p]")}
	big := Book{Title: "T", Sheets: []Sheet{{Name: "S", Columns: []Column{{Head: "A"}, {Head: "B"}, {Head: "C"}, {Head: "D"}, {Head: "E"}}, Rows: func(yield func([]Cell) bool) {
		for range 100_000 {
			if !yield(row) {
				return
			}
		}
	}}}}
	b.ReportAllocs()
	for b.Loop() {
		if err := big.XLSX(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLongTextsTakeMoreLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  int
	}{{"", 10, 1}, {"one two", 7, 1}, {"one two", 6, 2}, {"a\nb", 10, 2}, {strings.Repeat("x", 25), 10, 3}, {"ab " + strings.Repeat("x", 20), 10, 3}, {"國國國", 3, 1}} {
		if got := wrapped(c.text, c.width); got != c.want {
			t.Errorf("%q takes %d lines, want %d", c.text, got, c.want)
		}
	}
}
