package spreadsheet

import (
	"archive/zip"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"crossings/pipeline/read/cellformat"
	"crossings/pipeline/read/decode"
)

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
		x, err := OpenXLSX("a.ods", xlsxWith(t, "docProps/core.xml", c.from, c.to), decode.DefaultLimits)
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
		if got := cellformat.Decimal(s); got != want {
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
	lim := decode.Limits{File: 1 << 20, XML: 1 << 20, Token: 1 << 12, Rows: 100, Columns: 40, Depth: 20}
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
func checkRows(t *testing.T, rows []decode.Row, lim decode.Limits) {
	t.Helper()
	if len(rows) > lim.Rows {
		t.Errorf("%d rows", len(rows))
	}
	for i, r := range rows {
		n := len(r.Cells)
		if n == 0 || n > lim.Columns || r.Cells[n-1].Kind == decode.Empty || r.Line < 1 || i > 0 && r.Line <= rows[i-1].Line {
			t.Fatalf("line %d with %d cells", r.Line, n)
		}
		for _, c := range r.Cells {
			if (c.Kind == decode.Empty) != (c.Value == "") || c.Text != c.Value || len(c.Value) > lim.Token {
				t.Fatalf("cell %v", c)
			}
		}
	}
}
