package decode

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The workbooks, each a fixture.
const (
	xlsxEntry      = fixtures + "/ukhoillegalentry/testdata/irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx"
	xlsxMissing    = fixtures + "/iommissingmigrants/testdata/Missing_Migrants_Global_Figures_allData_Silvestre17_2024-11-27_34483ff.xlsx"
	xlsxMissing22  = fixtures + "/iommissingmigrants/testdata/Missing_Migrants_Global_Figures_allData_beninbar_2022.xlsx"
	xlsxBackground = "testdata/IE__Q3_2023_Background_Published.xlsx"
)

// openXLSX opens a workbook.
func openXLSX(t testing.TB, path string) *XLSX {
	t.Helper()
	x, err := OpenXLSX("a.ods", readFile(t, path), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// sheetRows returns copies of the rows of a sheet. The sheet is checked first, so rows before an
// error fail the test.
func sheetRows(t testing.TB, x *XLSX, sheet string) ([]Row, error) {
	t.Helper()
	var rows []Row
	for row, err := range x.Rows(sheet) {
		if err != nil {
			if len(rows) > 0 {
				t.Errorf("%d rows came before the error %v", len(rows), err)
			}
			return nil, err
		}
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	return rows, nil
}

// readBook opens a workbook and returns the rows of its first sheet.
func readBook(t testing.TB, data []byte, lim Limits) ([]Row, error) {
	t.Helper()
	x, err := OpenXLSX("a.ods", data, lim)
	if err != nil {
		return nil, err
	}
	return sheetRows(t, x, x.Sheets()[0])
}

const (
	xlsxRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	xlsxCore  = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2026-06-26T14:14:54.9+01:00</dcterms:modified></cp:coreProperties>`
	xlsxBook  = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/><sheet name="Chart" sheetId="2" r:id="rId2" state="hidden"/></sheets></workbook>`
	xlsxParts = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="/xl/chartsheets/sheet1.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	xlsxTexts = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9"><si><t>n/a</t></si><si><t xml:space="preserve"> two </t></si><si><r><rPr><b/></rPr><t>Total</t></r><r><t>4</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si/><si><t>line_x000D_break</t></si></sst>`
	xlsxHead  = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews/><sheetData>`
	xlsxFoot  = `</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`
)

// bookParts are the parts of a small workbook with one sheet S.
func bookParts(sheet string) []part {
	return []part{{"_rels/.rels", xlsxRels}, {"docProps/core.xml", xlsxCore}, {"xl/workbook.xml", xlsxBook},
		{"xl/_rels/workbook.xml.rels", xlsxParts}, {"xl/sharedStrings.xml", xlsxTexts},
		{"xl/worksheets/sheet1.xml", sheet}, {"xl/media/image1.png", "\x89PNG"}}
}

// xlsx returns a small workbook with one sheet S of the given rows.
func xlsx(t testing.TB, rows string) []byte {
	t.Helper()
	return pack(t, zip.Deflate, bookParts(xlsxHead+rows+xlsxFoot)...)
}

// xlsxWith returns a small workbook in which from is replaced in one part.
func xlsxWith(t testing.TB, name, from, to string) []byte {
	t.Helper()
	parts := bookParts(xlsxHead + `<row><c><v>1</v></c></row>` + xlsxFoot)
	for i := range parts {
		if parts[i].name == name {
			if !strings.Contains(parts[i].body, from) {
				t.Fatalf("%s has no %s", name, from)
			}
			parts[i].body = strings.Replace(parts[i].body, from, to, 1)
		}
	}
	return pack(t, zip.Deflate, parts...)
}

// workbook is what a workbook holds: its sheets and rows, and the sum of one column, computed by
// another program.
type workbook struct {
	path, modified string
	sheets, rows   int
	sums           map[string]sum
}

type sum struct {
	column int
	header string
	total  int64
}

func TestXLSXBooks(t *testing.T) {
	everyBook(t, []workbook{
		{xlsxMissing, "2024-11-27T11:02:23Z", 1, 313, map[string]sum{"Worksheet": {9, "Total Number of Dead and Missing", 752}}},
		{xlsxMissing22, "2022-05-14T17:13:02Z", 1, 223, map[string]sum{"Worksheet": {7, "Number of Dead", 375}}},
		{xlsxEntry, "2023-11-30T11:48:33Z", 14, 3703, map[string]sum{
			"Data - Irr_D01": {7, "Number of detections", 40113}, "Data - Irr_D02": {9, "Applications", 26883},
			"Data - Irr_D03": {10, "Decisions", 24064}, "Data - Irr_D04": {7, "Referrals", 26883}, "Data - Irr_D05": {8, "Referrals", 4368}}},
		{xlsxBackground, "2023-11-30T12:06:43Z", 21, 712, nil},
	})
}

// everyBook reads every sheet of every workbook completely.
func everyBook(t *testing.T, books []workbook) {
	t.Helper()
	for _, c := range books {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			t.Parallel()
			x := openXLSX(t, c.path)
			if at, ok := x.Modified(); !ok || at.Format(time.RFC3339Nano) != c.modified {
				t.Errorf("modified %v, %t", at, ok)
			}
			rows := 0
			for _, sheet := range x.Sheets() {
				want, total, below := c.sums[sheet], int64(0), false
				for row, err := range x.Rows(sheet) {
					if err != nil {
						t.Fatal(err)
					}
					rows++
					cell := row.Cell(want.column)
					if n, err := Count(cell); below && err == nil {
						total += n
					} else if below && cell.Kind != Empty {
						t.Errorf("%s: %v", row.Ref(want.column), err)
					}
					below = below || want.header != "" && cell.Text == want.header
				}
				if total != want.total {
					t.Errorf("%s: sum %d, want %d", sheet, total, want.total)
				}
			}
			if len(x.Sheets()) != c.sheets || rows != c.rows {
				t.Errorf("%d sheets, %d rows", len(x.Sheets()), rows)
			}
			agrees(t, readFile(t, c.path))
		})
	}
}

// TestXLSXEntry checks one data sheet by its first and last rows.
func TestXLSXEntry(t *testing.T) { entry(t, xlsxEntry, 1335, "text 1d9aad28") }

func entry(t *testing.T, path string, count int, title string) {
	t.Helper()
	x := openXLSX(t, path)
	if got := strings.Join(x.Sheets()[:6], "|"); got != "Cover_sheet|Contents|Notes|List of Fields|Irr_D01|Data - Irr_D01" {
		t.Errorf("sheets %s", got)
	}
	sheet, err := x.Sheet("Data_IER_D01", "Data - Irr_D01")
	if err != nil || sheet != "Data - Irr_D01" {
		t.Fatal(sheet, err)
	}
	rows, err := sheetRows(t, x, sheet)
	if err != nil || len(rows) != count {
		t.Fatal(len(rows), err)
	}
	want := `Data - Irr_D01!1 A=t'` + title + `'
Data - Irr_D01!2 A=t'Year' B=t'Quarter' C=t'Method of entry' D=t'Nationality' E=t'Region' F=t'Sex' G=t'Age Group' H=t'Number of detections'
Data - Irr_D01!3 A=n'2018' B=t'2018 Q1' C=t'Inadequately documented air arrivals' D=t'Afghanistan' E=t'Asia Central' F=t'Female' G=t'17 and under' H=n'14'
Data - Irr_D01!10296 A=n'2023' B=t'2023 Q3' C=t'Small boat arrivals' D=t'Zimbabwe' E=t'Africa Sub-Saharan' F=t'Male' G=t'40 and over' H=n'1'
Data - Irr_D01!10297 A=t'End of table'
`
	if got := render(append(rows[:3:3], rows[count-2:]...)); got != want {
		t.Errorf("got\n%s want\n%s", got, want)
	}
}

// TestXLSXBackground checks cells of a workbook laid out for people: titles and notes around the
// tables, figures that are missing or not counts, headers in rows 4 and 6 with footnote numbers
// after the words.
func TestXLSXBackground(t *testing.T) {
	background(t, xlsxBackground, "text da4f7ea5", "text 37753e20")
}

func background(t *testing.T, path, heading, note string) {
	t.Helper()
	x := openXLSX(t, path)
	cells := map[string]Cell{}
	for _, sheet := range x.Sheets() {
		rows, err := sheetRows(t, x, sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			for i, c := range r.Cells {
				cells[r.Ref(i)] = c
			}
		}
	}
	for _, c := range []struct{ ref, want, count string }{
		{"FNO_01!B6", "t'Released from prison 28 C 29'", `"Released from prison 28 C 29" (text) is not a count`},
		{"FNO_01!B7", "n'825'", "825"},
		{"FNO_01!C7", "n'2'", "2"},
		{"FNO_02!E6", "t'Immigration Judge allows FNO’s appeal against deportation'", ""},
		{"FNO_08!B7", "n'3943'", "3943"},
		{"FNO_08!C7", "t':'", `":" (text) is not a count`},
		{"FNO_08!I6", "t'Data Quality Issues17'", ""},
		{"FNO_08!H11", "t':'", `":" (text) is not a count`},
		{"FNO_08!I11", "n'50'", "50"},
		{"FNO_09!C7", "n'0.499'", `"0.499" is not a count`},
		{"FNO_09!C29", "n'9.6862210095497947E-2'", `"9.6862210095497947E-2" is not a count`},
		{"FNO_09!I11", "t' '", `" " (text) is not a count`},
		{"FD_01!C12", "n'6.3732232920678603E-2'", ""},
		{"PDA_01!D7", "t'A'", `"A" (text) is not a count`},
		{"PDA_01!E6", "t' Percentage (%)'", ""},
		{"PDA_01!C14", "n'0'", "0"},
		{"DT_02!B4", "t'Cost'", ""},
		{"DT_02!B10", "n'98.7'", `"98.7" is not a count`},
		{"DT_03!B10", "t'Total4'", ""},
		{"IMS_01!C10", "t':'", `":" (text) is not a count`},
		{"IMS_01!C11", "n'16394'", "16394"},
		// Merged from B to D and from B to I, and over empty cells.
		{"Notes!B11", "t'" + note + "'", ""},
		{"Notes!C11", "e''", "an empty cell is not a count"},
		{"Notes!B2", "t'" + heading + "'", ""},
		{"Notes!C2", "e''", ""},
		{"FNO_02!I28", "e''", ""},
		{"PWD_01!A4", "e''", ""},
		{"PWD_01!B4", "e''", ""},
	} {
		cell := cells[c.ref]
		if got := cell.Kind.String()[:1] + "'" + cell.Value + "'"; got != c.want || cell.Text != cell.Value {
			t.Errorf("%s: %s, text %q, want %s", c.ref, got, cell.Text, c.want)
		}
		n, err := Count(cell)
		if got := fmt.Sprint(n); c.count != "" && got != c.count && (err == nil || err.Error() != c.count) {
			t.Errorf("%s: count %d, error %v, want %s", c.ref, n, err, c.count)
		}
	}
	colons := 0
	for ref, c := range cells {
		if n, err := Count(c); strings.Trim(c.Value, "0123456789") != "" && err == nil {
			t.Errorf("%s: %q is the count %d", ref, c.Value, n)
		}
		if c.Text == ":" {
			colons++
		}
	}
	if colons != 52 {
		t.Errorf("%d cells with a colon, want 52", colons)
	}
}

// TestXLSXCells covers the forms of cells.
func TestXLSXCells(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"numbers", `<row r="2"><c r="A2"><v>825</v></c><c r="B2" t="n"><v>0.499</v></c><c r="C2"><v>-1</v></c><c r="D2"><v>1E-3</v></c></row>`,
			"S!2 A=n'825' B=n'0.499' C=n'-1' D=n'1E-3'\n"},
		{"shared texts", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v> 1 </v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>`,
			"S!1 A=t'n/a' B=t' two ' C=t'Total4' E=t'line\rbreak'\n"},
		{"other texts", `<row r="1"><c r="A1" t="inlineStr"><is><t>-</t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c><c r="C1" t="str"><f>x</f><v>` + "`" + `</v></c><c r="D1" t="inlineStr"><v>v</v></c></row>`,
			"S!1 A=t'-' B=t'ab' C=t'`' D=t'v'\n"},
		{"texts like numbers", `<row r="1"><c r="A1" t="str"><v>12</v></c><c r="B1" t="str"><v>012</v></c><c r="C1" t="str"><v>1,204</v></c><c r="D1" t="str"><v>12 </v></c></row>`,
			"S!1 A=n'12' B=t'012' C=t'1,204' D=t'12 '\n"},
		{"errors, truth and days", `<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="b"><v>0</v></c><c r="D1" t="d"><v>2018-01-01T00:00:00</v></c><c r="E1" s="1"><v>43101</v></c></row>`,
			"S!1 A=t'#N/A' B=o'1' C=o'0' D=t'2018-01-01T00:00:00' E=n'43101'\n"},
		{"formulas", `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f t="shared" si="0"/><v>3</v></c></row>`,
			"S!1 A=n'2' D=n'3'\n"},
		{"unnamed rows and cells", `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="4"><c r="B4"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>`,
			"S!1 A=n'1' C=n'3'\nS!4 B=n'4' C=n'5'\nS!5 A=n'6'\n"},
		{"empty rows and cells", `<row r="1"/><row r="3"><c r="A3" s="1"/><c r="B3"><v></v></c></row><row r="5"><c r="B5"><v>1</v></c><c r="C5"/><c r="XFD5" s="1"/></row><row r="9"/>`,
			"S!5 B=n'1'\n"},
		{"merged", `<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/></row>`, "S!1 A=n'1'\n"},
		{"values behind merged", `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>`, "S!1 A=n'1' B=n'2'\n"},
		{"hidden", `<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>`, "S!1 A=n'1'\n"},
		{"spaces", `<row r="1"><c r="A1" t="str"><v xml:space="preserve"> </v></c></row>`, "S!1 A=t' '\n"},
		{"comments and white space", "\n<row r='1'> <!-- x -->\n <c r='A1'>\n <v>1<!-- 2 -->3</v> </c> </row>\n", "S!1 A=n'13'\n"},
		{"last place", `<row r="1048576"><c r="ALL1048576"><v>1</v></c></row>`, "S!1048576 ALL=n'1'\n"},
		{"formulas and styles of no number", `<row r="1"><c r="A1"><f si="x"/><v>5</v></c><c r="B1" s="x"><v>6</v></c></row>`, "S!1 A=n'5' B=n'6'\n"},
		{"escapes", `<row r="1"><c r="A1" t="inlineStr"><is><t>_x005F_x000D_ _x0041_ _xD800_ _x12_</t></is></c></row>`, "S!1 A=t'_x000D_ A _xD800_ _x12_'\n"},
		{"nothing", ``, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := readBook(t, xlsx(t, c.rows), DefaultLimits)
			if got := render(rows); err != nil || got != c.want {
				t.Errorf("got %s error %v, want %s", got, err, c.want)
			}
		})
	}
}

// TestXLSXForms reads workbooks that write the same content in another form.
func TestXLSXForms(t *testing.T) {
	sheet := xlsxHead + `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v></c></row>` + xlsxFoot
	edit := func(pairs ...string) []byte {
		parts := bookParts(sheet)
		for i := range parts {
			parts[i].name = strings.NewReplacer(pairs...).Replace(parts[i].name)
			parts[i].body = strings.NewReplacer(pairs...).Replace(parts[i].body)
		}
		return pack(t, zip.Deflate, parts...)
	}
	for name, data := range map[string][]byte{
		"plain":                    edit(),
		"strict":                   edit(nsSheet, nsSheetStrict, nsOffice2006, nsOfficeStrict),
		"prefixes":                 edit("<worksheet xmlns=", "<x:worksheet xmlns:x=", "</worksheet", "</x:worksheet", "<sheetData", "<x:sheetData", "</sheetData", "</x:sheetData", "<row", "<x:row", "</row", "</x:row", "<c ", "<x:c ", "</c>", "</x:c>", "<v>", "<x:v>", "</v>", "</x:v>"),
		"names":                    edit("sharedStrings.xml", "Texts/All.xml", "sheet1.xml", "data.xml", "xl/workbook.xml", "xl/book.xml", "workbook.xml.rels", "book.xml.rels"),
		"case":                     edit(`Target="sharedStrings`, `Target="SharedSTRINGS`),
		"names that Excel refuses": edit(`name="S"`, `name="'a[b]: a name far beyond the thirty-one that Excel allows'"`),
	} {
		x, err := OpenXLSX("a.ods", data, DefaultLimits)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		rows, err := sheetRows(t, x, x.Sheets()[0])
		if err != nil || len(rows) != 1 || rows[0].Cell(0).Text != "n/a" || rows[0].Cell(1).Value != "7" {
			t.Errorf("%s: %s, error %v", name, render(rows), err)
		}
	}
}

// TestXLSXOpen checks the errors found before any sheet is read.
func TestXLSXOpen(t *testing.T) {
	good := xlsx(t, "")
	encrypted := bytes.Clone(good)
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	tight, small := DefaultLimits, DefaultLimits
	tight.File, small.XML = 100, 2500
	parts := bookParts(xlsxHead + xlsxFoot)
	many := ""
	for i := range maxSheets {
		many += fmt.Sprintf(`<sheet name="s%d" r:id="rId1"/>`, i)
	}
	for _, c := range []struct {
		name string
		data []byte
		lim  Limits
		want error
		msg  string
	}{
		{"empty", nil, DefaultLimits, ErrFormat, "the file is empty"},
		{"html", []byte("<!DOCTYPE html><title>x"), DefaultLimits, ErrFormat, "an HTML page was served instead of the spreadsheet"},
		{"text", []byte("Year,Quarter\n"), DefaultLimits, ErrFormat, "not a whole ZIP archive, it may be cut short"},
		{"cut short", good[:len(good)-30], DefaultLimits, ErrFormat, "not a whole ZIP archive, it may be cut short"},
		{"file limit", good, tight, ErrTooLarge, "more than 100"},
		{"many entries", append(bytes.Repeat([]byte("PK\x01\x02"), maxParts+1), good...), DefaultLimits, ErrTooLarge, "entries"},
		{"encrypted", []byte(oleHeader + "\x00\x00" + oleEncrypted), DefaultLimits, ErrFormat, "the workbook is encrypted"},
		{"encrypted archive", encrypted, DefaultLimits, ErrFormat, "the workbook is encrypted"},
		{"old Excel", []byte(oleHeader + "\x00\x00W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), DefaultLimits, ErrFormat, "Excel 97 to 2003"},
		{"OpenDocument", ods(t, sheet("")), DefaultLimits, ErrFormat, `its type is "application/vnd.oasis.opendocument.spreadsheet", not an Office Open XML workbook`},
		{"other archive", pack(t, zip.Store, part{"a.csv", "x"}), DefaultLimits, ErrFormat, "a ZIP archive without _rels/.rels, not an Office Open XML workbook"},
		{"binary workbook", xlsxWith(t, "_rels/.rels", "workbook.xml", "workbook.bin"), DefaultLimits, ErrFormat, "XLSB"},
		{"text document", pack(t, zip.Deflate, parts[0], part{"xl/workbook.xml", "<document/>"}), DefaultLimits, ErrFormat, `the root element "document", want one workbook`},
		{"no workbook", xlsxWith(t, "_rels/.rels", "/officeDocument\"", "/other\""), DefaultLimits, ErrFormat, "there is no workbook in it"},
		{"workbook left out", pack(t, zip.Deflate, parts[0]), DefaultLimits, ErrFormat, `there is no part "xl/workbook.xml"`},
		{"workbook elsewhere", xlsxWith(t, "_rels/.rels", `Target="xl/`, `TargetMode="External" Target="xl/`), DefaultLimits, ErrFormat, "there is no workbook in it"},
		{"no sheets", xlsxWith(t, "xl/workbook.xml", xlsxBook[strings.Index(xlsxBook, "<sheet "):strings.Index(xlsxBook, "</sheets>")], ""), DefaultLimits, ErrFormat, "the workbook has no sheets"},
		{"two sheets of a name", xlsxWith(t, "xl/workbook.xml", `"Chart"`, `"s"`), DefaultLimits, ErrFormat, `two sheets of the name "s"`},
		{"many sheets", xlsxWith(t, "xl/workbook.xml", "</sheets>", many+"</sheets>"), DefaultLimits, ErrTooLarge, "more than 1024 sheets"},
		{"sheet without a part", xlsxWith(t, "xl/workbook.xml", `r:id="rId1"`, `r:id="rId9"`), DefaultLimits, ErrFormat, `the sheet "S" has no part`},
		{"sheet left out", pack(t, zip.Deflate, append(parts[:5:5], parts[6])...), DefaultLimits, ErrFormat, `no part "xl/worksheets/sheet1.xml"`},
		{"texts left out", pack(t, zip.Deflate, append(parts[:4:4], parts[5])...), DefaultLimits, ErrFormat, `no part "xl/sharedStrings.xml"`},
		{"two parts of a name", pack(t, zip.Deflate, append(parts, part{"XL/Worksheets/Sheet1.xml", ""})...), DefaultLimits, ErrFormat, `two parts "XL/Worksheets/Sheet1.xml"`},
		{"broken workbook", xlsxWith(t, "xl/workbook.xml", "</sheets>", ""), DefaultLimits, ErrFormat, "xl/workbook.xml: XML syntax error"},
		{"broken texts", xlsxWith(t, "xl/sharedStrings.xml", "</sst>", ""), DefaultLimits, ErrFormat, "xl/sharedStrings.xml: XML syntax error"},
		{"two texts in one", xlsxWith(t, "xl/sharedStrings.xml", "<t>n/a</t>", "<t>a</t><t>b</t>"), DefaultLimits, ErrFormat, "two texts in one place"},
		{"element in a text", xlsxWith(t, "xl/sharedStrings.xml", "n/a", "n<b/>a"), DefaultLimits, ErrFormat, `an element "b" inside a text`},
		{"foreign text", xlsxWith(t, "xl/sharedStrings.xml", "<si/>", `<si xmlns="x"/>`), DefaultLimits, ErrFormat, `an element "si" of another namespace`},
		{"foreign words", xlsxWith(t, "xl/sharedStrings.xml", "n/a</t>", `n/a</t><x:t xmlns:x="x">b</x:t>`), DefaultLimits, ErrFormat, `an element "t" of another namespace`},
		{"many texts", xlsxWith(t, "xl/sharedStrings.xml", "<si/>", strings.Repeat("<si/>", 30)), small, ErrTooLarge, "more than 19 runs of text"},
		{"declared size", patchSize(t, good, "xl/worksheets/sheet1.xml", 1<<30), DefaultLimits, ErrTooLarge, `"xl/worksheets/sheet1.xml" declares 1073741824 bytes of XML, more than 67108864`},
		{"declared sum", patchSize(t, good, "xl/worksheets/sheet1.xml", 64<<20), DefaultLimits, ErrTooLarge, "the parts declare more than 67108864 bytes of XML together"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x, err := OpenXLSX("a.ods", c.data, c.lim)
			wantError(t, err, c.want, c.msg)
			if x != nil {
				t.Error("an XLSX is returned with the error")
			}
		})
	}
}

// TestXLSXSheet looks for sheets that are and are not there.
func TestXLSXSheet(t *testing.T) {
	x, err := OpenXLSX("a.ods", xlsx(t, ""), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := x.Sheet("Chart", "S"); got != "S" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	_, err = x.Sheet("s", "Data\n1")
	wantError(t, err, ErrShape, `a.ods: not the expected shape: there is no sheet "s" or "Data\n1"; the sheets are "S", "Chart"`)
	_, err = x.Sheet()
	wantError(t, err, ErrShape, `there is no sheet (none)`)
	_, err = sheetRows(t, x, "T")
	wantError(t, err, ErrShape, `there is no sheet "T"; the sheets are "S", "Chart"`)
	_, err = sheetRows(t, x, "Chart")
	wantError(t, err, ErrShape, `sheet Chart: not the expected shape: the sheet is a "chartsheet" and has no rows`)
	if got := quoteNames(slices.Repeat([]string{strings.Repeat("x", 1<<20)}, 25), ", "); len(got) > 2000 || !strings.HasSuffix(got, " and 5 more") {
		t.Errorf("%d bytes of names, %q", len(got), got[len(got)-20:])
	}
}

// TestXLSXRefusals checks the errors of a sheet, and that they say where.
func TestXLSXRefusals(t *testing.T) {
	lim := Limits{File: 1 << 20, XML: 1 << 16, Token: 5000, Rows: 3, Columns: 4, Depth: 8}
	row := func(cells string) string { return `<row r="5"><c r="A5"><v>1</v></c>` + cells + `</row>` }
	for _, c := range []struct {
		name, rows string
		want       error
		msg        string
	}{
		{"no number for a text", row(`<c r="C5" t="s"><v>x</v></c>`), ErrFormat, `sheet S, row 5, column "C": not the expected file format: the cell has the shared text "x" of 5`},
		{"text beyond the last", row(`<c r="B5" t="s"><v>5</v></c>`), ErrFormat, `row 5, column "B": not the expected file format: the cell has the shared text "5" of 5`},
		{"text below the first", row(`<c r="B5" t="s"><v>-1</v></c>`), ErrFormat, `the shared text "-1" of 5`},
		{"unknown type", row(`<c r="B5" t="x"><v>5</v></c>`), ErrFormat, `column "B": not the expected file format: the cell is of the unknown type "x"`},
		{"two values", row(`<c r="B5"><v>5</v><v>6</v></c>`), ErrFormat, `the cell has an element "v" out of place`},
		{"foreign value", row(`<c r="B5"><v xmlns="x">5</v></c>`), ErrFormat, `the cell has an element "v" out of place`},
		{"foreign cell", row(`<x:c xmlns:x="x" r="B5"><v>5</v></x:c>`), ErrFormat, `an element "c" of another namespace`},
		{"foreign row", `<x:row xmlns:x="x" r="1"/>`, ErrFormat, `an element "row" of another namespace`},
		{"element in a value", row(`<c r="B5"><v>5<x/></v></c>`), ErrFormat, `an element "x" inside a text`},
		{"cells out of order", row(`<c r="A5"><v>5</v></c>`), ErrFormat, `column "B": not the expected file format: a cell of the row is named "A5"`},
		{"cell of another row", row(`<c r="B6"><v>5</v></c>`), ErrFormat, `named "B6"`},
		{"odd name", row(`<c r="b5"><v>5</v></c>`), ErrFormat, `named "b5"`},
		{"beyond the last column", row(`<c r="XFE5"/>`), ErrFormat, `named "XFE5"`},
		{"rows out of order", row("") + `<row r="4"/>`, ErrFormat, `row 5: not the expected file format: the rows are out of order, after row 5 comes one numbered "4"`},
		{"row twice", row("") + `<row r="5"/>`, ErrFormat, `after row 5 comes one numbered "5"`},
		{"row of no number", `<row r="0"/>`, ErrFormat, `after row 0 comes one numbered "0"`},
		{"beyond the last row", `<row r="1048577"/>`, ErrFormat, "a sheet has no more than 1048576 rows"},
		{"large row number", `<row r="99999999999999999999"/>`, ErrFormat, `numbered "99999999999999999999"`},
		{"two tables", `</sheetData><sheetData>`, ErrFormat, "two tables of cells"},
		{"more than the sheet", `</sheetData></worksheet><worksheet><sheetData>`, ErrFormat, `has the root element "worksheet"`},
		{"cut", row("") + `<row r="6"><c r="A6"><v>`, ErrFormat, `row 6, column "A"`},
		{"rows", `<row><c><v>1</v></c></row><row/><row><c><v>1</v></c></row><row><c><v>1</v></c></row><row><c><v>1</v></c></row>`, ErrTooLarge, "row 5: too large: the sheet has more than 3 rows with content"},
		{"columns", `<row><c r="D1"><v>1</v></c><c r="E1"><v>1</v></c></row>`, ErrTooLarge, `row 1, column "E": too large: the row has content beyond column D`},
		{"columns of formulas", `<row><c r="XFD1"><f>1</f></c></row>`, ErrTooLarge, `column "XFD": too large`},
		{"text", `<row><c t="str"><v>` + strings.Repeat("x", 2600) + "<!-- -->" + strings.Repeat("x", 2600) + `</v></c></row>`, ErrTooLarge, `row 1, column "A": too large: xl/worksheets/sheet1.xml has a text of more than 5000 bytes`},
		{"tag", `<row x="` + strings.Repeat("x", 20000) + `"/>`, ErrTooLarge, "a tag, text or comment of more than 5000 bytes"},
		{"depth", row(`<c r="B5"><f><a><b><c><d/></c></b></a></f></c>`), ErrTooLarge, "more than 8 nested elements"},
		{"runs", row(`<c r="B5" t="inlineStr"><is>` + strings.Repeat("<r/>", 513) + `</is></c>`), ErrTooLarge, "more than 512 runs of text"},
		{"entity", row(`<c r="B5" t="str"><v>&x;</v></c>`), ErrFormat, "invalid character entity"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readBook(t, xlsx(t, c.rows), lim)
			wantError(t, err, c.want, c.msg)
		})
	}
}

// TestXLSXNoTable reads sheets without a table of cells.
func TestXLSXNoTable(t *testing.T) {
	for _, c := range []struct{ from, to, msg string }{
		{"sheetData", "cellData", "xl/worksheets/sheet1.xml has no table of cells"},
		{"worksheet", "chartsheet", `xl/worksheets/sheet1.xml has the root element "chartsheet", want one worksheet`},
		{nsSheet, "x", "xl/worksheets/sheet1.xml has the root element"},
	} {
		sheet := strings.ReplaceAll(xlsxHead+`<row r="5"><c r="A5"><v>1</v></c></row>`+xlsxFoot, c.from, c.to)
		_, err := readBook(t, pack(t, zip.Deflate, bookParts(sheet)...), DefaultLimits)
		wantError(t, err, ErrFormat, c.msg)
	}
}

// TestXLSXText refers many times to one long text. The limit is on the text returned, not on the
// file.
func TestXLSXText(t *testing.T) {
	lim := DefaultLimits
	lim.XML = 1 << 17
	data := pack(t, zip.Deflate, bookParts(xlsxHead+strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 100)+xlsxFoot)...)
	if rows, err := readBook(t, data, lim); err != nil || len(rows) != 100 {
		t.Fatal(len(rows), err)
	}
	parts := bookParts(xlsxHead + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 100) + xlsxFoot)
	parts[4].body = strings.Replace(xlsxTexts, "n/a", strings.Repeat("x", 2000), 1)
	_, err := readBook(t, pack(t, zip.Deflate, parts...), lim)
	wantError(t, err, ErrTooLarge, `row 66, column "A": too large: the cells have more than 131072 bytes of text`)
}

// inPart changes the uncompressed bytes of one part of a workbook.
func inPart(t testing.TB, data []byte, name string, edit func([]byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range z.File {
		if f.Name != name {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		dst, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dst.Write(edit(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// damagedSheet is a sheet of xlsxBackground, and damagedPart its part.
const damagedSheet, damagedPart = "FNO_08", "xl/worksheets/sheet6.xml"

// TestXLSXTruncated cuts workbooks and, in whole archives, their parts. Each must be an error,
// never a short result.
func TestXLSXTruncated(t *testing.T) {
	small := xlsxHead + `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>` + xlsxFoot
	whole := pack(t, zip.Deflate, bookParts(small)...)
	for n := range whole {
		if _, err := readBook(t, whole[:n:n], DefaultLimits); !errors.Is(err, ErrFormat) {
			t.Fatalf("cut at %d of %d bytes: error %v", n, len(whole), err)
		}
	}
	for i, p := range bookParts(small) {
		if i == 1 || i == 6 {
			continue // the figures do not depend on them
		}
		for n := range p.body {
			parts := bookParts(small)
			parts[i].body = p.body[:n]
			if _, err := readBook(t, pack(t, zip.Store, parts...), DefaultLimits); !errors.Is(err, ErrFormat) {
				t.Fatalf("%s cut at %d of %d bytes: error %v", p.name, n, len(p.body), err)
			}
		}
	}
	data := readFile(t, xlsxBackground)
	for n := range 80 {
		cut := inPart(t, data, damagedPart, func(b []byte) []byte { return b[:len(b)*n/80] })
		x, err := OpenXLSX("a.ods", cut, DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		_, err = sheetRows(t, x, damagedSheet)
		wantError(t, err, ErrFormat, damagedPart)
	}
}

// TestXLSXDamaged changes bytes of compressed parts. The checksum reveals it before any row is
// yielded, except for the few bits that mean nothing.
func TestXLSXDamaged(t *testing.T) {
	data := readFile(t, xlsxBackground)
	x := openXLSX(t, xlsxBackground)
	rows, err := sheetRows(t, x, damagedSheet)
	if err != nil {
		t.Fatal(err)
	}
	want := render(rows)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	flips, same := 0, 0
	for _, f := range z.File {
		if f.Name != damagedPart && f.Name != "xl/sharedStrings.xml" && f.Name != "xl/workbook.xml" {
			continue
		}
		start, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		for i := start; i < start+int64(f.CompressedSize64); i += 61 {
			bad := bytes.Clone(data)
			bad[i] ^= 0x10
			flips++
			x, err := OpenXLSX("a.ods", bad, DefaultLimits)
			if err != nil {
				continue
			}
			rows, err := sheetRows(t, x, damagedSheet)
			if err != nil {
				continue
			}
			if same++; render(rows) != want {
				t.Fatalf("%s: byte %d flipped: other rows and no error", f.Name, i)
			}
		}
	}
	if same > 2 || flips < 100 {
		t.Errorf("%d of %d flips go unnoticed", same, flips)
	}
	x, err = OpenXLSX("a.ods", patchSum(t, data, damagedPart), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sheetRows(t, x, damagedSheet)
	wantError(t, err, ErrFormat, "checksum error")
	if rows, err := sheetRows(t, x, "FNO_01"); err != nil || len(rows) != 42 {
		t.Errorf("a sheet next to the damaged one: %d rows, error %v", len(rows), err)
	}
}

// patchSum changes the checksum that the archive's directory declares for a part.
func patchSum(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	data = bytes.Clone(data)
	at := bytes.LastIndex(data, []byte(name)) - 46
	if at < 0 || string(data[at:at+4]) != "PK\x01\x02" {
		t.Fatalf("no %s in the directory", name)
	}
	data[at+16] ^= 1
	return data
}

// TestXLSXBombs reads sheets much larger than their file, with the true size declared and with a
// false one.
func TestXLSXBombs(t *testing.T) {
	lim := DefaultLimits
	lim.XML = 4 << 20
	rows := xlsxHead + strings.Repeat(`<row><c><v>1</v></c></row>`, 1<<18) + xlsxFoot
	bomb := pack(t, zip.Deflate, bookParts(rows)...)
	small := uint32(len(rows) / 100)
	for _, c := range []struct {
		name string
		data []byte
		want error
		msg  string
	}{
		{"honest", bomb, ErrTooLarge, "declares 6815"},
		{"sheet", patchSize(t, bomb, "xl/worksheets/sheet1.xml", small), ErrFormat, "xl/worksheets/sheet1.xml: zip: not a valid zip file"},
		{"texts", patchSize(t, xlsxWith(t, "xl/sharedStrings.xml", "n/a", strings.Repeat("x", 1<<23)), "xl/sharedStrings.xml", 200), ErrFormat, "xl/sharedStrings.xml: zip: not a valid zip file"},
		{"larger than it is", patchSize(t, xlsx(t, ""), "xl/worksheets/sheet1.xml", 3<<20), ErrFormat, "unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var err error
			used := allocated(func() { _, err = readBook(t, c.data, lim) })
			wantError(t, err, c.want, c.msg)
			if used > 5<<20 {
				t.Errorf("%d bytes allocated to refuse it", used)
			}
		})
	}
}

// TestXLSXOverlap declares a compressed size far beyond the file for one part.
func TestXLSXOverlap(t *testing.T) {
	data := xlsx(t, "")
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46
	copy(data[at+20:], "\xff\xff\xff\x0f")
	_, err := OpenXLSX("a.ods", data, DefaultLimits)
	wantError(t, err, ErrFormat, "the parts are larger than the file")
}

// TestXLSXGap skips a million rows that are not there.
func TestXLSXGap(t *testing.T) {
	data := xlsx(t, `<row r="2"><c r="A2"><v>1</v></c></row><row r="1048575"/><row r="1048576"><c r="A1048576"><v>2</v></c></row>`)
	var rows []Row
	var err error
	used := allocated(func() { rows, err = readBook(t, data, DefaultLimits) })
	if got := render(rows); err != nil || got != "S!2 A=n'1'\nS!1048576 A=n'2'\n" {
		t.Errorf("got %s error %v", got, err)
	}
	if used > 4<<20 {
		t.Errorf("%d bytes allocated", used)
	}
}

// TestXLSXModified covers the forms of dcterms:modified.
func TestXLSXModified(t *testing.T) {
	const at = "2026-06-26T14:14:54.9+01:00"
	for _, c := range []struct{ name, from, to, want string }{
		{"zone and fraction", at, at, "2026-06-26T13:14:54Z"},
		{"no zone", at, "2026-06-26T14:14:54", "2026-06-26T14:14:54Z"},
		{"other namespace", "http://purl.org/dc/terms/", "x", ""},
		{"day alone", at, "2026-06-26", ""},
		{"empty", at, "", ""},
		{"element", at, "<x/>", ""},
		{"broken", "</cp:coreProperties>", "", ""},
	} {
		x, err := OpenXLSX("a.ods", xlsxWith(t, "docProps/core.xml", c.from, c.to), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if at, ok := x.Modified(); ok {
			got = at.Format(time.RFC3339Nano)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestXLSXShared reads one workbook from several goroutines, stops passes early, and leaves no
// temporary file.
func TestXLSXShared(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	x := openXLSX(t, xlsxBackground)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			n := 0
			for _, err := range x.Rows(damagedSheet) {
				if err != nil {
					t.Error(err)
				}
				if n++; n == 3 && i%2 == 1 {
					return
				}
			}
			if n != 43 {
				t.Errorf("%d rows", n)
			}
		})
	}
	wg.Wait()
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("temporary files %v, error %v", files, err)
	}
}

func TestDecimal(t *testing.T) {
	for s, want := range map[string]bool{
		"0": true, "825": true, "-1": true, "0.499": true, "1E-3": true, "9.6862210095497947E-2": true, "1e+21": true, "-0.5E7": true,
		"": false, "-": false, "+1": false, "01": false, ".5": false, "1.": false, "1.E3": false, "1E": false, "1E+": false, "1E-3x": false,
		"1,204": false, "1 ": false, " 1": false, "0x1p4": false, "Inf": false, "NaN": false, "1_0": false, "--1": false, "1.2.3": false, "٣": false,
	} {
		if got := decimal(s); got != want {
			t.Errorf("%q: %t", s, got)
		}
	}
}

// FuzzXLSX reads files, and sheets put into a good file. Each must give rows in order and within
// the limits, or an error and no rows.
func FuzzXLSX(f *testing.F) {
	seed := func(fill func(*excelize.File) error) {
		file := excelize.NewFile()
		defer file.Close()
		if err := fill(file); err != nil {
			f.Fatal(err)
		}
		buf, err := file.WriteToBuffer()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(buf.Bytes(), xlsxHead+`<row r="2"><c r="B2" t="s"><v>1</v></c><c t="b"><f>1</f><v>1</v></c></row>`+xlsxFoot)
	}
	seed(func(*excelize.File) error { return nil })
	seed(func(x *excelize.File) error {
		return x.SetSheetRow("Sheet1", "B2", &[]any{"n/a", 1204, 0.499, true, "", time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)})
	})
	seed(func(x *excelize.File) error {
		_, err := x.NewSheet("Data - Irr_D01")
		return errors.Join(err, x.SetCellFormula("Sheet1", "A1", "1+1"), x.MergeCell("Sheet1", "A1", "B2"))
	})
	f.Add([]byte("<html>"), xlsxHead+`<row><c t="inlineStr"><is><r><t>x</t></r></is></c></row></sheetData>`)
	lim := Limits{File: 1 << 20, XML: 1 << 20, Token: 1 << 12, Rows: 100, Columns: 40, Depth: 20}
	f.Fuzz(func(t *testing.T, data []byte, sheet string) {
		for _, data := range [][]byte{data, pack(t, zip.Store, bookParts(sheet)...)} {
			x, err := OpenXLSX("a.ods", data, lim)
			if (x == nil) != (err != nil) {
				t.Fatal("an XLSX and an error, or neither")
			}
			if err != nil {
				wantError(t, err, err, "")
				continue
			}
			for _, name := range x.Sheets() {
				if got, err := x.Sheet(name); got != name || err != nil {
					t.Fatalf("sheet %q, error %v", got, err)
				}
				rows, err := sheetRows(t, x, name)
				if err != nil {
					wantError(t, err, err, "")
				}
				checkRows(t, rows, lim)
			}
		}
	})
}

// checkRows checks what must be true of the rows of any sheet.
func checkRows(t *testing.T, rows []Row, lim Limits) {
	t.Helper()
	if len(rows) > lim.Rows {
		t.Errorf("%d rows", len(rows))
	}
	for i, r := range rows {
		n := len(r.Cells)
		if n == 0 || n > lim.Columns || r.Cells[n-1].Kind == Empty || r.Line < 1 || i > 0 && r.Line <= rows[i-1].Line {
			t.Fatalf("line %d with %d cells", r.Line, n)
		}
		for _, c := range r.Cells {
			if (c.Kind == Empty) != (c.Value == "") || c.Text != c.Value || len(c.Value) > lim.Token {
				t.Fatalf("cell %v", c)
			}
		}
	}
}
