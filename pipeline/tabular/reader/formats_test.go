package reader

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"crossings/pipeline/tabular"
)

// formatted is a number of a workbook and the code of its format.
type formatted struct {
	n    any
	code string
}

// workbook returns an XLSX with rows of texts, numbers, and numbers in a format.
func workbook(t *testing.T, from1904 bool, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}); err != nil {
		t.Fatal(err)
	}
	for y, row := range rows {
		for x, v := range row {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if s, ok := v.(formatted); ok && err == nil {
				var style int
				if style, err = f.NewStyle(&excelize.Style{CustomNumFmt: &s.code}); err == nil {
					err = f.SetCellStyle("Sheet1", cell, cell, style)
				}
				v = s.n
			}
			if err == nil {
				err = f.SetCellValue("Sheet1", cell, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// odsCell is a cell of an ODS: its type, the value stored, and the text shown.
type odsCell struct{ kind, value, text string }

// openDocument returns an ODS with rows of texts and cells.
func openDocument(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:spreadsheet><table:table table:name="Data">`)
	for _, row := range rows {
		b.WriteString("<table:table-row>")
		for _, v := range row {
			c, ok := v.(odsCell)
			if !ok {
				c = odsCell{"string", "", fmt.Sprint(v)}
			}
			name := map[string]string{"date": "date-value", "string": "string-value"}[c.kind]
			if name == "" {
				name = "value"
			}
			if c.kind != "string" {
				name = " o:" + name + "='" + c.value + "'"
			} else {
				name = ""
			}
			fmt.Fprintf(&b, "<table:table-cell o:value-type='%s'%s><text:p>%s</text:p></table:table-cell>", c.kind, name, c.text)
		}
		b.WriteString("</table:table-row>")
	}
	b.WriteString(`</table:table></o:spreadsheet></o:body></o:document-content>`)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range [][2]string{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", b.String()}} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// figures reads a file by a layout, and returns "series start value", the codes of all findings,
// and the error.
func figures(t *testing.T, layout string, data []byte) (out, findings []string, err error) {
	t.Helper()
	l, err := tabular.Parse("layout.json", []byte(layout))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Decode(l, nil, "table:x", "table", data, &release)
	for _, o := range r.Observations {
		out = append(out, strings.TrimPrefix(string(o.Series.ID), "table:x:")+" "+o.Period.Start.String()+" "+o.Value.String())
	}
	for _, f := range r.Findings {
		findings = append(findings, f.Code)
	}
	return out, findings, err
}

// wantFigures compares what is read with figures, or with a part of an error.
func wantFigures(t *testing.T, name, layout string, data []byte, figure, finding string) {
	t.Helper()
	out, findings, err := figures(t, layout, data)
	got := strings.Join(out, "|")
	if err != nil {
		got = err.Error()
	}
	if figure == "" || !strings.Contains(got, figure) || finding != "" && !slices.Contains(findings, finding) {
		t.Errorf("%s: got %s, findings %v; want %s, %s", name, got, findings, figure, finding)
	}
}

const percents = `{` + base + `"period": {"is": "month", "column": "Month"}, "values": [{"column": "People", "measure": "rate", "unit": "per-cent"}]}`

// TestXLSXNumbersAsShown reads numbers that cells show in another form.
func TestXLSXNumbersAsShown(t *testing.T) {
	for _, c := range []struct {
		name, layout    string
		cell            any
		figure, finding string
	}{
		{"plain", monthly + "}", formatted{1200, "#,##0"}, "2025-01-01 1200", ""},
		{"zero as a dash", monthly + "}", formatted{0, `#,##0;-#,##0;"-"`}, "2025-01-01 0", ""},
		{"a percentage", monthly + "}", formatted{0.12, "0%"}, "is shown as a percentage", ""},
		{"a whole percentage", monthly + "}", formatted{1, "0%"}, "is shown as a percentage", ""},
		{"a sign", monthly + "}", formatted{12, `0"%"`}, "per cent sign", ""},
		{"a percentage, declared", percents, formatted{0.12, "0%"}, "2025-01-01 12", ""},
		{"a sign, declared", percents, formatted{12, `0"%"`}, "2025-01-01 12", ""},
		{"half a per cent, declared", percents, formatted{0.125, "0%"}, "fraction", ""},
		{"thousands", monthly + "}", formatted{1234, "#,##0,"}, "2025-01-01 1234", "shown-divided"},
		{"thousands, and times", monthly + `, "times": 1000}`, formatted{1234, "#,##0,"}, "times would multiply", ""},
		{"money", monthly + "}", formatted{1234, `"£"#,##0`}, "is shown as money", ""},
		{"a word for thousands", monthly + "}", formatted{12, `0"k"`}, "number of thousands", ""},
		{"hidden", monthly + "}", formatted{12, ";;;"}, "other than its number", ""},
		{"suppressed by its format", monthly + "}", formatted{3, `"[c]"`}, "other than its number", ""},
		{"a day", monthly + "}", formatted{45292, "dd/mm/yyyy"}, "is not a count", ""},
	} {
		wantFigures(t, c.name, c.layout, workbook(t, false, []any{"Month", "People"}, []any{"Jan 2025", c.cell}), c.figure, c.finding)
	}
}

// TestXLSXDaysAsShown reads periods that cells store as days.
func TestXLSXDaysAsShown(t *testing.T) {
	in := func(is string) string { return strings.Replace(monthly, `"month"`, `"`+is+`"`, 1) + "}" }
	for _, c := range []struct {
		name, is string
		late     bool
		cell     any
		figure   string
	}{
		{"day", "day", false, formatted{45352, "dd/mm/yyyy"}, "2024-03-01"},
		{"day of 1904", "day", true, formatted{45352 - 1462, "dd/mm/yyyy"}, "2024-03-01"},
		{"number of 1904", "day", true, 45352 - 1462, "2024-03-01"},
		{"month", "month", false, formatted{45352, "mmm-yy"}, "2024-03-01"},
		{"within a month", "month", false, formatted{45360, "mmm-yy"}, "2024-03-01"},
		{"within a month, shown", "month", false, formatted{45360, "dd/mm/yyyy"}, "neither the first nor the last"},
		{"year", "year", false, formatted{45360, "yyyy"}, "2024-01-01"},
		{"early", "day", false, formatted{3654, "dd/mm/yyyy"}, "1910-01-01"},
		{"without the year", "day", false, formatted{45356, "d-mmm"}, "is not a date"},
		{"with a time", "day", false, formatted{45352.25, "dd/mm/yyyy hh:mm"}, "is not a date"},
		{"a time", "day", false, formatted{45352, "hh:mm"}, "is not a date"},
	} {
		wantFigures(t, c.name, in(c.is), workbook(t, c.late, []any{"Month", "People"}, []any{c.cell, 7}), c.figure, "")
	}
	across := `{` + base + `"period": {"is": "month", "across": true}, "values": [{"measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "category", "column": "Route"}]}`
	wantFigures(t, "across", across, workbook(t, false, []any{"Route", formatted{45292, "mmm-yy"}, formatted{45323, "mmm-yy"}}, []any{"Sea", 3, 4}), "arrivals:M 2024-02-01 4", "")
}

// TestODS reads tables of layouts from ODS.
func TestODS(t *testing.T) {
	long := `{` + base + `"period": {"is": "quarter", "column": "Quarter"}, "values": [{"column": "People", "measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "category", "column": "Route", "total": ["Total"]}]}`
	rows := [][]any{{"Arrivals by quarter"}, {"Quarter", "Route", "People"}, {"2018 Q1", "Sea", odsCell{"float", "1006", "1,006"}}, {"2018 Q1", "Land", "5 [r]"},
		{"2018 Q1", "Total", odsCell{"float", "1011", "1.011"}}, {"2018 Q2", "Sea", "[x]"}, {"2018 Q2", "Land", odsCell{"float", "8", "8"}}, {"2018 Q2", "Total", odsCell{"float", "9", "9"}}, {"Note: provisional"}}
	wantFigures(t, "long", long, openDocument(t, rows...), "arrivals:Q 2018-01-01 1011|arrivals:Q 2018-04-01 9|arrivals:Q:category=land 2018-01-01 5|arrivals:Q:category=land 2018-04-01 8|arrivals:Q:category=sea 2018-01-01 1006|arrivals:Q:category=sea 2018-04-01 ", "rows-without-figures")
	rows[4][2] = odsCell{"float", "1012", "1,012"}
	wantFigures(t, "wrong total", long, openDocument(t, rows...), "1012", "total-differs")

	for _, c := range []struct {
		name            string
		period, cell    any
		figure, finding string
	}{
		{"date", odsCell{"date", "2024-03-01", "Mar 24"}, odsCell{"float", "7", "7"}, "2024-03-01 7", ""},
		{"no year shown", odsCell{"date", "2024-03-01", "01. Mar"}, odsCell{"float", "7", "7"}, "is not a date", ""},
		{"percentage", "Jan 2025", odsCell{"percentage", "0.12", "12%"}, "is shown as a percentage", ""},
		{"currency", "Jan 2025", odsCell{"currency", "12", "£12.00"}, "is shown as money", ""},
		{"thousands", "Jan 2025", odsCell{"float", "1234", "1"}, "2025-01-01 1234", "shown-divided"},
		{"thousands with a word", "Jan 2025", odsCell{"float", "1234", "1.2k"}, "2025-01-01 1234", "shown-divided"},
		{"a word for thousands", "Jan 2025", odsCell{"float", "12", "12k"}, "number of thousands", ""},
		{"rounded when shown", "Jan 2025", odsCell{"float", "12.0000000001", "12"}, "2025-01-01 12", ""},
		{"decimals", "Jan 2025", odsCell{"float", "1234", "1,234.00"}, "2025-01-01 1234", ""},
		{"zero as a dash", "Jan 2025", odsCell{"float", "0", "-"}, "2025-01-01 0", ""},
		{"another number", "Jan 2025", odsCell{"float", "12", "21"}, "other than its number", ""},
		{"without text", "Jan 2025", odsCell{"float", "12", ""}, "2025-01-01 12", ""},
		{"a time", odsCell{"time", "PT1H", "01:00"}, odsCell{"float", "7", "7"}, "is not a date", ""},
	} {
		wantFigures(t, c.name, monthly+"}", openDocument(t, []any{"Month", "People"}, []any{c.period, c.cell}), c.figure, c.finding)
	}
}
