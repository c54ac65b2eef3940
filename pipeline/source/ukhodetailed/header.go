package ukhodetailed

import (
	"fmt"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// above is how many rows with content may be above the header. The publisher's own files have one,
// the title; files saved from them have had fourteen.
const above = 20

// wanted are the columns of a view, in the usual order of a file, and the places of its own among
// them.
type wanted struct {
	decode.Columns
	count, date, year, quarter int
	labels                     []int
}

// wants returns the columns of a view in a workbook or a CSV.
func (v *View) wants(book bool) (w wanted) {
	add := func(c decode.Column) int {
		w.Want = append(w.Want, c)
		return len(w.Want) - 1
	}
	date := func() {
		w.date = add(decode.Column{Name: dateColumn, Also: []string{"Date (as at...)", "Date (as at ...)", "Date as at", "As at", "As at date"}, Optional: !v.Stock})
	}
	clock := func() {
		w.year, w.quarter = add(decode.Column{Name: yearColumn, Optional: true}), add(decode.Column{Name: quarterColumn, Optional: true})
	}
	first := v.Stock || !book
	if first {
		date()
	}
	if !v.Stock {
		clock()
	}
	for _, c := range v.Columns {
		w.labels = append(w.labels, add(decode.Column{Name: c.Name, Also: c.Was, Optional: c.Optional}))
	}
	w.count = add(decode.Column{Name: v.Count, Also: v.CountWas, Measure: true})
	if !first {
		date()
	}
	if v.Stock {
		clock()
	}
	w.Above, w.OwnEnd = above, true
	return w
}

// shared returns how many of the columns a header has.
func (w wanted) shared(header []string) (n int) {
	for _, text := range header {
		for _, c := range w.Want {
			if words := decode.Words(text); words == decode.Words(c.Name) {
				n++
			}
		}
	}
	return n
}

// sheetTable returns a sheet as the table of a view.
func (x *File) sheetTable(v *View, sheet string) (*Table, error) {
	want := v.wants(true)
	columns := want.Table(decode.Error{File: x.Name, Sheet: sheet, Hint: hint})
	for row, err := range x.book.Top(sheet, above+1) {
		if err != nil {
			return nil, err
		}
		if _, err := columns.Row(row); err != nil {
			return nil, err
		}
		if columns.Found() {
			var header []string
			for _, c := range row.Cells {
				header = append(header, strings.TrimSpace(c.Value))
			}
			return newTable(x, want, v, sheet, row.Line, header, columns)
		}
	}
	return nil, columns.End()
}

// headerTable returns a CSV as the table of a view.
func (x *File) headerTable(v *View) (*Table, error) {
	want := v.wants(false)
	columns := want.Table(decode.Error{File: x.Name, Hint: hint})
	if _, err := columns.Texts(1, x.csv.Header()); err != nil {
		return nil, err
	}
	if !columns.Found() {
		return nil, columns.End()
	}
	return newTable(x, want, v, "", 0, x.csv.Header(), columns)
}

// newTable returns the table of a view below a header that has its columns.
func newTable(x *File, want wanted, v *View, sheet string, line int, header []string, columns *decode.Table) (*Table, error) {
	t := &Table{View: v, file: x, sheet: sheet, headerAt: line, header: header, columns: columns, spans: map[int]*span{}, readings: make([]codes.Reading, len(v.Columns)),
		count: columns.At(want.count), date: columns.At(want.date), year: columns.At(want.year), quarter: columns.At(want.quarter)}
	if t.date < 0 && t.quarter < 0 {
		return nil, &decode.Error{File: x.Name, Sheet: sheet, Line: max(line, 1), Hint: hint, Err: fmt.Errorf("column %q is missing: %w", quarterColumn, decode.ErrHeader)}
	}
	t.width = max(t.count, t.date, t.year, t.quarter) + 1
	for i, c := range v.Columns {
		at := columns.At(want.labels[i])
		t.labels, t.known = append(t.labels, at), append(t.known, nil)
		t.width = max(t.width, at+1)
		if at >= 0 && c.List != "" {
			t.known[i] = x.Lists.For(c.List, publisher)
		}
	}
	t.renamed = newRenames(t)
	return t, nil
}

// headerFindings returns what is odd about the columns and the end of a table that has been read.
func (t *Table) headerFindings() []stat.Finding {
	var out []stat.Finding
	for _, f := range source.ExtraColumns(t.columns, t.sheet) {
		if f.Code == "missing-column" {
			continue // a release may always have lacked it; what is broken down by it is not stated
		}
		out = append(out, f)
	}
	if t.file.book != nil && t.endedBy == "" {
		out = append(out, stat.Finding{Code: "no-end", Severity: stat.SeverityError, Where: t.at(t.countName()), Message: fmt.Sprintf(
			"no row %q is below the last: the table may be cut short; compare its last rows with the publisher's", endMark)})
	}
	if t.below > 0 {
		out = append(out, stat.Finding{Code: "text-below", Where: t.at(fmt.Sprintf("A%d", t.below)), Message: "there is text below the table; it is not read"})
	}
	return out
}

// countName is the header of the column of counts, as in the file.
func (t *Table) countName() string { return t.columns.Header(t.count) }
