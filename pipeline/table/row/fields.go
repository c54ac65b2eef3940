package row

import (
	"fmt"
	"reflect"
	"sync"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
)

// buffer is a row that many rows pass through, with the address of each of its fields. Reflection
// finds them once, because reflection for each cell would be slow.
type buffer struct {
	row    reflect.Value
	fields []any
}

// bufferOf returns a buffer that is the row at p.
func bufferOf(p reflect.Value) *buffer {
	b := &buffer{row: p.Elem()}
	for i := range b.row.NumField() {
		at := b.row.Field(i).Addr()
		if at.Elem().Kind() == reflect.String { // also an identifier or a status
			at = at.Convert(reflect.TypeFor[*string]())
		}
		b.fields = append(b.fields, at.Interface())
	}
	return b
}

// read sets each field to the cell of its column.
func (b *buffer) read(cells []table.Cell) {
	for i, field := range b.fields {
		c := &cells[i]
		if f, ok := field.(*string); ok {
			*f = c.Text()
			continue
		}
		switch f := field.(type) {
		case *note.List:
			*f = note.Parse(c.Text())
		case *stat.Date:
			*f = c.Date()
		case *stat.Count:
			*f = c.Count()
		case *int:
			n, _ := c.Count().Get()
			*f = int(n)
		case *bool:
			*f = c.Bool()
		case *Number:
			*f = Num(c.Number())
		case *Flag:
			*f = Flag{c.Bool(), !c.IsNull()}
		case *time.Time:
			*f = c.Instant()
		default:
			panic(fmt.Sprintf("no column holds a field of type %T", field))
		}
	}
}

// cell returns the value of a field.
func cell(field any) table.Cell {
	switch f := field.(type) {
	case *string:
		return table.Text(*f)
	case *note.List:
		return table.Text(f.String())
	case *stat.Date:
		return table.Day(*f)
	case *stat.Count:
		return table.Count(*f)
	case *int:
		return table.Int(*f)
	case *bool:
		return table.Bool(*f)
	case *Number:
		return f.cell()
	case *Flag:
		return f.cell()
	case *time.Time:
		return table.Instant(*f)
	}
	panic(fmt.Sprintf("no column holds a field of type %T", field))
}

// buffers are those that are free, by type of row.
var buffers sync.Map // reflect.Type to *sync.Pool of *buffer

// cellsOf returns a row in the order of the columns.
func cellsOf(r Row) []table.Cell {
	v := reflect.Indirect(reflect.ValueOf(r))
	free, ok := buffers.Load(v.Type())
	if !ok {
		free, _ = buffers.LoadOrStore(v.Type(), &sync.Pool{New: func() any { return bufferOf(reflect.New(v.Type())) }})
	}
	b := free.(*sync.Pool).Get().(*buffer)
	defer free.(*sync.Pool).Put(b)
	b.row.Set(v)
	out := make([]table.Cell, len(b.fields))
	for i, f := range b.fields {
		out[i] = cell(f)
	}
	return out
}
