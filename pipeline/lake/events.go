package lake

import (
	"fmt"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// Events returns the events of one release under a schema of the lake, in the order of their files.
// It checks each file against its hash first. A column that an older program did not write is empty.
func (l *Lake) Events(e Entry, schema schemas.Table) (*table.Table, error) {
	out := &table.Table{Schema: schema}
	for _, f := range e.files()[1:] {
		data, err := l.load(e, f)
		if err != nil {
			return nil, err
		}
		if err := addEvents(out, data, e.Source); err != nil {
			return nil, fmt.Errorf("%s: %w", l.path(e, f), err)
		}
	}
	return out, nil
}

// addEvents appends the rows of a Parquet file. The file leaves out the column source, which its
// folder states.
func addEvents(out *table.Table, data []byte, source string) error {
	r, err := newRows(data)
	if err != nil {
		return err
	}
	width := len(out.Schema.Columns)
	for r.Next() {
		cells := make([]table.Cell, r.n*width)
		for i, c := range out.Schema.Columns {
			for row, cell := range r.cells(c, source) {
				cells[row*width+i] = cell
			}
		}
		for row := range r.n {
			out.Add(cells[row*width : (row+1)*width]...)
		}
	}
	return r.err
}

func repeat(c table.Cell, n int) []table.Cell {
	out := make([]table.Cell, n)
	for i := range out {
		out[i] = c
	}
	return out
}

// emptyOf returns an empty cell of a column type.
func emptyOf(t schemas.Type) table.Cell {
	switch t {
	case schemas.String:
		return table.Text("")
	case schemas.Number:
		return table.Float(0, false)
	case schemas.Date:
		return table.Day(0)
	case schemas.DateTime:
		return table.Instant(time.Time{})
	case schemas.Boolean:
		return table.NoBool()
	}
	return table.Count(stat.Count{})
}

// cells returns the cells of a column of events. They are fewer than the rows if the column cannot be
// read.
func (r *rows) cells(c schemas.Column, source string) (out []table.Cell) {
	if c.Name == "source" {
		return repeat(table.Text(source), r.n)
	}
	if r.column(c.Name) == nil && !c.Required {
		return repeat(emptyOf(c.Type), r.n)
	}
	add := func(cell table.Cell, present bool) {
		if !present {
			cell = emptyOf(c.Type)
		}
		out = append(out, cell)
	}
	switch c.Type {
	case schemas.String:
		for _, s := range r.texts(c.Name) {
			add(table.Text(s), true)
		}
	case schemas.Number:
		each(r, c.Name, func(v float64, present bool) { add(table.Float(v, true), present) })
	case schemas.Date:
		r.expect(c.Name, r.isDate)
		each(r, c.Name, func(days int32, present bool) { add(table.Day(stat.DateFromUnixDays(days)), present) })
	case schemas.DateTime:
		r.expect(c.Name, r.isInstant)
		each(r, c.Name, func(ms int64, present bool) { add(table.Instant(time.UnixMilli(ms).UTC()), present) })
	case schemas.Boolean:
		each(r, c.Name, func(b, present bool) { add(table.Bool(b), present) })
	default:
		for _, n := range r.counts(c.Name) {
			add(table.Count(n), true)
		}
	}
	return out
}
