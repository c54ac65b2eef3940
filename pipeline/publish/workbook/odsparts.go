package workbook

import (
	"fmt"
	"strconv"
)

func (o *ods) manifest(w *xmlWriter) error {
	w.put(`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">`,
		`<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="`, odsType, `"/>`)
	for _, name := range []string{"content.xml", "meta.xml", "styles.xml"} {
		w.put(`<manifest:file-entry manifest:full-path="`, name, `" manifest:media-type="text/xml"/>`)
	}
	w.put(`</manifest:manifest>`)
	return nil
}

func (o *ods) meta(w *xmlWriter) error {
	b := o.plan.book
	w.put(`<office:document-meta`, odsSpaces, `><office:meta><meta:generator>crossings</meta:generator><dc:title>`)
	w.text(b.Title)
	w.put(`</dc:title><meta:initial-creator>`)
	w.text(b.Creator)
	w.put(`</meta:initial-creator><dc:creator>`)
	w.text(b.Creator)
	w.put(`</dc:creator><dc:language>en-GB</dc:language>`)
	if !b.Dated.IsZero() {
		at := b.Dated.String() + "T00:00:00Z"
		w.put(`<meta:creation-date>`, at, `</meta:creation-date><dc:date>`, at, `</dc:date>`)
	}
	w.put(`</office:meta></office:document-meta>`)
	return nil
}

// styles writes the styles of the document: its font, language and paper.
func (o *ods) styles(w *xmlWriter) error {
	w.put(`<office:document-styles`, odsSpaces, `><office:styles><style:default-style style:family="table-cell">`,
		`<style:text-properties fo:font-family="Arial" style:font-family-generic="swiss" fo:font-size="11pt" fo:language="en" fo:country="GB"/>`,
		`</style:default-style><style:style style:name="Default" style:family="table-cell"/></office:styles>`,
		`<office:automatic-styles><style:page-layout style:name="paper"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"`,
		` style:print-orientation="landscape" fo:margin="1.3cm" style:scale-to-X="1"/></style:page-layout></office:automatic-styles>`,
		`<office:master-styles><style:master-page style:name="Default" style:page-layout-name="paper"/></office:master-styles></office:document-styles>`)
	return nil
}

// Approximate width of a character.
const characterWidth = 0.216 // centimetres

// automaticStyles writes the styles of sheets, columns, rows and cells.
func (o *ods) automaticStyles(w *xmlWriter) {
	w.put(`<office:automatic-styles><style:style style:name="sheet" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>`,
		`<style:style style:name="row" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>`)
	seen := map[string]bool{}
	for _, p := range o.plan.pages {
		for _, width := range p.widths {
			name := columnStyle(width)
			if !seen[name] {
				seen[name] = true
				w.put(`<style:style style:family="table-column" style:name="`, name, `"><style:table-column-properties style:column-width="`,
					strconv.FormatFloat(float64(width+3)*characterWidth, 'f', 2, 64), `cm"/></style:style>`)
			}
		}
	}
	cell(w, "line", "", `style:vertical-align="top"`, "", "")
	cell(w, "words", "", `style:vertical-align="top" fo:wrap-option="wrap"`, "", "")
	cell(w, "title", "", `style:vertical-align="top"`, "", `fo:font-size="16pt" fo:font-weight="bold"`)
	cell(w, "heading", "", `style:vertical-align="bottom"`, "", `fo:font-size="13pt" fo:font-weight="bold"`)
	cell(w, "link", "", `style:vertical-align="top" fo:wrap-option="wrap"`, "", `fo:color="#0b4f9e" style:text-underline-style="solid"`)
	cell(w, "head", "", `style:vertical-align="bottom" fo:wrap-option="wrap" fo:background-color="#e8edf2" fo:border-bottom="1.5pt solid #000000"`, "", `fo:font-weight="bold"`)
	cell(w, "mark", "", `style:vertical-align="top"`, "", "")
	cell(w, "figureHead", "", `style:vertical-align="bottom" fo:wrap-option="wrap" fo:background-color="#e8edf2" fo:border-bottom="1.5pt solid #000000" `+aside, `fo:text-align="end"`, `fo:font-weight="bold"`)
	cell(w, "figureMark", "", right, `fo:text-align="end"`, "")
	const date = `<number:day/><number:text> </number:text><number:month number:style="long" number:textual="true"/><number:text> </number:text><number:year number:style="long"/>`
	w.put(`<number:date-style style:name="dayFormat" number:language="en" number:country="GB">`, date, `</number:date-style>`,
		`<number:date-style style:name="instantFormat" number:language="en" number:country="GB">`, date,
		`<number:text>, </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>`)
	cell(w, "day", "dayFormat", right, `fo:text-align="end"`, "")
	cell(w, "instant", "instantFormat", right, `fo:text-align="end"`, "")
	for _, p := range o.plan.pages {
		if p.table == nil {
			continue
		}
		for _, c := range p.table.columns {
			if name := numberStyle(c); !seen[name] {
				seen[name] = true
				numberFormat(w, name, c)
				cell(w, name, name+"Format", right, `fo:text-align="end"`, "")
			}
		}
	}
	w.put(`</office:automatic-styles>`)
}

// Alignment of cells with figures: the paragraph's alignment counts, with a gap before the words in
// the next column.
const (
	aside = `style:text-align-source="fix" fo:padding-right="0.2cm"`
	right = `style:vertical-align="top" ` + aside
)

// cell writes the style of cells.
func cell(w *xmlWriter, name, format, properties, paragraph, text string) {
	w.put(`<style:style style:family="table-cell" style:parent-style-name="Default" style:name="`, name, `"`)
	if format != "" {
		w.attr("style:data-style-name", format)
	}
	w.put(`><style:table-cell-properties `, properties, `/>`)
	if paragraph != "" {
		w.put(`<style:paragraph-properties `, paragraph, `/>`)
	}
	if text != "" {
		w.put(`<style:text-properties `, text, `/>`)
	}
	w.put(`</style:style>`)
}

// numberFormat writes a number format. If signed, it shows plus and minus, and zero without a sign.
func numberFormat(w *xmlWriter, name string, c Column) {
	digits := fmt.Sprintf(`<number:number number:min-integer-digits="1" number:decimal-places="%d" number:min-decimal-places="%d" number:grouping="%v"/>`, c.Places, c.Places, !c.Plain)
	format := name + "Format"
	open := func(name string) {
		w.put(`<number:number-style style:name="`, name, `" number:language="en" number:country="GB">`)
	}
	if c.Signed {
		for _, sign := range []struct{ name, text string }{{"Rise", "+"}, {"Fall", "-"}} {
			open(format + sign.name)
			w.put(`<number:text>`, sign.text, `</number:text>`, digits, `</number:number-style>`)
		}
	}
	open(format)
	w.put(digits)
	if c.Signed {
		w.put(`<style:map style:condition="value()&gt;0" style:apply-style-name="`, format, `Rise"/><style:map style:condition="value()&lt;0" style:apply-style-name="`, format, `Fall"/>`)
	}
	w.put(`</number:number-style>`)
}
