package decode

import (
	"fmt"
)

// Find returns the tables of the page that have these columns; see Columns. Rows are those below
// the header: the cells of each are in the order of the columns wanted, and empty for one that the
// table lacks. The header may have titles above it, and may consist of td.
//
// Rows without any text and remarks, which have one cell where the header has measures, are left
// out. Any other row must have a place for each column of the header.
//
// The error is an *Error that wraps ErrHeader or ErrShape. If no table has the columns, it says how
// the most similar one differs.
func (h *HTML) Find(c Columns) ([]HTMLTable, error) {
	if len(h.tables) == 0 {
		return nil, h.Fail(0, fmt.Errorf("there is no table on the page: %w", ErrShape))
	}
	var found []HTMLTable
	var nearest error
	matched := -1
	for _, t := range h.tables {
		columns := c.Table(Error{File: h.name, Page: true, Hint: htmlHint})
		below, err := columns.read(t)
		switch {
		case columns.Found() && err != nil:
			return nil, err
		case columns.Found():
			found = append(found, below)
		case columns.matched > matched:
			nearest, matched = err, columns.matched
		}
	}
	if found == nil {
		return nil, nearest
	}
	return found, nil
}

// read finds the header of a page's table, and returns the rows below it.
func (t *Table) read(from HTMLTable) (HTMLTable, error) {
	out := HTMLTable{Caption: from.Caption, Heading: from.Heading, Line: from.Line, Columns: t}
	for _, r := range from.Rows {
		if t.Found() && r.remark(t) {
			continue
		}
		data, err := t.Texts(r.Line, r.plainTexts())
		if err != nil {
			return HTMLTable{}, err
		}
		if !data {
			continue
		}
		if len(r.Cells) != len(t.header) {
			return HTMLTable{}, t.fail(r.Line, "", fmt.Errorf("%d cells where the header has %d columns: %w", len(r.Cells), len(t.header), ErrShape))
		}
		out.Rows = append(out.Rows, r.ordered(t))
	}
	return out, t.End()
}

// plainTexts returns the texts of the cells without footnotes' marks.
func (r HTMLRow) plainTexts() []string {
	texts := make([]string, len(r.inlines))
	for i, in := range r.inlines {
		texts[i], _ = in.unnoted()
	}
	return texts
}

// remark reports whether a row has words where the header has measures: one cell that spans all of
// them or all columns, or only one cell. A day or a figure is no remark.
func (r HTMLRow) remark(t *Table) bool {
	words := func(text string) bool {
		_, _, _, noDay := DateText(text)
		_, noFigure := FigureText(text)
		return noDay != nil && noFigure != nil
	}
	if len(r.Cells) == 1 && len(t.header) > 1 {
		return words(r.Cells[0])
	}
	if len(r.Cells) != len(t.header) {
		return false
	}
	first := -1
	for i, k := range t.at {
		if k < 0 || !t.columns.Want[i].Measure {
			continue
		}
		if first < 0 {
			first = k
		}
		if !r.wide[k] || r.Cells[k] != r.Cells[first] || k != first && !r.Covered[k] {
			return false
		}
	}
	return first >= 0 && words(r.Cells[first])
}

// ordered returns the row with its cells in the order of the columns wanted.
func (r HTMLRow) ordered(t *Table) HTMLRow {
	out := HTMLRow{page: r.page, Line: r.Line, Header: r.Header, at: t.at}
	for k, i := range t.at {
		out.header = append(out.header, t.columns.Want[k].Name)
		if i < 0 {
			out.Cells, out.Th, out.Covered = append(out.Cells, ""), append(out.Th, false), append(out.Covered, false)
			out.inlines, out.wide = append(out.inlines, ""), append(out.wide, false)
			continue
		}
		out.Cells, out.Th, out.Covered = append(out.Cells, r.Cells[i]), append(out.Th, r.Th[i]), append(out.Covered, r.Covered[i])
		out.inlines, out.wide = append(out.inlines, r.inlines[i]), append(out.wide, r.wide[i])
	}
	return out
}
