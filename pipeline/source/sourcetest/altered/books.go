package altered

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
)

// Books writes a workbook as spreadsheet programs may: with merged cells, hidden parts, sheets in
// another order, totals, formulas and cells that say nothing. Nothing counts as known. The source must
// give the figures of the true file, or refuse it, or give a finding of severity error. must ways may
// not be refused, and waits may not come in.
func Books(t *testing.T, s *source.Source, f sourcetest.File) Tally {
	t.Helper()
	return booksAll(t, s, f, func(said string) { t.Error(said) })
}

func booksAll(t testing.TB, s *source.Source, f sourcetest.File, silent func(string)) (sum Tally) {
	t.Helper()
	truth, grid := unknown(t, s, f)
	truth.incomplete = true
	for _, w := range bookWays {
		g, done := grid.clone(), false
		for i := range g.parts {
			g.parts[i].seps = slices.Clone(g.parts[i].seps)
		}
		for _, x := range g.Tables {
			x.opens, x.seps = slices.Clone(x.opens), slices.Clone(x.seps)
			if header := g.HeaderAt(x); header >= 0 && !w.once {
				x.pad(header, longest(x.Rows[header:]))
				done = w.do(book{mangler{seeded(f.Name + w.name), g, x, header}}) || done
			}
		}
		if w.once {
			done = w.do(book{mangler{Rand: seeded(f.Name), grid: g}})
		}
		if !done {
			continue
		}
		file := g.File(t)
		became, why := truth.weigh(file)
		said := ""
		if became == refused || became == held {
			said = truth.said(file)
			t.Logf("%s: %s: %s", f.Name, w.name, said)
		}
		switch {
		case became == wrong:
			silent(fmt.Sprintf("%s: %s: %s", f.Name, w.name, why))
		case w.want == reads && became != same:
			silent(fmt.Sprintf("%s: %s is not read: %d, %s", f.Name, w.name, became, said))
		case w.want == waits && became != refused && became != held:
			silent(fmt.Sprintf("%s: %s comes in", f.Name, w.name))
		}
		sum.count(became)
	}
	t.Logf("%s: %s", f.Name, sum)
	return sum
}

// book is one sheet with figures of a workbook.
type book struct{ mangler }

// bookWay is one way to write a workbook. do returns false if the workbook does not allow it.
type bookWay struct {
	name string
	want want
	do   func(b book) bool
	once bool // it is of the whole workbook
}

// want is what must become of a workbook.
type want int

// The wants. A workbook of either may be read right or wait.
const (
	either want = iota
	reads
	waits
)

// isODS reports whether the workbook is OpenDocument.
func (b book) isODS() bool { return b.grid.form.open == "<table:table-row>" }

// part returns the text of a part without tables.
func (b book) part(name string) *string {
	for i, p := range b.grid.parts {
		if strings.EqualFold(p.name, name) && len(p.tables) == 0 {
			return &b.grid.parts[i].seps[0]
		}
	}
	return nil
}

// around returns what is before and after the sheet's cells.
func (b book) around() (before, after *string) {
	for i, p := range b.grid.parts {
		if at := slices.Index(p.tables, b.GridTable); at >= 0 {
			return &b.grid.parts[i].seps[at], &b.grid.parts[i].seps[at+1]
		}
	}
	return nil, nil
}

// counts returns the columns with counts.
func (b book) countColumns() (out []int) {
	for c := range b.Rows[b.header] {
		filled, counts := 0, 0
		for _, row := range b.Rows[b.header+1:] {
			if c >= len(row) || b.grid.Text(row[c]) == "" {
				continue
			}
			filled++
			if v, ok := b.count(row[c]); ok && (v > 2100 || v < 1900) {
				counts++
			}
		}
		if head := strings.ToLower(b.grid.Text(b.Rows[b.header][c])); counts > 4 && counts*10 > filled*9 && !strings.Contains(head, "year") && !strings.Contains(head, "id") {
			out = append(out, c)
		}
	}
	return out
}

func (b book) count(cell string) (int64, bool) {
	return count(strings.TrimSuffix(b.grid.Text(cell), ".0"))
}

// mark gives the row at an index an attribute.
func (b book) mark(at int, attribute string) {
	if at < len(b.opens) {
		b.opens[at] = strings.TrimSuffix(strings.TrimSuffix(b.opens[at], ">"), "/") + " " + attribute + ">"
	}
}

// hideRows hides three rows in the middle of the table.
func (b book) hideRows(attribute, odsAttribute string) bool {
	from := b.header + 1 + (len(b.Rows)-b.header)/2
	if b.isODS() {
		attribute = odsAttribute
	}
	for i := from; i < from+3 && i < len(b.Rows)-1; i++ {
		b.mark(i, attribute)
	}
	return from+3 < min(len(b.Rows), len(b.opens))
}

// hideColumn hides a column.
func (b book) hideColumn(c int) bool {
	if b.isODS() {
		b.GridTable.seps[0] = odsColumns.ReplaceAllString(b.GridTable.seps[0], "") +
			fmt.Sprintf(`<table:table-column table:number-columns-repeated="%d"/><table:table-column table:visibility="collapse"/><table:table-column/>`, max(c, 1))
		return c > 0
	}
	before, _ := b.around()
	*before += fmt.Sprintf(`<cols><col min="%d" max="%d" hidden="1" width="0" customWidth="1"/></cols>`, c+1, c+1)
	return true
}

var odsColumns = regexp.MustCompile(`<table:table-column[^>]*/>`)

// hideSheet hides the sheet.
func (b book) hideSheet() bool {
	if b.isODS() {
		const style = `<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>`
		first := &b.grid.parts[b.contentAt()].seps[0]
		if !strings.Contains(*first, style) {
			*first = strings.Replace(*first, "</office:automatic-styles>", style+"</office:automatic-styles>", 1)
			*first = strings.Replace(*first, "<office:automatic-styles/>", "<office:automatic-styles>"+style+"</office:automatic-styles>", 1)
			if !strings.Contains(*first, style) {
				*first = strings.Replace(*first, "<office:body>", `<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">`+style+"</office:automatic-styles><office:body>", 1)
			}
		}
		b.GridTable.seps[0] = tableStyle.ReplaceAllString(b.GridTable.seps[0], "")
		b.GridTable.seps[0] = strings.Replace(b.GridTable.seps[0], "<table:table ", `<table:table table:style-name="unseen" `, 1)
		return true
	}
	sheet, wb := b.sheetElement(), b.part("xl/workbook.xml")
	hidden := strings.Replace(strings.Replace(sheet, ` state="visible"`, "", 1), "<sheet ", `<sheet state="veryHidden" `, 1)
	*wb = strings.Replace(*wb, sheet, hidden, 1)
	return sheet != ""
}

var tableStyle = regexp.MustCompile(` table:style-name="[^"]*"`)

// contentAt returns the index of the part with the sheets of an OpenDocument workbook.
func (b book) contentAt() int {
	return slices.IndexFunc(b.grid.parts, func(p gridPart) bool { return p.name == "content.xml" })
}

var (
	sheetElements = regexp.MustCompile(`<sheet [^>]*?(?:/>|></sheet>)`)
	relation      = regexp.MustCompile(`<Relationship [^>]*?(?:/>|></Relationship>)`)
	relationID    = regexp.MustCompile(` Id="([^"]*)"`)
)

// sheetElement returns the element of the sheet in the list of a workbook.
func (b book) sheetElement() string {
	file := b.GridTable.Name[strings.LastIndex(b.GridTable.Name, "/")+1:]
	for _, r := range relation.FindAllString(*b.part("xl/_rels/workbook.xml.rels"), -1) {
		if !strings.Contains(strings.ToLower(r), "/"+file+`"`) {
			continue
		}
		id := relationID.FindStringSubmatch(r)[1]
		for _, e := range sheetElements.FindAllString(*b.part("xl/workbook.xml"), -1) {
			if strings.Contains(e, `:id="`+id+`"`) {
				return e
			}
		}
	}
	return ""
}

// addSheet adds a sheet before or after the others. It has the cells of this one, or a text.
func (b book) addSheet(name string, first, hidden bool, text string) bool {
	var body strings.Builder
	if text == "" {
		b.grid.write(&body, b.GridTable)
	}
	if b.isODS() {
		b.addODS(name, first, hidden, text, body.String())
		return true
	}
	rels, wb := b.part("xl/_rels/workbook.xml.rels"), b.part("xl/workbook.xml")
	if rels == nil || wb == nil {
		return false
	}
	cells := body.String()
	if text != "" {
		cells = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>` + text + `</t></is></c></row><row r="3"><c r="B3" t="inlineStr"><is><t>More</t></is></c></row></sheetData>`
	}
	id := strconv.Itoa(len(b.grid.parts) + 90)
	b.grid.parts = append(b.grid.parts, gridPart{name: "xl/worksheets/sheet" + id + ".xml",
		seps: []string{`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + cells + `</worksheet>`}})
	*rels = strings.Replace(*rels, "</Relationships>", `<Relationship Id="added`+id+`" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet`+id+`.xml"/></Relationships>`, 1)
	state := ""
	if hidden {
		state = ` state="hidden"`
	}
	element := fmt.Sprintf(`<sheet name=%q sheetId="%s"%s r:id="added%s"/>`, html.EscapeString(name), id, state, id)
	if first {
		*wb = strings.Replace(*wb, "<sheets>", "<sheets>"+element, 1)
	} else {
		*wb = strings.Replace(*wb, "</sheets>", element+"</sheets>", 1)
	}
	return true
}

// addODS is addSheet for an OpenDocument workbook.
func (b book) addODS(name string, first, hidden bool, text, body string) {
	at := b.contentAt()
	p := &b.grid.parts[at]
	if text != "" {
		body = `<table:table table:name="x"><table:table-row><table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell></table:table-row></table:table>`
	}
	body = regexp.MustCompile(`table:name="[^"]*"`).ReplaceAllLiteralString(body, `table:name="`+name+`"`)
	x := book{mangler{grid: b.grid, GridTable: &GridTable{Name: name, seps: []string{body}}}}
	if first {
		p.tables, p.seps = slices.Insert(p.tables, 0, x.GridTable), slices.Insert(p.seps, 1, "")
	} else {
		n := len(p.seps) - 1
		p.tables, p.seps = append(p.tables, x.GridTable), slices.Insert(p.seps, n, "")
	}
	if hidden {
		x.hideSheet()
	}
}

// otherFigures adds seven to each count.
func (b book) otherFigures() book {
	x := *b.GridTable
	x.Rows = slices.Clone(x.Rows)
	columns := b.countColumns()
	for i := b.header + 1; i < len(x.Rows); i++ {
		x.Rows[i] = slices.Clone(x.Rows[i])
		for _, c := range columns {
			if c < len(x.Rows[i]) {
				if v, ok := b.count(x.Rows[i][c]); ok {
					x.Rows[i][c] = b.grid.number(x.Rows[i][c], b.grid.Text(x.Rows[i][c]), v+7)
				}
			}
		}
	}
	return book{mangler{b.Rand, b.grid, &x, b.header}}
}

// merge notes merged cells of an XLSX, by their first and last place, from 0.
func (b book) merge(fromColumn, fromRow, toColumn, toRow int) {
	if b.isODS() {
		return
	}
	_, after := b.around()
	ref := fmt.Sprintf(`<mergeCell ref="%s%d:%s%d"/>`, decode.ColumnLetter(fromColumn), fromRow+1, decode.ColumnLetter(toColumn), toRow+1)
	if strings.HasPrefix(*after, "<mergeCells>") {
		*after = "<mergeCells>" + ref + strings.TrimPrefix(*after, "<mergeCells>")
		return
	}
	*after = "<mergeCells>" + ref + "</mergeCells>" + *after
}
