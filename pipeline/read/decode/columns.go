package decode

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Column is a column that a source reads.
type Column struct {
	Name     string   // the publisher's header
	Also     []string // other headers that mean the same
	Measure  bool     // its cells are counts
	Optional bool     // a table may lack it
	Rare     bool     // an optional column that most tables lack, so that Lacks does not name it
	Remarks  bool     // its cells are words about the row, so a second such column takes nothing from the figures
}

// Columns declares the columns that a source reads from one kind of table. Headers are compared by
// their Words, and "Number of boats" or "Boats (number)" is "Boats". The order of columns does not matter.
//
// It is strict where a figure could be taken for another. These are errors that wrap ErrHeader:
//
//   - a wanted column is missing, unless it is Optional;
//   - two headers are the same wanted column, or one header could be two of them. Of columns of
//     Remarks by several names, the one by its own Name is read, else the first;
//   - an optional column that is not Rare is missing, and a column with content has no header;
//   - a further column looks like a measure: its header has words of a wanted measure, or its cells
//     are counts, and it is no number of a year, week or row.
//
// A header may begin in the row above, in a cell merged with the one below.
//
// Figures above the header are an error that wraps ErrShape. Other further columns are ignored and
// listed by Table.Extra, for a finding.
//
// A further column may split each row of a table into several. A source must therefore refuse two
// rows for the same period and codes, or add them up on purpose.
type Columns struct {
	Want []Column
	// Above is how many rows with content, such as titles, may be above the header.
	Above int
	// OwnEnd means that the reader itself knows the rows below the table. Otherwise notes there are
	// skipped: rows with one text, of the kind that publishers put below tables. Figures after them
	// are an error.
	OwnEnd bool
}

// Titles is the usual Above: a title, a unit, a date, links and a note or two.
const Titles = 10

// Named returns Columns with a required column of each name, in the first row of the table.
func Named(names ...string) Columns {
	var c Columns
	for _, n := range names {
		c.Want = append(c.Want, Column{Name: n})
	}
	return c
}

// Extra is a column that the source does not read.
type Extra struct {
	Index  int    // from 0
	Header string // as written; "" if it has none
}

// Table reads one table by its Columns. Give it each row in turn with Row or Texts, then call End.
//
//	columns := decode.Columns{Above: decode.Titles, Want: []decode.Column{
//		{Name: "Date"}, {Name: "Migrants arrived", Measure: true}, {Name: "Notes", Optional: true}}}
//	t := columns.Table(decode.Error{File: name, Sheet: sheet, Hint: hint})
//	for row := range rows { // of a sheet; for a page, t.Texts(row.Line, row.Cells)
//		if data, err := t.Row(row); err != nil {
//			return err
//		} else if data {
//			figure, err := row.Figure(t.At(1))
//		}
//	}
//	err := t.End()
//	findings := source.ExtraColumns(t)
//
// CSV.Table does all this for a CSV.
type Table struct {
	columns Columns
	where   Error             // what every error about the table says of its place
	accepts map[string][]int  // indexes of the wanted columns that a header may be, by its words
	at      []int             // index in the table of each wanted column, -1 for none; nil before the header
	header  []string          // as written
	skipped []skippedRow      // the rows above the header
	nearest error             // what is wrong with the row that is most like a header
	matched int               // wanted columns in that row
	extra   map[int]*extraCol // by index in the table
	rows    int               // below the header, with figures
	note    int               // line of the last note below them, or 0
	unseen  Unseen
}

// skippedRow is a row above the header.
type skippedRow struct {
	line  int
	texts []string
}

// extraCol is what the cells of an extra column have been so far.
type extraCol struct{ counts, prose int }

// Table begins a table. where says in what file and sheet it is, and has the hint for its errors.
func (c Columns) Table(where Error) *Table {
	t := &Table{columns: c, where: where, accepts: map[string][]int{}, extra: map[int]*extraCol{}}
	for i, want := range c.Want {
		for _, name := range append([]string{want.Name}, want.Also...) {
			if w := quantity(name); !slices.Contains(t.accepts[w], i) {
				t.accepts[w] = append(t.accepts[w], i)
			}
		}
	}
	return t
}

// quantity returns the words of a header without those that only say that it is a number.
func quantity(header string) string { return isNumber.ReplaceAllString(Words(header), "") }

// isNumber matches the words of a header that add nothing to a measure.
var isNumber = regexp.MustCompile(`^(?:total )?(?:number|no\.?|count) of |,? \((?:number|no\.?|count|persons|people)\)$|, (?:number|count)$`)

// Row takes the next row of a sheet. It reports whether the row is below the header and may have
// figures. Empty rows, the rows above the header, the header and its repetitions are not.
func (t *Table) Row(r Row) (data bool, err error) {
	data, err = t.take(r.Line, len(r.Cells), func(i int) string { return r.Cells[i].shown() })
	if data {
		t.unseen.See(r, t.at)
	}
	return data, err
}

// Texts is Row for a row of texts.
func (t *Table) Texts(line int, texts []string) (data bool, err error) {
	return t.take(line, len(texts), func(i int) string { return texts[i] })
}

// At returns the index in the table of wanted column i, or -1 if the table lacks it.
func (t *Table) At(i int) int { return t.at[i] }

// Want returns the wanted columns.
func (t *Table) Want() []Column { return t.columns.Want }

// Width returns how many columns the header has.
func (t *Table) Width() int { return len(t.header) }

// Matched returns how many wanted columns the row most like a header has, until it is found.
func (t *Table) Matched() int { return t.matched }

// Found reports whether the header has been found.
func (t *Table) Found() bool { return t.at != nil }

// Header returns the header of column i of the table as written, or its letter if it has none.
func (t *Table) Header(i int) string {
	if i >= 0 && i < len(t.header) && Fold(t.header[i]) != "" {
		return Fold(t.header[i])
	}
	return ColumnLetter(i)
}

// Extra returns the columns that are not read, in the order of the table. A column without header
// is among them only if it has cells with content.
func (t *Table) Extra() []Extra {
	var out []Extra
	for i := range t.extra {
		x := Extra{Index: i}
		if i < len(t.header) {
			x.Header = Fold(t.header[i])
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Extra) int { return a.Index - b.Index })
	return out
}

// Lacks returns the names of the optional columns that the table does not have, except rare ones.
func (t *Table) Lacks() []string {
	var out []string
	for i, at := range t.at {
		if at < 0 && !t.columns.Want[i].Rare {
			out = append(out, t.columns.Want[i].Name)
		}
	}
	return out
}

// End is called after the last row. The error is an *Error: no row was the header, or an extra
// column looks like a measure.
func (t *Table) End() error {
	switch {
	case t.at == nil && t.nearest != nil:
		return t.nearest
	case t.at == nil:
		return t.Fail(0, "", fmt.Errorf("there is no header with a column %q: %w", t.columns.Want[0].Name, ErrHeader))
	}
	lacks := t.Lacks()
	for _, x := range t.Extra() {
		if why := t.measure(x); why != "" {
			return t.Fail(0, ColumnLetter(x.Index), fmt.Errorf("the extra column %s looks like a measure: %s: %w", Quote(x.Header), why, ErrHeader))
		}
		if x.Header == "" && len(lacks) > 0 {
			return t.Fail(0, ColumnLetter(x.Index), fmt.Errorf("the column has no header and may be %q, which is missing: %w", lacks[0], ErrHeader))
		}
	}
	return nil
}

// take takes a row of n cells.
func (t *Table) take(line, n int, text func(i int) string) (data bool, err error) {
	empty := true
	for i := 0; i < n && empty; i++ {
		empty = Fold(text(i)) == ""
	}
	switch {
	case empty:
		return false, nil
	case t.at == nil:
		texts := make([]string, n)
		for i := range texts {
			texts[i] = text(i)
		}
		return false, t.seek(line, texts)
	case t.repeats(n, text):
		return false, nil
	case t.rows > 0 && !t.columns.OwnEnd && isFooter(n, 1, text):
		t.note = max(t.note, line)
		return false, nil
	case t.note > 0:
		return false, t.Fail(line, "", fmt.Errorf("the row follows the note in row %d, as if it were below the table: %w", t.note, ErrShape))
	}
	t.rows++
	t.watch(n, text)
	return true, nil
}

// repeats reports whether a row repeats the header, as at the top of a printed page.
func (t *Table) repeats(n int, text func(i int) string) bool {
	for i := range max(n, len(t.header)) {
		var a, b string
		if i < len(t.header) {
			a = t.header[i]
		}
		if i < n {
			b = text(i)
		}
		if !strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
			return false
		}
	}
	return true
}

// watch notes what the cells of the extra columns are.
func (t *Table) watch(n int, text func(i int) string) {
	for i := range n {
		if slices.Contains(t.at, i) {
			continue
		}
		s := text(i)
		if Fold(s) == "" {
			continue
		}
		x := t.extra[i]
		if x == nil { // no header
			x = &extraCol{}
			t.extra[i] = x
		}
		if f, err := FigureText(s); err != nil {
			x.prose++
		} else if f.Absent == Stated {
			x.counts++
		}
	}
}

// Fail returns an error about a row and column of the table.
func (t *Table) Fail(line int, column string, err error) error {
	e := t.where
	e.Line, e.Column, e.Err = line, column, err
	return &e
}
