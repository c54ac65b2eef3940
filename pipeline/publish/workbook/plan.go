package workbook

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"crossings/pipeline/stat"
)

// The limits of spreadsheet programs.
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
	maxHead    = 255
)

// Names of the first sheets.
const (
	coverName    = "Cover"
	contentsName = "Contents"
	notesName    = "Notes"
)

// page is a planned sheet: lines, and optionally a table below them.
type page struct {
	name   string
	lines  []line
	table  *table
	widths []int  // of the columns, in characters
	wrap   bool   // wrap lines to the first column
	key    []byte // of its sheet
}

// style is the look of a line or cell that is not a number or a date.
type style uint8

const (
	styleText style = iota
	styleTitle
	styleHeading
	styleLink
	styleHead    // head of a column of a table
	styleFigHead // head of a column with figures
	styleMark    // shorthand instead of words
	styleFigMark // shorthand instead of a figure
)

// line is one cell in the first column.
type line struct {
	text  string
	style style
	link  string // an address
	sheet string // or a sheet
}

// table is the table of a page.
type table struct {
	name    string
	columns []Column
	rows    iter.Seq[[]Cell]
	n       int
	figures []bool // columns with a number or date
}

// head returns the style of the head of column c. mark returns the style of shorthand in it.
func (t *table) head(c int) style {
	if t.figures[c] {
		return styleFigHead
	}
	return styleHead
}

func (t *table) mark(c int) style {
	if t.figures[c] {
		return styleFigMark
	}
	return styleMark
}

// first returns the line number of the header of the table.
func (p *page) first() int { return len(p.lines) + 1 }

// plan is everything to write.
type plan struct {
	book  Book
	pages []*page
}

// plan reads every row and lays out the book.
func (b Book) plan() (*plan, error) {
	if len(b.Sheets) == 0 {
		return nil, fmt.Errorf("workbook %q has no sheets", b.Title)
	}
	b.Title, b.Creator = oneLine(b.Title), oneLine(b.Creator)
	sheets, tables := newNames(), newNames()
	for _, name := range []string{coverName, contentsName, notesName} {
		sheets.sheet(name)
	}
	contents, notes := tables.table(contentsName), tables.table(notesName)
	used := map[stat.Mark]bool{}
	var pages []*page
	for _, s := range b.Sheets {
		p, err := b.page(s, sheets.sheet(s.Name), used)
		if err != nil {
			return nil, err
		}
		p.table.name = tables.table(p.name)
		pages = append(pages, p)
	}
	front := []*page{b.cover(), b.notes(notes, used)}
	list, err := b.contents(contents, front[1], pages)
	if err != nil {
		return nil, err
	}
	return &plan{b, append([]*page{front[0], list, front[1]}, pages...)}, nil
}

// page lays out a sheet and collects the marks that it uses.
func (b Book) page(s Sheet, name string, used map[stat.Mark]bool) (*page, error) {
	t := &table{columns: slices.Clone(s.Columns), rows: s.Rows}
	heads := map[string]bool{}
	for i := range t.columns {
		c := &t.columns[i]
		c.Head = oneLine(c.Head)
		if key := strings.ToLower(c.Head); key == "" || heads[key] || unitsOf(c.Head) > maxHead {
			return nil, fmt.Errorf("sheet %q: %q cannot head column %d: a head must be unique and have 1 to %d characters", name, c.Head, i+1, maxHead)
		}
		heads[strings.ToLower(c.Head)] = true
	}
	if len(t.columns) == 0 || len(t.columns) > maxColumns {
		return nil, fmt.Errorf("sheet %q: %w: %d columns; 1 to %d are possible", name, ErrSize, len(t.columns), maxColumns)
	}
	p := &page{name: name, table: t, key: s.Key, lines: []line{{text: cmp.Or(oneLine(s.Title), name), style: styleTitle}, {}}}
	if s.Description != "" {
		p.lines = append(p.lines, line{text: oneLine(s.Description)})
	}
	if s.Source != "" {
		p.lines = append(p.lines, line{text: "Source: " + oneLine(s.Source)})
	}
	p.lines = append(p.lines, line{text: "Back to the contents", style: styleLink, sheet: contentsName})
	if err := b.measure(p, used); err != nil {
		return nil, err
	}
	for _, l := range p.lines {
		marksIn(l.text, used)
	}
	p.lines[1].text = fmt.Sprintf("This worksheet contains one table, of %s rows and %d columns below its header row. Shorthand in square brackets is explained on the sheet %s.",
		thousands(fmt.Sprint(t.n)), len(t.columns), notesName)
	return p, nil
}

// measure counts the rows of the page's table and computes the width of its columns.
func (p *page) measure(used map[stat.Mark]bool) error {
	t := p.table
	longest := make([]int, len(t.columns))
	t.figures = make([]bool, len(t.columns))
	for i, row := range t.all() {
		if t.n = i + 1; t.n > maxRows-p.first() {
			return fmt.Errorf("sheet %q: %w: more than %d rows; split the table", p.name, ErrSize, maxRows-p.first())
		}
		if len(row) != len(t.columns) {
			return fmt.Errorf("sheet %q: row %d has %d cells for %d columns", p.name, t.n, len(row), len(t.columns))
		}
		for c, cell := range row {
			if _, ok := cell.normal(); !ok {
				return fmt.Errorf("sheet %q: row %d: %s is %v, which is not a number", p.name, t.n, t.columns[c].Head, cell.n)
			}
			text := cell.show(t.columns[c])
			longest[c] = max(longest[c], utf8.RuneCountInString(text))
			if cell.kind == words || cell.kind == absent {
				marksIn(text, used)
			} else {
				t.figures[c] = true
			}
		}
	}
	if t.n == 0 {
		return fmt.Errorf("sheet %q has no rows", p.name)
	}
	for c, n := range longest {
		p.widths = append(p.widths, width(n, t.columns[c].Head))
	}
	return nil
}

// all yields the rows of a table, numbered from 0, with cells in a form that both formats can hold.
func (t *table) all() iter.Seq2[int, []Cell] {
	return func(yield func(int, []Cell) bool) {
		i := 0
		var out []Cell
		for row := range t.rows {
			out = out[:0]
			for _, c := range row {
				if n, ok := c.normal(); ok {
					c = n
				}
				out = append(out, c)
			}
			if !yield(i, out) {
				return
			}
			i++
		}
	}
}

// The narrowest and widest column, in characters. Longer texts are wrapped.
const (
	minWidth = 9
	maxWidth = 66
)

// width returns the width of a column that fits its longest text and its head. The head is wrapped
// into about two lines, but not within a word.
func width(longest int, head string) int {
	for _, word := range strings.Fields(head) {
		longest = max(longest, utf8.RuneCountInString(word)+1)
	}
	return min(max(longest, utf8.RuneCountInString(head)/2+1, minWidth), maxWidth)
}

// marksIn collects the marks in a text.
func marksIn(text string, used map[stat.Mark]bool) {
	if !strings.Contains(text, "[") {
		return
	}
	for _, m := range stat.Marks {
		if strings.Contains(text, string(m)) {
			used[m] = true
		}
	}
}
