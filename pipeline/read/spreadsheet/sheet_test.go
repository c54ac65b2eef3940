package spreadsheet

import (
	"archive/zip"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

// num is a cell with a number; gap is a filler of %s cells.
const (
	num = `<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>`
	gap = `<table:table-cell table:number-columns-repeated="%s"/>`
)

// row returns a table row of the cells.
func row(cells string) string { return "<table:table-row>" + cells + "</table:table-row>" }

// rowTimes returns a table row with that number-rows-repeated.
func rowTimes(n, cells string) string {
	return `<table:table-row table:number-rows-repeated="` + n + `">` + cells + "</table:table-row>"
}

// str returns a text cell.
func str(inner string) string {
	return `<table:table-cell office:value-type="string">` + inner + `</table:table-cell>`
}

func TestRows(t *testing.T) {
	tests := []struct{ name, rows, want string }{
		{"none", "", ""},
		{"kinds", row(num + `<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="boolean" office:boolean-value="true"/>` +
			`<table:table-cell office:value-type="date" office:date-value="2018-01-01"/>` + str("<text:p>x</text:p>") +
			`<table:table-cell><text:p>y</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="string" office:string-value="long"><text:p>l</text:p></table:table-cell>` +
			`<table:table-cell office:value="3"/>`),
			"S!1 A=n'7' B=o'0.5' C=o'true' D=d'2018-01-01' E=t'x' F=t'y' G=t'long' H=o'3'\n"},
		{"fillers move positions", rowTimes("3", num) + rowTimes("10000000000", "") + row(fmt.Sprintf(gap, "5")+num+fmt.Sprintf(gap, "16378")),
			"S!1 A=n'7'\nS!2 A=n'7'\nS!3 A=n'7'\nS!10000000004 F=n'7'\n"},
		{"empty strings are fillers", row(num + strings.Replace(str("<text:p/>"), "office:", `table:number-columns-repeated="99999" office:`, 1)), "S!1 A=n'7'\n"},
		{"repeated cells", row(`<table:table-cell table:number-columns-repeated="2"/>` + strings.Replace(num, "office:", `table:number-columns-repeated="3" office:`, 1)),
			"S!1 C=n'7' D=n'7' E=n'7'\n"},
		{"covered cells have a place", row(num + `<table:covered-table-cell table:number-columns-repeated="2"/>` + num), "S!1 A=n'7' D=n'7'\n"},
		{"headers and groups", `<table:table-header-rows>` + row(num) + `</table:table-header-rows><table:table-row-group>` +
			`<table:table-row-group><table:table-rows>` + row("") + row(num) + `</table:table-rows></table:table-row-group></table:table-row-group>`, "S!1 A=n'7'\nS!3 A=n'7'\n"},
		{"shapes and columns", `<table:shapes><draw:frame><table:table><table:table-row/></table:table><text:p>no</text:p></draw:frame></table:shapes><table:table-column table:number-columns-repeated="x"/>` + row(num), "S!1 A=n'7'\n"},
		{"foreign names", row(`<x:table-cell/><table:table-cell x:value-type="date" office:value-type="float" x:value="9" office:value="7" x:number-columns-repeated="5"/>`+num) + `<x:table-row/>`, "S!1 A=n'7' B=n'7'\n"},
		{"other prefixes", `<q:table-row xmlns:q="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:table="urn:example:foreign"><q:table-cell xmlns:f="urn:oasis:names:tc:opendocument:xmlns:office:1.0" f:value-type="float" f:value="7"/><table:table-cell/></q:table-row>`, "S!1 A=n'7'\n"},
		{"saturated filler at the end", rowTimes("99999999999999999999999", "") + rowTimes("10000000000", fmt.Sprintf(gap, "99999999999999999999999")+fmt.Sprintf(gap, "10000000000")), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := readAll(ods(t, sheet(tt.rows)), decode.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if got := render(rows); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	tests := []struct{ name, inner, want string }{
		{"paragraphs", "<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"},
		{"white space", "<text:p>\n  a \t b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e<text:s/> f\n </text:p>\n", "a b   c\td\ne  f"},
		{"spaces at the ends", "<text:p><text:s/>a<text:s/></text:p>", " a "},
		{"no spaces", "<text:p>a<text:s text:c='0'/>b</text:p>", "ab"},
		{"spans and links", "<text:p>a<text:span>b <text:a>c</text:a></text:span> d</text:p>", "ab c d"},
		{"entities and CDATA", "<text:p>&lt;&#8217;<![CDATA[<b>]]><!-- no --></text:p>", "<’<b>"},
		{"comment", "<office:annotation><text:p>no</text:p></office:annotation><text:p>a<office:annotation><text:p>no</text:p></office:annotation></text:p>", "a"},
		{"shape", "<draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame><text:p>a</text:p>", "a"},
		{"note and ruby", "<text:p>a<text:note><text:p>no</text:p></text:note><text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>no</text:ruby-text></text:ruby></text:p>", "ab"},
		{"foreign", "<x:p>no</x:p><text:p>a<x:span>no</x:span></text:p>no", "a"},
		{"list", "<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list><text:h>b</text:h>", "a\nb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := readAll(ods(t, sheet(row(str(tt.inner)))), decode.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if c := rows[0].Cell(0); c.Kind != decode.Text || c.Value != tt.want || c.Text != tt.want {
				t.Errorf("got %+v, want %q", c, tt.want)
			}
		})
	}
}

// TestHostile checks the errors of a pass, their positions, and that none of them costs memory.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("<x:a>", 100) + strings.Repeat("</x:a>", 100)
	long := strings.Repeat("x", 3<<20)
	tests := []struct {
		name, content string
		want          error
		msg           string
	}{
		{"cell repeated past the last column", sheet(row("") + row(strings.Replace(num, "office:", `table:number-columns-repeated="10000000000" office:`, 1))),
			decode.ErrTooLarge, `a.ods: sheet S, row 2, column "AMK": too large: the row has content beyond column AMJ`},
		{"cell behind a filler", sheet(row(fmt.Sprintf(gap, "10000000000") + num)), decode.ErrTooLarge, "row 1, column "},
		{"cell behind two saturated fillers", sheet(row(strings.Repeat(fmt.Sprintf(gap, "99999999999999999999"), 2) + num)), decode.ErrTooLarge, "row 1"},
		{"row repeated past the limit", sheet(row("") + rowTimes("10000000000", num)), decode.ErrTooLarge, "sheet S, row 2: too large"},
		{"row repeated past int", sheet(row(num) + rowTimes("99999999999999999999", num)), decode.ErrTooLarge, "row 2"},
		{"row behind a saturated filler", sheet(rowTimes("99999999999999999999", "") + row(num)), decode.ErrTooLarge, "cannot be numbered"},
		{"spaces", sheet(row(str("<text:p><text:s text:c='10000000000'/></text:p>"))), decode.ErrTooLarge, `row 1, column "A": too large: the cell`},
		{"spaces in many cells", sheet(row(strings.Repeat(str("<text:p><text:s text:c='1000000'/></text:p>"), 100))), decode.ErrTooLarge, "bytes of text"},
		{"negative", sheet(row(fmt.Sprintf(gap, "-1"))), decode.ErrFormat, `number-columns-repeated is "-1"`},
		{"zero", sheet(rowTimes("0", num)), decode.ErrFormat, `row 1: not the expected file format: number-rows-repeated is "0"`},
		{"not a number", sheet(row(num + fmt.Sprintf(gap, "1e3"))), decode.ErrFormat, `column "B": not the expected file format: number-columns-repeated is "1e3"`},
		{"negative spaces", sheet(row(str("<text:p><text:s text:c='-2'/></text:p>"))), decode.ErrFormat, `c is "-2"`},
		{"depth", sheet(row(num) + deep), decode.ErrTooLarge, "more than 64 nested elements"},
		{"depth in a cell", sheet(row(str("<text:p>" + strings.Repeat("<text:span>", 100) + strings.Repeat("</text:span>", 100) + "</text:p>"))), decode.ErrTooLarge, "more than 64 nested elements"},
		{"long text", sheet(row(str("<text:p>" + long + "</text:p>"))), decode.ErrTooLarge, "more than 1048576 bytes"},
		{"long text of many tokens", sheet(row(str("<text:p>" + strings.Repeat(long[:10000]+"<!---->", 200) + "</text:p>"))), decode.ErrTooLarge, "the cell has more than"},
		{"long CDATA with brackets", sheet("<![CDATA[" + strings.Repeat("<>", 1<<20) + "]]>"), decode.ErrTooLarge, "a tag, text or comment"},
		{"long comment", sheet("<!--" + strings.Repeat("<>", 1<<20) + "-->"), decode.ErrTooLarge, "a tag, text or comment"},
		{"long attribute", sheet(`<x:a b="` + strings.Repeat(">", 2<<20) + `"/>`), decode.ErrTooLarge, "a tag, text or comment"},
		{"long name", sheet("<" + long + "/>"), decode.ErrTooLarge, "a tag, text or comment"},
		{"table in a cell", sheet(row("<table:table-cell><table:table table:is-sub-table='true'/></table:table-cell>")), decode.ErrShape, "table inside"},
		{"table in a table", sheet(`<table:table table:name="T"/>`), decode.ErrShape, "table inside"},
		{"two sheets of one name", strings.Replace(sheet(""), foot, `<table:table table:name="S"/>`+foot, 1), decode.ErrShape, "sheet S"},
		{"many sheets", head + manySheets(maxSheets+1) + foot, decode.ErrTooLarge, "sheets"},
		{"text document", strings.ReplaceAll(sheet(""), "office:spreadsheet", "office:text"), decode.ErrFormat, "no spreadsheet"},
		{"two spreadsheets", head + "</office:spreadsheet><office:spreadsheet>" + foot, decode.ErrFormat, "two spreadsheets"},
		{"other root", "<html/>", decode.ErrFormat, `root element "html"`},
		{"two roots", sheet("") + "<a/>", decode.ErrFormat, `root element "a"`},
		{"empty", "", decode.ErrFormat, "content.xml is empty"},
		{"entity", `<!DOCTYPE a [<!ENTITY e "eeee">]>` + sheet(row(str("<text:p>&e;</text:p>"))), decode.ErrFormat, "entity"},
		{"wrong end", sheet("<table:table-row></table:table-cell>"), decode.ErrFormat, "sheet S, row 1"},
		{"invalid UTF-8", sheet("\xff"), decode.ErrFormat, "UTF-8"},
		{"other encoding", `<?xml version="1.0" encoding="latin1"?><a/>`, decode.ErrFormat, "latin1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := ods(t, tt.content)
			lim := decode.DefaultLimits
			if tt.name == "spaces in many cells" {
				lim.XML = 4 << 20
			}
			var err error
			used := files.Allocated(func() { _, err = readAll(data, lim) })
			wantError(t, err, tt.want, tt.msg)
			if used > 16<<20 {
				t.Errorf("%d bytes allocated", used)
			}
		})
	}
}

// manySheets returns n sheets with different names.
func manySheets(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<table:table table:name="S%d"/>`, i)
	}
	return b.String()
}

// TestFillers gives every filler of a release the size 10^10. The rows must be the same and the
// memory no larger.
func TestFillers(t *testing.T) {
	small := ods(t, sheet(row(num+fmt.Sprintf(gap, "10000000000"))+rowTimes("10000000000", fmt.Sprintf(gap, "10000000000"))+
		strings.Repeat(rowTimes("99999999999999999999", fmt.Sprintf(gap, "99999999999999999999")), 100)))
	if used := files.Allocated(func() {
		if rows, err := readAll(small, decode.DefaultLimits); err != nil || len(rows) != 1 {
			t.Errorf("%d rows, error %v", len(rows), err)
		}
	}); used > 1<<20 {
		t.Errorf("%d bytes allocated for a file of %d", used, len(small))
	}

	content := contentOf(t, newest)
	grown := strings.ReplaceAll(content, `<table:table-cell table:number-columns-repeated="16380"/></table:table-row>`,
		`<table:table-cell table:number-columns-repeated="10000000000"/></table:table-row>`)
	if grown == content {
		t.Fatal("no filler found")
	}
	want, err := readAll(ods(t, content), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readAll(ods(t, grown), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if render(got) != render(want) {
		t.Error("the rows differ")
	}
}

// TestBombs reads a part that grows a hundredfold, with its true size and with false ones.
func TestBombs(t *testing.T) {
	lim := decode.DefaultLimits
	lim.XML = 2 << 20
	bomb := sheet("<!--" + strings.Repeat(" ", 1<<19) + "-->" + strings.Repeat("<!--"+strings.Repeat(" ", 1000)+"-->", 3000))
	data := ods(t, bomb)
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"true size", data, decode.ErrTooLarge},
		{"small size", patchSize(t, data, "content.xml", 100), decode.ErrFormat},
		{"size of the limit", patchSize(t, data, "content.xml", 2<<20), decode.ErrFormat},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			used := files.Allocated(func() { _, err = readAll(tt.data, lim) })
			wantError(t, err, tt.want, "content.xml")
			if used > 8<<20 {
				t.Errorf("%d bytes allocated", used)
			}
		})
	}
	short := ods(t, sheet(row(num)))
	for _, size := range []uint32{0, 1, 500, 100_000} {
		_, err := readAll(patchSize(t, short, "content.xml", size), decode.DefaultLimits)
		wantError(t, err, decode.ErrFormat, "content.xml")
	}
}

// TestReadLimit checks the limit on what is read, as opposed to what is declared, which the ZIP
// reader checks too.
func TestReadLimit(t *testing.T) {
	lim := decode.DefaultLimits
	lim.XML = 10_000
	src := strings.NewReader("<a>" + strings.Repeat("<b/>", 10_000) + "</a>")
	r := newTokens("content.xml", src, lim)
	for n := 0; ; n++ {
		if _, err := r.Next(); err != nil {
			wantError(t, &decode.Error{File: "a.ods", Err: err, Hint: "x"}, decode.ErrTooLarge, "more than 10000 bytes")
			return
		}
		if n > 10_000 {
			t.Fatal("no error")
		}
	}
}

func TestRowLimit(t *testing.T) {
	lim := decode.DefaultLimits
	lim.Rows = 3
	content := sheet(rowTimes("3", num) + rowTimes("100", ""))
	if rows, err := readAll(ods(t, content), lim); err != nil || len(rows) != 3 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
	// All sheets share one limit.
	content = strings.Replace(content, foot, `<table:table table:name="T">`+row(num)+`</table:table>`+foot, 1)
	_, err := readAll(ods(t, content), lim)
	wantError(t, err, decode.ErrTooLarge, "sheet T, row 1")
}

// small returns a varied content.xml as a seed for fuzzing.
func small() []string {
	return []string{
		sheet(row(num+fmt.Sprintf(gap, "10000000000")) + rowTimes("10000000000", fmt.Sprintf(gap, "16384")) + row(str("<text:p>a<text:s text:c='2'/><text:span>b</text:span></text:p>"))),
		sheet("<table:table-header-rows>" + row(num) + "</table:table-header-rows><table:table-row-group>" + rowTimes("2", num) + "</table:table-row-group>"),
		sheet(row(`<table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2018-01-01T00:00:00"><office:annotation><text:p>no</text:p></office:annotation><text:p>01/01/2018</text:p></table:table-cell>`)),
		sheet(row("<table:table-cell><table:table/></table:table-cell>")),
		"<html/>", "",
	}
}

// fuzzLimits keeps one run of a fuzz target short.
var fuzzLimits = decode.Limits{File: 1 << 20, XML: 1 << 20, Token: 1 << 12, Rows: 100, Columns: 50, Depth: 20}

// checkRead reads data and checks what must be true of every result.
func checkRead(t *testing.T, data []byte) {
	rows, err := readAll(data, fuzzLimits)
	if err != nil {
		for _, want := range []error{decode.ErrFormat, decode.ErrTooLarge, decode.ErrShape} {
			if strings.Contains(err.Error(), want.Error()) {
				wantError(t, err, want, "")
				return
			}
		}
		t.Fatalf("error of no kind: %v", err)
	}
	if len(rows) > fuzzLimits.Rows {
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows {
		if n := len(r.Cells); n == 0 || n > fuzzLimits.Columns || r.Cells[n-1].Kind == decode.Empty || r.Line < 1 {
			t.Fatalf("bad row %+v", r)
		}
		if i > 0 && rows[i-1].Sheet == r.Sheet && rows[i-1].Line >= r.Line {
			t.Fatalf("line %d follows line %d", r.Line, rows[i-1].Line)
		}
		for _, c := range r.Cells {
			if (c.Kind == decode.Empty) != (c == decode.Cell{}) {
				t.Fatalf("bad cell %+v", c)
			}
			if n, err := decode.Count(c); err == nil && n < 0 {
				t.Fatalf("count %d", n)
			}
			decode.Date(c)
		}
	}
	again, err := readAll(data, fuzzLimits)
	if err != nil || render(again) != render(rows) {
		t.Fatalf("a second pass differs: %v", err)
	}
}

func FuzzODS(f *testing.F) {
	for _, content := range small() {
		f.Add(ods(f, content))
		f.Add(pack(f, zip.Store, part{"mimetype", odsType}, part{"content.xml", content}, part{"meta.xml", metaXML}))
	}
	f.Add([]byte("<!doctype html>"))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data) })
}

func FuzzContent(f *testing.F) {
	for _, content := range small() {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) {
		checkRead(t, pack(t, zip.Store, part{"mimetype", odsType}, part{"content.xml", content}))
	})
}
