package altered

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// mangler changes one table at random.
type mangler struct {
	*rand.Rand
	grid *Grid
	*GridTable
	header int // index of the header
}

// mangle is one kind of change. do returns what it changed, or "" if the table does not allow it.
type mangle struct {
	name string
	// rows says that the change is to rows that a release may have or lack: without a stated total,
	// it cannot be told from a revision.
	rows bool
	do   func(m mangler) string
	// figures says that the change may be to two figures only, which a revision may make too.
	figures bool
}

// mangles are the kinds of change: to headers, to columns, to rows.
var mangles = []mangle{
	{name: "typography", do: typography},
	{name: "rename a header", do: rename},
	{name: "give a header the words of another", do: renameToOther},
	{name: "swap headers", do: swapHeaders},
	{name: "drop a header", do: dropHeader},
	{name: "drop a column", do: dropColumn},
	{name: "swap columns", do: swapColumns},
	{name: "swap columns from a row on", rows: true, do: swapColumnsBelow},
	{name: "duplicate a column", do: duplicateColumn},
	{name: "insert a column of text", do: insertText},
	{name: "insert a column of counts", do: insertCounts},
	{name: "shift all columns", do: shiftTable},
	{name: "shift cells sideways below the header", do: shiftSideways},
	{name: "shift a column down or up", rows: true, do: shiftColumn},
	{name: "insert titles", do: insertTitles},
	{name: "insert an empty row", do: insertEmpty},
	{name: "insert a footnote", do: insertNote},
	{name: "repeat the header", do: repeatHeader},
	{name: "move the header down", do: moveHeader},
	{name: "remove the header", do: removeHeader},
	{name: "drop rows", rows: true, do: dropRows},
	{name: "drop the last rows", rows: true, do: dropLast},
	{name: "swap rows", rows: true, do: swapRows},
	{name: "duplicate rows", rows: true, do: duplicateRows},
	{name: "duplicate the last rows at the end", rows: true, do: duplicateLast},
	{name: "shift a row sideways", rows: true, do: shiftRow},
	{name: "rename a row", rows: true, do: renameRow},
	{name: "swap two cells of a row", figures: true, do: swapCells},
	{name: "reverse the rows", rows: true, do: reverse},
}

// seeded returns a source of random numbers that depends only on a name.
func seeded(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}

// mangled returns a file with one change of a kind, and what changed; "" if nothing could.
func mangled(t testing.TB, whole *Grid, kind mangle, r *rand.Rand) (f sourcetest.File, said string) {
	t.Helper()
	g := whole.clone()
	var tables []*GridTable
	for _, x := range g.Tables {
		if g.HeaderAt(x) >= 0 {
			tables = append(tables, x)
		}
	}
	if len(tables) == 0 {
		return f, ""
	}
	x := tables[r.IntN(len(tables))]
	m := mangler{r, g, x, g.HeaderAt(x)}
	x.pad(m.header, m.width())
	if said = kind.do(m); said == "" {
		return f, ""
	}
	return g.File(t), strings.TrimSpace(kind.name + " " + x.Name + ": " + said)
}

// pad gives the rows from one on, but not empty ones, at least so many cells.
func (x *GridTable) pad(from, width int) {
	for i := from; i < len(x.Rows); i++ {
		for len(x.Rows[i]) > 0 && len(x.Rows[i]) < width {
			x.Rows[i] = append(x.Rows[i], "")
		}
	}
}

func (m mangler) width() int { return len(m.Rows[m.header]) }

// column returns the index of a column with a header.
func (m mangler) column() int {
	for {
		if k := m.IntN(m.width()); m.grid.Text(m.Rows[m.header][k]) != "" {
			return k
		}
	}
}

// columns returns two columns with headers, or false.
func (m mangler) columns() (a, b int, ok bool) {
	if filled, _ := m.grid.filled(m.Rows[m.header]); filled < 2 {
		return 0, 0, false
	}
	a = m.column()
	for b = m.column(); b == a; b = m.column() {
	}
	return a, b, true
}

// row returns the index of a row below the header.
func (m mangler) row() int { return m.header + 1 + m.IntN(len(m.Rows)-m.header-1) }

// wide returns the rows from the header on, or from another row on, that have all columns.
func (m mangler) wide(from int) (out []int) {
	for i := from; i < len(m.Rows); i++ {
		if len(m.Rows[i]) >= m.width() {
			out = append(out, i)
		}
	}
	return out
}

func (m mangler) head(k int) string { return m.grid.Text(m.Rows[m.header][k]) }

func (m mangler) setHead(k int, text string) {
	m.Rows[m.header][k] = m.grid.Cell(text, m.Rows[m.header][k])
}

func (m mangler) insertColumn(at int, cell func(row int) string) {
	for _, i := range m.wide(m.header) {
		m.Rows[i] = slices.Insert(m.Rows[i], at, cell(i))
	}
}

// insertNamed inserts a column with a header and a text in each row below it.
func (m mangler) insertNamed(at int, header string, text func(row int) string) {
	m.insertColumn(at, func(i int) string {
		if i == m.header {
			return m.grid.Cell(header, m.Rows[i][0])
		}
		return m.grid.Cell(text(i), "")
	})
}

// insertText inserts a row with a text in its first cell.
func (m mangler) insertText(at int, text string) {
	cells := make([]string, m.width())
	cells[0] = text
	m.insertRow(at, cells...)
}

func (m mangler) insertRow(at int, cells ...string) {
	for i := range cells {
		cells[i] = m.grid.Cell(cells[i], "")
	}
	m.Rows = slices.Insert(m.Rows, at, cells)
}

func typography(m mangler) string {
	k := m.column()
	old := m.head(k)
	forms := []string{strings.ToUpper(old), " " + strings.ReplaceAll(old, " ", "\u00a0"), old + " [note 1]", old + "\u00b9", old + " (2)", strings.ReplaceAll(old, " ", " \u2009"), old + " *"}
	m.setHead(k, forms[m.IntN(len(forms))])
	return fmt.Sprintf("%q is %q", old, m.head(k))
}

func rename(m mangler) string {
	k := m.column()
	old := m.head(k)
	forms := []string{"Other", "Total", old + " (adults)", "Number of " + old + " of women", old + "2", "Provisional", strings.ToUpper(old[:1]), ""}
	m.setHead(k, forms[m.IntN(len(forms))])
	return fmt.Sprintf("%q is %q", old, m.head(k))
}

func renameToOther(m mangler) string {
	a, b, ok := m.columns()
	if !ok {
		return ""
	}
	old := m.head(a)
	m.setHead(a, m.head(b))
	return fmt.Sprintf("%q is %q", old, m.head(b))
}

func swapHeaders(m mangler) string {
	a, b, ok := m.columns()
	if !ok {
		return ""
	}
	said := fmt.Sprintf("%q and %q", m.head(a), m.head(b))
	h := m.Rows[m.header]
	h[a], h[b] = h[b], h[a]
	return said
}

func dropHeader(m mangler) string {
	k := m.column()
	said := fmt.Sprintf("%q", m.head(k))
	if m.IntN(2) == 0 {
		m.Rows[m.header][k] = ""
		return said
	}
	m.Rows[m.header] = append(slices.Delete(m.Rows[m.header], k, k+1), "")
	return said + ", the others move left"
}

func dropColumn(m mangler) string {
	k := m.column()
	said := fmt.Sprintf("%q", m.head(k))
	for _, i := range m.wide(m.header) {
		m.Rows[i] = slices.Delete(m.Rows[i], k, k+1)
	}
	return said
}

func swapColumns(m mangler) string { return m.swapFrom(m.header) }

func swapColumnsBelow(m mangler) string { return m.swapFrom(m.row()) }

func (m mangler) swapFrom(from int) string {
	a, b, ok := m.columns()
	if !ok {
		return ""
	}
	said := fmt.Sprintf("%q and %q from row %d on", m.head(a), m.head(b), from)
	for _, i := range m.wide(from) {
		m.Rows[i][a], m.Rows[i][b] = m.Rows[i][b], m.Rows[i][a]
	}
	return said
}

func duplicateColumn(m mangler) string {
	from, to := m.column(), m.IntN(m.width()+1)
	old := m.head(from)
	header := []string{old, old + " 2", "", "Other", old + " [note 1]"}[m.IntN(5)]
	m.insertColumn(to, func(i int) string {
		if i == m.header {
			return m.grid.Cell(header, m.Rows[i][from])
		}
		return m.Rows[i][from]
	})
	return fmt.Sprintf("%q as %q at %d", old, header, to)
}

func insertText(m mangler) string {
	to := m.IntN(m.width() + 1)
	header := []string{"Port", "Comment", "", "Status", "Week number"}[m.IntN(5)]
	m.insertNamed(to, header, func(i int) string { return []string{"Dover", "as stated", "open"}[i%3] })
	return fmt.Sprintf("%q at %d", header, to)
}

func insertCounts(m mangler) string {
	to := m.IntN(m.width() + 1)
	header := []string{"Children", "Total", "", "Of whom women", m.head(m.column()) + " (adults)"}[m.IntN(5)]
	m.insertNamed(to, header, func(i int) string { return fmt.Sprint(i * 7 % 41) })
	return fmt.Sprintf("%q at %d", header, to)
}
