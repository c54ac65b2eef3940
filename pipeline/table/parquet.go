package table

import (
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"

	"crossings/schemas"
)

// codec compresses the files of the lake.
var codec = newCodec()

// publishedCodec compresses published files: readers in browsers open Snappy without further code.
var publishedCodec = &snappy.Codec{}

// Parquet writes the table as a Parquet file: zstd, strings dictionary-coded, page checksums,
// columns in the schema's order. Dates are DATE, instants TIMESTAMP(MILLIS, UTC), counts INT64, and
// every column that may be empty is OPTIONAL. The file names no library, host or time, so the same
// table gives the same bytes.
func (t *Table) Parquet(w io.Writer) error {
	return t.parquet(w, 0, parquet.Compression(codec))
}

// Rows of a published file from which a row group ends where the next series begins, and those at which
// a row group of any file ends. Writing holds one row group in memory.
const (
	minGroup = 16384
	maxGroup = 65536
)

// PublishedParquet writes the table like Parquet, but for readers: with Snappy, with metadata by key,
// with the order of rows declared, and with row groups that end between series, so that a reader of
// one series skips the rest. A key may not occur twice.
func (t *Table) PublishedParquet(w io.Writer, metadata map[string]string) error {
	options := []parquet.WriterOption{parquet.Compression(publishedCodec)}
	for key, text := range metadata {
		options = append(options, parquet.KeyValueMetadata(key, text)) // the library sorts them
	}
	if order := t.order(); len(order) > 0 {
		options = append(options, parquet.SortingWriterConfig(parquet.SortingColumns(order...)))
	}
	return t.parquet(w, minGroup, options...)
}

// order returns the columns by which the rows are sorted: those of the key, or nil if they are not.
func (t *Table) order() (out []parquet.SortingColumn) {
	var keys []int
	for _, k := range t.Schema.Key {
		keys = append(keys, t.Schema.Index(k))
		out = append(out, parquet.Ascending(k))
	}
	var last []Cell
	for row := range t.All() {
		if last != nil && compareRows(last, row, keys) > 0 {
			return nil
		}
		last = append(last[:0], row...)
	}
	return out
}

// parquet writes the table. If group is positive, a row group of at least so many rows ends where the
// first column of the key changes.
func (t *Table) parquet(w io.Writer, group int, options ...parquet.WriterOption) error {
	options = append(options, parquetSchema(t.Schema), parquet.CreatedBy("crossings", "1", ""), parquet.DataPageStatistics(true))
	out := parquet.NewWriter(w, options...)
	row := make(parquet.Row, len(t.Schema.Columns))
	var texts []byte // of the row
	first, last, rows := -1, Cell{}, 0
	if group > 0 && len(t.Schema.Key) > 0 {
		first = t.Schema.Index(t.Schema.Key[0])
	}
	for cells := range t.All() {
		if rows == maxGroup || first >= 0 && rows >= group && cells[first] != last {
			if err := out.Flush(); err != nil {
				return err
			}
			rows = 0
		}
		if rows++; first >= 0 {
			last = cells[first]
		}
		texts = texts[:0]
		for i, c := range cells {
			row[i], texts = c.parquetValue(t.Schema.Columns[i].Required, i, texts)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	return out.Close()
}

// parquetValue returns the cell as a value of the leaf column i. A present value has definition
// level 1 in an optional column and 0 in a required one. The bytes of a text are appended to texts.
func (c Cell) parquetValue(required bool, i int, texts []byte) (parquet.Value, []byte) {
	if c.null {
		return parquet.NullValue().Level(0, 0, i), texts
	}
	level := 1
	if required {
		level = 0
	}
	if c.typ != text {
		return c.leaf().Level(0, level, i), texts
	}
	start := len(texts)
	texts = append(texts, c.text...)
	return parquet.ByteArrayValue(texts[start:]).Level(0, level, i), texts
}

// leaf returns the value of a cell that is no text.
func (c Cell) leaf() parquet.Value {
	switch c.typ {
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
