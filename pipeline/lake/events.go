package lake

import (
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

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
	t, err := readTable(data)
	if err != nil {
		return err
	}
	defer t.Release()
	n, width := int(t.NumRows()), len(out.Schema.Columns)
	cells := make([]table.Cell, n*width)
	for i, c := range out.Schema.Columns {
		var column []table.Cell
		switch absent := len(t.Schema().FieldIndices(c.Name)) == 0; {
		case c.Name == "source":
			column = repeat(table.Text(source), n)
		case absent && !c.Required:
			column = repeat(emptyOf(c.Type), n)
		default:
			if column, err = cellsOf(t, c); err != nil {
				return err
			}
		}
		for row, cell := range column {
			cells[row*width+i] = cell
		}
	}
	for row := range n {
		out.Add(cells[row*width : (row+1)*width]...)
	}
	return nil
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

// cellsOf returns the cells of a column.
func cellsOf(t arrow.Table, column schemas.Column) ([]table.Cell, error) {
	c := columns{table: t, known: map[string]string{}}
	if column.Type == schemas.String {
		var out []table.Cell
		for _, s := range c.texts(column.Name) {
			out = append(out, table.Text(s))
		}
		return out, c.err
	}
	out := make([]table.Cell, 0, t.NumRows())
	c.each(column.Name, func(a arrow.Array) bool {
		for i := range a.Len() {
			cell, ok := cellAt(a, i)
			if !ok {
				return false
			}
			if a.IsNull(i) {
				cell = emptyOf(column.Type)
			}
			out = append(out, cell)
		}
		return true
	})
	return out, c.err
}

// cellAt returns the value at i of an array, and whether its type is one that the lake writes.
func cellAt(a arrow.Array, i int) (table.Cell, bool) {
	switch a := a.(type) {
	case *array.Int64:
		return table.Int(int(a.Value(i))), true
	case *array.Float64:
		return table.Float(a.Value(i), true), true
	case *array.Boolean:
		return table.Bool(a.Value(i)), true
	case *array.Date32:
		return table.Day(stat.DateFromUnixDays(int32(a.Value(i)))), true
	case *array.Timestamp:
		return table.Instant(a.Value(i).ToTime(arrow.Millisecond)), true
	}
	return table.Cell{}, false
}
