package site

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// dataTable is a table of figures for people: no cell is empty.
type dataTable struct {
	Title   string // short, for the region that it scrolls in
	Caption string
	Head    []string
	Classes []string // for the style sheet, of Head; nil where all columns after the first are figures
	Rows    []dataRow
	Notes   []string // long notes, which the cells name by their number from 1
	Named   bool     // whether the names of the rows are long, and may wrap
	Map     bool     // whether it is a map of changes, whose cells have classes by their texts
	More    string   // how many rows are left out, or ""
	MoreIn  string   // name of the published table that has them
}

// dataRow is one row; Name is its header cell.
type dataRow struct {
	Name  string
	Cells []string
	ID    string // the name of the row that it shows, for links to it; or ""
	Href  string // where Name leads, relative to the site's folder; or ""
}

// Class returns the class of column i.
func (t dataTable) Class(i int) string {
	if t.Classes == nil {
		return ""
	}
	return t.Classes[i]
}

// CellClass returns the class of cell i of a row, its header not counted. On a map
// it follows from the text, which alone says all that the colour does.
func (t dataTable) CellClass(i int, text string) string {
	switch {
	case !t.Map:
		return t.Class(i + 1)
	case strings.HasPrefix(text, "+"), strings.HasPrefix(text, "now "):
		return "rise"
	case strings.HasPrefix(text, wording.Minus):
		return "fall"
	case text == withdrawn, text == unavailable:
		return "gone"
	}
	return ""
}

// Explained returns the shorthand that the table uses, with its meaning.
func (t dataTable) Explained() []string {
	var texts []string
	for _, row := range t.Rows {
		texts = append(texts, row.Cells...)
	}
	return explained(append(append(texts, t.Caption), t.Notes...)...)
}

// explained returns the shorthand that occurs in texts, with its meaning.
func explained(texts ...string) []string {
	var out []string
	for _, m := range stat.Marks {
		if slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, string(m)) }) {
			out = append(out, string(m)+" "+m.Meaning())
		}
	}
	return out
}

// column says what stands in a column of a table for people: its head, the
// class of its cells, and the text of the cell for a row of a published table.
type column struct {
	head, class string
	cell        func(row int) string
}

// linked says where the names of a table's rows lead.
func (t dataTable) linked(rows []int, href func(row int) string) dataTable {
	for n := range t.Rows {
		t.Rows[n].Href = href(rows[n])
	}
	return t
}

// The classes of columns that are not plain figures.
const (
	classMain = "main"      // the figure that the row is about
	classText = "text"      // words
	classNote = "text wide" // sentences
	classFile = "text file" // names without spaces, which may break anywhere
)

// maxRows bounds a table on a page of several, so that the page stays small.
const maxRows = 60

// table lays the first rows of those given out for people, limit of them at most;
// the rest is in the table's download. The first column heads the rows.
func (g grid) table(title, caption string, rows []int, limit int, columns ...column) dataTable {
	t := dataTable{Title: title, Caption: caption}
	for _, c := range columns {
		t.Head, t.Classes = append(t.Head, c.head), append(t.Classes, c.class)
	}
	if len(rows) > limit {
		t.More, t.MoreIn = wording.Thousands(int64(len(rows)-limit)), g.t.Schema.Name
		rows = rows[:limit]
	}
	for _, i := range rows {
		row := dataRow{Name: columns[0].cell(i)}
		for _, c := range columns[1:] {
			text := c.cell(i)
			if c.class == classNote {
				text = t.note(text)
			}
			row.Cells = append(row.Cells, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// longNote is how many bytes a note may have to stand in its cell.
const longNote = 40

// note returns the text for the cell of a note. A long one goes below the table,
// once for all rows that have it.
func (t *dataTable) note(text string) string {
	if len(text) <= longNote {
		return text
	}
	i := slices.Index(t.Notes, text)
	if i < 0 {
		i = len(t.Notes)
		t.Notes = append(t.Notes, text)
	}
	return fmt.Sprintf("note %d", i+1)
}

// sayOnce moves a note that stands in every row of the last column into the
// caption.
func (t dataTable) sayOnce() dataTable {
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
	if same != nothing {
		t.Caption += " Of every row: " + strings.TrimSuffix(same, ".") + "."
	}
	t.Head, t.Classes = t.Head[:last], t.Classes[:last]
	for i := range t.Rows {
		t.Rows[i].Cells = t.Rows[i].Cells[:last-1]
	}
	return t
}

// nothing stands where there is nothing to note.
const nothing = "none"

// The functions below make the texts of a column's cells.

// counts writes the counts of a column; their absence has the reason that the
// row's status gives where they are what the row is about.
func (g grid) counts(col string) func(int) string {
	return func(i int) string {
		if col == "value" && g.has("obs_status") {
			return wording.CountText(g.cell(i, col), g.status(i))
		}
		return wording.CountText(g.cell(i, col), stat.Missing)
	}
}

// ranged writes counts that may be ranges, of which the columns lower and upper
// hold the ends. A column without ends, in a row whose value is a range, is the
// sum of such figures and as little a number of its own.
func (g grid) ranged(col, lower, upper string) func(int) string {
	plain := g.counts(col)
	return func(i int) string {
		if _, known := g.cell(i, col).Number(); !known || !g.isRange(i, "lower", "upper") {
			return plain(i)
		}
		text := "at least " + plain(i)
		if g.isRange(i, lower, upper) && g.text(i, lower) != g.text(i, upper) {
			text += fmt.Sprintf(" (%s to %s)", g.counts(lower)(i), g.counts(upper)(i))
		}
		return text
	}
}

// isRange reports whether a row has both ends of a range.
func (g grid) isRange(i int, lower, upper string) bool {
	return g.has(lower) && g.has(upper) && !g.cell(i, lower).IsNull() && !g.cell(i, upper).IsNull()
}

// changes writes differences with their sign.
func (g grid) changes(col string) func(int) string {
	return func(i int) string {
		if n, known := g.cell(i, col).Number(); known {
			return wording.Signed(int64(n))
		}
		return wording.MarkNotAvailable
	}
}

// percents writes changes in per cent; where there is none because the year
// before is too small, it says so.
func (g grid) percents(col string) func(int) string {
	return func(i int) string {
		if f, known := g.cell(i, col).Number(); known {
			return wording.Percent(f)
		}
		if !g.cell(i, "prior_value").IsNull() && strings.Contains(g.text(i, "note"), "low base") {
			return wording.MarkLowBase
		}
		return wording.MarkNotAvailable
	}
}

// decimals writes numbers with as many decimals as places says.
func (g grid) decimals(col string, rows []int) func(int) string {
	places := g.places(col, rows)
	return func(i int) string {
		if f, known := g.cell(i, col).Number(); known {
			return wording.Fixed(f, places)
		}
		return wording.MarkNotAvailable
	}
}

// places returns as many decimals as the largest of rows asks for: three digits or
// more are worth reading, and a column has one form.
func (g grid) places(col string, rows []int) int {
	largest := 0.0
	for _, i := range rows {
		if f, known := g.cell(i, col).Number(); known {
			largest = max(largest, f, -f)
		}
	}
	switch {
	case largest >= 10:
		return 1
	case largest >= 1:
		return 2
	}
	return 3
}

// days writes dates.
func (g grid) days(col string) func(int) string {
	return func(i int) string { return wording.DateText(g.date(i, col)) }
}

// words writes texts.
func (g grid) words(col string) func(int) string {
	return func(i int) string {
		if s := g.text(i, col); s != "" {
			return s
		}
		return nothing
	}
}

// yesNo writes booleans.
func (g grid) yesNo(col string) func(int) string {
	return func(i int) string {
		if g.text(i, col) == "true" {
			return "yes"
		}
		return "no"
	}
}

// statuses writes the status of rows in words, with its shorthand.
func (g grid) statuses(i int) string {
	s := g.status(i)
	if m := wording.Caveat(s); m != "" {
		return s.Label() + " " + m
	}
	return s.Label()
}

// periods writes the reference periods of rows.
func (g grid) periods(i int) string {
	return wording.PeriodText(g.date(i, "period_start"), g.date(i, "period_end"))
}
