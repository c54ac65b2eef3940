package parquetfile

import (
	"encoding/binary"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Kind is the type of a column.
type Kind int

// The kinds of columns.
const (
	Text  Kind = iota // UTF-8 text
	Date              // days since 1970-01-01
	Int32             // whole number of 32 bits
	Int64             // whole number of 64 bits
)

// Column is the name and type of a column of a file.
type Column struct {
	Name string
	Kind Kind
	// Optional columns may have missing values.
	Optional bool
	// Varied says that nearly all texts differ. They are written one after another (delta byte
	// array) and never as a dictionary.
	Varied bool
}

// Null is the code of a missing value.
const Null int32 = -1

// Chunk holds the values of one column of one row group, in exactly one form.
type Chunk struct {
	// Codes has one code per row, each Null or less than Card. A text is Texts[code]; Texts is
	// sorted and has no repeats. A number is Base + code.
	Codes []int32
	Card  int
	Texts []string
	Base  int64

	// Ints has the numbers themselves, one per row, none missing.
	Ints []int64

	// At has, for each row, the offset of its text in Arena, where its length precedes its bytes as a uvarint
	// before its bytes. Missing means no text.
	At    []uint32
	Arena []byte
}

// Missing is the offset of a missing text.
const Missing = ^uint32(0)

// physical returns the Parquet type of the kind.
func (k Kind) physical() format.Type {
	switch k {
	case Text:
		return format.ByteArray
	case Int64:
		return format.Int64
	}
	return format.Int32
}

// plain appends v as the PLAIN encoding of a number of the kind.
func (k Kind) plain(b []byte, v int64) []byte {
	if k == Int64 {
		return binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	return binary.LittleEndian.AppendUint32(b, uint32(v))
}

func (c Column) element() format.SchemaElement {
	e := format.SchemaElement{
		Type:           thrift.New(c.Kind.physical()),
		RepetitionType: thrift.New(format.Required),
		Name:           c.Name,
	}
	if c.Optional {
		e.RepetitionType = thrift.New(format.Optional)
	}
	switch c.Kind {
	case Text:
		e.ConvertedType = thrift.New(deprecated.UTF8)
		e.LogicalType = format.LogicalType{Value: &format.StringType{}}
	case Date:
		e.ConvertedType = thrift.New(deprecated.Date)
		e.LogicalType = format.LogicalType{Value: &format.DateType{}}
	}
	return e
}
