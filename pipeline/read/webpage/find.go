package webpage

import (
	"fmt"

	"crossings/pipeline/read/decode"
)

// Find returns the tables of the page that have these columns; see decode.Columns. Rows are those below
// the header: the cells of each are in the order of the columns wanted, and empty for one that the
// table lacks. The header may have titles above it, and may consist of td.
//
// Rows without any text and remarks, which have one cell where the header has measures, are left
// out. Any other row must have a place for each column of the header.
//
// The error is a *decode.Error that wraps ErrHeader or ErrShape. If no table has the columns, it says how
// the most similar one differs.
func (h *Page) Find(c decode.Columns) ([]Table, error) {
	if len(h.tables) == 0 {
		return nil, h.Fail(0, fmt.Errorf("there is no table on the page: %w", decode.ErrShape))
	}
	var found []Table
	var nearest error
	matched := -1
	for _, t := range h.tables {
		columns := c.Table(decode.Error{File: h.name, Page: true, Hint: htmlHint})
		below, err := rowsBelow(columns, t)
		switch {
		case columns.Found() && err != nil:
			return nil, err
		case columns.Found():
			found = append(found, below)
		case columns.Matched() > matched:
			nearest, matched = err, columns.Matched()
		}
	}
	if found == nil {
		return nil, nearest
	}
	return found, nil
}

// rowsBelow finds the header of a page's table, and returns the rows below it.
func rowsBelow(t *decode.Table, from Table) (Table, error) {
	out := Table{Caption: from.Caption, Heading: from.Heading, Line: from.Line, Columns: t}
	for _, r := range from.Rows {
		if t.Found() && r.remark(t) {
			continue
		}
		data, err := t.Texts(r.Line, r.plainTexts())
		if err != nil {
			return Table{}, err
		}
		if !data {
			continue
		}
		if len(r.Cells) != t.Width() {
			return Table{}, t.Fail(r.Line, "", fmt.Errorf("%d cells where the header has %d columns: %w", len(r.Cells), t.Width(), decode.ErrShape))
		}
		out.Rows = append(out.Rows, r.ordered(t))
	}
	return out, t.End()
}

// plainTexts returns the texts of the cells without footnotes' marks.
func (r Row) plainTexts() []string {
	texts := make([]string, len(r.inlines))
	for i, in := range r.inlines {
		texts[i], _ = in.unnoted()
	}
	return texts
}

// remark reports whether a row has words where the header has measures: one cell that spans all of
// them or all columns, or only one cell. A day or a figure is no remark.
func (r Row) remark(t *decode.Table) bool {
	words := func(text string) bool {
		_, _, _, noDay := decode.DateText(text)
		_, noFigure := decode.FigureText(text)
		return noDay != nil && noFigure != nil
	}
	if len(r.Cells) == 1 && t.Width() > 1 {
		return words(r.Cells[0])
	}
	if len(r.Cells) != t.Width() {
		return false
	}
	first := -1
	for i, want := range t.Want() {
		k := t.At(i)
		if k < 0 || !want.Measure {
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
func (r Row) ordered(t *decode.Table) Row {
	out := Row{page: r.page, Line: r.Line, Header: r.Header, at: []int{}}
	for k, want := range t.Want() {
		i := t.At(k)
		out.header, out.at = append(out.header, want.Name), append(out.at, i)
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
