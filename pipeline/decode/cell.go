package decode

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Kind is the type that a spreadsheet states for a cell.
type Kind uint8

// The kinds of cell.
const (
	Empty    Kind = iota // no value and no text
	Text                 // office:value-type "string", or text without a type
	Number               // office:value-type "float"
	DateKind             // office:value-type "date"
	Other                // any other type: percentage, currency, boolean, time
)

// String returns the kind as a word for messages.
func (k Kind) String() string {
	switch k {
	case Empty:
		return "empty"
	case Text:
		return "text"
	case Number:
		return "number"
	case DateKind:
		return "date"
	}
	return "other"
}

// Cell is one cell of a sheet. The zero value is an empty cell.
type Cell struct {
	Kind Kind
	// Value is the value as stored: "1204" for a number, "2018-01-01T00:00:00"
	// for a date, and the text for Text, its paragraphs joined by "\n". It is ""
	// where the file states a type and no value.
	Value string
	// Text is the cell as a spreadsheet program shows it: "1,204", "01/01/2018".
	Text string
}

// Row is one row of a sheet that has content.
type Row struct {
	Sheet string // the sheet's name
	Line  int    // the row as a spreadsheet program numbers it, from 1
	Cells []Cell // from column A; the last is not empty
}

// Cell returns the cell of column i, counted from 0. It is empty beyond the end
// of the row.
func (r Row) Cell(i int) Cell {
	if i < 0 || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}

// Ref returns the name of the row's cell in column i, counted from 0, as
// spreadsheet programs write it: "SB_01!B12".
func (r Row) Ref(i int) string {
	return r.Sheet + "!" + ColumnLetter(i) + strconv.Itoa(r.Line)
}

// ColumnLetter returns the name of column i, counted from 0: A, B, … Z, AA. It
// is "" for a negative i.
func ColumnLetter(i int) string {
	if i < 0 {
		return ""
	}
	var buf [16]byte
	n := len(buf)
	for ; i >= 0; i = i/26 - 1 {
		n--
		buf[n] = byte('A' + i%26)
	}
	return string(buf[n:])
}

// Count reads a cell that must hold a count: a number cell with a whole number,
// 0 or more, written "12" or "12.0". Text that looks like a number is not a
// count. The error wraps ErrCount and quotes the value.
func Count(c Cell) (int64, error) {
	switch c.Kind {
	case Empty:
		return 0, fmt.Errorf("an empty cell is %w", ErrCount)
	case Number:
	default:
		return 0, fmt.Errorf("%s (%s) is %w", quote(shown(c)), c.Kind, ErrCount)
	}
	digits, fraction, _ := strings.Cut(c.Value, ".")
	n, err := strconv.ParseUint(digits, 10, 63)
	// Note: not strconv.ParseFloat, which rounds 0.99999999999999999 to 1 and
	// takes "Inf" and "0x1p4".
	if err != nil || strings.Trim(fraction, "0") != "" || strings.HasSuffix(c.Value, ".") {
		return 0, fmt.Errorf("%s is %w", quote(c.Value), ErrCount)
	}
	return int64(n), nil
}

// Date reads a cell that must hold a day: a date cell with "2018-01-01" or
// "2018-01-01T00:00:00". A time of day other than midnight is an error, and so
// is a day that does not exist. The error wraps ErrPeriod and quotes the value.
func Date(c Cell) (y int, m time.Month, d int, err error) {
	switch c.Kind {
	case Empty:
		return 0, 0, 0, fmt.Errorf("an empty cell is %w", ErrPeriod)
	case DateKind:
	default:
		return 0, 0, 0, fmt.Errorf("%s (%s) is %w", quote(shown(c)), c.Kind, ErrPeriod)
	}
	t, err := time.Parse(time.DateOnly, c.Value)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04:05", c.Value)
	}
	if err != nil {
		return 0, 0, 0, fmt.Errorf("%s is %w", quote(c.Value), ErrPeriod)
	}
	if !t.Equal(t.Truncate(24 * time.Hour)) {
		return 0, 0, 0, fmt.Errorf("%s is %w: it has a time of day", quote(c.Value), ErrPeriod)
	}
	y, m, d = t.Date()
	return y, m, d, nil
}

// shown returns what identifies a cell to a reader of the sheet.
func shown(c Cell) string {
	if c.Text != "" {
		return c.Text
	}
	return c.Value
}
