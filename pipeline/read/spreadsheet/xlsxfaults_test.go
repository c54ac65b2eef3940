package spreadsheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest/files"
)

// TestXLSXOpen checks the errors found before any sheet is read.
func TestXLSXOpen(t *testing.T) {
	good := xlsx(t, "")
	encrypted := bytes.Clone(good)
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	tight, small := decode.DefaultLimits, decode.DefaultLimits
	tight.File, small.XML = 100, 2500
	parts := bookParts(xlsxHead + xlsxFoot)
	many := ""
	for i := range maxSheets {
		many += fmt.Sprintf(`<sheet name="s%d" r:id="rId1"/>`, i)
	}
	refuses(t, OpenXLSX, []refusal{
		{"empty", nil, decode.DefaultLimits, decode.ErrFormat, "the file is empty"},
		{"html", []byte("<!DOCTYPE html><title>x"), decode.DefaultLimits, decode.ErrFormat, "an HTML page was served instead of the spreadsheet"},
		{"text", []byte("Year,Quarter\n"), decode.DefaultLimits, decode.ErrFormat, "not a whole ZIP archive, it may be cut short"},
		{"cut short", good[:len(good)-30], decode.DefaultLimits, decode.ErrFormat, "not a whole ZIP archive, it may be cut short"},
		{"file limit", good, tight, decode.ErrTooLarge, "more than 100"},
		{"many entries", append(bytes.Repeat([]byte("PK\x01\x02"), maxParts+1), good...), decode.DefaultLimits, decode.ErrTooLarge, "entries"},
		{"encrypted", []byte(oleHeader + "\x00\x00" + oleEncrypted), decode.DefaultLimits, decode.ErrFormat, "the workbook is encrypted"},
		{"encrypted archive", encrypted, decode.DefaultLimits, decode.ErrFormat, "the workbook is encrypted"},
		{"old Excel", []byte(oleHeader + "\x00\x00W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), decode.DefaultLimits, decode.ErrFormat, "Excel 97 to 2003"},
		{"OpenDocument", ods(t, sheet("")), decode.DefaultLimits, decode.ErrFormat, `its type is "application/vnd.oasis.opendocument.spreadsheet", not an Office Open XML workbook`},
		{"other archive", pack(t, zip.Store, part{"a.csv", "x"}), decode.DefaultLimits, decode.ErrFormat, "a ZIP archive without _rels/.rels, not an Office Open XML workbook"},
		{"binary workbook", xlsxWith(t, "_rels/.rels", "workbook.xml", "workbook.bin"), decode.DefaultLimits, decode.ErrFormat, "XLSB"},
		{"text document", pack(t, zip.Deflate, parts[0], part{"xl/workbook.xml", "<document/>"}), decode.DefaultLimits, decode.ErrFormat, `the root element "document", want one workbook`},
		{"no workbook", xlsxWith(t, "_rels/.rels", "/officeDocument\"", "/other\""), decode.DefaultLimits, decode.ErrFormat, "there is no workbook in it"},
		{"workbook left out", pack(t, zip.Deflate, parts[0]), decode.DefaultLimits, decode.ErrFormat, `there is no part "xl/workbook.xml"`},
		{"workbook elsewhere", xlsxWith(t, "_rels/.rels", `Target="xl/`, `TargetMode="External" Target="xl/`), decode.DefaultLimits, decode.ErrFormat, "there is no workbook in it"},
		{"no sheets", xlsxWith(t, "xl/workbook.xml", xlsxBook[strings.Index(xlsxBook, "<sheet "):strings.Index(xlsxBook, "</sheets>")], ""), decode.DefaultLimits, decode.ErrFormat, "the workbook has no sheets"},
		{"two sheets of a name", xlsxWith(t, "xl/workbook.xml", `"Chart"`, `"s"`), decode.DefaultLimits, decode.ErrFormat, `two sheets of the name "s"`},
		{"many sheets", xlsxWith(t, "xl/workbook.xml", "</sheets>", many+"</sheets>"), decode.DefaultLimits, decode.ErrTooLarge, "more than 1024 sheets"},
		{"sheet without a part", xlsxWith(t, "xl/workbook.xml", `r:id="rId1"`, `r:id="rId9"`), decode.DefaultLimits, decode.ErrFormat, `the sheet "S" has no part`},
		{"sheet left out", pack(t, zip.Deflate, append(parts[:5:5], parts[6])...), decode.DefaultLimits, decode.ErrFormat, `no part "xl/worksheets/sheet1.xml"`},
		{"texts left out", pack(t, zip.Deflate, append(parts[:4:4], parts[5])...), decode.DefaultLimits, decode.ErrFormat, `no part "xl/sharedStrings.xml"`},
		{"two parts of a name", pack(t, zip.Deflate, append(parts, part{"XL/Worksheets/Sheet1.xml", ""})...), decode.DefaultLimits, decode.ErrFormat, `two parts "XL/Worksheets/Sheet1.xml"`},
		{"broken workbook", xlsxWith(t, "xl/workbook.xml", "</sheets>", ""), decode.DefaultLimits, decode.ErrFormat, "xl/workbook.xml: XML syntax error"},
		{"broken texts", xlsxWith(t, "xl/sharedStrings.xml", "</sst>", ""), decode.DefaultLimits, decode.ErrFormat, "xl/sharedStrings.xml: XML syntax error"},
		{"two texts in one", xlsxWith(t, "xl/sharedStrings.xml", "<t>n/a</t>", "<t>a</t><t>b</t>"), decode.DefaultLimits, decode.ErrFormat, "two texts in one place"},
		{"element in a text", xlsxWith(t, "xl/sharedStrings.xml", "n/a", "n<b/>a"), decode.DefaultLimits, decode.ErrFormat, `an element "b" inside a text`},
		{"foreign text", xlsxWith(t, "xl/sharedStrings.xml", "<si/>", `<si xmlns="x"/>`), decode.DefaultLimits, decode.ErrFormat, `an element "si" of another namespace`},
		{"foreign words", xlsxWith(t, "xl/sharedStrings.xml", "n/a</t>", `n/a</t><x:t xmlns:x="x">b</x:t>`), decode.DefaultLimits, decode.ErrFormat, `an element "t" of another namespace`},
		{"many texts", xlsxWith(t, "xl/sharedStrings.xml", "<si/>", strings.Repeat("<si/>", 30)), small, decode.ErrTooLarge, "more than 19 runs of text"},
		{"declared size", patchSize(t, good, "xl/worksheets/sheet1.xml", 1<<30), decode.DefaultLimits, decode.ErrTooLarge, `"xl/worksheets/sheet1.xml" declares 1073741824 bytes of XML, more than 67108864`},
		{"declared sum", patchSize(t, good, "xl/worksheets/sheet1.xml", 64<<20), decode.DefaultLimits, decode.ErrTooLarge, "the parts declare more than 67108864 bytes of XML together"},
	})
}

// TestXLSXSheet looks for sheets that are and are not there.
func TestXLSXSheet(t *testing.T) {
	x, err := OpenXLSX("a.ods", xlsx(t, ""), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := x.Sheet("Chart", "S"); got != "S" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	_, err = x.Sheet("s", "Data\n1")
	wantError(t, err, decode.ErrShape, `a.ods: not the expected shape: there is no sheet "s" or "Data\n1"; the sheets are "S", "Chart"`)
	_, err = x.Sheet()
	wantError(t, err, decode.ErrShape, `there is no sheet (none)`)
	_, err = sheetRows(t, x, "T")
	wantError(t, err, decode.ErrShape, `there is no sheet "T"; the sheets are "S", "Chart"`)
	_, err = sheetRows(t, x, "Chart")
	wantError(t, err, decode.ErrShape, `sheet Chart: not the expected shape: the sheet is a "chartsheet" and has no rows`)
	if got := quoteNames(slices.Repeat([]string{strings.Repeat("x", 1<<20)}, 25), ", "); len(got) > 2000 || !strings.HasSuffix(got, " and 5 more") {
		t.Errorf("%d bytes of names, %q", len(got), got[len(got)-20:])
	}
}

// TestXLSXRefusals checks the errors of a sheet, and that they say where.
func TestXLSXRefusals(t *testing.T) {
	lim := decode.Limits{File: 1 << 20, XML: 1 << 16, Token: 5000, Rows: 3, Columns: 4, Depth: 8}
	row := func(cells string) string { return `<row r="5"><c r="A5"><v>1</v></c>` + cells + `</row>` }
	for _, c := range []struct {
		name, rows string
		want       error
		msg        string
	}{
		{"no number for a text", row(`<c r="C5" t="s"><v>x</v></c>`), decode.ErrFormat, `sheet S, row 5, column "C": not the expected file format: the cell has the shared text "x" of 5`},
		{"text beyond the last", row(`<c r="B5" t="s"><v>5</v></c>`), decode.ErrFormat, `row 5, column "B": not the expected file format: the cell has the shared text "5" of 5`},
		{"text below the first", row(`<c r="B5" t="s"><v>-1</v></c>`), decode.ErrFormat, `the shared text "-1" of 5`},
		{"unknown type", row(`<c r="B5" t="x"><v>5</v></c>`), decode.ErrFormat, `column "B": not the expected file format: the cell is of the unknown type "x"`},
		{"two values", row(`<c r="B5"><v>5</v><v>6</v></c>`), decode.ErrFormat, `the cell has an element "v" out of place`},
		{"foreign value", row(`<c r="B5"><v xmlns="x">5</v></c>`), decode.ErrFormat, `the cell has an element "v" out of place`},
		{"foreign cell", row(`<x:c xmlns:x="x" r="B5"><v>5</v></x:c>`), decode.ErrFormat, `an element "c" of another namespace`},
		{"foreign row", `<x:row xmlns:x="x" r="1"/>`, decode.ErrFormat, `an element "row" of another namespace`},
		{"element in a value", row(`<c r="B5"><v>5<x/></v></c>`), decode.ErrFormat, `an element "x" inside a text`},
		{"cells out of order", row(`<c r="A5"><v>5</v></c>`), decode.ErrFormat, `column "B": not the expected file format: a cell of the row is named "A5"`},
		{"cell of another row", row(`<c r="B6"><v>5</v></c>`), decode.ErrFormat, `named "B6"`},
		{"odd name", row(`<c r="b5"><v>5</v></c>`), decode.ErrFormat, `named "b5"`},
		{"beyond the last column", row(`<c r="XFE5"/>`), decode.ErrFormat, `named "XFE5"`},
		{"rows out of order", row("") + `<row r="4"/>`, decode.ErrFormat, `row 5: not the expected file format: the rows are out of order, after row 5 comes one numbered "4"`},
		{"row twice", row("") + `<row r="5"/>`, decode.ErrFormat, `after row 5 comes one numbered "5"`},
		{"row of no number", `<row r="0"/>`, decode.ErrFormat, `after row 0 comes one numbered "0"`},
		{"beyond the last row", `<row r="1048577"/>`, decode.ErrFormat, "a sheet has no more than 1048576 rows"},
		{"large row number", `<row r="99999999999999999999"/>`, decode.ErrFormat, `numbered "99999999999999999999"`},
		{"two tables", `</sheetData><sheetData>`, decode.ErrFormat, "two tables of cells"},
		{"more than the sheet", `</sheetData></worksheet><worksheet><sheetData>`, decode.ErrFormat, `has the root element "worksheet"`},
		{"cut", row("") + `<row r="6"><c r="A6"><v>`, decode.ErrFormat, `row 6, column "A"`},
		{"rows", `<row><c><v>1</v></c></row><row/><row><c><v>1</v></c></row><row><c><v>1</v></c></row><row><c><v>1</v></c></row>`, decode.ErrTooLarge, "row 5: too large: the sheet has more than 3 rows with content"},
		{"columns", `<row><c r="D1"><v>1</v></c><c r="E1"><v>1</v></c></row>`, decode.ErrTooLarge, `row 1, column "E": too large: the row has content beyond column D`},
		{"columns of formulas", `<row><c r="XFD1"><f>1</f></c></row>`, decode.ErrTooLarge, `column "XFD": too large`},
		{"text", `<row><c t="str"><v>` + strings.Repeat("x", 2600) + "<!-- -->" + strings.Repeat("x", 2600) + `</v></c></row>`, decode.ErrTooLarge, `row 1, column "A": too large: xl/worksheets/sheet1.xml has a text of more than 5000 bytes`},
		{"tag", `<row x="` + strings.Repeat("x", 20000) + `"/>`, decode.ErrTooLarge, "a tag, text or comment of more than 5000 bytes"},
		{"depth", row(`<c r="B5"><f><a><b><c><d/></c></b></a></f></c>`), decode.ErrTooLarge, "more than 8 nested elements"},
		{"runs", row(`<c r="B5" t="inlineStr"><is>` + strings.Repeat("<r/>", 513) + `</is></c>`), decode.ErrTooLarge, "more than 512 runs of text"},
		{"entity", row(`<c r="B5" t="str"><v>&x;</v></c>`), decode.ErrFormat, "invalid character entity"},
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
		_, err := readBook(t, pack(t, zip.Deflate, bookParts(sheet)...), decode.DefaultLimits)
		wantError(t, err, decode.ErrFormat, c.msg)
	}
}

// TestXLSXText refers many times to one long text. The limit is on the text returned, not on the
// file.
func TestXLSXText(t *testing.T) {
	lim := decode.DefaultLimits
	lim.XML = 1 << 17
	data := pack(t, zip.Deflate, bookParts(xlsxHead+strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 100)+xlsxFoot)...)
	if rows, err := readBook(t, data, lim); err != nil || len(rows) != 100 {
		t.Fatal(len(rows), err)
	}
	parts := bookParts(xlsxHead + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 100) + xlsxFoot)
	parts[4].body = strings.Replace(xlsxTexts, "n/a", strings.Repeat("x", 2000), 1)
	_, err := readBook(t, pack(t, zip.Deflate, parts...), lim)
	wantError(t, err, decode.ErrTooLarge, `row 66, column "A": too large: the cells have more than 131072 bytes of text`)
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
		if _, err := readBook(t, whole[:n:n], decode.DefaultLimits); !errors.Is(err, decode.ErrFormat) {
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
			if _, err := readBook(t, pack(t, zip.Store, parts...), decode.DefaultLimits); !errors.Is(err, decode.ErrFormat) {
				t.Fatalf("%s cut at %d of %d bytes: error %v", p.name, n, len(p.body), err)
			}
		}
	}
	data := files.ReadFile(t, xlsxBackground)
	for n := range 80 {
		cut := inPart(t, data, damagedPart, func(b []byte) []byte { return b[:len(b)*n/80] })
		x, err := OpenXLSX("a.ods", cut, decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		_, err = sheetRows(t, x, damagedSheet)
		wantError(t, err, decode.ErrFormat, damagedPart)
	}
}

// TestXLSXDamaged changes bytes of compressed parts. The checksum reveals it before any row is
// yielded, except for the few bits that mean nothing.
func TestXLSXDamaged(t *testing.T) {
	data := files.ReadFile(t, xlsxBackground)
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
			x, err := OpenXLSX("a.ods", bad, decode.DefaultLimits)
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
	x, err = OpenXLSX("a.ods", patchSum(t, data, damagedPart), decode.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sheetRows(t, x, damagedSheet)
	wantError(t, err, decode.ErrFormat, "checksum error")
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
	lim := decode.DefaultLimits
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
		{"honest", bomb, decode.ErrTooLarge, "declares 6815"},
		{"sheet", patchSize(t, bomb, "xl/worksheets/sheet1.xml", small), decode.ErrFormat, "xl/worksheets/sheet1.xml: zip: not a valid zip file"},
		{"texts", patchSize(t, xlsxWith(t, "xl/sharedStrings.xml", "n/a", strings.Repeat("x", 1<<23)), "xl/sharedStrings.xml", 200), decode.ErrFormat, "xl/sharedStrings.xml: zip: not a valid zip file"},
		{"larger than it is", patchSize(t, xlsx(t, ""), "xl/worksheets/sheet1.xml", 3<<20), decode.ErrFormat, "unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var err error
			used := files.Allocated(func() { _, err = readBook(t, c.data, lim) })
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
	_, err := OpenXLSX("a.ods", data, decode.DefaultLimits)
	wantError(t, err, decode.ErrFormat, "the parts are larger than the file")
}

// TestXLSXGap skips a million rows that are not there.
func TestXLSXGap(t *testing.T) {
	data := xlsx(t, `<row r="2"><c r="A2"><v>1</v></c></row><row r="1048575"/><row r="1048576"><c r="A1048576"><v>2</v></c></row>`)
	var rows []decode.Row
	var err error
	used := files.Allocated(func() { rows, err = readBook(t, data, decode.DefaultLimits) })
	if got := render(rows); err != nil || got != "S!2 A=n'1'\nS!1048576 A=n'2'\n" {
		t.Errorf("got %s error %v", got, err)
	}
	if used > 4<<20 {
		t.Errorf("%d bytes allocated", used)
	}
}
