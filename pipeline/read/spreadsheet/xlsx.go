package spreadsheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/hint"
	"crossings/pipeline/read/cellformat"
	"crossings/pipeline/read/decode"
)

// XLSX is an open Office Open XML workbook. It may be read any number of times, and by several
// goroutines at once. It holds the texts that the sheets share, within Limits.XML, and no file:
// there is nothing to close.
type XLSX struct {
	name     string
	lim      decode.Limits
	modified time.Time // zero if unknown
	tabs     []xlsxSheet
	texts    []string // that the sheets share
	ns       string   // the namespace of the sheets
	from1904 bool     // its days begin on 1 January 1904
	styles   *zip.File
	formats  []cellformat.Format // by the style of a cell; nil before ReadFormats
}

// xlsxSheet is one sheet of the workbook.
type xlsxSheet struct {
	name   string
	kind   string // "worksheet", "chartsheet", "dialogsheet", "xlMacrosheet"
	part   *zip.File
	hidden bool
}

// OpenXLSX checks that data is an Office Open XML workbook within the limits and prepares it for
// reading. The name is used only in errors. The XLSX keeps data, which must not change. Limits.XML
// applies to the parts that are read, each by itself and all together; pictures, charts and pivot
// tables do not count.
//
// The error is an *Error that wraps ErrFormat or ErrTooLarge. An encrypted workbook is an
// ErrFormat, and so are two sheets of the same name.
func OpenXLSX(name string, data []byte, lim decode.Limits) (*XLSX, error) {
	x := &XLSX{name: name, lim: lim}
	if err := x.open(data); err != nil {
		return nil, &decode.Error{File: name, Err: err, Hint: decode.HintFor(err)}
	}
	return x, nil
}

// Modified returns when the file says that it was last changed (dcterms:modified of its core
// properties), in UTC, to the second. A time without a zone is taken as UTC. It returns false if
// there is no such time or it cannot be read.
func (x *XLSX) Modified() (time.Time, bool) { return x.modified, !x.modified.IsZero() }

// From1904 reports whether serial numbers of days begin in 1904 and not in 1900.
func (x *XLSX) From1904() bool { return x.from1904 }

// daysTo1904 is how much smaller the serial number of a day is in the calendar that begins in 1904.
const daysTo1904 = 1462

// Serial returns the serial number of a day in the calendar that begins in 1900, whichever the
// workbook uses.
func (x *XLSX) Serial(n int) int {
	if x.from1904 {
		return n + daysTo1904
	}
	return n
}

// DayOf returns a cell with the day of a serial number as a text. Only numbers of five digits are days,
// from 1954 on; a year has four. Other cells stay as they are.
func (x *XLSX) DayOf(c decode.Cell) decode.Cell {
	digits := strings.TrimSuffix(c.Value, ".0")
	n, err := strconv.Atoi(digits)
	if c.Kind != decode.Number || len(digits) != 5 || err != nil || n < 20_000 {
		return c
	}
	text := time.Date(1899, time.December, 30+x.Serial(n), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	return decode.Cell{Kind: decode.Text, Value: text, Text: text}
}

// Sheets returns the names of the sheets in the workbook's order, charts among them. Hidden ones
// come last.
func (x *XLSX) Sheets() []string {
	names := make([]string, len(x.tabs))
	for i, t := range x.tabs {
		names[i] = t.name
	}
	return names
}

// Shown returns those of some sheets that are not hidden, or all of them if they all are. A sheet
// that nobody sees may be an old or unfinished copy of one that is shown.
func (x *XLSX) Shown(sheets []string) []string {
	var shown []string
	for _, name := range sheets {
		if i := x.find([]string{name}); i >= 0 && !x.tabs[i].hidden {
			shown = append(shown, name)
		}
	}
	if shown == nil {
		return sheets
	}
	return shown
}

// Sheet returns the name of the first sheet, in the order of Sheets, that has one of the names.
// Publishers rename sheets between releases. Names must match exactly. The error is an *Error that
// wraps ErrShape and lists the sheets that there are.
func (x *XLSX) Sheet(names ...string) (string, error) {
	i := x.find(names)
	if i < 0 {
		err := x.missing(names)
		return "", &decode.Error{File: x.name, Err: err, Hint: decode.HintFor(err)}
	}
	return x.tabs[i].name, nil
}

// find returns the index of the first sheet that has one of the names, or -1.
func (x *XLSX) find(names []string) int {
	return slices.IndexFunc(x.tabs, func(t xlsxSheet) bool { return slices.Contains(names, t.name) })
}

// missing is the error for a sheet that is not there.
func (x *XLSX) missing(names []string) error {
	return fmt.Errorf("%w: there is no sheet %s; the sheets are %s", decode.ErrShape, quoteNames(names, " or "), quoteNames(x.Sheets(), ", "))
}

// quoteNames writes names for a message, no more than fit on a log line.
func quoteNames(names []string, between string) string {
	if len(names) == 0 {
		return "(none)"
	}
	return hint.List(len(names), 20, between, func(i int) string { return decode.Quote(names[i]) })
}

// Rows yields the rows with content of one sheet. Each call makes a new pass. Limits.Rows applies
// to the sheet.
//
// Value and Text of a cell are both the value as stored, before any number format: 0.499 for 49.9%,
// and for a day its serial number in the workbook's calendar, which begins in 1900 or 1904. Texts
// keep their spaces. After ReadFormats, numbers have a Form, days are a DateKind, and what is stored
// as a text is a Text even if it looks like a number.
//
// Kind is Number if the value is a decimal number as Excel writes one: 825, 0.499, -1, 1E-3. A text
// that looks like such a number cannot be distinguished from one and is a Number too. TRUE and
// FALSE, stored as 1 and 0, are Other. All else is Text, including error values such as #N/A. A
// formula has the value stored with it, and is Empty if there is none.
//
// Of merged cells the first has the value. The others are Empty, unless the file keeps values
// behind it.
//
// The Cells slice may be reused between iterations: copy what must be kept. Its strings stay valid.
//
// The sequence ends after the first error, an *Error that wraps ErrFormat, ErrTooLarge or ErrShape.
// The sheet is checked to its end before its first row is yielded, so a damaged sheet yields no
// rows.
func (x *XLSX) Rows(sheet string) iter.Seq2[decode.Row, error] { return x.rows(sheet, 0) }

// Top is Rows for the first n rows with content, and reads no further: it finds a header in a sheet
// of any size. What comes after these rows is not checked.
func (x *XLSX) Top(sheet string, n int) iter.Seq2[decode.Row, error] { return x.rows(sheet, max(n, 1)) }

// Has reports whether one of the first rows of a sheet is a header with the columns.
func (x *XLSX) Has(sheet string, columns decode.Columns) (bool, error) {
	t := columns.Table(decode.Error{})
	for r, err := range x.Top(sheet, columns.Above+1) {
		if err != nil {
			return false, err
		}
		if _, err := t.Row(r); err != nil || t.Found() {
			break
		}
	}
	return t.Found(), nil
}

// rows yields the first rows of a sheet with content; all of them if most is 0.
func (x *XLSX) rows(sheet string, most int) iter.Seq2[decode.Row, error] {
	return func(yield func(decode.Row, error) bool) {
		g := &grid{shared: x.texts, most: most, formats: x.formats, from1904: x.from1904}
		err := x.read(sheet, g, yield)
		if err != nil && !errors.Is(err, errStop) {
			yield(decode.Row{}, &decode.Error{File: x.name, Sheet: sheet, Line: g.line, Column: g.letter, Err: err, Hint: decode.HintFor(err)})
		}
	}
}

// read reads the sheet into g, then yields its rows.
func (x *XLSX) read(sheet string, g *grid, yield func(decode.Row, error) bool) error {
	i := x.find([]string{sheet})
	if i < 0 {
		return x.missing([]string{sheet})
	}
	if t := x.tabs[i]; t.kind != worksheet {
		return fmt.Errorf("%w: the sheet is a %s and has no rows", decode.ErrShape, decode.Quote(t.kind))
	}
	err := readPart(x.tabs[i].part, x.lim, func(t *tokens) error {
		g.textReader = textReader{tokens: t, ns: x.ns}
		return g.document()
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	g.sheet = x.tabs[i].hidden
	var cells []decode.Cell
	hidden := g.hiding()
	for line, row := range g.tape.Drain() {
		cells = g.appendCells(cells[:0], row)
		if !yield(decode.Row{Sheet: sheet, Line: line, Cells: cells, Hidden: hidden(line)}, nil) {
			return errStop
		}
	}
	return nil
}
