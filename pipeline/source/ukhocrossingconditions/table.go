package ukhocrossingconditions

import (
	"bytes"
	"fmt"
	"iter"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// table are the columns that are assumed of the publisher's table by month. Only the first two are
// read. The others are measures that it may have too.
var table = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "Month", Also: []string{"Month and year", "Calendar month", "Period", "Date"}},
	{Name: "Red days", Measure: true, Also: []string{"Days on which crossings were assessed as likely", "Days crossings were assessed as likely", "Days crossings assessed as likely",
		"Days when crossings were assessed as likely", "Days assessed as likely", "Red days (crossings likely)", "Likely crossing days"}},
	{Name: "Amber days", Optional: true}, {Name: "Green days", Optional: true},
	{Name: "Small boat arrivals", Also: []string{"Arrivals", "Migrants arrived", "People arrived", "Migrants", "People"}, Optional: true},
	{Name: "Boats", Also: []string{"Boats arrived", "Small boats"}, Optional: true},
}}

// tableHint is the hint for a table that is not as assumed.
const tableHint = "the publisher's table had not been seen when this was written; add it as a table of your own with a layout, or teach its columns to the source"

// isTable reports whether a file is the publisher's workbook, and not the CSV typed by hand.
func isTable(f source.File) bool {
	name := strings.ToLower(f.Name)
	return bytes.HasPrefix(f.Data, []byte("PK")) || strings.HasSuffix(name, ".ods") || strings.HasSuffix(name, ".xlsx")
}

// decodeTable reads the table by month of a workbook.
func decodeTable(f source.File) (source.Result, error) {
	rows, err := rowsOf(f)
	if err != nil {
		return source.Result{}, err
	}
	r := tableReader{decoder: decoder{file: f}, tables: map[string]*decode.Table{}, failed: map[string]error{}}
	for row, err := range rows {
		if err == nil {
			err = r.next(row)
		}
		if err != nil {
			return source.Result{}, err
		}
	}
	if err := r.end(); err != nil {
		return source.Result{}, err
	}
	return source.Result{Observations: r.obs, Findings: source.ExtraColumns(r.tables[r.found], r.found)}, nil
}

// tableReader reads the sheet with the table, and looks at the others.
type tableReader struct {
	decoder
	sheets []string                 // in order
	tables map[string]*decode.Table // by sheet
	failed map[string]error         // what is wrong with sheets that have no such header
	found  string                   // the sheet with the header
}

// end returns what is wrong with the workbook as a whole: of sheets without the header, with the last
// that has a row like it.
func (t *tableReader) end() error {
	if t.found != "" {
		err := t.tables[t.found].End()
		if err == nil && len(t.obs) == 0 {
			err = &decode.Error{File: t.file.Name, Sheet: t.found, Err: fmt.Errorf("no row below the header has a month: %w", decode.ErrShape), Hint: tableHint}
		}
		return err
	}
	var nearest error = &decode.Error{File: t.file.Name, Err: fmt.Errorf("the workbook is empty: %w", decode.ErrShape), Hint: tableHint}
	for _, name := range t.sheets {
		if nearest = t.failed[name]; nearest == nil {
			nearest = t.tables[name].End()
		}
	}
	return nearest
}

// next takes the next row of the workbook.
func (t *tableReader) next(r decode.Row) error {
	if t.failed[r.Sheet] != nil {
		return nil
	}
	columns := t.tables[r.Sheet]
	if columns == nil {
		columns = table.Table(decode.Error{File: t.file.Name, Sheet: r.Sheet, Hint: tableHint})
		t.tables[r.Sheet] = columns
		if r.Hidden != nil && r.Hidden.Sheet {
			t.failed[r.Sheet] = &decode.Error{File: t.file.Name, Sheet: r.Sheet, Err: fmt.Errorf("the sheet is hidden: %w", decode.ErrShape), Hint: tableHint}
		}
		t.sheets = append(t.sheets, r.Sheet)
		if t.failed[r.Sheet] != nil {
			return nil
		}
	}
	data, err := columns.Row(r)
	switch {
	case err != nil && columns.Found():
		return err
	case err != nil:
		t.failed[r.Sheet] = err
		return nil
	case columns.Found() && t.found != "" && t.found != r.Sheet:
		return &decode.Error{File: t.file.Name, Sheet: r.Sheet, Line: r.Line, Err: fmt.Errorf("sheet %q has the same columns: %w", t.found, decode.ErrShape), Hint: tableHint}
	case columns.Found():
		t.found = r.Sheet
	}
	if data {
		return t.month(r, columns)
	}
	return nil
}

// rowsOf returns the rows of all sheets of a workbook.
func rowsOf(f source.File) (iter.Seq2[decode.Row, error], error) {
	if strings.HasSuffix(strings.ToLower(f.Name), ".ods") {
		ods, err := spreadsheet.OpenODS(f.Name, f.Data, decode.DefaultLimits)
		if err != nil {
			return nil, err
		}
		return ods.Rows(), nil
	}
	book, err := spreadsheet.OpenXLSX(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return func(yield func(decode.Row, error) bool) {
		for _, name := range book.Sheets() {
			for row, err := range book.Rows(name) {
				if !yield(row, err) {
					return
				}
			}
		}
	}, nil
}

// month reads one row of the table: a month that follows the one above it. A row without a count
// and without a month, such as a note, is none.
func (d *decoder) month(r decode.Row, columns *decode.Table) error {
	at, days := columns.At(0), columns.At(1)
	fail := func(column int, err error) error {
		return &decode.Error{File: d.file.Name, Sheet: r.Sheet, Line: r.Line, Column: columns.Header(column), Err: err, Hint: tableHint}
	}
	p, err := monthOf(r.Cell(at))
	if err != nil {
		if r.Cell(days).Kind == decode.Empty {
			return nil
		}
		return fail(at, err)
	}
	if n := len(d.obs); n > 0 && d.obs[n-1].Period.End+1 != p.Start {
		return fail(at, fmt.Errorf("%s follows %s: %w", p.Start, d.obs[n-1].Period.Start, decode.ErrShape))
	}
	n, err := r.Figure(days)
	if err != nil {
		return fail(days, err)
	}
	if n.Absent == decode.Stated && n.N > int64(p.Days()) {
		return fail(days, fmt.Errorf("%d days in a month of %d: %w", n.N, p.Days(), decode.ErrCount))
	}
	o := stat.Observation{Series: &spans, Period: p, Status: stat.Normal, Release: d.file.Release, Locator: r.Ref(days)}
	source.State(&o, n)
	d.obs = append(d.obs, o)
	return nil
}

// monthOf reads the month of a cell: a text, the first or last day of the month, or such a day as a
// workbook stores it.
func monthOf(c decode.Cell) (stat.Period, error) {
	form := period.Form{Length: period.Month}
	if n, err := decode.Count(c); err == nil && n > 30_000 && n < 200_000 {
		return form.Serial(int(n))
	}
	return form.Read(c.Value)
}
