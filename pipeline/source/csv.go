package source

import (
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// EachRow calls do with every row of a CSV that has exactly these columns, until the first error.
// The error is a *decode.Error.
func EachRow(f File, columns []string, do func(decode.CSVRow) error) error {
	csv, err := decode.OpenCSV(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return err
	}
	for row, err := range csv.Rows(columns...) {
		if err == nil {
			err = do(row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// RowDay reads the day in column i of a row. The error is a *decode.Error.
func RowDay(r decode.CSVRow, i int) (stat.Date, error) {
	y, m, d, err := r.Date(i)
	if err != nil {
		return 0, err
	}
	return stat.NewDate(y, m, d), nil
}

// DateInRows returns a Date for a source whose CSV states the release date in one of its columns.
// The first row counts. If it has no date there, the file has none.
func DateInRows(columns []string, published int) func(name string, data []byte) (stat.Date, time.Time) {
	return func(name string, data []byte) (day stat.Date, _ time.Time) {
		csv, err := decode.OpenCSV(name, data, decode.DefaultLimits)
		if err != nil {
			return 0, time.Time{}
		}
		for row, err := range csv.Rows(columns...) {
			if err == nil {
				day, _ = RowDay(row, published)
			}
			break
		}
		return day, time.Time{}
	}
}
