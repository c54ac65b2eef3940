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

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// endMark is in the row after the last one.
const (
	endMark  = "End of table"
	endWords = "end of table"
)

// isEnd reports whether a text is the end mark.
func isEnd(text string) bool {
	return len(text) < 40 && len(text) >= len(endWords) && (text[0] == 'E' || text[0] == 'e') && decode.Words(text) == endWords
}

// Table is one table of a file, whose header is that of its view. Each reads it.
type Table struct {
	View *View

	file     *File
	sheet    string // "" in a CSV
	headerAt int    // its line; 0 in a CSV, which checks the header itself
	header   []string
	columns  *decode.Table
	// Indexes of the columns, from 0; -1 for one that the file lacks.
	year, quarter, date, count int
	labels                     []int           // in the order of View.Columns
	known                      []*codes.Labels // of each label column; nil without a code list

	read      int             // rows so far
	readings  []codes.Reading // of the labels of the current row
	isSum     bool            // the current row is the sum of others
	parts     misfits         // rows with a part of another group
	recoded   misfits         // rows with a code that is not that of their name
	exchanged misfits         // rows with a code for a name
	unlisted  codes.Tally     // labels of the rows that count
	wholes    wholes          // labels that may be totals without a list showing it
	weights   weights
	ages      codes.Bands   // of the rows that count
	spans     map[int]*span // by quarter
	endedBy   string        // the text that ended the table, or ""
	width     int           // columns that are read, and those before them
	below     int           // the first line with text below the end mark, or 0
	tail      tail
	renamed   renames
	// lastDay is the last text read as a day.
	lastDay struct {
		text string
		day  stat.Date
	}
}

// span is the first and last line of the rows of a quarter.
type span struct{ first, last int }

// Row is one row of a table.
type Row struct {
	Quarter stat.Period
	// Labels are as in the file and Codes are their codes, in the order of View.Columns. A column
	// without a code list has no code; a label that is in no list has one made from its words. Both
	// slices are reused: copy what must be kept.
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
	row    *decode.Row // nil in a CSV
}

// Fail returns an error about a label of the row, by its index in View.Columns.
func (r Row) Fail(column int, err error) error {
	return r.table.fail(r.Line, r.table.View.Columns[column].Name, err)
}

// Each calls use with the rows of the table in order, and checks them. It returns the excluded
// rows: those whose label is left out on purpose, which use sees with Excluded set, those without a
// usable count, which use sees without one, and sums of other rows, which it does not see. The error is that of use, or a *decode.Error.
// It may come after the last row, because a gap shows only there.
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
		if t.read++; t.read <= renamedRows {
			t.renamed.watch(c)
		}
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
		} else {
			t.noteLabels(r)
			t.checkParts(r)
		}
		if t.isSum {
			return nil
		}
		return use(r)
	})
	if err == nil {
		err = cmp.Or(t.columns.End(), t.renamed.check(t), t.checkComplete())
	}
	return excluded, err
}

// Rows returns how many rows Each has read, excluded ones included.
func (t *Table) Rows() int { return t.read }

// rows calls use with the rows below the header.
func (t *Table) rows(use func(cells) error) error {
	if t.file.csv != nil {
		for row, err := range t.file.csv.RowsAndNotes() {
			if err != nil {
				return err
			}
			if data, err := t.columns.Texts(row.Line, row.Values); err != nil {
				return err
			} else if !data {
				continue
			}
			for i, v := range row.Values {
				row.Values[i] = strings.TrimSpace(v)
			}
			if err := use(cells{values: row.Values, line: row.Line}); err != nil {
				return err
			}
		}
		return nil
	}
	var values []string
	for row, err := range t.file.book.Rows(t.sheet) {
		if err != nil {
			return err
		}
		if row.Line <= t.headerAt {
			continue
		}
		if data, err := t.columns.Row(row); err != nil {
			return err
		} else if !data {
			continue
		}
		values = values[:0]
		for i := range max(len(row.Cells), t.width) {
			values = append(values, strings.TrimSpace(row.Cell(i).Value))
		}
		if err := use(cells{values, row.Line, &row}); err != nil {
			return err
		}
	}
	return nil
}

// checkEnd reports whether a row holds nothing to count: the end mark, a source or note below the
// table, or a text below these. A row with figures after them is an error.
func (t *Table) checkEnd(c cells) (bool, error) {
	first := slices.IndexFunc(c.values, func(s string) bool { return s != "" })
	if first < 0 {
		return true, nil
	}
	others := slices.ContainsFunc(c.values[first+1:], func(s string) bool { return s != "" })
	note := !others && !number.MatchString(c.values[first])
	switch {
	case t.endedBy != "" && note:
		if t.below == 0 {
			t.below = c.line
		}
		return true, nil
	case t.endedBy != "":
		return false, t.fail(c.line, "", fmt.Errorf("a row after %q: %w", t.endedBy, decode.ErrShape))
	case isEnd(c.values[first]) && others:
		return false, t.fail(c.line, "", fmt.Errorf("the row that ends the table has other values: %w", decode.ErrShape))
	case isEnd(c.values[first]):
		t.endedBy = endMark
		return true, nil
	case note && t.read > 0 && decode.IsFooterText(c.values[first]):
		t.endedBy, t.below = belowTable, c.line
		return true, nil
	}
	return false, nil
}

// belowTable is said of a text that ends a table without the end mark.
const belowTable = "source or notes"

// number matches a number, with separators.
var number = regexp.MustCompile(`^[\d., ]+$`)

// codes looks up the labels of a row. A label that is left out on purpose excludes the row; one
// that is not listed gets a code of its own.
func (t *Table) codes(r *Row, c cells) (out *stat.ExcludedRow, err error) {
	t.isSum = false
	for i, column := range t.View.Columns {
		r.Labels[i], r.Codes[i], t.readings[i] = "", "", codes.Reading{}
		if t.labels[i] < 0 {
			continue
		}
		label := c.values[t.labels[i]]
		r.Labels[i] = label
		if strings.TrimSpace(label) == "" && (t.known[i] == nil || !t.known[i].Lists(label)) {
			return nil, t.fail(c.line, column.Name, fmt.Errorf("an empty cell, where each row has a text: %w", decode.ErrShape))
		}
		if t.known[i] == nil {
			continue
		}
		t.readings[i], err = t.known[i].Open(label)
		if excluded, ok := excludedFor(err); ok {
			if out == nil || excluded.Sum {
				out = &stat.ExcludedRow{Sheet: t.sheet, Line: c.line, Column: column.Name, Value: label, Reason: excluded.Reason, Listed: true}
			}
			t.isSum = t.isSum || excluded.Sum
			continue
		}
		if t.readings[i].Match == codes.ByWords {
			t.readings[i] = column.unlisted(label, t.readings[i])
		}
		r.Codes[i] = t.readings[i].Code
	}
	if out == nil {
		t.compareCodes(r)
	}
	if t.file.csv != nil && out == nil {
		t.tail.add(ordinal(r.Quarter), r.Labels)
	}
	return out, nil
}

// excludedFor returns why a label is left out, if an error says so.
func excludedFor(err error) (excluded codes.Excluded, ok bool) {
	if err == nil { // as for nearly all of the labels; below, excluded is on the heap
		return excluded, false
	}
	var found codes.Excluded
	ok = errors.As(err, &found)
	return found, ok
}

// noteLabels records the ages of a row, and its labels that are in no list.
func (t *Table) noteLabels(r Row) {
	t.wholes.note(t, r)
	t.weights.add(t, r)
	for i, column := range t.View.Columns {
		cell := func() string { return cellAt(t, i, r.Line) }
		if column.List == "age" {
			t.ages.Add(ordinal(r.Quarter), r.Codes[i], cell)
		}
		reading := t.readings[i]
		if reading.Match == codes.Listed {
			continue
		}
		add := t.unlisted.Add
		if column.Groups {
			add = t.unlisted.AddGroup
		}
		add(t.known[i], column.Name, r.Labels[i], cell(), reading)
	}
}

// number reads the count of a row. A cell without a count, or with a negative one, excludes the
// row; anything else is an error.
func (t *Table) number(r *Row, c cells) (*stat.ExcludedRow, error) {
	r.Count, r.Mark = stat.Count{}, ""
	text := c.values[t.count]
	exclude := func(reason string) (*stat.ExcludedRow, error) {
		r.Mark = text
		return &stat.ExcludedRow{Sheet: t.sheet, Line: c.line, Column: t.countName(), Value: text, Reason: reason}, nil
	}
	if text == "" {
		return exclude("the count is blank")
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil && text[0] == '-' {
		return exclude("the count is negative")
	}
	f, err := c.figure(t.count)
	switch {
	case err != nil:
		return nil, t.fail(c.line, t.countName(), err)
	case f.Absent != decode.Stated:
		return exclude("the publisher gives no count")
	}
	r.Count, r.Mark = stat.Known(f.N), f.Mark
	return nil, nil
}

// figure reads the count in a column.
func (c cells) figure(i int) (decode.Figure, error) {
	if c.row != nil {
		return c.row.Figure(i)
	}
	return decode.FigureText(c.values[i])
}

// checkComplete checks, after the last row, that the table is complete.
func (t *Table) checkComplete() error {
	if len(t.spans) == 0 {
		return t.incomplete(fmt.Errorf("no rows below the header: %w", decode.ErrShape))
	}
	quarters := slices.Sorted(maps.Keys(t.spans))
	for i, n := range quarters[1:] {
		if before := quarters[i]; n != before+1 {
			return t.fail(t.spans[n].first, quarterColumn, fmt.Errorf("the quarter to %s follows the one to %s, a gap: %w",
				quarterOf(n).End, quarterOf(before).End, decode.ErrShape))
		}
	}
	if t.file.csv != nil && t.tail.cut() {
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

// at puts the sheet before the name of a cell.
func (t *Table) at(ref string) string {
	if t.sheet == "" {
		return ref
	}
	return t.sheet + "!" + ref
}
