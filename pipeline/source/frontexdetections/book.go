package frontexdetections

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// sheetName is the name of the publisher's sheet. Of several sheets with the header it is the one.
const sheetName = "Detections_of_IBC"

// labelColumns are the columns of labels in the publisher's workbook, with the headers of 2018.
var labelColumns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "Route", Also: []string{"Routes", "Migratory route"}},
	{Name: "Border Type", Also: []string{"Border type or inland", "BorderLocation", "Border location", "BorderType", "Type of border"}},
	{Name: "Nationality", Also: []string{"NationalityLong", "Nationality long", "Nationalities"}},
}}

// monthColumn is a column with the figures of a month.
type monthColumn struct {
	at  int // index in the sheet
	per stat.Period
	err error // why no figure of it can be known yet, or nil
}

// isBook reports whether a file is, or should be, a workbook.
func isBook(f source.File) bool {
	return bytes.HasPrefix(f.Data, []byte("PK")) || strings.HasSuffix(strings.ToLower(f.Name), ".xlsx")
}

// bookHint is the hint for a row or header that is not as expected.
const bookHint = "look at the row in the publisher's file; if the layout has changed, teach it to the source's decoder before this release comes in"

// readBook reads the workbook, and returns how many rows it has.
func (d *decoder) readBook() (rows int, err error) {
	book, err := spreadsheet.OpenXLSX(d.file.Name, d.file.Data, decode.DefaultLimits)
	if err != nil {
		return 0, err
	}
	sheet, err := d.findSheet(book)
	if err != nil {
		return 0, err
	}
	d.routes = map[string]bool{}
	w := &wide{decoder: d, book: book, sheet: sheet, table: labelColumns.Table(decode.Error{File: d.file.Name, Sheet: sheet, Hint: bookHint}),
		filled: map[int]int{}, seen: map[[3]string]string{}, meant: map[stat.Dimensions]string{}}
	for row, err := range book.Rows(sheet) {
		switch {
		case err != nil:
		case !w.table.Found():
			if _, err = w.table.Row(row); err == nil && w.table.Found() {
				err = w.header(row)
			}
		default:
			err = w.row(row)
		}
		if err != nil {
			return 0, err
		}
	}
	return len(w.seen), w.end()
}

// findSheet returns the name of the sheet with the figures.
func (d *decoder) findSheet(book *spreadsheet.XLSX) (string, error) {
	var found []string
	for _, name := range book.Shown(book.Sheets()) {
		if decode.Words(name) == decode.Words(sheetName) {
			return name, nil // whatever its header, which is then reported
		}
		// An error is about a chart, or about damage that reading the right sheet reports.
		if has, _ := book.Has(name, labelColumns); has {
			found = append(found, name)
		}
	}
	if shown := book.Shown(found); len(shown) == 1 {
		return shown[0], nil
	}
	return "", &decode.Error{File: d.file.Name, Hint: bookHint, Err: fmt.Errorf("%d of the sheets %q have a header with Route, Border Type and Nationality, and none is called %s: %w",
		len(found), book.Sheets(), sheetName, decode.ErrShape)}
}

// header finds the months in the header. They may rise or fall; in another order a person looks at
// them. None may be there twice or be left out.
func (w *wide) header(r decode.Row) error {
	w.headerLine, w.width = r.Line, len(r.Cells)
	for i, c := range r.Cells {
		if i == w.table.At(0) || i == w.table.At(1) || i == w.table.At(2) {
			continue
		}
		from, to, sums := totalOf(c)
		per, err := w.monthOf(c)
		switch {
		case sums:
			w.totals = append(w.totals, totalColumn{i, from, to})
		case err == nil:
			w.months = append(w.months, monthColumn{i, per, w.checkMonth(per)})
		default:
			w.others = append(w.others, i)
		}
	}
	if len(w.months) == 0 {
		return w.fail(r.Line, w.table.At(2), fmt.Errorf("no column to the right is called by a month: %w", decode.ErrHeader))
	}
	for _, t := range w.totals {
		if !w.covers(t) {
			w.others = append(w.others, t.at)
		}
	}
	w.totals = slices.DeleteFunc(w.totals, func(t totalColumn) bool { return !w.covers(t) })
	byMonth := func(a, b monthColumn) int { return int(a.per.Start - b.per.Start) }
	if !slices.IsSortedFunc(w.months, byMonth) && !slices.IsSortedFunc(w.months, func(a, b monthColumn) int { return byMonth(b, a) }) {
		w.find("months-out-of-order", stat.SeverityError, r.Ref(w.months[0].at), "the months neither rise nor fall from column to column; two may be called by each other's name")
	}
	slices.SortStableFunc(w.months, byMonth)
	for i, m := range w.months {
		if m.per.Start < since {
			return w.fail(r.Line, m.at, m.err)
		}
		if i == 0 {
			continue
		}
		switch before := w.months[i-1]; {
		case before.per == m.per:
			return w.fail(r.Line, max(m.at, before.at), fmt.Errorf("the month is there twice, also in column %s: %w", decode.ColumnLetter(min(m.at, before.at)), decode.ErrShape))
		case before.per.End+1 != m.per.Start:
			return w.fail(r.Line, m.at, fmt.Errorf("a month is missing: %s follows %s: %w", m.per.Start, before.per.Start, decode.ErrShape))
		}
	}
	w.first = w.months[0].per.Start
	w.wanted = []int{w.table.At(0), w.table.At(1), w.table.At(2)}
	for _, m := range w.months {
		w.wanted = append(w.wanted, m.at)
	}
	return nil
}

// monthOf reads the month that a header names: "JAN2009", "Jan-09", "January 2009", "2009-01", or the
// first day of the month, as a text or as a day of the sheet.
func (w *wide) monthOf(c decode.Cell) (stat.Period, error) {
	form := period.Form{Length: period.Month, Order: "dmy"}
	if c.Kind != decode.Number {
		return form.Read(c.Value)
	}
	n, err := decode.Count(c)
	if err != nil {
		return stat.Period{}, err
	}
	if n < 200_000 { // a day's serial number; 200901 is a month
		day, err := period.Form{Length: period.Day}.Serial(w.book.Serial(int(n)))
		if err == nil && day.Start != day.Start.MonthStart() { // the last one may be one of the calendar of 1904
			err = fmt.Errorf("%s is not the first day of a month: %w", day.Start, decode.ErrPeriod)
		}
		if err != nil {
			return stat.Period{}, err
		}
		y, m, _ := day.Start.YMD()
		return stat.Month(y, m), nil
	}
	return form.Read(c.Value)
}
