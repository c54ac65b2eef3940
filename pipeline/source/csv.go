package source

import (
	"fmt"
	"strings"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// EachRow calls do with every row of a CSV that has these columns, until the first error. It returns
// findings about the columns. The error is a *decode.Error; it may come after the last row.
func EachRow(f File, columns decode.Columns, do func(decode.CSVRow) error) ([]stat.Finding, error) {
	csv, err := decode.OpenCSV(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return nil, err
	}
	table := csv.Table(columns)
	for row, err := range table.Rows() {
		if err == nil {
			err = do(row)
		}
		if err != nil {
			return nil, err
		}
	}
	return ExtraColumns(table.Table, ""), nil
}

// CodeText returns the code that a cell of a CSV in one of our layouts states: in small letters, with
// "_" between words and without the mark of a note.
func CodeText(r decode.CSVRow, i int) string {
	return strings.ReplaceAll(decode.Words(r.Values[i]), " ", "_")
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
func DateInRows(columns decode.Columns, published int) func(name string, data []byte) (stat.Date, time.Time) {
	return func(name string, data []byte) (day stat.Date, _ time.Time) {
		csv, err := decode.OpenCSV(name, data, decode.DefaultLimits)
		if err != nil {
			return 0, time.Time{}
		}
		for row, err := range csv.Table(columns).Rows() {
			if err == nil {
				day, _ = RowDay(row, published)
			}
			break
		}
		return day, time.Time{}
	}
}

// PublishedRows reads the periods of a CSV whose rows all name one day of publication.
type PublishedRows struct {
	Start, End, Published int // the columns of the days, from 0

	released stat.Date // in the rows so far; zero before the first
}

// Period reads the period of a row, without its precision. A period that was not over when it was
// published is an error, and so is another day of publication than in the rows above. The error is
// a *decode.Error.
func (x *PublishedRows) Period(r decode.CSVRow) (stat.Period, error) {
	var days [3]stat.Date
	for i, column := range []int{x.Start, x.End, x.Published} {
		var err error
		if days[i], err = RowDay(r, column); err != nil {
			return stat.Period{}, err
		}
	}
	p := stat.Period{Start: days[0], End: days[1]}
	if err := (check.Time{}).CheckOver(p, days[2]); err != nil {
		return p, r.Fail(x.End, fmt.Errorf("%w: %w", decode.ErrPeriod, err))
	}
	if !x.released.IsZero() && days[2] != x.released {
		return p, r.Fail(x.Published, fmt.Errorf("%s, but the rows above say %s: %w", days[2], x.released, decode.ErrShape))
	}
	x.released = days[2]
	return p, nil
}
