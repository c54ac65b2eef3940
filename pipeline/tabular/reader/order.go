package reader

import (
	"fmt"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular/grid"
)

// order follows the months or quarters of a year that is written once. One that goes back is of
// another year, which the file does not state.
type order struct {
	repeated bool // the year of this row is the one above
	down     bool // the periods of the table go down
	known    bool // whether they do
	last     map[key]stat.Period
}

// follow checks the period of a row whose year repeats the one above.
func (o *order) follow(t *table, r decode.Row, k key, p stat.Period) error {
	c := t.columns
	at := max(c.month, c.quarter)
	if !t.l.Period.Fill || c.year < 0 || at < 0 {
		return nil
	}
	if !o.repeated || o.last == nil {
		o.last = map[key]stat.Period{}
	}
	before, ok := o.last[k]
	o.last[k] = p
	if !ok || p.Start == before.Start {
		return nil // two rows that state the same are an error already
	}
	down := p.Start < before.Start
	if o.known && down == o.down || !o.known && (!down || p.End+1 == before.Start) {
		o.known, o.down = true, down
		return nil
	}
	return t.g.Fail(r, at, fmt.Errorf("%s comes after %s to %s, and the row has no year: %w", decode.Quote(grid.Text(r.Cell(at))), before.Start, before.End, decode.ErrPeriod),
		"the year of the row may be another; ask the publisher, and write the year into a copy of the file")
}
