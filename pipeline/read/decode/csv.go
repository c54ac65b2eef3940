package decode

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// CSV is an open file of comma-separated values (RFC 4180), or separated by semicolons or tabs. It
// may be read any number of times, and by several goroutines at once.
type CSV struct {
	name         string
	data         []byte // from the header on, in UTF-8
	delimiter    byte
	commentLines int // lines before the header
	header       []string
	recordAt     int // line of the header
}

// CSVRow is one row below the header.
type CSVRow struct {
	csv    *CSV
	table  *Table   // nil for a row of Rows
	Line   int      // the line of the file, from 1, on which the row begins
	Values []string // one for each column that was asked for; "" if the file lacks it
}

// csvHint is the hint for a row that is not as expected.
const csvHint = "look at the row in the publisher's file; if the layout has changed, teach it to the source's decoder before this release comes in"

// OpenCSV checks that data is a CSV within the limits and reads its header. It skips a byte-order
// mark, and lines before the header that begin with "#". The name is used only in errors. The CSV
// keeps data, which must not change.
//
// encoding/csv accepts an HTML page, NUL bytes, broken UTF-8 and a file that ends within a row.
// Here each is an error, and so is a last line without a line end: nothing else distinguishes "120"
// from the first half of "1204". A source must notice by itself that a file was cut between two
// lines.
//
// The error is an *Error that wraps ErrFormat, ErrTooLarge or ErrHeader.
func OpenCSV(name string, data []byte, lim Limits) (*CSV, error) {
	data = PlainText(data)
	c := &CSV{name: name, data: data}
	fail := func(line int, err error) (*CSV, error) {
		return nil, &Error{File: name, Line: line, Err: err, Hint: cmp.Or(HintFor(err), csvHint)}
	}
	if err := checkText(data, lim); err != nil {
		return fail(0, err)
	}
	for bytes.HasPrefix(c.data, []byte("#")) {
		_, c.data, _ = bytes.Cut(c.data, []byte("\n"))
		c.commentLines++
	}
	c.delimiter = delimiterOf(topBytes(c.data))
	if line, err := checkRecords(c.data, c.delimiter, lim); err != nil {
		return fail(c.commentLines+line, err)
	}
	r := c.reader()
	header, err := r.Read()
	if err != nil {
		return fail(c.commentLines+1, fmt.Errorf("%w: there is no header: %w", ErrHeader, err))
	}
	line, _ := r.FieldPos(0)
	c.header, c.recordAt = header, c.commentLines+line
	return c, nil
}

// Header returns the names of the columns.
func (c *CSV) Header() []string { return slices.Clone(c.header) }

// Rows yields the rows below the header in one pass; each call makes a new one. If the header is
// not exactly these columns, the only element is an error that wraps ErrHeader. Blank lines are
// skipped. It is for layouts of our own and for readers that look at the header themselves; a
// publisher's file is read with Table.
//
// The Values slice may be reused between iterations: copy what must be kept. Its strings stay
// valid. The sequence ends after the first error, an *Error.
func (c *CSV) Rows(columns ...string) iter.Seq2[CSVRow, error] { return c.rows(columns, false) }

// RowsAndNotes is Rows of the columns of the file, for a reader that knows the end of its table. A line
// of one text as publishers put them below a table is a row whose other cells are empty.
func (c *CSV) RowsAndNotes() iter.Seq2[CSVRow, error] { return c.rows(c.header, true) }

func (c *CSV) rows(columns []string, notes bool) iter.Seq2[CSVRow, error] {
	return func(yield func(CSVRow, error) bool) {
		if err := c.checkHeader(columns); err != nil {
			yield(CSVRow{}, err)
			return
		}
		r := c.reader()
		r.FieldsPerRecord, r.ReuseRecord = len(c.header), true
		if _, err := r.Read(); err != nil { // the header, which OpenCSV has read
			yield(CSVRow{}, c.parseError(nil, err))
			return
		}
		for {
			values, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if notes && errors.Is(err, csv.ErrFieldCount) && len(values) == 1 && IsFooterText(values[0]) {
				values, err = append(values, make([]string, len(c.header)-1)...), nil
			}
			if err != nil {
				yield(CSVRow{}, c.parseError(values, err))
				return
			}
			line, _ := r.FieldPos(0)
			if !yield(CSVRow{c, nil, c.commentLines + line, values}, nil) {
				return
			}
		}
	}
}

// checkHeader compares the header with the expected columns.
func (c *CSV) checkHeader(want []string) error {
	for i := range max(len(want), len(c.header)) {
		var err error
		switch {
		case i >= len(c.header):
			err = fmt.Errorf("column %q is missing: %w", want[i], ErrHeader)
		case i >= len(want):
			err = fmt.Errorf("unknown column %s: %w", Quote(c.header[i]), ErrHeader)
		case c.header[i] != want[i]:
			err = fmt.Errorf("column is called %s where %q was expected: %w", Quote(c.header[i]), want[i], ErrHeader)
		}
		if err != nil {
			return &Error{File: c.name, Line: c.recordAt, Column: ColumnLetter(i), Err: err, Hint: csvHint}
		}
	}
	return nil
}

// parseError turns an error of encoding/csv into an *Error.
func (c *CSV) parseError(values []string, err error) error {
	out := &Error{File: c.name, Err: fmt.Errorf("%w: %w", ErrFormat, err), Hint: csvHint}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		out.Line = c.commentLines + parse.StartLine
		out.Err = fmt.Errorf("%w: %w", ErrFormat, parse.Err)
	}
	if errors.Is(err, csv.ErrFieldCount) {
		out.Err = fmt.Errorf("%d values where the header has %d columns: %w", len(values), len(c.header), ErrShape)
	}
	return out
}

// Ref returns the name of the cell in column i, counted from 0, as a spreadsheet program that opens
// the file shows it: "B12".
func (r CSVRow) Ref(i int) string {
	if r.table != nil {
		i = r.table.At(i)
	}
	return ColumnLetter(i) + strconv.Itoa(r.Line)
}

// Fail returns an *Error about column i of the row.
func (r CSVRow) Fail(i int, err error) error {
	var column string
	switch {
	case r.table == nil:
		column = r.csv.header[i]
	case r.table.At(i) < 0:
		column = r.table.columns.Want[i].Name
	default:
		column = r.table.Header(r.table.At(i))
	}
	return &Error{File: r.csv.name, Line: r.Line, Column: column, Err: err, Hint: csvHint}
}

// Figure reads column i where a count is expected; see FigureText. The error is an *Error that
// wraps ErrCount and quotes the value.
func (r CSVRow) Figure(i int) (Figure, error) {
	f, err := FigureText(r.Values[i])
	if err != nil {
		return Figure{}, r.Fail(i, err)
	}
	return f, nil
}

// Count reads column i, which must hold a count; see CountText. A mark after the count is an error,
// because it would be lost. The error is an *Error that wraps ErrCount and quotes the value.
func (r CSVRow) Count(i int) (int64, error) {
	n, mark, err := CountText(r.Values[i])
	if err == nil && mark != "" {
		err = fmt.Errorf("%s is %w: it has a mark", Quote(r.Values[i]), ErrCount)
	}
	if err != nil {
		return 0, r.Fail(i, err)
	}
	return n, nil
}

// Date reads column i, which must hold a day; see DateText. The error is an *Error that wraps
// ErrPeriod and quotes the value.
func (r CSVRow) Date(i int) (y int, m time.Month, d int, err error) {
	y, m, d, err = DateText(r.Values[i])
	if err != nil {
		return 0, 0, 0, r.Fail(i, err)
	}
	return y, m, d, nil
}

// checkText returns an error for data that is not whole lines of text, with the likely reason.
func checkText(data []byte, lim Limits) error {
	if err := CheckSize(data, lim); err != nil {
		return err
	}
	switch {
	case ServedHTML(data):
		return fmt.Errorf("%w: an HTML page was served instead of the CSV", ErrFormat)
	case bytes.IndexByte(data, 0) >= 0:
		return fmt.Errorf("%w: it has NUL bytes, so it is not UTF-8 text", ErrFormat)
	case !utf8.Valid(data):
		return fmt.Errorf("%w: it is not UTF-8 text", ErrFormat)
	case data[len(data)-1] != '\n':
		return fmt.Errorf("%w: the last line has no end, the file may be cut short", ErrFormat)
	}
	return nil
}

// ServedHTML reports whether data begins like a web page.
func ServedHTML(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\ufeff")), " \t\r\n")
	lower := bytes.ToLower(head)
	return bytes.HasPrefix(head, []byte("<")) &&
		(bytes.Contains(lower, []byte("<html")) || bytes.Contains(lower, []byte("<!doctype html")))
}

// checkRecords returns an error for records beyond the limits. encoding/csv holds a whole record
// and has no limits, so records are counted before it sees them. The line is that on which the
// record begins. If quotation marks are misplaced, the count is right up to the first of them, and
// there encoding/csv stops.
func checkRecords(data []byte, delimiter byte, lim Limits) (int, error) {
	line, at, start, columns, records := 1, 1, 0, 1, 0
	quoted := false
	for i, b := range data {
		switch {
		case b == '"':
			quoted = !quoted
		case b == delimiter && !quoted:
			columns++
		case b == '\n':
			line++
		}
		if columns > lim.Columns {
			return at, fmt.Errorf("%w: the row has more than %d columns", ErrTooLarge, lim.Columns)
		}
		if i-start >= lim.Token {
			return at, fmt.Errorf("%w: the row has more than %d bytes", ErrTooLarge, lim.Token)
		}
		if b == '\n' && !quoted {
			if records++; records > AddCapped(lim.Rows, 1) {
				return at, fmt.Errorf("%w: there are more than %d rows", ErrTooLarge, lim.Rows)
			}
			at, start, columns = line, i+1, 1
		}
	}
	return 0, nil
}
