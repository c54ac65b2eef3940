package table

import (
	"encoding/csv"
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
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.Schema.ColumnNames()); err != nil {
		return err
	}
	record := make([]string, len(t.Schema.Columns))
	first := true
	for row := range t.All() {
		for i, c := range row {
			record[i] = c.Field()
		}
		if first {
			first = false
			out.Flush()
			if _, err := io.WriteString(w, firstRow(row, record)); err != nil {
				return err
			}
			continue
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// firstRow formats the fields of the first row: it quotes the last text, and others only if
// necessary.
func firstRow(row []Cell, fields []string) string {
	last := -1
	for i, c := range row {
		if c.typ == text && !c.null {
			last = i
		}
	}
	out := make([]string, len(fields))
	for i, s := range fields {
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
