package spreadsheet

import (
	"archive/zip"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// styled returns a workbook with one row of numbers, each in a format of its own.
func styled(t *testing.T, from1904 bool, styles string, numbers ...string) []byte {
	t.Helper()
	const main, links = nsSheet, nsOffice2006
	row := ""
	for i, n := range numbers {
		row += fmt.Sprintf(`<c r="%s1" s="%d"><v>%s</v></c>`, decode.ColumnLetter(i), i, n)
	}
	parts := []part{
		{"_rels/.rels", `<Relationships xmlns="` + nsRelationships + `"><Relationship Id="a" Type="` + links + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", fmt.Sprintf(`<workbook xmlns=%q xmlns:r=%q><workbookPr date1904="%t"/><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>`, main, links, from1904)},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + nsRelationships + `"><Relationship Id="b" Type="` + links + `/worksheet" Target="s.xml"/><Relationship Id="c" Type="` + links + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/s.xml", `<worksheet xmlns="` + main + `"><sheetData><row r="1">` + row + `</row></sheetData></worksheet>`},
	}
	if styles != "" {
		parts = append(parts, part{"xl/styles.xml", `<styleSheet xmlns="` + main + `">` + styles + `</styleSheet>`})
	}
	return pack(t, zip.Deflate, parts...)
}

// xfs returns styles with these formats, numbered from 164 unless they are numbers.
func xfs(codes ...string) string {
	own, list := "", ""
	for i, code := range codes {
		if strings.Trim(code, "123456789") != "" {
			own += fmt.Sprintf(`<numFmt numFmtId="%d" formatCode=%q/>`, 164+i, code)
			code = fmt.Sprint(164 + i)
		}
		list += `<xf numFmtId="` + code + `"/>`
	}
	return "<numFmts>" + own + "</numFmts><cellXfs>" + list + "</cellXfs>"
}

// shownRow reads the only row of a workbook as it is shown: "kind form value" a cell.
func shownRow(t *testing.T, data []byte) (out []string) {
	t.Helper()
	x, err := OpenXLSX("a.xlsx", data, decode.DefaultLimits)
	if err == nil {
		err = x.ReadFormats()
	}
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range x.Rows("S") {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range r.Cells {
			out = append(out, fmt.Sprintf("%s %d %s", c.Kind, c.Form, c.Value))
		}
	}
	return out
}

// TestReadFormats reads numbers with their formats, and days of both calendars.
func TestReadFormats(t *testing.T) {
	styles := xfs("0%", "#,##0,", "14", "mmm-yy", "mmm-yy", "d-mmm", "mmmm", "dd/mm/yyyy hh:mm", "hh:mm", "14", "1")
	numbers := []string{"0.12", "1200", "45352", "45352", "45360", "45356", "45352", "45352.5", "0.5", "3", "7"}
	want := "number 1 0.12|number 4 1200|date 0 2024-03-01|date 0 2024-03-01|date 0 2024-03|date 0 5 March|date 0 March|date 0 2024-03-01T12:00:00|other 0 0.5|other 0 3|number 0 7"
	if got := strings.Join(shownRow(t, styled(t, false, styles, numbers...)), "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := strings.Join(shownRow(t, styled(t, true, xfs("14", "mmm-yy"), "43890", "0")), "|"); got != "date 0 2024-03-01|date 0 1904-01-01" {
		t.Errorf("from 1904: %s", got)
	}
	if got := strings.Join(shownRow(t, styled(t, false, "", "0.12")), "|"); got != "number 0 0.12" {
		t.Errorf("without styles: %s", got)
	}
}

// TestReadFormatsRefuses refuses styles that are damaged or too many.
func TestReadFormatsRefuses(t *testing.T) {
	for name, styles := range map[string]string{
		"cut short":  `<numFmts>`,
		"long code":  xfs(strings.Repeat("0", maxCode+1)),
		"too many":   "<cellXfs>" + strings.Repeat("<xf/>", maxFormats+1) + "</cellXfs>",
		"too deep":   strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100),
		"other root": `</styleSheet><styleSheet>`,
	} {
		x, err := OpenXLSX("a.xlsx", styled(t, false, styles, "1"), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if err := x.ReadFormats(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
