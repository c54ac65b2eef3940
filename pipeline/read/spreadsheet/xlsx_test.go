package spreadsheet

import (
	"archive/zip"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
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
	x, err := OpenXLSX("a.ods", files.ReadFile(t, path), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// sheetRows returns copies of the rows of a sheet. The sheet is checked first, so rows before an
// error fail the test.
func sheetRows(t testing.TB, x *XLSX, sheet string) ([]decode.Row, error) {
	t.Helper()
	var rows []decode.Row
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
func readBook(t testing.TB, data []byte, lim decode.Limits) ([]decode.Row, error) {
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
					if n, err := decode.Count(cell); below && err == nil {
						total += n
					} else if below && cell.Kind != decode.Empty {
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
			agrees(t, files.ReadFile(t, c.path))
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
	background(t, xlsxBackground, "text da4f7ea5", "text 37753e20", "17", "4")
}

// background checks the cells. The marks of notes are raised in the publisher's file and plain in
// the fixture.
func background(t *testing.T, path, heading, note, mark17, mark4 string) {
	t.Helper()
	x := openXLSX(t, path)
	cells := map[string]decode.Cell{}
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
		{"FNO_08!I6", "t'Data Quality Issues" + mark17 + "'", ""},
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
		{"DT_03!B10", "t'Total" + mark4 + "'", ""},
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
		n, err := decode.Count(cell)
		if got := fmt.Sprint(n); c.count != "" && got != c.count && (err == nil || err.Error() != c.count) {
			t.Errorf("%s: count %d, error %v, want %s", c.ref, n, err, c.count)
		}
	}
	colons := 0
	for ref, c := range cells {
		if n, err := decode.Count(c); strings.Trim(c.Value, "0123456789") != "" && err == nil {
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
			rows, err := readBook(t, xlsx(t, c.rows), decode.DefaultLimits)
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
		x, err := OpenXLSX("a.ods", data, decode.DefaultLimits)
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
