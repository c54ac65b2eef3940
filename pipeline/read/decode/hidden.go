package decode

import (
	"fmt"
	"slices"
)

// Hidden says what of a row a spreadsheet program does not show.
type Hidden struct {
	Sheet    bool     // the whole sheet
	Row      bool     // the row, which somebody hid
	Filtered bool     // the row, which a filter hides that was left on
	Columns  [][2]int // the first and last index of columns, from 0
}

// Column reports whether column i, counted from 0, is hidden.
func (h *Hidden) Column(i int) bool {
	return slices.ContainsFunc(h.Columns, func(c [2]int) bool { return c[0] <= i && i <= c[1] })
}

// Unseen is what of the figures of a table a spreadsheet program does not show. They are read all the
// same: a filter that was left on hides rows that belong to the table.
type Unseen struct {
	sheet          bool
	all            int // rows with figures
	rows, filtered int
	line           int   // of the first such row
	columns        []int // that were wanted, from 0
}

// See notes what of a row with figures is hidden, among the columns wanted.
func (u *Unseen) See(r Row, wanted []int) {
	u.all++
	h := r.Hidden
	if h == nil {
		return
	}
	u.sheet = u.sheet || h.Sheet
	if h.Row {
		u.rows++
	}
	if h.Filtered {
		u.filtered++
	}
	if (h.Row || h.Filtered) && u.line == 0 {
		u.line = r.Line
	}
	if len(h.Columns) == 0 || u.columns != nil {
		return
	}
	for _, at := range wanted {
		if at >= 0 && h.Column(at) && !slices.Contains(u.columns, at) {
			u.columns = append(u.columns, at)
		}
	}
	slices.Sort(u.columns)
}

// UnseenPart is a part of the figures that is hidden.
type UnseenPart struct {
	Code string
	// Waits means that a person must look: the publisher may have taken the figures back. Otherwise
	// they belong to the table, but it is worth knowing.
	Waits   bool
	Where   string // a column, or a cell in the first row; "" for the whole sheet
	Message string
}

// Parts returns what is hidden. figures reports whether a column has figures.
func (u *Unseen) Parts(figures func(column int) bool) []UnseenPart {
	var out []UnseenPart
	at := "A" + fmt.Sprint(u.line)
	if u.sheet {
		out = append(out, UnseenPart{"hidden-sheet", true, "", "the sheet with the figures is hidden; see whether the publisher means to publish it"})
	}
	switch {
	case u.rows > u.all-u.rows: // the Home Office hid all weeks but the newest in two releases of 2026
		out = append(out, UnseenPart{"hidden-rows", false, at, fmt.Sprintf("%d of %d rows with figures are hidden, this the first; they are read: a publisher that hides most rows shows only the newest", u.rows, u.all)})
	case u.rows > 0:
		out = append(out, UnseenPart{"hidden-rows", true, at, fmt.Sprintf("%d rows with figures are hidden, this the first; see whether the publisher has taken them back", u.rows)})
	}
	if u.filtered > 0 {
		out = append(out, UnseenPart{"filtered-rows", false, at, fmt.Sprintf("a filter that was left on hides %d rows, this the first; they are read, as they belong to the table", u.filtered)})
	}
	for _, i := range u.columns {
		waits, what := figures(i), "has what is said of figures"
		if waits {
			what = "has figures"
		}
		out = append(out, UnseenPart{"hidden-column", waits, ColumnLetter(i), fmt.Sprintf("column %s is hidden and %s; it is read", ColumnLetter(i), what)})
	}
	return out
}

// Unseen returns what of the table's figures is hidden.
func (t *Table) Unseen() []UnseenPart {
	return t.unseen.Parts(func(column int) bool {
		i := slices.Index(t.at, column)
		return i >= 0 && t.columns.Want[i].Measure
	})
}
