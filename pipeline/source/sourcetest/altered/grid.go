package altered

import (
	"archive/zip"
	"bytes"
	encoding "encoding/csv"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

// Grid is a file as tables of cells. Tests change its rows and columns, and write it again.
type Grid struct {
	Tables []*GridTable

	name   string
	form   gridForm
	parts  []gridPart // of an archive; one part of any other file
	shared []string   // texts that the sheets of an XLSX share
}

// GridTable is a table, or sheet, of a file.
type GridTable struct {
	Name string
	Rows [][]string // cells as they are in the file; "" for none

	opens []string // what is before the cells of each row, by position
	seps  []string // what is before each row, by position, and after the last
}

// gridPart is a part of a file: its tables and what is before each of them, and after the last.
type gridPart struct {
	name   string
	tables []*GridTable
	seps   []string
}

// gridForm says how a format writes rows and cells. A CSV has none.
type gridForm struct {
	part, table, row, cell *regexp.Regexp
	open, end              string // of a row that is added
}

var gridForms = map[string]gridForm{
	"ods": {regexp.MustCompile(`^content\.xml$`), regexp.MustCompile(`(?s)<table:table table:name="([^"]*)".*?</table:table>`),
		regexp.MustCompile(`(?s)(<table:table-row[^>]*?)(?:/>|>(.*?)</table:table-row>)`),
		regexp.MustCompile(`(?s)<table:(?:covered-)?table-cell(?:[^>]*?/>|[^>]*>.*?</table:(?:covered-)?table-cell>)`), "<table:table-row>", "</table:table-row>"},
	"xlsx": {regexp.MustCompile(`^xl/worksheets/sheet\d+\.xml$`), regexp.MustCompile(`(?s)<sheetData>()(.*?)</sheetData>`),
		regexp.MustCompile(`(?s)(<row[^>]*?)(?:/>|>(.*?)</row>)`), regexp.MustCompile(`(?s)<c(?: [^>]*?)?(?:/>|>.*?</c>)`), "<row>", "</row>"},
	"html": {regexp.MustCompile(`^$`), regexp.MustCompile(`(?s)<table()[ >].*?</table>`), regexp.MustCompile(`(?s)(<tr[^>]*?)>(.*?)</tr>`),
		regexp.MustCompile(`(?s)<t[hd](?: [^>]*)?>.*?</t[hd]>`), "<tr>", "</tr>"},
}

// OpenGrid reads a file in any of the formats of sources.
func OpenGrid(t testing.TB, f sourcetest.File) *Grid {
	t.Helper()
	g := &Grid{name: f.Name}
	text := string(f.Data)
	switch {
	case strings.HasPrefix(text, "PK"):
		g.archive(t, f.Data)
	case strings.HasPrefix(strings.TrimSpace(text), "<"):
		g.form = gridForms["html"]
		g.parts = []gridPart{g.split("", text)}
	default:
		g.parts = []gridPart{splitCSV(t, text)}
	}
	for _, p := range g.parts {
		g.Tables = append(g.Tables, p.tables...)
	}
	return g
}

// clone returns a copy whose rows may be changed.
func (g *Grid) clone() *Grid {
	x := *g
	x.Tables, x.parts = nil, slices.Clone(g.parts)
	for i, p := range x.parts {
		x.parts[i].tables = nil
		for _, tab := range p.tables {
			tab := *tab
			tab.Rows = slices.Clone(tab.Rows)
			for k, row := range tab.Rows {
				tab.Rows[k] = slices.Clone(row)
			}
			x.parts[i].tables, x.Tables = append(x.parts[i].tables, &tab), append(x.Tables, &tab)
		}
	}
	return &x
}

// archive reads the parts of a workbook.
func (g *Grid) archive(t testing.TB, data []byte) {
	g.form = gridForms["xlsx"]
	sourcetest.EachPart(t, data, func(z *zip.File, text string) {
		if z.Name == "content.xml" {
			g.form = gridForms["ods"]
		}
		if z.Name == "xl/sharedStrings.xml" {
			for _, si := range regexp.MustCompile(`(?s)<si>.*?</si>|<si/>`).FindAllString(text, -1) {
				g.shared = append(g.shared, plainText(si))
			}
		}
	})
	sourcetest.EachPart(t, data, func(z *zip.File, text string) {
		if g.form.part.MatchString(z.Name) {
			g.parts = append(g.parts, g.split(z.Name, text))
		} else {
			g.parts = append(g.parts, gridPart{name: z.Name, seps: []string{text}})
		}
	})
}

// split reads the tables of a part.
func (g *Grid) split(name, text string) gridPart {
	p := gridPart{name: name}
	at := 0
	for _, m := range g.form.table.FindAllStringSubmatchIndex(text, -1) {
		tab := &GridTable{Name: name}
		if m[3] > m[2] {
			tab.Name = html.UnescapeString(text[m[2]:m[3]])
		}
		p.seps, p.tables = append(p.seps, text[at:m[0]]), append(p.tables, tab)
		at = m[1]
		body, from := text[m[0]:m[1]], 0
		for _, r := range g.form.row.FindAllStringSubmatchIndex(body, -1) {
			open, n := repeat(body[r[2]:r[3]]+">", rowsRepeated)
			var cells []string
			if r[4] >= 0 {
				cells = g.cells(body[r[4]:r[5]])
			}
			for range min(n, maxRepeat) { // more are fillers to the end of the sheet
				tab.seps, tab.opens, tab.Rows = append(tab.seps, body[from:r[0]]), append(tab.opens, open), append(tab.Rows, slices.Clone(cells))
				from = r[0]
			}
			from = r[1]
		}
		tab.seps = append(tab.seps, body[from:])
	}
	p.seps = append(p.seps, text[at:])
	return p
}

// maxRepeat is how often a row or cell may be repeated. Fillers are repeated more often.
const maxRepeat = 50

// repeat returns a tag without its number of repetitions, and that number.
func repeat(tag string, number *regexp.Regexp) (string, int) {
	m := number.FindStringSubmatch(tag)
	if m == nil {
		return tag, 1
	}
	n, _ := strconv.Atoi(m[1])
	return strings.Replace(tag, m[0], "", 1), n
}

var (
	rowsRepeated  = regexp.MustCompile(` table:number-rows-repeated="(\d+)"`)
	cellsRepeated = regexp.MustCompile(` table:number-columns-repeated="(\d+)"`)
	reference     = regexp.MustCompile(` r="([A-Z]+)\d+"`)
)

// cells reads the cells of a row. Cells that a sheet repeats are repeated, fillers are left out.
func (g *Grid) cells(row string) []string {
	var out []string
	for _, c := range g.form.cell.FindAllString(row, -1) {
		if m := reference.FindStringSubmatch(c); m != nil && strings.HasPrefix(c, "<c ") {
			for decode.ColumnLetter(len(out)) != m[1] {
				out = append(out, "")
			}
			c = strings.Replace(c, m[0], "", 1)
		}
		c, n := repeat(c, cellsRepeated)
		if n > maxRepeat {
			continue
		}
		for range n {
			out = append(out, c)
		}
	}
	return out
}

// splitCSV reads a CSV. The comments above it stay.
func splitCSV(t testing.TB, text string) gridPart {
	t.Helper()
	rest, above := text, ""
	for strings.HasPrefix(strings.TrimPrefix(rest, "\ufeff"), "#") && !strings.HasPrefix(rest, "#event") {
		line, after, _ := strings.Cut(rest, "\n")
		above, rest = above+line+"\n", after
	}
	r := encoding.NewReader(strings.NewReader(rest))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return gridPart{tables: []*GridTable{{Rows: rows}}, seps: []string{above, ""}}
}

// File writes the file.
func (g *Grid) File(t testing.TB) sourcetest.File {
	t.Helper()
	var texts []string
	for _, p := range g.parts {
		var b strings.Builder
		for i, tab := range p.tables {
			b.WriteString(p.seps[i])
			g.write(&b, tab)
		}
		b.WriteString(p.seps[len(p.tables)])
		texts = append(texts, b.String())
	}
	if len(g.parts) == 1 && g.parts[0].name == "" {
		return sourcetest.File{Name: g.name, Data: []byte(texts[0])}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, p := range g.parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, texts[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return sourcetest.File{Name: g.name, Data: b.Bytes()}
}

// write writes a table.
func (g *Grid) write(b *strings.Builder, tab *GridTable) {
	if g.form.row == nil {
		w := encoding.NewWriter(b)
		w.WriteAll(tab.Rows)
		return
	}
	line, last := 0, max(len(tab.seps)-1, 0)
	for i, row := range tab.Rows {
		open := g.form.open
		if i < last {
			b.WriteString(tab.seps[i])
			open = tab.opens[i]
		}
		line = lineOf(open, line)
		if open = rowNumber.ReplaceAllString(open, ""); strings.HasPrefix(open, "<row") {
			open = fmt.Sprintf(`<row r="%d"`, line) + strings.TrimPrefix(open, "<row")
		}
		b.WriteString(open)
		for k, c := range row {
			b.WriteString(g.cell(c, k, line))
		}
		b.WriteString(g.form.end)
	}
	for i := min(len(tab.Rows), last); i <= last && i < len(tab.seps); i++ {
		b.WriteString(tab.seps[i])
	}
}

var (
	rowNumber = regexp.MustCompile(` (?:r|spans)="[\d:]+"`)
	rowLine   = regexp.MustCompile(`<row[^>]* r="(\d+)"`)
)

// lineOf returns the number of a row of an XLSX.
func lineOf(open string, before int) int {
	if m := rowLine.FindStringSubmatch(open); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return before + 1
}

// cell returns a cell as it is written in a column, counted from 0, and row.
func (g *Grid) cell(c string, column, line int) string {
	switch {
	case strings.HasPrefix(c, "<c"):
		return strings.Replace(c, "<c", fmt.Sprintf(`<c r="%s%d"`, decode.ColumnLetter(column), line), 1)
	case c != "" || g.form.open == "<row>":
		return c
	case g.form.open == "<tr>":
		return "<td></td>"
	}
	return "<table:table-cell/>"
}

var tag = regexp.MustCompile(`<[^>]*>`)

func plainText(markup string) string {
	return html.UnescapeString(strings.TrimSpace(tag.ReplaceAllString(markup, "")))
}

// Text returns the text of a cell.
func (g *Grid) Text(cell string) string {
	if g.form.row == nil {
		return cell
	}
	text := plainText(cell)
	if n, err := strconv.Atoi(text); err == nil && strings.Contains(cell, ` t="s"`) && n < len(g.shared) {
		return g.shared[n]
	}
	return text
}

// Cell returns a cell with a text, as like is one: a header is one, a cell of a CSV has quotation
// marks only where it needs them.
func (g *Grid) Cell(text, like string) string {
	escaped := html.EscapeString(text)
	switch g.form.open {
	case "<row>":
		return `<c t="inlineStr"><is><t xml:space="preserve">` + escaped + `</t></is></c>`
	case "<tr>":
		if strings.HasPrefix(like, "<th") {
			return "<th>" + escaped + "</th>"
		}
		return "<td>" + escaped + "</td>"
	case "<table:table-row>":
		return `<table:table-cell office:value-type="string"><text:p>` + escaped + `</text:p></table:table-cell>`
	}
	return text
}

// HeaderAt returns the index of a table's header: the first row with at least two filled cells and
// no figure, if the row below has some. It returns -1 for a table without figures.
func (g *Grid) HeaderAt(tab *GridTable) int {
	for i := 0; i+1 < len(tab.Rows) && i < 20; i++ {
		filled, figures := g.filled(tab.Rows[i])
		if _, below := g.filled(tab.Rows[i+1]); filled >= 2 && figures == 0 && below > 0 {
			return i
		}
	}
	return -1
}

// filled counts the cells of a row with a text, and those of them with a number.
func (g *Grid) filled(row []string) (filled, figures int) {
	for _, c := range row {
		text := g.Text(c)
		if text == "" {
			continue
		}
		filled++
		if _, err := decode.FigureText(text); err == nil {
			figures++
		}
	}
	return filled, figures
}

// Table returns the first table whose name begins with name and that has figures.
func (g *Grid) Table(t testing.TB, name string) *GridTable {
	t.Helper()
	i := slices.IndexFunc(g.Tables, func(x *GridTable) bool { return strings.HasPrefix(x.Name, name) && g.HeaderAt(x) >= 0 })
	if i < 0 {
		t.Fatalf("%s has no table %q with figures", g.name, name)
	}
	return g.Tables[i]
}
