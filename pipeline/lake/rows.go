package lake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"

	"crossings/pipeline/stat"
)

// batchRows is how many rows of a file are read at once. Their columns take several times the memory
// of the observations.
const batchRows = 1 << 14

// maxKnown is how many texts are remembered. Most are a few codes repeated, and places in a file, which
// are all different.
const maxKnown = 1 << 14

var errType = errors.New("is missing or has the wrong type")

// rows reads a Parquet file some rows at a time, and each of their columns by name. It keeps the first
// error, so that the caller checks once. A column that is read of some rows must be read of all.
type rows struct {
	file  *file.Reader
	group *file.RowGroupReader
	next  int                               // the row group after it
	left  int                               // its rows that come later
	n     int                               // the rows that can be read now
	open  map[string]file.ColumnChunkReader // its columns that were read before
	known map[string]string                 // texts that were copied, each once
	err   error
}

func newRows(data []byte) (*rows, error) {
	f, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return &rows{file: f, known: map[string]string{}}, nil
}

// Next moves on to the next rows. It returns false after the last ones and after an error.
func (r *rows) Next() bool {
	for r.left == 0 {
		if r.next == r.file.NumRowGroups() {
			return false
		}
		r.group, r.open = r.file.RowGroup(r.next), map[string]file.ColumnChunkReader{}
		r.left = int(r.group.NumRows())
		r.next++
	}
	r.n = min(r.left, batchRows)
	r.left -= r.n
	return r.err == nil
}

// column returns the definition of a column, or nil.
func (r *rows) column(name string) *schema.Column {
	s := r.file.MetaData().Schema
	if i := s.ColumnIndexByName(name); i >= 0 {
		return s.Column(i)
	}
	return nil
}

func (r *rows) fail(name string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("column %q %w", name, err)
	}
}

// chunk returns the named column of the row group, from the first row that was not read.
func (r *rows) chunk(name string) (file.ColumnChunkReader, error) {
	if c := r.open[name]; c != nil {
		return c, nil
	}
	i := r.file.MetaData().Schema.ColumnIndexByName(name)
	if i < 0 {
		return nil, errType
	}
	c, err := r.group.Column(i)
	r.open[name] = c
	return c, err
}

// reader reads a column of values of one type.
type reader[T any] interface {
	ReadBatchInPage(n int64, values []T, definitions, repetitions []int16) (rows int64, present int, err error)
}

// each calls visit for the named column of each row, in order. A value may only be used during the call.
func each[T any](r *rows, name string, visit func(value T, present bool)) {
	chunk, err := r.chunk(name)
	if err != nil {
		r.fail(name, err)
		return
	}
	typed, ok := chunk.(reader[T])
	if !ok {
		r.fail(name, errType)
		return
	}
	r.fail(name, readAll(typed, r.n, chunk.Descriptor().MaxDefinitionLevel() > 0, visit))
}

// readAll calls visit for the next n rows of a column.
func readAll[T any](chunk reader[T], n int, optional bool, visit func(value T, present bool)) error {
	values, definitions := make([]T, n), make([]int16, n)
	for n > 0 {
		rows, present, err := chunk.ReadBatchInPage(int64(n), values, definitions, nil)
		if err != nil {
			return err
		}
		if rows == 0 {
			return fmt.Errorf("ends %d rows early", n)
		}
		used := 0
		for i := range int(rows) {
			if optional && definitions[i] == 0 {
				visit(*new(T), false)
				continue
			}
			visit(values[used], true)
			used++
		}
		if used != present {
			return fmt.Errorf("has %d values where %d are announced", present, used)
		}
		n -= int(rows)
	}
	return nil
}

// texts copies the values of a text column, those that are known once. A value that is not copied would
// keep its page in memory. A missing value is "".
func (r *rows) texts(name string) []string {
	out := make([]string, 0, r.n)
	each(r, name, func(v parquet.ByteArray, _ bool) {
		text, there := r.known[string(v)]
		if !there {
			text = strings.Clone(string(v))
			if len(r.known) < maxKnown {
				r.known[text] = text
			}
		}
		out = append(out, text)
	})
	return out
}

func (r *rows) dates(name string) []stat.Date {
	out := make([]stat.Date, 0, r.n)
	r.expect(name, r.isDate)
	each(r, name, func(days int32, _ bool) { out = append(out, stat.DateFromUnixDays(days)) })
	return out
}

func (r *rows) counts(name string) []stat.Count {
	out := make([]stat.Count, 0, r.n)
	r.expect(name, func(name string) bool { return !r.isInstant(name) })
	each(r, name, func(n int64, present bool) {
		if !present {
			out = append(out, stat.Count{})
			return
		}
		out = append(out, stat.Known(n))
	})
	return out
}

func (r *rows) bools(name string) []bool {
	out := make([]bool, 0, r.n)
	each(r, name, func(b, _ bool) { out = append(out, b) })
	return out
}

// expect fails if what the file says of a column's meaning is not what is asked.
func (r *rows) expect(name string, is func(name string) bool) {
	if !is(name) {
		r.fail(name, errType)
	}
}

func (r *rows) isDate(name string) bool {
	c := r.column(name)
	return c != nil && c.LogicalType().Equals(schema.DateLogicalType{})
}

// isInstant reports whether a column has instants in milliseconds.
func (r *rows) isInstant(name string) bool {
	c := r.column(name)
	if c == nil {
		return false
	}
	t, ok := c.LogicalType().(schema.TimestampLogicalType)
	return ok && t.TimeUnit() == schema.TimeUnitMillis
}
