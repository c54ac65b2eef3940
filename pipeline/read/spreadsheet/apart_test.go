package spreadsheet

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestShown reads counts and days that a spreadsheet displays differently from what it stores. A
// program cannot tell which of the two is right.
func TestShown(t *testing.T) {
	for _, c := range []struct {
		value, text string
		good        bool
	}{
		{"1204", "", true}, {"1204", "1,204", true}, {"1204", "1204", true}, {"1204", "1 204", true}, {"1204", "1.204", true},
		{"1204", "1,204.00", true}, {"1204", "1,204 [r]", true}, {"1000", "1.000", true}, {"0", "-", true}, {"0", "0", true}, {"12.0", "12", true},
		{"249", "2491", false}, {"249", "249255", false}, {"249", "255", false}, {"1204", "1", false}, {"15000", "x", false}, {"15000", "-", false},
		{"1000", "1", false}, {"249", "249.5", false}, {"249", "249\n255", false}, {"0", "1", false},
	} {
		if n, err := decode.Count(decode.Cell{Kind: decode.Number, Value: c.value, Text: c.text}); (err == nil) != c.good || err != nil && !errors.Is(err, decode.ErrCount) {
			t.Errorf("%s shown as %q: %d, %v", c.value, c.text, n, err)
		}
	}
	for _, c := range []struct {
		text string
		good bool
	}{
		{"", true}, {"25/06/2026", true}, {"06/25/26", true}, {"2026-06-25", true}, {"25 June 2026", true}, {"Thursday", true}, {"25 Jun", true},
		{"26/06/2026", false}, {"25/06/2025", false}, {"25 June 2025", false}, {"24 June 2026", false}, {"25/06/1926", false},
	} {
		if _, _, _, err := decode.Date(decode.Cell{Kind: decode.DateKind, Value: "2026-06-25T00:00:00", Text: c.text}); (err == nil) != c.good || err != nil && !errors.Is(err, decode.ErrPeriod) {
			t.Errorf("25 June 2026 shown as %q: %v", c.text, err)
		}
	}
}

// TestShownInODS reads a count with a raised footnote, a comment and a note from
// a whole spreadsheet.
func TestShownInODS(t *testing.T) {
	for cell, good := range map[string]bool{
		`<text:p>249</text:p>`:                        true,
		`<text:p><text:span>249</text:span></text:p>`: true,
		`<text:p>249<text:note><text:note-body><text:p>1</text:p></text:note-body></text:note></text:p>`: true,
		`<office:annotation><text:p>was 255</text:p></office:annotation><text:p>249</text:p>`:            true,
		`<text:p>249<text:span text:style-name="raised">1</text:span></text:p>`:                          false,
		`<text:p><text:span text:style-name="struck">255</text:span>249</text:p>`:                        false,
		`<text:p>255</text:p>`:                        false,
		`<text:p>249</text:p><text:p>255</text:p>`:    false,
		`<text:p>2<text:span>5</text:span>5</text:p>`: false,
	} {
		rows, err := readAll(ods(t, sheet(`<table:table-row><table:table-cell office:value-type="float" office:value="249">`+cell+`</table:table-cell></table:table-row>`)), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := decode.Count(rows[0].Cells[0]); (err == nil) != good {
			t.Errorf("%s: %d, %v", cell, n, err)
		}
	}
}

// TestRunsInXLSX reads texts in several runs: figures in them stay apart, words are joined.
func TestRunsInXLSX(t *testing.T) {
	for runs, want := range map[string]string{
		`<t>249</t>`:            "number 249",
		`<r><t>249</t></r>`:     "number 249",
		`<r><t>249</t></r><r/>`: "number 249",
		`<r><t>249</t></r><rPh sb="0" eb="1"><t>1</t></rPh>`:                             "number 249",
		`<r><t>249</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>`:      "text 249¹",
		`<r><rPr><strike/></rPr><t>249</t></r><r><t>255</t></r>`:                         "text 249\n255",
		`<r><t>1,</t></r><r><t>204</t></r>`:                                              "text 1,\n204",
		`<r><t>2</t></r><r><t>49</t></r>`:                                                "text 2\n49",
		`<r><t>Migrants</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>`: "text Migrants¹",
		`<r><t xml:space="preserve">Total </t></r><r><t>4</t></r>`:                       "text Total 4",
	} {
		for _, data := range [][]byte{
			xlsx(t, `<row><c t="inlineStr"><is>`+runs+`</is></c><c><v>5</v></c></row>`),
			sharedText(t, runs),
		} {
			rows, err := readBook(t, data, decode.DefaultLimits)
			if err != nil {
				t.Errorf("%s: %v", runs, err)
				continue
			}
			c := rows[0].Cells[0]
			if got := c.Kind.String() + " " + c.Value; got != want || c.Text != c.Value || rows[0].Cells[1].Value != "5" {
				t.Errorf("%s: %s, then %+v, want %s", runs, got, rows[0].Cells[1], want)
			}
		}
	}
}

// sharedText returns a workbook whose first cell has a shared text made of these runs.
func sharedText(t *testing.T, runs string) []byte {
	t.Helper()
	data := xlsx(t, `<row><c t="s"><v>0</v></c><c><v>5</v></c></row>`)
	return inPart(t, data, "xl/sharedStrings.xml", func(b []byte) []byte {
		return []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>` + runs + `</si></sst>`)
	})
}

// TestRunsInODS reads texts in several runs of a cell without a number of its own.
func TestRunsInODS(t *testing.T) {
	for cell, want := range map[string]string{
		`249`: "249",
		`249<text:span text:style-name="up">1</text:span>`:                          "249¹",
		`249<text:span text:style-name="raised">1, 2</text:span> `:                  "249¹, ²",
		`249<text:span text:style-name="down">1</text:span>`:                        "249\n1",
		`<text:span text:style-name="struck">255</text:span>249`:                    "255\n249",
		`2<text:span>49</text:span>`:                                                "2\n49",
		`<text:span>249</text:span>`:                                                "249",
		`Migrants arrived<text:span text:style-name="up">1</text:span>`:             "Migrants arrived¹",
		`<text:span text:style-name="struck">255</text:span>249 [r]`:                "255\n249 [r]",
		`Total 1,<text:span>204</text:span>`:                                        "Total 1,\n204",
		`Total <text:span>4</text:span>`:                                            "Total 4",
		`Migrants<text:span> arrived</text:span>`:                                   "Migrants arrived",
		`249<text:span text:style-name="up">people</text:span>`:                     "249people",
		`249<text:span text:style-name="up">123456789</text:span>`:                  "249\n123456789",
		`<text:span>249</text:span> <text:span text:style-name="up"> </text:span> `: "249",
	} {
		styles := `<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">` +
			`<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>` +
			`<style:style style:name="raised"><style:text-properties style:text-position="33% 58%"/></style:style>` +
			`<style:style style:name="down"><style:text-properties style:text-position="sub 58%"/></style:style>` +
			`<style:style style:name="struck"><style:text-properties style:text-line-through-type="single"/></style:style></office:automatic-styles>`
		content := sheet(`<table:table-row><table:table-cell office:value-type="string"><text:p>` + cell + `</text:p></table:table-cell></table:table-row>`)
		rows, err := readAll(ods(t, strings.Replace(content, "<office:body>", styles+"<office:body>", 1)), decode.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[0].Cells[0]; got.Value != want || got.Text != want {
			t.Errorf("%s: %+q, want %q", cell, got, want)
		}
	}
}
