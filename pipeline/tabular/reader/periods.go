package reader

import (
	"fmt"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular/grid"
)

// hasPeriod reports whether the period of a row, or its year, can be read.
func (t *table) hasPeriod(text string) bool {
	if t.columns.period < 0 {
		_, err := t.place().joinParts(text, "1")
		return err == nil || period.ToDate(text)
	}
	_, err := t.place().readPeriod(text)
	return err == nil || period.ToDate(text)
}

// rowPeriod returns the period of a row, if it is not across. total is true for the row of the sum
// over all periods.
func (t *table) rowPeriod(r decode.Row) (p stat.Period, total bool, err error) {
	c, spec := &t.columns, t.l.Period
	switch {
	case spec.Across:
		return p, false, nil
	case c.period >= 0:
		text := grid.Text(r.Cell(c.period))
		if t.place().isTotal(text) {
			return p, true, nil
		}
		if p, err = t.place().readPeriod(text); err != nil {
			hint := "correct the form of the period in the layout; is and order say what is written"
			if isTotal(text) {
				hint = "if the row is the sum of all periods, declare its text as total of the period"
			}
			return p, false, t.g.Fail(r, c.period, err, hint)
		}
		return p, false, nil
	}
	part := ""
	if at := max(c.month, c.quarter); at >= 0 {
		text := grid.Text(r.Cell(at))
		if t.place().isTotal(text) {
			return p, true, nil
		}
		if part = t.place().partKey(text); part == "" {
			return p, false, t.g.Fail(r, at, fmt.Errorf("%s is %w: want a %s", decode.Quote(text), decode.ErrPeriod, spec.Is), "use only to take rows of single periods")
		}
	}
	p, err = t.join(r, part)
	return p, false, err
}

// join returns the period of the year in a row and a part of it.
func (t *table) join(r decode.Row, part string) (p stat.Period, err error) {
	text := grid.Text(r.Cell(t.columns.year))
	if p, err = t.place().joinParts(text, part); err != nil {
		return p, t.g.Fail(r, t.columns.year, err, "correct the form of the period in the layout, or use only to take rows of single years")
	}
	return p, nil
}
