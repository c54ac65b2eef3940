package rawfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

const (
	// batchRows is the number of rows that are written as CSV at a time.
	batchRows = 512
	// maxFields is the largest number of columns of a Parquet file.
	maxFields = 1000
)

// openParquet returns the rows of a Parquet file as CSV, with the names of the columns as the header. A
// missing value is an empty field, a date is YYYY-MM-DD.
func openParquet(f *os.File, read *atomic.Int64) (_ io.Reader, _ func() error, err error) {
	defer damaged(&err)
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	file, err := parquet.OpenFile(&counted{f, read}, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, nil, fmt.Errorf("is not a whole Parquet file: %w", err)
	}
	if err := checkCodecs(file.Metadata()); err != nil {
		return nil, nil, err
	}
	p := &parquetText{groups: file.RowGroups(), rows: make([]parquet.Row, batchRows)}
	p.csv = csv.NewWriter(&p.text)
	for _, c := range file.Schema().Fields() {
		form, err := formOf(c)
		if err != nil {
			return nil, nil, fmt.Errorf("column %q: %w", c.Name(), err)
		}
		p.forms, p.fields = append(p.forms, form), append(p.fields, c.Name())
	}
	if n := len(p.fields); n == 0 || n > maxFields {
		return nil, nil, fmt.Errorf("has %d columns; there may be 1 to %d", n, maxFields)
	}
	if err := p.csv.Write(p.fields); err != nil {
		return nil, nil, err
	}
	p.csv.Flush()
	return p, func() error { return errors.Join(p.close(), f.Close()) }, nil
}

// checkCodecs refuses compressions that are rare in Parquet files, and whose decoders take whatever memory the bytes ask for.
func checkCodecs(m *format.FileMetaData) error {
	for _, g := range m.RowGroups {
		for _, c := range g.Columns {
			switch codec := c.MetaData.Codec; codec {
			case format.Uncompressed, format.Snappy, format.Zstd:
			default:
				return fmt.Errorf("is compressed with %s; write it with Snappy or Zstandard", codec)
			}
		}
	}
	return nil
}

// damaged turns a panic into an error: the library may panic at bytes that are not what they claim.
func damaged(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("is not a whole Parquet file: %v", r)
	}
}

// parquetText writes rows as CSV while they are read.
type parquetText struct {
	groups []parquet.RowGroup
	open   parquet.Rows // of the group before groups; nil if none is open
	rows   []parquet.Row
	forms  []form
	fields []string
	text   bytes.Buffer
	csv    *csv.Writer // to text
}

// Read returns the next bytes of the CSV.
func (p *parquetText) Read(b []byte) (n int, err error) {
	defer damaged(&err)
	for p.text.Len() == 0 {
		if err := p.batch(); err != nil {
			return 0, err
		}
	}
	return p.text.Read(b)
}

// batch writes the next rows to text. It returns io.EOF after the last.
func (p *parquetText) batch() error {
	if p.open == nil {
		if len(p.groups) == 0 {
			return io.EOF
		}
		p.open, p.groups = p.groups[0].Rows(), p.groups[1:]
	}
	n, err := p.open.ReadRows(p.rows)
	for _, row := range p.rows[:n] {
		if err := p.row(row); err != nil {
			return err
		}
	}
	p.csv.Flush()
	if err == io.EOF || err == nil && n == 0 {
		return p.close()
	}
	return errors.Join(err, p.csv.Error())
}

// row writes one row.
func (p *parquetText) row(row parquet.Row) error {
	if len(row) != len(p.forms) {
		return fmt.Errorf("a row has %d values, but the file has %d columns", len(row), len(p.forms))
	}
	for i, v := range row {
		p.fields[i] = ""
		if !v.IsNull() {
			text, err := p.forms[i](v)
			if err != nil {
				return err
			}
			p.fields[i] = text
		}
	}
	return p.csv.Write(p.fields)
}

// close closes the group that is open.
func (p *parquetText) close() error {
	if p.open == nil {
		return nil
	}
	err := p.open.Close()
	p.open = nil
	return err
}

// form writes a value of a column as text.
type form func(v parquet.Value) (string, error)

// formOf returns how the values of a column are written. It is an error if they cannot be a field of CSV.
func formOf(c parquet.Field) (form, error) {
	if !c.Leaf() || c.Repeated() {
		return nil, errors.New("holds lists or records; only plain values can be read")
	}
	var meaning format.LogicalTypeValue
	if t := c.Type().LogicalType(); t != nil {
		meaning = t.Value
	}
	switch meaning := meaning.(type) {
	case nil, *format.StringType, *format.EnumType:
	case *format.IntType:
		if !meaning.IsSigned {
			return func(v parquet.Value) (string, error) { return strconv.FormatUint(unsigned(v), 10), nil }, nil
		}
	case *format.DateType:
		return date, nil
	default:
		return nil, fmt.Errorf("holds %s; write days as dates, and numbers as whole numbers", meaning)
	}
	switch c.Type().Kind() {
	case parquet.ByteArray:
		return func(v parquet.Value) (string, error) { return string(v.ByteArray()), nil }, nil
	case parquet.Int32:
		return func(v parquet.Value) (string, error) { return strconv.FormatInt(int64(v.Int32()), 10), nil }, nil
	case parquet.Int64:
		return func(v parquet.Value) (string, error) { return strconv.FormatInt(v.Int64(), 10), nil }, nil
	case parquet.Float, parquet.Double:
		return number, nil
	}
	return nil, fmt.Errorf("holds %s, which is neither text nor a whole number nor a date", c.Type())
}

// unsigned returns a number without a sign.
func unsigned(v parquet.Value) uint64 {
	if v.Kind() == parquet.Int32 {
		return uint64(v.Uint32())
	}
	return v.Uint64()
}

// date writes days since 1970 as YYYY-MM-DD.
func date(v parquet.Value) (string, error) {
	t := time.Unix(int64(v.Int32())*86400, 0).UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return "", fmt.Errorf("a date %d days from 1970", v.Int32())
	}
	return t.Format(time.DateOnly), nil
}

// number writes a whole number that is stored as a floating-point number, as programs do with columns
// that have missing values. Others are written in full, for the layout to judge; what is not a number is missing.
func number(v parquet.Value) (string, error) {
	x := v.Double()
	if v.Kind() == parquet.Float {
		x = float64(v.Float())
	}
	if math.IsNaN(x) {
		return "", nil
	}
	return strconv.FormatFloat(x, 'f', -1, 64), nil
}
