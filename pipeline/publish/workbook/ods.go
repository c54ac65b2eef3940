package workbook

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// odsType is the media type of an OpenDocument spreadsheet.
const odsType = "application/vnd.oasis.opendocument.spreadsheet"

// ODS writes the book as an OpenDocument 1.3 spreadsheet. Its errors are those of XLSX: both refuse
// the same books.
func (b Book) ODS(w io.Writer) error {
	p, err := b.plan()
	if err != nil {
		return err
	}
	o := &ods{plan: p}
	pack := newPack(w)
	if err := pack.stored("mimetype", odsType); err != nil {
		return err
	}
	if err := pack.part("META-INF/manifest.xml", o.manifest); err != nil {
		return err
	}
	if err := o.content(pack); err != nil {
		return err
	}
	if err := pack.part("meta.xml", o.meta); err != nil {
		return err
	}
	if err := pack.part("styles.xml", o.styles); err != nil {
		return err
	}
	return pack.close()
}

// ods is a spreadsheet being written.
type ods struct{ plan *plan }

// XML namespaces of the elements.
const odsSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"` +
	` xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"`

// content writes all sheets, then the ranges of the tables.
func (o *ods) content(to *pack) error {
	head, err := newPiece(func(w *xmlWriter) error {
		w.declaration()
		w.put(`<office:document-content`, odsSpaces, `>`)
		o.automaticStyles(w)
		w.put(`<office:body><office:spreadsheet>`)
		return nil
	})
	if err != nil {
		return err
	}
	pieces := []piece{head}
	for _, p := range o.plan.pages {
		sheet, err := o.plan.book.piece(p, "ods", func(w *xmlWriter) error { return odsSheet(w, p) })
		if err != nil {
			return err
		}
		pieces = append(pieces, sheet)
	}
	tail, err := newPiece(o.ranges)
	if err != nil {
		return err
	}
	return to.pieces("content.xml", append(pieces, tail)...)
}

// ranges writes the ranges of the tables and ends the document.
func (o *ods) ranges(w *xmlWriter) error {
	w.put(`<table:database-ranges>`)
	for _, p := range o.plan.pages {
		if p.table == nil {
			continue
		}
		from, to := p.area()
		w.put(`<table:database-range`)
		w.attr("table:name", p.table.name)
		w.attr("table:target-range-address", quoted(p.name)+"."+from+":"+quoted(p.name)+"."+to)
		w.put(` table:contains-header="true" table:display-filter-buttons="false"/>`)
	}
	w.put(`</table:database-ranges></office:spreadsheet></office:body></office:document-content>`)
	return nil
}

func odsSheet(w *xmlWriter, p *page) error {
	w.put(`<table:table table:style-name="sheet"`)
	w.attr("table:name", p.name)
	w.put(`>`)
	for _, width := range p.widths {
		w.put(`<table:table-column table:style-name="`, columnStyle(width), `" table:default-cell-style-name="words"/>`)
	}
	for _, l := range p.lines {
		s := odsStyles[l.style]
		if l.style == styleText && p.wrap {
			s = "words"
		}
		w.put(`<table:table-row table:style-name="row">`)
		odsText(w, s, l.text, l.target())
		w.put(`</table:table-row>`)
	}
	if p.table != nil {
		if err := odsRows(w, p); err != nil {
			return err
		}
	}
	w.put(`</table:table>`)
	return nil
}

// target returns the address that a line links to, or "".
func (l line) target() string {
	if l.sheet != "" {
		return "#" + quoted(l.sheet) + ".A1"
	}
	return l.link
}

// odsRows writes the table of a page. It returns an error if the number of rows differs from the
// plan.
func odsRows(w *xmlWriter, p *page) error {
	w.put(`<table:table-header-rows><table:table-row table:style-name="row">`)
	for i, c := range p.table.columns {
		odsText(w, odsStyles[p.table.head(i)], c.Head, "")
	}
	w.put(`</table:table-row></table:table-header-rows>`)
	n := 0
	for _, cells := range p.table.all() {
		if n++; n > p.table.n || len(cells) != len(p.table.columns) {
			break
		}
		w.put(`<table:table-row table:style-name="row">`)
		for c, cell := range cells {
			if cell.kind == absent {
				odsText(w, odsStyles[p.table.mark(c)], cell.text, "")
			} else {
				odsCell(w, cell, p.table.columns[c])
			}
		}
		w.put(`</table:table-row>`)
	}
	return p.counted(n)
}

func odsCell(w *xmlWriter, c Cell, col Column) {
	switch c.kind {
	case words:
		if c.link != "" {
			odsText(w, odsStyles[styleLink], c.text, line{sheet: c.link}.target())
			return
		}
		odsText(w, "words", c.text, "")
		return
	case number:
		w.put(`<table:table-cell table:style-name="`, numberStyle(col), `" office:value-type="float" office:value="`, float(c.n))
	case day:
		w.put(`<table:table-cell table:style-name="day" office:value-type="date" office:date-value="`, c.time().Format("2006-01-02"))
	case instant:
		w.put(`<table:table-cell table:style-name="instant" office:value-type="date" office:date-value="`, c.time().Format("2006-01-02T15:04:05"))
	}
	w.put(`"><text:p>`)
	w.text(c.show(col))
	w.put(`</text:p></table:table-cell>`)
}

// odsText writes a cell with a text. The text is a link unless target is "".
func odsText(w *xmlWriter, style, s, target string) {
	w.put(`<table:table-cell table:style-name="`, style, `" office:value-type="string">`)
	for i, paragraph := range strings.Split(s, "\n") {
		w.put(`<text:p>`)
		if target != "" && i == 0 {
			w.put(`<text:a xlink:type="simple"`)
			w.attr("xlink:href", target)
			w.put(`>`)
		}
		odsChars(w, paragraph)
		if target != "" && i == 0 {
			w.put(`</text:a>`)
		}
		w.put(`</text:p>`)
	}
	w.put(`</table:table-cell>`)
}

// odsChars writes characters. It writes tabs, and spaces that would be lost, as elements.
func odsChars(w *xmlWriter, s string) {
	for s != "" {
		i := strings.IndexAny(s, " \t")
		if i < 0 {
			break
		}
		w.text(s[:i])
		if s[i] == '\t' {
			w.put(`<text:tab/>`)
			s = s[i+1:]
			continue
		}
		rest := strings.TrimLeft(s[i:], " ")
		spaces := len(s) - i - len(rest)
		if spaces == 1 && i > 0 && rest != "" {
			w.put(" ")
		} else {
			w.put(`<text:s text:c="`, strconv.Itoa(spaces), `"/>`)
		}
		s = rest
	}
	w.text(s)
}

// odsStyles are the cell styles by purpose.
var odsStyles = map[style]string{styleText: "line", styleTitle: "title", styleHeading: "heading", styleLink: "link", styleHead: "head", styleMark: "mark",
	styleFigHead: "figureHead", styleFigMark: "figureMark"}

// columnStyle returns the style of a column by its width.
func columnStyle(width int) string { return fmt.Sprintf("w%d", width) }

// numberStyle returns the style of the numbers of a column.
func numberStyle(c Column) string {
	name := fmt.Sprintf("n%d", c.Places)
	if c.Plain {
		name += "p"
	}
	if c.Signed {
		name += "s"
	}
	return name
}
