// Package listing lays rows of published tables out as tables for people, in which no cell is empty.
package listing

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Table is a table of figures for people. No cell is empty.
type Table struct {
	Title   string // short: names the region that the table scrolls in
	Caption string
	Head    []string
	Classes []string // for the style sheet, one a head; nil if all columns after the first are plain figures
	Rows    []Row
	Notes   []string // long notes, which cells name by their number from 1
	Named   bool     // whether the names of the rows are long and may wrap
	Map     bool     // whether it is a map of changes, whose cells get their classes from their texts
	More    string   // how many rows are left out, or ""
	MoreIn  string   // name of the published table that has them
}

// Row is one row.
type Row struct {
	Name  string // its header cell
	Cells []string
	ID    string // anchor: the name of the row of the published table, or ""
	Href  string // where Name leads, relative to the site's folder, or ""
}

// The classes of columns that are not plain figures.
const (
	ClassMain = "main"      // the figure that the row is about
	ClassText = "text"      // words
	ClassNote = "text wide" // sentences
	ClassFile = "text file" // names without spaces, which may break anywhere
)

// Class returns the class of column i.
func (t Table) Class(i int) string {
	if t.Classes == nil {
		return ""
	}
	return t.Classes[i]
}

// CellClass returns the class of cell i of a row, not counting its header. On a map it depends only
// on the text, so the colour says nothing that the text does not.
func (t Table) CellClass(i int, text string) string {
	switch {
	case !t.Map:
		return t.Class(i + 1)
	case strings.HasPrefix(text, "+"), strings.HasPrefix(text, "now "):
		return "rise"
	case strings.HasPrefix(text, wording.Minus):
		return "fall"
	case text == wording.Withdrawn, text == wording.Unavailable:
		return "gone"
	}
	return ""
}

// Explained returns the shorthand that the table uses, with its meaning.
func (t Table) Explained() []string {
	var texts []string
	for _, row := range t.Rows {
		texts = append(texts, row.Cells...)
	}
	return Explained(append(append(texts, t.Caption), t.Notes...)...)
}

// Explained returns the shorthand that occurs in texts, with its meaning.
func Explained(texts ...string) []string {
	var out []string
	for _, m := range stat.Marks {
		if slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, string(m)) }) {
			out = append(out, string(m)+" "+m.Meaning())
		}
	}
	return out
}

// Linked returns the table with its row names as links. rows are the rows of the published table
// that it shows, and href returns where the name of one leads.
func Linked[R any](t Table, rows []*R, href func(r *R) string) Table {
	for n := range t.Rows {
		t.Rows[n].Href = href(rows[n])
	}
	return t
}

// Anchored returns the table with an anchor on each row, so that a sentence can lead to its figures.
// rows are the rows of the published table; the table may show only the first.
func Anchored[R row.Row](t Table, rows []*R) Table {
	for n := range t.Rows {
		t.Rows[n].ID = row.Ref(*rows[n])
	}
	return t
}

// MaxRows bounds a table on a page of several, so that the page stays small.
const MaxRows = 60

// Lay returns a table of the first limit of rows of a published table. Its download has the others.
// The first column heads the rows.
func Lay[R row.Row](title, caption string, rows []*R, limit int, columns ...Column[R]) Table {
	t := Table{Title: title, Caption: caption}
	for _, c := range columns {
		t.Head, t.Classes = append(t.Head, c.Head), append(t.Classes, c.Class)
	}
	if len(rows) > limit {
		var published R
		t.More, t.MoreIn = wording.Thousands(int64(len(rows)-limit)), published.Table()
		rows = rows[:limit]
	}
	for _, r := range rows {
		line := Row{Name: columns[0].Cell(r)}
		for _, c := range columns[1:] {
			text := c.Cell(r)
			if c.Class == ClassNote {
				text = t.note(text)
			}
			line.Cells = append(line.Cells, text)
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// LongNote is how many bytes a note in a cell may have.
const LongNote = 40

// note returns the text of a cell of notes. A long note goes below the table, once for all the rows
// that have it.
func (t *Table) note(text string) string {
	if len(text) <= LongNote {
		return text
	}
	i := slices.Index(t.Notes, text)
	if i < 0 {
		i = len(t.Notes)
		t.Notes = append(t.Notes, text)
	}
	return fmt.Sprintf("note %d", i+1)
}

// SayOnce moves the last column into the caption if all its cells are the same.
func (t Table) SayOnce() Table {
	last := len(t.Head) - 1
	if len(t.Rows) == 0 || last < 1 {
		return t
	}
	same := t.Rows[0].Cells[last-1]
	for _, row := range t.Rows {
		if row.Cells[last-1] != same {
			return t
		}
	}
	if len(t.Notes) > 0 {
		same, t.Notes = t.Notes[0], nil
	}
	if same != wording.Nothing {
		t.Caption += " Of every row: " + strings.TrimSuffix(same, ".") + "."
	}
	t.Head, t.Classes = t.Head[:last], t.Classes[:last]
	for i := range t.Rows {
		t.Rows[i].Cells = t.Rows[i].Cells[:last-1]
	}
	return t
}
