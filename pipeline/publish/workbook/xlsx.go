package workbook

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// XLSX writes the book as an Office Open XML workbook. The error comes from w, or names the sheet
// that cannot be written; it wraps ErrSize if a table is too large.
func (b Book) XLSX(w io.Writer) error {
	p, err := b.plan()
	if err != nil {
		return err
	}
	x := &xlsx{plan: p, pack: newPack(w)}
	x.collectFormats()
	for _, part := range []struct {
		name  string
		write func(*xmlWriter) error
	}{
		{"[Content_Types].xml", x.types}, {"_rels/.rels", x.packageRels}, {"docProps/app.xml", x.app}, {"docProps/core.xml", x.core},
		{"xl/workbook.xml", x.workbook}, {"xl/_rels/workbook.xml.rels", x.workbookRels}, {"xl/styles.xml", x.styles},
	} {
		if err := x.pack.part(part.name, part.write); err != nil {
			return err
		}
	}
	for i, page := range p.pages {
		if err := x.page(i+1, page); err != nil {
			return err
		}
	}
	return x.pack.close()
}

// xlsx is a workbook being written.
type xlsx struct {
	plan    *plan
	pack    *pack
	formats []string       // of numbers and dates, in order of first use
	styleOf map[string]int // style of cells by format
}

// reference is a link on a page.
type reference struct{ cell, address, sheet string }

// page writes a sheet with its table and its links.
func (x *xlsx) page(n int, p *page) error {
	links := p.links()
	sheet, err := x.plan.book.piece(p, fmt.Sprintf("xlsx %t %q", n == 1, x.formats), func(w *xmlWriter) error { return x.sheet(w, n, p, links) })
	if err != nil {
		return err
	}
	if err := x.pack.pieces(fmt.Sprintf("xl/worksheets/sheet%d.xml", n), sheet); err != nil {
		return err
	}
	if p.table != nil {
		if err := x.pack.part(fmt.Sprintf("xl/tables/table%d.xml", n), func(w *xmlWriter) error { tablePart(w, n, p); return nil }); err != nil {
			return err
		}
	}
	return x.pack.part(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", n), func(w *xmlWriter) error {
		w.put(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
		if p.table != nil {
			relation(w, "table", officeRel+"table", fmt.Sprintf("../tables/table%d.xml", n))
		}
		for i, l := range links {
			if l.address != "" {
				w.put(`<Relationship Id="link`, strconv.Itoa(i), `" Type="`, officeRel, `hyperlink" TargetMode="External"`)
				w.attr("Target", l.address)
				w.put(`/>`)
			}
		}
		w.put(`</Relationships>`)
		return nil
	})
}

// sheet writes the sheet itself with its links.
func (x *xlsx) sheet(w *xmlWriter, n int, p *page, links []reference) error {
	w.declaration()
	w.put(`<worksheet xmlns="`, mainSpace, `" xmlns:r="`, officeSpace, `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"`)
	if n == 1 {
		w.put(` tabSelected="1"`)
	}
	w.put(`/></sheetViews><sheetFormatPr defaultRowHeight="14.25"/><cols>`)
	for i, width := range p.widths {
		w.put(`<col`)
		w.num("min", i+1)
		w.num("max", i+1)
		w.num("width", width+3)
		w.put(` customWidth="1"/>`)
	}
	w.put(`</cols><sheetData>`)
	x.lines(w, p)
	if p.table != nil {
		if err := x.rows(w, p); err != nil {
			return err
		}
	}
	w.put(`</sheetData>`)
	if len(links) > 0 {
		w.put(`<hyperlinks>`)
		for i, l := range links {
			w.put(`<hyperlink`)
			w.attr("ref", l.cell)
			if l.address != "" {
				w.attr("r:id", "link"+strconv.Itoa(i))
			} else {
				w.attr("location", quoted(l.sheet)+"!A1")
			}
			w.put(`/>`)
		}
		w.put(`</hyperlinks>`)
	}
	w.put(`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`)
	if p.table != nil {
		w.put(`<tableParts count="1"><tablePart r:id="table"/></tableParts>`)
	}
	w.put(`</worksheet>`)
	return nil
}

// links returns the links on a page. Of tables only that of the contents has links.
func (p *page) links() (links []reference) {
	for i, l := range p.lines {
		if l.link != "" || l.sheet != "" {
			links = append(links, reference{cellRef(0, i+1), l.link, l.sheet})
		}
	}
	if p.name != contentsName {
		return links
	}
	for i, cells := range p.table.all() {
		for c, cell := range cells {
			if cell.link != "" {
				links = append(links, reference{cell: cellRef(c, p.first()+1+i), sheet: cell.link})
			}
		}
	}
	return links
}

// lines writes the lines above a table.
func (x *xlsx) lines(w *xmlWriter, p *page) {
	for i, l := range p.lines {
		row := i + 1
		ref := cellRef(0, row)
		height := heightOf[l.style]
		if p.wrap && l.style != styleTitle {
			height = max(height, wrappedHeight(l.text, p.widths[0]))
		}
		openRow(w, row, height)
		s := xfOf[l.style]
		if l.style == styleText && p.wrap {
			s = xfCover
		}
		textCell(w, ref, s, l.text)
		w.put(`</row>`)
	}
}

// openRow begins a row. Height 0 is the default height. Other heights are what a program would
// measure; they are written because not all programs measure the files that they open.
func openRow(w *xmlWriter, row int, height float64) {
	w.put(`<row`)
	w.num("r", row)
	if height > 0 {
		w.attr("ht", float(height))
	}
	w.put(`>`)
}

// Heights of rows, in points.
const (
	rowHeight    = 14.25
	maxRowHeight = 409 // limit of programs
)

// heightOf is the height of lines that are taller than the default.
var heightOf = map[style]float64{styleTitle: 22, styleHeading: 25}

// wrappedHeight returns the height of a text in a column; 0 if it is one line.
func wrappedHeight(s string, width int) float64 {
	width = width * 11 / 10 // most letters are narrower than a digit
	if len(s) <= width && !strings.Contains(s, "\n") {
		return 0
	}
	if n := wrapped(s, width); n > 1 {
		return min(float64(n)*rowHeight, maxRowHeight)
	}
	return 0
}

// rows writes the table of a page. It returns an error if the number of rows differs from the plan.
func (x *xlsx) rows(w *xmlWriter, p *page) error {
	row := p.first()
	height := 0.0
	for c, col := range p.table.columns {
		height = max(height, wrappedHeight(col.Head, p.widths[c]-1)) // it is bold
	}
	openRow(w, row, height)
	for c, col := range p.table.columns {
		textCell(w, cellRef(c, row), xfOf[p.table.head(c)], col.Head)
	}
	w.put(`</row>`)
	n := 0
	for _, cells := range p.table.all() {
		if n++; n > p.table.n || len(cells) != len(p.table.columns) {
			break
		}
		row++
		height = 0
		for c, cell := range cells {
			if cell.kind == words {
				height = max(height, wrappedHeight(cell.text, p.widths[c]))
			}
		}
		openRow(w, row, height)
		for c, cell := range cells {
			ref := cellRef(c, row)
			if cell.kind == absent {
				textCell(w, ref, xfOf[p.table.mark(c)], cell.text)
			} else {
				x.cell(w, ref, cell, p.table.columns[c])
			}
		}
		w.put(`</row>`)
	}
	return p.counted(n)
}

// counted returns an error unless n, the number of rows written, equals the number planned.
func (p *page) counted(n int) error {
	if n != p.table.n {
		return fmt.Errorf("sheet %q: %d rows were counted, but the second reading differs at row %d; a sheet's rows must not change", p.name, p.table.n, n)
	}
	return nil
}

func (x *xlsx) cell(w *xmlWriter, ref string, c Cell, col Column) {
	switch c.kind {
	case words:
		s := xfWords
		switch {
		case c.link != "":
			s = xfOf[styleLink]
		case strings.ContainsRune("=+-@", rune(c.text[0])):
			s = xfGuarded
		}
		textCell(w, ref, s, c.text)
	default:
		w.put(`<c r="`, ref, `" s="`, strconv.Itoa(x.styleOf[formatOf(c.kind, col)]), `"><v>`, float(c.serial()), `</v></c>`)
	}
}

// unixDay is 1 January 1970 in the day count of workbooks.
const unixDay = 25569

// serial returns a date or time as a workbook's number.
func (c Cell) serial() float64 {
	if c.kind == number {
		return c.n
	}
	return c.n + unixDay
}

// textCell writes a cell that holds only a text.
func textCell(w *xmlWriter, ref string, style int, s string) {
	w.put(`<c r="`, ref, `" s="`, strconv.Itoa(style), `" t="inlineStr"><is><t xml:space="preserve">`)
	w.text(escaped(s))
	w.put(`</t></is></c>`)
}

// escaped escapes a text for a workbook: an underscore that begins what readers would take for an
// escaped character is itself escaped.
func escaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && escape.MatchString(s[i:]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// escape matches an escaped character.
var escape = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}_`)

// cellRef returns the name of a cell. Columns count from 0, rows from 1.
func cellRef(column, row int) string { return columnName(column) + strconv.Itoa(row) }

func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// area returns the range of a page's table.
func (p *page) area() (from, to string) {
	return cellRef(0, p.first()), cellRef(len(p.table.columns)-1, p.first()+p.table.n)
}

// tablePart writes the table object without filter buttons, which hide rows and mean nothing to
// readers who cannot see them.
func tablePart(w *xmlWriter, n int, p *page) {
	from, to := p.area()
	w.put(`<table xmlns="`, mainSpace, `"`)
	w.num("id", n)
	w.attr("name", p.table.name)
	w.attr("displayName", p.table.name)
	w.attr("ref", from+":"+to)
	w.put(` totalsRowShown="0"><tableColumns`)
	w.num("count", len(p.table.columns))
	w.put(`>`)
	for i, c := range p.table.columns {
		w.put(`<tableColumn`)
		w.num("id", i+1)
		w.attr("name", escaped(c.Head))
		w.put(`/>`)
	}
	w.put(`</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`)
}
