package decode

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// CSVTable is one pass over a CSV by its Columns. Extra and Lacks may be called after it.
type CSVTable struct {
	*Table
	csv *CSV
}

// Table prepares to read the columns that a source wants, in any order and below titles.
func (c *CSV) Table(columns Columns) *CSVTable {
	return &CSVTable{columns.Table(Error{File: c.name, Hint: csvHint}), c}
}

// Rows yields the rows below the header, with the wanted columns in the order in which they were
// asked for and without spaces around them. It may be called once. Rows without a value are skipped. All rows must be as long as
// the header.
//
// The Values slice may be reused between iterations: copy what must be kept. Its strings stay
// valid. The sequence ends after the first error, an *Error. An error about the columns may come
// last, so discard the rows before an error too.
func (t *CSVTable) Rows() iter.Seq2[CSVRow, error] {
	return func(yield func(CSVRow, error) bool) {
		r := t.csv.reader()
		r.FieldsPerRecord, r.ReuseRecord = -1, true
		wanted := make([]string, len(t.columns.Want))
		for {
			values, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				yield(CSVRow{}, t.csv.parseError(values, err))
				return
			}
			line, _ := r.FieldPos(0)
			line += t.csv.commentLines
			data, err := t.Texts(line, values)
			if err == nil && data && len(values) != len(t.header) {
				err = t.Fail(line, "", fmt.Errorf("%d values where the header has %d columns: %w", len(values), len(t.header), ErrShape))
			}
			if err != nil {
				yield(CSVRow{}, err)
				return
			}
			if !data {
				continue
			}
			for i := range wanted {
				wanted[i] = ""
				if at := t.At(i); at >= 0 {
					wanted[i] = trimmed(values[at])
				}
			}
			if !yield(CSVRow{t.csv, t.Table, line, wanted}, nil) {
				return
			}
		}
		if err := t.End(); err != nil {
			yield(CSVRow{}, err)
		}
	}
}

// trimmed returns a cell without the spaces around it. Few have any.
func trimmed(s string) string {
	if s == "" || s[0] != ' ' && s[len(s)-1] != ' ' {
		return s
	}
	return strings.Trim(s, " ")
}
