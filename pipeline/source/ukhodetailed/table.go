package ukhodetailed

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// endMark is in the column Year of the row after the last one.
const endMark = "End of table"

// Table is one table of a file, whose header is that of its view. Each reads it.
type Table struct {
	View *View

	file     *File
	sheet    string // "" in a CSV
	headerAt int    // its line; 0 in a CSV, which checks the header itself
	header   []string
	// Indexes of the columns, from 0; date is -1 in a workbook.
	year, quarter, date, count int
	labels                     []int   // in the order of View.Columns
	known                      []coder // the coder of each label column; nil without a code list

	read  int           // rows so far
	spans map[int]*span // by quarter
	ended bool          // the end mark has been seen
	tail  tail
}

// coder returns the code of a label; see codes.Labels.
type coder interface {
	Code(label string) (string, error)
}

// span is the first and last line of the rows of a quarter.
type span struct{ first, last int }

// Row is one row of a table.
type Row struct {
	Quarter stat.Period
	// Labels are as in the file and Codes are their codes, in the order of View.Columns. A column
	// without a code list has no code. Both slices are reused: copy what must be kept.
	Labels, Codes []string
	// Count is missing if the row is excluded for it. Mark is then the text of the cell.
	Count stat.Count
	Mark  string
	Line  int
	// Excluded means that a label of the row is left out on purpose. The row then has no count, and
	// no code for that label; it shows which sums lack it.
	Excluded bool
	table    *Table
}

// cells are the values of a row in the order of the file's columns.
type cells struct {
	values []string
	line   int
	beyond bool // there are more values than columns
}

// Fail returns an error about a label of the row, by its index in View.Columns.
func (r Row) Fail(column int, err error) error {
	return r.table.fail(r.Line, r.table.View.Columns[column].Name, err)
}

// Each calls use with the rows of the table in order, and checks them. It returns the excluded
// rows: those whose label is left out on purpose, which use sees with Excluded set, and those
// without a usable count, which use sees without one. The error is that of use, or a *decode.Error.
// It may come after the last row, because a gap or a missing end of the table shows only there.
func (t *Table) Each(use func(Row) error) ([]stat.ExcludedRow, error) {
	var excluded []stat.ExcludedRow
	r := Row{table: t, Labels: make([]string, len(t.labels)), Codes: make([]string, len(t.labels))}
	err := t.rows(func(c cells) error {
		end, err := t.checkEnd(c)
		if end || err != nil {
			return err
		}
		if err := t.period(&r, c); err != nil {
			return err
		}
		t.read++
		out, err := t.codes(&r, c)
		if err != nil {
			return err
		}
		if r.Excluded = out != nil; r.Excluded {
			r.Count, r.Mark = stat.Count{}, ""
		} else if out, err = t.number(&r, c); err != nil {
			return err
		}
		if out != nil {
			excluded = append(excluded, *out)
		}
		return use(r)
	})
	if err == nil {
		err = t.checkComplete()
	}
	return excluded, err
}

// Rows returns how many rows Each has read, excluded ones included.
func (t *Table) Rows() int { return t.read }

// rows calls use with the rows below the header.
func (t *Table) rows(use func(cells) error) error {
	if t.file.csv != nil {
		for row, err := range t.file.csv.Rows(t.header...) {
			if err != nil {
				return err
			}
			if err := use(cells{values: row.Values, line: row.Line}); err != nil {
				return err
			}
		}
		return nil
	}
	values := make([]string, len(t.header))
	for row, err := range t.file.book.Rows(t.sheet) {
		switch {
		case err != nil:
			return err
		case row.Line <= t.headerAt:
			continue
		}
		for i := range values {
			values[i] = strings.TrimSpace(row.Cell(i).Value)
		}
		if err := use(cells{values, row.Line, len(row.Cells) > len(values)}); err != nil {
			return err
		}
	}
	return nil
}

// checkEnd reports whether a row is the end mark. Anything after it is an error, and so is a value
// beyond the last column.
func (t *Table) checkEnd(c cells) (bool, error) {
	switch {
	case t.ended:
		return false, t.fail(c.line, "", fmt.Errorf("a row after %q: %w", endMark, decode.ErrShape))
	case c.beyond:
		return false, t.fail(c.line, decode.ColumnLetter(len(t.header)), fmt.Errorf("a value beyond the last column: %w", decode.ErrShape))
	}
	t.ended = t.file.book != nil && strings.EqualFold(c.values[t.year], endMark)
	if t.ended && slices.ContainsFunc(slices.Delete(slices.Clone(c.values), t.year, t.year+1), func(s string) bool { return s != "" }) {
		return false, t.fail(c.line, "", fmt.Errorf("the row that ends the table has other values: %w", decode.ErrShape))
	}
	return t.ended, nil
}

var (
	bookQuarter = regexp.MustCompile(`^((?:19|20)\d\d) Q([1-4])$`)
	csvQuarter  = regexp.MustCompile(`^[1-4]$`)
	calendar    = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// period reads the quarter of a row. The file states it in two or three ways, which must agree.
func (t *Table) period(r *Row, c cells) error {
	r.Line = c.line
	year, quarter := c.values[t.year], c.values[t.quarter]
	if !calendar.MatchString(year) {
		return t.fail(c.line, yearColumn, fmt.Errorf("%q is %w: not a year", year, decode.ErrPeriod))
	}
	y, _ := strconv.Atoi(year) // four digits
	if t.date < 0 {
		m := bookQuarter.FindStringSubmatch(quarter)
		if m == nil {
			return t.fail(c.line, quarterColumn, fmt.Errorf("%q is %w: not a quarter such as %q", quarter, decode.ErrPeriod, "2018 Q1"))
		}
		if m[1] != year {
			return t.fail(c.line, yearColumn, fmt.Errorf("%w of the row: the year is %s and the quarter %s", decode.ErrPeriod, year, quarter))
		}
		quarter = m[2]
	} else if !csvQuarter.MatchString(quarter) {
		return t.fail(c.line, quarterColumn, fmt.Errorf("%q is %w: not a quarter from 1 to 4", quarter, decode.ErrPeriod))
	}
	r.Quarter = stat.Quarter(y, int(quarter[0]-'0'))
	if t.date >= 0 {
		if day := c.values[t.date]; day != r.Quarter.Start.String() && day != r.Quarter.End.String() {
			return t.fail(c.line, dateColumn, fmt.Errorf("%q is %w of the row: neither the first nor the last day of quarter %s of %s", day, decode.ErrPeriod, quarter, year))
		}
	}
	if err := (check.Time{}).CheckOver(r.Quarter, t.file.Release.Vintage); err != nil { // before the quarters up to it are filled
		return t.fail(c.line, quarterColumn, fmt.Errorf("%w of the release: %w", decode.ErrPeriod, err))
	}
	s := t.spans[ordinal(r.Quarter)]
	if s == nil {
		s = &span{first: c.line}
		t.spans[ordinal(r.Quarter)] = s
	}
	s.last = c.line
	return nil
}

// ordinal numbers the quarters so that consecutive ones differ by 1.
func ordinal(q stat.Period) int {
	y, m, _ := q.Start.YMD()
	return y*4 + (int(m)-1)/3
}

// quarterOf is the inverse of ordinal.
func quarterOf(n int) stat.Period { return stat.Quarter(n/4, n%4+1) }

// codes looks up the labels of a row. A label that is left out on purpose excludes the row; one
// that is not listed is an error.
func (t *Table) codes(r *Row, c cells) (out *stat.ExcludedRow, err error) {
	for i, column := range t.View.Columns {
		label := c.values[t.labels[i]]
		r.Labels[i], r.Codes[i] = label, ""
		if t.known[i] == nil {
			if strings.TrimSpace(label) == "" {
				return nil, t.fail(c.line, column.Name, fmt.Errorf("an empty cell, where each row has a text: %w", decode.ErrShape))
			}
			continue
		}
		code, err := t.known[i].Code(label)
		var excluded codes.Excluded
		switch {
		case errors.As(err, &excluded):
			if out == nil {
				out = &stat.ExcludedRow{Sheet: t.sheet, Line: c.line, Column: column.Name, Value: label, Reason: excluded.Reason}
			}
			continue
		case err != nil:
			return nil, &decode.Error{File: t.file.Name, Sheet: t.sheet, Line: c.line, Column: column.Name, Err: err,
				Hint: fmt.Sprintf("add the label to schemas/labels/%s.csv with the code that it stands for, or with the reason why its rows are left out", column.List)}
		}
		r.Codes[i] = code
	}
	if t.date >= 0 && out == nil {
		t.tail.add(ordinal(r.Quarter), r.Labels)
	}
	return out, nil
}

// number reads the count of a row. A cell without a count, or with a negative one, excludes the
// row; anything else is an error.
func (t *Table) number(r *Row, c cells) (*stat.ExcludedRow, error) {
	r.Count, r.Mark = stat.Count{}, ""
	text := c.values[t.count]
	reason := ""
	switch {
	case text == "":
		reason = "the count is blank"
	case text == ":" || text == "-":
		reason = "the publisher gives no count"
	case text[0] == '-':
		if _, err := strconv.ParseInt(text, 10, 64); err == nil {
			reason = "the count is negative"
		}
	}
	if reason != "" {
		r.Mark = text
		return &stat.ExcludedRow{Sheet: t.sheet, Line: c.line, Column: t.View.Count, Value: text, Reason: reason}, nil
	}
	n, err := decode.Count(decode.Cell{Kind: decode.Number, Value: text, Text: text})
	if err != nil {
		return nil, t.fail(c.line, t.View.Count, err)
	}
	r.Count = stat.Known(n)
	return nil, nil
}

// checkComplete checks, after the last row, that the table is complete.
func (t *Table) checkComplete() error {
	switch {
	case t.file.book != nil && !t.ended:
		return t.incomplete(fmt.Errorf("no row %q after the last: %w", endMark, decode.ErrShape))
	case len(t.spans) == 0:
		return t.incomplete(fmt.Errorf("no rows below the header: %w", decode.ErrShape))
	}
	quarters := slices.Sorted(maps.Keys(t.spans))
	for i, n := range quarters[1:] {
		if before := quarters[i]; n != before+1 {
			return t.fail(t.spans[n].first, quarterColumn, fmt.Errorf("the quarter to %s follows the one to %s, a gap: %w",
				quarterOf(n).End, quarterOf(before).End, decode.ErrShape))
		}
	}
	if t.date >= 0 && t.tail.cut() {
		return t.incomplete(fmt.Errorf("the last quarter, to %s, ends where %d rows of the one before it go on: %w", quarterOf(t.tail.last).End, t.tail.beyond(), decode.ErrShape))
	}
	return nil
}

// incomplete returns the error about a table that is not complete.
func (t *Table) incomplete(err error) error {
	return &decode.Error{File: t.file.Name, Sheet: t.sheet, Err: err, Hint: "the file may be cut short; fetch it again, and compare its last rows with the publisher's"}
}

// fail returns an error about a column of a row, by its header.
func (t *Table) fail(line int, column string, err error) error {
	return &decode.Error{File: t.file.Name, Sheet: t.sheet, Line: line, Column: column, Err: err, Hint: hint}
}

// ref names the cell with the count on a line, without the sheet: "H12".
func (t *Table) ref(line int) string { return decode.ColumnLetter(t.count) + strconv.Itoa(line) }

// within names the cells with counts from one line to another: "H12:H40".
func (t *Table) within(first, last int) string { return t.ref(first) + ":" + t.ref(last) }

// at puts the sheet before the name of a cell.
func (t *Table) at(ref string) string {
	if t.sheet == "" {
		return ref
	}
	return t.sheet + "!" + ref
}

// tail holds the labels of the last two quarters of a CSV. It detects a file that was cut short.
type tail struct {
	last       int // the last quarter
	rows       []string
	beforeRows []string
}

// maxBeyond is how many rows of the second-last quarter may come, sorted by labels, after the last
// row of the last quarter. In the four files of 2023 there are at most two, whichever of their
// quarters is taken as the last.
const maxBeyond = 5

// add adds a row. Quarters out of order are reported by the check for gaps; the tail belongs to the
// latest one.
func (t *tail) add(quarter int, labels []string) {
	key := strings.ToLower(strings.Join(labels, "\x00"))
	switch {
	case quarter == t.last:
		t.rows = append(t.rows, key)
	case quarter == t.last+1:
		t.last, t.beforeRows, t.rows = quarter, t.rows, []string{key}
	case quarter > t.last:
		t.last, t.beforeRows, t.rows = quarter, nil, []string{key}
	case quarter == t.last-1:
		t.beforeRows = append(t.beforeRows, key)
	}
}

// cut reports whether the file ends within its last quarter. Rows are sorted by label, and two
// quarters have mostly the same rows, so the last row of a complete quarter is close to the end of
// the one before. Note: without an end mark, a cut after all but the last few rows, or between two
// quarters, cannot be seen here. It shows when the release is compared with the next or the
// previous one: see check.NotShrunk.
func (t *tail) cut() bool { return t.beyond() > maxBeyond }

// beyond returns how many rows of the second-last quarter come after the last row of the last one.
func (t *tail) beyond() int {
	if len(t.rows) == 0 {
		return 0
	}
	last := slices.MaxFunc(t.rows, cmp.Compare[string])
	n := 0
	for _, key := range t.beforeRows {
		if key > last {
			n++
		}
	}
	return n
}
