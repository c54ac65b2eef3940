package tabular

import (
	"encoding/csv"
	"io"
)

// CSV writes the table as RFC 4180: UTF-8, one header row, CRLF line ends. A
// missing value is empty. Text is written as it is: this is the file for
// machines, and a mark such as "-" stays what its publisher wrote.
func (t *Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.Schema.ColumnNames()); err != nil {
		return err
	}
	record := make([]string, len(t.Schema.Columns))
	for row := range t.All() {
		for i, c := range row {
			record[i] = c.String()
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
