package frontexdetections

import (
	"fmt"
	"slices"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/stat"
)

// maxBlank is the percentage of blank cells above which a workbook waits: the publisher writes 0 for
// no detections, so many blank cells mean that its way of writing has changed.
const maxBlank = 1

// wide reads a sheet with a row for each route, border and nationality, and a column for each month.
type wide struct {
	*decoder
	book       *spreadsheet.XLSX
	table      *decode.Table
	sheet      string
	headerLine int
	width      int           // columns of the header
	months     []monthColumn // in order of time
	totals     []totalColumn // the columns with sums of each row
	others     []int         // columns that are not read

	figures   int                        // in all rows
	filled    map[int]int                // figures by column
	seen      map[[3]string]string       // where rows are, by their labels
	meant     map[stat.Dimensions]string // where rows are, by what their labels mean
	blanks    []blank
	stated    []total // what rows of totals say, by month
	wanted    []int   // the columns of labels and months
	unseen    decode.Unseen
	wrongSums []string
}

// blank is a figure that is not stated.
type blank struct {
	dims stat.Dimensions
	per  stat.Period
	mark string // what is there instead, or ""
	ref  string
}

// total is the sum of a month as the sheet states it.
type total struct {
	of  stat.Dimensions // all rows, or those of a route
	per stat.Period
	n   int64
	ref string
}

// fail returns an error about a cell.
func (w *wide) fail(line, column int, err error) error {
	return &decode.Error{File: w.file.Name, Sheet: w.sheet, Line: line, Column: w.table.Header(column), Err: err, Hint: bookHint}
}

// row reads one row below the header.
func (w *wide) row(r decode.Row) error {
	labels, text, counts := w.labels(r)
	blankLabels := 0
	for _, l := range labels {
		if decode.Fold(l) == "" {
			blankLabels++
		}
	}
	switch {
	case blankLabels == 3 && counts == 0 && !text: // nothing, or something next to the table
		return w.checkOthers(r)
	case blankLabels > 0 && counts == 0: // a note below the table
		return nil
	case counts == 0 && decode.Words(labels[0]) == decode.Words(w.table.Header(w.table.At(0))): // the header again
		return nil
	}
	if of, is := w.totalRowOf(labels); is {
		return w.totalRow(r, of)
	}
	if err := w.checkOthers(r); err != nil {
		return err
	}
	w.unseen.See(r, w.wanted)
	return w.figuresOf(r, labels)
}

// labels returns the labels of a row, whether a cell of a month has a text, and how many have a
// number.
func (w *wide) labels(r decode.Row) (labels [3]string, text bool, counts int) {
	for i := range labels {
		labels[i] = r.Cell(w.table.At(i)).Value
	}
	for _, m := range w.months {
		switch c := r.Cell(m.at); {
		case c.Kind == decode.Number || c.Kind == decode.DateKind || c.Kind == decode.Other:
			counts++
		case c.Kind == decode.Text && decode.Fold(c.Value) != "":
			if f, err := decode.FigureText(c.Value); err == nil && f.Absent == decode.Stated {
				counts++
			}
			text = true
		}
	}
	return labels, text, counts
}

// checkOthers returns an error if a column that is not read has a number: it may be a month that is
// called otherwise, or a measure.
func (w *wide) checkOthers(r decode.Row) error {
	for i, c := range r.Cells {
		if c.Kind != decode.Number || i < w.width && !slices.Contains(w.others, i) {
			continue
		}
		return w.fail(w.headerLine, i, fmt.Errorf("the header is not a month, and cell %s below it is the number %s: %w", r.Ref(i), decode.Quote(c.Value), decode.ErrHeader))
	}
	return nil
}

// figuresOf reads the figures of a row.
func (w *wide) figuresOf(r decode.Row, labels [3]string) error {
	rec := record{labels: labels, line: r.Line,
		header: func(i int) string { return w.table.Header(w.table.At(i)) },
		ref:    func(i int) string { return r.Ref(w.table.At(i)) },
		fail:   func(i int, err error) error { return w.fail(r.Line, w.table.At(i), err) }}
	dims, out, err := w.code(rec)
	if err != nil {
		return err
	}
	if err := w.once(r, labels, dims); err != nil {
		return err
	}
	if out != nil {
		w.exclude(r, w.table.At(out.label), out.reason, true)
		if out.sum {
			return nil
		}
		for _, m := range w.months {
			w.blanks = append(w.blanks, blank{dims, m.per, "", r.Ref(w.table.At(out.label))})
		}
		return nil
	}
	w.routes[dims.Route] = true
	figures := map[stat.Date]int64{}
	for _, m := range w.months {
		n, stated, err := w.month(r, m, dims)
		if err != nil {
			return err
		}
		if stated {
			figures[m.per.Start] = n
		}
	}
	w.checkSums(r, figures)
	return nil
}

// once returns an error if a row has the labels of another. If its labels only mean the same as
// those of another, the figures of both are added up, and a finding says so.
func (w *wide) once(r decode.Row, labels [3]string, dims stat.Dimensions) error {
	for i, l := range labels {
		labels[i] = decode.Words(l)
	}
	ref := r.Ref(w.table.At(2))
	if before, twice := w.seen[labels]; twice {
		return w.fail(r.Line, w.table.At(2), fmt.Errorf("the same route, border and nationality as in %s: %w", before, decode.ErrShape))
	}
	w.seen[labels] = ref
	if before, same := w.meant[dims]; same {
		w.find("labels-together", stat.SeverityWarning, ref, "this row and %s mean the same route, border and nationality; their figures are added up", before)
	}
	w.meant[dims] = ref
	return nil
}

// month reads the figure of a row for a month. It returns the count, if it is stated.
func (w *wide) month(r decode.Row, m monthColumn, dims stat.Dimensions) (n int64, stated bool, err error) {
	c := r.Cell(m.at)
	if c.Kind == decode.Empty || c.Kind == decode.Text && decode.Fold(c.Value) == "" {
		w.blanks = append(w.blanks, blank{dims, m.per, "", r.Ref(m.at)})
		return 0, false, nil
	}
	if m.err != nil {
		return 0, false, w.fail(r.Line, m.at, fmt.Errorf("%s is stated: %w", decode.Quote(c.Value), m.err))
	}
	w.figures++
	w.filled[m.at]++
	f, err := r.Figure(m.at)
	switch {
	case err != nil:
		w.exclude(r, m.at, "the number of detections is not a count", false)
		w.blanks = append(w.blanks, blank{dims, m.per, "", r.Ref(m.at)})
		return 0, false, nil
	case f.Absent != decode.Stated:
		w.blanks = append(w.blanks, blank{dims, m.per, f.Mark, r.Ref(m.at)})
		return 0, false, nil
	case f.N == 0: // the CSV lists only what occurs
		return 0, true, nil
	}
	if err := w.figure(dims, m.per, f.N, r.Ref(m.at), true); err != nil {
		return 0, false, w.fail(r.Line, m.at, err)
	}
	return f.N, true, nil
}

// exclude lists a cell that leaves its row, or its month of the row, out. listed says that a label
// list does.
func (w *wide) exclude(r decode.Row, column int, reason string, listed bool) {
	w.excluded = append(w.excluded, stat.ExcludedRow{Line: r.Line, Column: w.table.Header(column), Value: r.Cell(column).Value, Reason: reason, Listed: listed})
}

// end adds what the sheet as a whole says: its last month, what is not stated in it, and whether its
// totals are right.
func (w *wide) end() error {
	if err := w.table.End(); err != nil && !w.table.Found() {
		return err
	}
	for _, m := range w.months {
		if w.filled[m.at] > 0 {
			w.last = m.per.Start
		}
	}
	if w.last == 0 {
		return w.fail(0, w.table.At(2), fmt.Errorf("no row below the header has a figure: %w", decode.ErrShape))
	}
	for _, m := range w.months {
		if m.per.Start > w.last {
			w.find("empty-month", stat.SeverityNote, decode.ColumnLetter(m.at), "the column of %s is empty, and states nothing", m.per.Start)
		}
	}
	w.unstated()
	w.checkTotals()
	w.hidden()
	return nil
}

// hidden adds what of the figures is hidden.
func (w *wide) hidden() {
	for _, u := range w.unseen.Parts(func(column int) bool {
		return column != w.table.At(0) && column != w.table.At(1) && column != w.table.At(2)
	}) {
		severity := stat.SeverityWarning
		if u.Waits {
			severity = stat.SeverityError
		}
		w.find(u.Code, severity, u.Where, "%s", u.Message)
	}
}

// unstated adds the figures that are not stated. Those of months that are empty throughout are not
// among them.
func (w *wide) unstated() {
	first, n := "", 0
	for _, b := range w.blanks {
		if b.per.Start > w.last {
			continue
		}
		w.lack(b.dims, b.per, b.ref)
		if b.dims.Origin == stat.Total { // a row that is left out
			continue
		}
		if n++; first == "" {
			first = b.ref
		}
		o := w.observation(b.dims, b.per, 0, b.ref)
		o.Value, o.Status, o.Mark = stat.Count{}, stat.Missing, b.mark
		w.obs = append(w.obs, o)
	}
	if n == 0 {
		return
	}
	severity, say := stat.SeverityWarning, ""
	if n*100 > maxBlank*(n+w.figures) {
		severity, say = stat.SeverityError, "; so many may mean that a blank is now written for 0"
	}
	w.find("blank-cells", severity, first, "figures that are not stated: %d, this the first; the sums that they belong to are not stated either%s", n, say)
}
