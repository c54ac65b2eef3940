package workbook

import (
	"errors"
	"iter"
	"math"
	"time"

	"crossings/pipeline/stat"
)

// ErrSize means that a sheet has more rows or columns than spreadsheet programs hold. Nothing is
// cut to fit.
var ErrSize = errors.New("more than a spreadsheet holds")

// Book is a workbook. A cover, the contents and the notes come before its sheets.
type Book struct {
	Title    string
	Subtitle string
	Creator  string    // a property of the file, like title and language
	Dated    stat.Date // release date of the figures, a property of the file; zero for none
	About    []Line    // for the cover: data version, sources, licence, how to cite
	Notes    []string  // numbered from 1; the plan adds the meaning of shorthand
	Sheets   []Sheet   // at least one
	Keep     Keep      // of sheets with a key; nil keeps nothing
}

// Line is a line of the cover. Consecutive lines of the same name share one heading.
type Line struct {
	Name string
	Text string
	Link string // http or https; others are left out
}

// Sheet is a sheet with one table.
type Sheet struct {
	Name        string // of the tab; changed if a program would refuse it or it is taken
	Title       string
	Description string // a sentence, or ""
	Source      string // publisher of the figures, or ""
	Columns     []Column

	// Rows yields the rows, each as long as Columns. It is called twice and must yield the same
	// rows both times. The slice may be reused for the next row.
	Rows iter.Seq[[]Cell]

	// Key is a hash of everything that the rows are made from, or nil. A sheet with a key is read only
	// if Book.Keep has nothing of it.
	Key []byte
}

// Column says how a column is headed and how its numbers are shown. The file has them unrounded.
type Column struct {
	Head   string // unique in the sheet
	Places int    // decimals shown, 0 to 9
	Signed bool   // show a plus sign
	Plain  bool   // no thousands separators, as for years
}

// kind is the kind of value in a cell.
type kind uint8

const (
	words kind = iota
	number
	day
	instant
	absent
)

// Cell is one value of a table. The zero Cell means "not applicable".
type Cell struct {
	text string // the words, or the mark of a missing value
	link string // name of the sheet it links to, from the plan
	n    float64
	kind kind
}

// Text returns a cell with words. Characters that XML cannot hold are replaced, and a text longer
// than a spreadsheet program keeps is cut and says so; see Clean. A blank text becomes "not
// applicable".
func Text(s string) Cell { return Cell{text: s} }

// Number returns a cell with a number, which must be finite.
func Number(f float64) Cell { return Cell{n: f, kind: number} }

// Day returns a cell with a date. The zero date becomes "not available".
func Day(d stat.Date) Cell {
	if d.IsZero() {
		return Absent(stat.MarkNotAvailable)
	}
	return Cell{n: float64(d.UnixDays()), kind: day}
}

// Instant returns a cell with a point in time, shown to the minute in UTC and stored to the second.
// The zero time becomes "not available".
func Instant(t time.Time) Cell {
	if t.IsZero() {
		return Absent(stat.MarkNotAvailable)
	}
	return Cell{n: float64(t.Unix()) / secondsPerDay, kind: instant}
}

// Absent returns a cell that says why it has no value.
func Absent(m stat.Mark) Cell { return Cell{text: string(m), kind: absent} }

const secondsPerDay = 24 * 60 * 60

// From firstDay on all programs count days alike; before it, some believe in 29 February 1900.
// After lastDay some have no dates. Other dates are written as words.
var (
	firstDay = float64(stat.NewDate(1900, time.March, 1).UnixDays())
	lastDay  = float64(stat.NewDate(9999, time.December, 31).UnixDays())
)

// normal returns the cell in a form that both formats can hold, and whether there is one.
func (c Cell) normal() (Cell, bool) {
	switch c.kind {
	case words:
		c.text = Clean(c.text)
		if blank(c.text) {
			return Absent(stat.MarkNotApplicable), true
		}
	case number:
		return c, !math.IsNaN(c.n) && !math.IsInf(c.n, 0)
	case day, instant:
		if c.n < firstDay || c.n > lastDay {
			return Text(c.show(Column{})), true
		}
	}
	return c, true
}
