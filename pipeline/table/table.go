package table

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"time"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Table is a published table: rows of cells, each row as long as the schema has
// columns.
type Table struct {
	Schema schemas.Table
	Rows   [][]Cell

	// obs are the rows made on demand, which follow Rows; see Stream.
	obs  []stat.Observation
	skip int // column of the tidy layout that these rows lack, or -1
}

// New returns an empty table under the named schema.
func New(name string) *Table { return &Table{Schema: schemas.MustLoad(name)} }

// Len returns the number of rows.
func (t *Table) Len() int { return len(t.Rows) + len(t.obs) }

// All yields every row. The slice may be reused for the next row: copy what must be kept.
func (t *Table) All() iter.Seq[[]Cell] {
	return func(yield func([]Cell) bool) {
		for _, row := range t.Rows {
			if !yield(row) {
				return
			}
		}
		var row []Cell
		for _, o := range t.obs {
			if row = t.appendRow(row[:0], o); !yield(row) {
				return
			}
		}
	}
}

// appendRow appends to row, which is empty, the cells of a row that is made on demand.
func (t *Table) appendRow(row []Cell, o stat.Observation) []Cell {
	row = appendObservation(row, o)
	if t.skip >= 0 {
		row = slices.Delete(row, t.skip, t.skip+1)
	}
	return row
}

// Of returns the rows of a series. In a streamed table the rows of a series must be consecutive;
// none are copied.
func (t *Table) Of(id stat.SeriesID) *Table {
	out := &Table{Schema: t.Schema, skip: t.skip}
	if c := t.Schema.Index("series"); c >= 0 {
		for _, row := range t.Rows {
			if row[c].String() == string(id) {
				out.Rows = append(out.Rows, row)
			}
		}
	}
	start, _ := slices.BinarySearchFunc(t.obs, id, func(o stat.Observation, id stat.SeriesID) int { return cmp.Compare(o.Series.ID, id) })
	end := start
	for end < len(t.obs) && t.obs[end].Series.ID == id {
		end++
	}
	out.obs = t.obs[start:end]
	return out
}

// Held returns the table with all of its rows in Rows, so that they can be indexed.
func (t *Table) Held() *Table {
	if len(t.obs) == 0 {
		return t
	}
	out := &Table{Schema: t.Schema}
	for row := range t.All() {
		out.Rows = append(out.Rows, slices.Clone(row))
	}
	return out
}

// Add appends a row. It panics if the length of the row or the type of a cell differs from the
// schema: that is a bug.
func (t *Table) Add(cells ...Cell) {
	if len(cells) != len(t.Schema.Columns) {
		panic(fmt.Sprintf("table %s: row of %d cells for %d columns", t.Schema.Name, len(cells), len(t.Schema.Columns)))
	}
	for i, c := range cells {
		col := t.Schema.Columns[i]
		if c.null && col.Required || !c.null && c.typ != kindOf(col.Type) {
			panic(fmt.Sprintf("table %s: column %s of type %s (required: %v) given %+v", t.Schema.Name, col.Name, col.Type, col.Required, c))
		}
	}
	t.Rows = append(t.Rows, cells)
}

// Sort sorts the rows by the schema's key columns, so that the order of a published table never
// depends on how it was built. Rows of equal key keep their order.
func (t *Table) Sort() {
	var keys []int
	for _, k := range t.Schema.Key {
		keys = append(keys, t.Schema.Index(k))
	}
	slices.SortStableFunc(t.Rows, func(a, b []Cell) int { return compareRows(a, b, keys) })
}

// compareRows compares two rows by columns.
func compareRows(a, b []Cell, columns []int) int {
	for _, k := range columns {
		if c := a[k].compare(b[k]); c != 0 {
			return c
		}
	}
	return 0
}

// Without returns the table without the named column.
func (t *Table) Without(name string) *Table {
	i := t.Schema.Index(name)
	out := &Table{Schema: t.Schema, Rows: make([][]Cell, len(t.Rows)), obs: t.obs, skip: i}
	out.Schema.Columns = slices.Delete(slices.Clone(t.Schema.Columns), i, i+1)
	for r, row := range t.Rows {
		out.Rows[r] = slices.Delete(slices.Clone(row), i, i+1)
	}
	return out
}

// Column returns the cells of the named column, row by row. It panics if the schema has no such
// column.
func (t *Table) Column(name string) []Cell {
	i := t.Schema.Index(name)
	cells := make([]Cell, len(t.Rows))
	for r := range t.Rows {
		cells[r] = t.Rows[r][i]
	}
	return cells
}

// Cell is one value of a table. The value may be missing.
type Cell struct {
	text string
	n    int64 // integer; days for a date, seconds for a datetime, since 1970; 0 or 1 for a boolean; the bits of a number
	typ  kind
	null bool
}

// kind is a column type in one byte, because a table of a hundred thousand observations has
// millions of cells.
type kind uint8

const (
	text kind = iota
	integer
	number
	date
	instant
	boolean
)

// kindOf returns the kind of a column's cells.
func kindOf(t schemas.Type) kind {
	switch t {
	case schemas.Integer:
		return integer
	case schemas.Number:
		return number
	case schemas.Date:
		return date
	case schemas.DateTime:
		return instant
	case schemas.Boolean:
		return boolean
	}
	return text
}

// Text returns a cell of a string column. The empty text is a missing value.
func Text(s string) Cell { return Cell{typ: text, text: s, null: s == ""} }

// Int returns a cell of an integer column.
func Int(n int) Cell { return Cell{typ: integer, n: int64(n)} }

// Count returns a cell of an integer column. It is empty if c is missing.
func Count(c stat.Count) Cell {
	n, known := c.Get()
	return Cell{typ: integer, n: n, null: !known}
}

// Float returns a cell of a number column. It is empty unless known.
func Float(f float64, known bool) Cell {
	return Cell{typ: number, n: int64(math.Float64bits(f)), null: !known}
}

func (c Cell) float() float64 { return math.Float64frombits(uint64(c.n)) }

// Day returns a cell of a date column. It is empty for the zero date.
func Day(d stat.Date) Cell {
	return Cell{typ: date, n: int64(d.UnixDays()), null: d.IsZero()}
}

// Instant returns a cell of a datetime column. It is empty for the zero time.
func Instant(t time.Time) Cell {
	return Cell{typ: instant, n: t.Unix(), null: t.IsZero()}
}

// Bool returns a cell of a boolean column.
func Bool(b bool) Cell {
	c := Cell{typ: boolean}
	if b {
		c.n = 1
	}
	return c
}

// NoBool returns an empty cell of a boolean column.
func NoBool() Cell { return Cell{typ: boolean, null: true} }

// IsNull reports whether the cell is missing.
func (c Cell) IsNull() bool { return c.null }

// Text returns the value of a string cell; empty if it is missing.
func (c Cell) Text() string { return c.text }

// Date returns the day of a date cell; the zero date if it is missing.
func (c Cell) Date() stat.Date {
	if c.null {
		return 0
	}
	return stat.DateFromUnixDays(int32(c.n))
}

// Instant returns the moment of a datetime cell in UTC; the zero time if it is missing.
func (c Cell) Instant() time.Time {
	if c.null {
		return time.Time{}
	}
	return time.Unix(c.n, 0).UTC()
}

// Count returns the value of an integer cell; a missing count if it has none.
func (c Cell) Count() stat.Count {
	if c.null {
		return stat.Count{}
	}
	return stat.Known(c.n)
}

// Bool returns the value of a boolean cell; false if it is missing.
func (c Cell) Bool() bool { return !c.null && c.n == 1 }

// Number returns the value of an integer or number cell, and whether it has one.
func (c Cell) Number() (float64, bool) {
	if c.typ == number {
		return c.float(), !c.null
	}
	return float64(c.n), !c.null
}

// String returns the cell as in the CSV. A missing value is "".
func (c Cell) String() string {
	if c.typ == text {
		return c.text
	}
	var b [32]byte
	return string(c.append(b[:0]))
}

// append appends what String returns.
func (c Cell) append(b []byte) []byte {
	if c.null {
		return b
	}
	switch c.typ {
	case text:
		return append(b, c.text...)
	case number:
		return appendFloat(b, c.float())
	case date:
		return stat.DateFromUnixDays(int32(c.n)).Append(b)
	case instant:
		return c.Instant().AppendFormat(b, time.RFC3339)
	case boolean:
		return strconv.AppendBool(b, c.n == 1)
	}
	return strconv.AppendInt(b, c.n, 10)
}

// FormatFloat formats a rate with four decimals, without trailing zeros: enough for any rounding by
// a reader, and the same text on every machine.
func FormatFloat(f float64) string {
	var b [32]byte
	return string(appendFloat(b[:0], f))
}

// appendFloat appends what FormatFloat returns.
func appendFloat(b []byte, f float64) []byte {
	start := len(b)
	b = strconv.AppendFloat(b, f, 'f', 4, 64)
	end := len(b)
	for b[end-1] == '0' {
		end--
	}
	if b[end-1] == '.' {
		end--
	}
	if string(b[start:end]) == "-0" {
		return append(b[:start], '0')
	}
	return b[:end]
}

// round returns f rounded as by FormatFloat, so that CSV and Parquet agree.
func round(f float64) float64 {
	r, err := strconv.ParseFloat(FormatFloat(f), 64)
	if err != nil {
		panic(err) // FormatFloat writes a number unless f is infinite or NaN, which no rate is
	}
	return r
}

func (c Cell) compare(d Cell) int {
	if c.null != d.null {
		if c.null {
			return -1
		}
		return 1
	}
	if c.typ == number {
		return cmp.Compare(c.float(), d.float())
	}
	return cmp.Or(cmp.Compare(c.text, d.text), cmp.Compare(c.n, d.n))
}

// Records returns the rows as name-value objects for JSON: numbers and booleans as such, everything
// else as text, a missing value as null.
func (t *Table) Records() []map[string]any {
	out := make([]map[string]any, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = map[string]any{}
		for j, c := range row {
			out[i][t.Schema.Columns[j].Name] = c.value()
		}
	}
	return out
}

func (c Cell) value() any {
	switch {
	case c.null:
		return nil
	case c.typ == integer:
		return c.n
	case c.typ == number:
		return round(c.float())
	case c.typ == boolean:
		return c.n == 1
	}
	return c.String()
}
