package table

import (
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"crossings/schemas"
)

// codec compresses all files. It keeps its encoders: each takes megabytes that would otherwise be
// allocated and cleared for every table.
var codec = &zstd.Codec{Level: zstd.SpeedBetterCompression}

// Parquet writes the table as a Parquet file: zstd, strings dictionary-coded, page checksums,
// columns in the schema's order. Dates are DATE, instants TIMESTAMP(MILLIS, UTC), counts INT64, and
// every column that may be empty is OPTIONAL. The file names no library, host or time, so the same
// table gives the same bytes.
func (t *Table) Parquet(w io.Writer) error {
	out := parquet.NewWriter(w, parquetSchema(t.Schema),
		parquet.Compression(codec),
		parquet.CreatedBy("crossings", "1", ""),
		parquet.DataPageStatistics(true),
	)
	row := make(parquet.Row, len(t.Schema.Columns))
	for cells := range t.All() {
		for i, c := range cells {
			row[i] = c.parquetValue(t.Schema.Columns[i].Required, i)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	return out.Close()
}

// parquetValue returns the cell as a value of the leaf column i. A present value has definition
// level 1 in an optional column and 0 in a required one.
func (c Cell) parquetValue(required bool, i int) parquet.Value {
	if c.null {
		return parquet.NullValue().Level(0, 0, i)
	}
	level := 1
	if required {
		level = 0
	}
	return c.leaf().Level(0, level, i)
}

func (c Cell) leaf() parquet.Value {
	switch c.typ {
	case text:
		return parquet.ByteArrayValue([]byte(c.text))
	case number:
		return parquet.DoubleValue(round(c.float()))
	case date:
		return parquet.Int32Value(int32(c.n))
	case instant:
		return parquet.Int64Value(c.n * 1000)
	case boolean:
		return parquet.BooleanValue(c.n == 1)
	}
	return parquet.Int64Value(c.n)
}

// parquetSchema returns the table's columns in their own order.
func parquetSchema(t schemas.Table) *parquet.Schema {
	group := orderedGroup{Group: parquet.Group{}}
	for _, c := range t.Columns {
		n := leafNode(c.Type)
		if !c.Required {
			n = parquet.Optional(n)
		}
		group.Group[c.Name] = n
		group.order = append(group.order, c.Name)
	}
	return parquet.NewSchema(t.Name, group)
}

func leafNode(t schemas.Type) parquet.Node {
	switch t {
	case schemas.String:
		return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	case schemas.Number:
		return parquet.Leaf(parquet.DoubleType)
	case schemas.Date:
		return parquet.Date()
	case schemas.DateTime:
		return parquet.Timestamp(parquet.Millisecond)
	case schemas.Boolean:
		return parquet.Leaf(parquet.BooleanType)
	}
	return parquet.Int(64)
}

// orderedGroup is a parquet.Group that keeps the order of the schema; a plain Group sorts its
// fields by name.
type orderedGroup struct {
	parquet.Group
	order []string
}

// Fields returns the columns in the schema's order.
func (g orderedGroup) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range g.Group.Fields() {
		byName[f.Name()] = f
	}
	fields := make([]parquet.Field, len(g.order))
	for i, name := range g.order {
		fields[i] = byName[name]
	}
	return fields
}

// GoType is not used: rows are written as values, never as Go structs.
func (g orderedGroup) GoType() reflect.Type { return g.Group.GoType() }
