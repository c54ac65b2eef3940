package workbook

import (
	"errors"
	"iter"
	"math"
	"time"

	"crossings/pipeline/stat"
)

// ErrSize means that a sheet has more rows or columns than spreadsheet programs
// hold. Nothing is ever cut to fit.
var ErrSize = errors.New("more than a spreadsheet holds")

// Book is a spreadsheet. A cover, the contents and the notes come before its
// sheets.
type Book struct {
	Title    string
	Subtitle string
	Creator  string    // in the properties of the file, as title and language are
	Dated    stat.Date // when the figures were released, as the time stamp in the properties; zero for none
	About    []Line    // for the cover: data version, sources, licence, how to cite
	Notes    []string  // numbered from 1; the meaning of shorthand is added
	Sheets   []Sheet   // at least one
}

// Line is a piece of the cover. Lines of the same name that follow each other share
// one heading.
type Line struct {
	Name string
	Text string
	Link string // http or https; any other is left out
}

// Sheet is a table on a sheet of its own.
type Sheet struct {
	Name        string // of the tab; made to fit where a program would refuse it, and unique
	Title       string
	Description string // a sentence, or ""
	Source      string // whose figures they are, or ""
	Columns     []Column

	// Rows yields the rows, each as long as Columns. It is called twice and must
	// yield the same both times; a row may be used again for the next.
	Rows iter.Seq[[]Cell]
}

// Column says how a column is headed and how its numbers are shown. They stand in
// the file unrounded.
type Column struct {
	Head   string // unique in the sheet
	Places int    // decimals shown, 0 to 9
	Signed bool   // whether a rise is shown with its sign
	Plain  bool   // whether numbers are names, such as years, and have no separators
}

// kind is what a cell holds.
type kind uint8

const (
	words kind = iota
	number
	day
	instant
	absent
)

// Cell is what stands in one place of a table. The zero Cell says that nothing
// applies there.
type Cell struct {
	text string // of words, and the mark of what is absent
	link string // name of a sheet, as planned
	n    float64
	kind kind
}

// Text returns a cell with words. Characters that XML cannot hold are replaced, and
// a text longer than a spreadsheet program keeps is cut and says so; see Clean. A
// text with nothing to read does not apply.
func Text(s string) Cell { return Cell{text: s} }

// Number returns a cell with a number, which must be finite.
func Number(f float64) Cell { return Cell{n: f, kind: number} }

// Day returns a cell with a date; none is not available.
func Day(d stat.Date) Cell {
	if d.IsZero() {
		return Absent(stat.MarkNotAvailable)
	}
	return Cell{n: float64(d.UnixDays()), kind: day}
}

// Instant returns a cell with a point in time, shown to the minute in UTC and kept
// to the second; none is not available.
func Instant(t time.Time) Cell {
	if t.IsZero() {
		return Absent(stat.MarkNotAvailable)
	}
	return Cell{n: float64(t.Unix()) / secondsPerDay, kind: instant}
}

// Absent returns a cell that says why it has no value.
func Absent(m stat.Mark) Cell { return Cell{text: string(m), kind: absent} }

const secondsPerDay = 24 * 60 * 60

// From firstDay on all programs count days alike: some believe in 29 February 1900.
// After lastDay some have no days. Any other date is written as words.
var (
	firstDay = float64(stat.NewDate(1900, time.March, 1).UnixDays())
	lastDay  = float64(stat.NewDate(9999, time.December, 31).UnixDays())
)

// normal returns the cell as both formats can hold it, and whether they can.
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
