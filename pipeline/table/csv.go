package table

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// CSV writes the table as RFC 4180: UTF-8, one header row, CRLF line ends. A missing value is
// empty. Text that a spreadsheet program would evaluate begins with an apostrophe, as such programs
// write it themselves; a mark such as "-" stays as its publisher wrote it. In Parquet all text is
// unchanged.
//
// The last text of the first row is quoted even if it need not be. DuckDB decides from the first
// 20,480 rows whether a file has quotes, and refused files whose first comma inside a text came
// later.
func (t *Table) CSV(w io.Writer) error {
	out := NewLines(w)
	err := out.Line(t.Schema.ColumnNames())
	first := true
	for row := range t.All() {
		if err != nil {
			return err
		}
		err = out.row(row, first)
		first = false
	}
	return errors.Join(err, out.Flush())
}

// Begins returns how many rows of the table a CSV begins with, and how many bytes they take with the header.
// Both are zero if it has another header. It stops at the first row that is not the same.
func (t *Table) Begins(text []byte) (rows, size int) {
	var line bytes.Buffer
	same := func(next []byte) bool {
		if !bytes.HasPrefix(text[size:], next) {
			return false
		}
		size += len(next)
		line.Reset()
		return true
	}
	out := NewLines(&line)
	if errors.Join(out.Line(t.Schema.ColumnNames()), out.Flush()) != nil || !same(line.Bytes()) {
		return 0, 0
	}
	for row := range t.All() {
		if errors.Join(out.row(row, rows == 0), out.Flush()) != nil || !same(line.Bytes()) {
			return rows, size
		}
		rows++
	}
	return rows, size
}

// firstRow formats the fields of the first row: it quotes the last text, and others only if
// necessary.
func firstRow(row []Cell) string {
	last := -1
	for i, c := range row {
		if c.typ == text && !c.null {
			last = i
		}
	}
	out := make([]string, len(row))
	for i, c := range row {
		s := c.Field()
		if i == last || strings.ContainsAny(s, ",\"\r\n") || strings.HasPrefix(s, " ") {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		out[i] = s
	}
	return strings.Join(out, ",") + "\r\n"
}

// Field returns the cell in the form of a CSV field.
func (c Cell) Field() string {
	s := c.String()
	if c.typ == text && formula(s) {
		return "'" + s
	}
	return s
}

// formula reports whether a spreadsheet program would evaluate a text. Numbers and a lone dash are
// only shown.
func formula(s string) bool {
	if s == "" || s == "-" || strings.IndexByte("=+-@\t\r", s[0]) < 0 {
		return strings.HasPrefix(s, "\uff1d")
	}
	_, err := strconv.ParseFloat(s, 64)
	return err != nil
}
