package ukhodetailed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

// MaxBytes is the size of the largest file that is accepted.
const MaxBytes = 32 << 20

// Place returns where to find the newest dataset whose title begins with one of the words:
// "returns", or "a|b". The summary tables of the same titles are ODS files.
func Place(words string) origin.Place {
	return origin.Place{
		Page:   "https://www.gov.uk/api/content/government/statistical-data-sets/immigration-system-statistics-data-tables",
		Search: "immigration system statistics data tables", SearchTitle: regexp.MustCompile(`(?i)immigration system statistics`),
		Title:     regexp.MustCompile(`(?i)^(` + words + `)\b.*\bdatasets?\b`),
		MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Newest:    true,
		Hosts:     []string{"www.gov.uk", "assets.publishing.service.gov.uk"},
		MaxBytes:  MaxBytes,
	}
}

// limits leaves room for the workbook on returns. One of its views that is not read, by
// nationality, sex and age, had 227,607 rows at the end of 2022, about 100 MB of XML, and grows by
// some 4,000 rows a quarter.
var limits = func() decode.Limits {
	l := decode.DefaultLimits
	l.File, l.XML, l.Rows = MaxBytes, 512<<20, 1_000_000
	return l
}()

// View is one table of a detailed dataset. A workbook has several, and some of them count the same
// people by other labels. Only the header distinguishes them reliably, because their sheets are
// renamed and renumbered.
type View struct {
	Sheets   []string // the names that its sheet has had
	Columns  []Column // the columns of labels, without Year and Quarter
	Count    string   // the header of the column of counts
	Optional bool     // a file may lack it
	Repeats  Repeats
}

// Repeats is how many rows may restate an earlier row, and be added to it, before the release waits
// for a person.
type Repeats struct {
	Rows int // with the quarter and labels of an earlier row
	Same int // of those, with its count too
}

// Column is a column of labels.
type Column struct {
	Name string // its header
	// List is the code list of the labels; they are in schemas/labels/<List>.csv. A column without
	// a list is only checked for blanks.
	List string
}

// The columns that every view has.
const (
	yearColumn    = "Year"
	quarterColumn = "Quarter"
	dateColumn    = "Date" // only in a CSV
)

// publisher is the publisher of the labels.
const publisher = "ukho"

// File is an open detailed dataset. It has either csv or book.
type File struct {
	source.File
	csv  *decode.CSV       // nil for a workbook
	book *spreadsheet.XLSX // nil for a CSV
}

// Open opens a workbook or a CSV. The error is a *decode.Error.
func Open(f source.File) (*File, error) {
	x := &File{File: f}
	var err error
	if isBook(f.Name, f.Data) {
		x.book, err = spreadsheet.OpenXLSX(f.Name, f.Data, limits)
	} else {
		x.csv, err = decode.OpenCSV(f.Name, f.Data, limits)
	}
	if err != nil {
		return nil, err
	}
	return x, nil
}

// isBook reports whether a file is, or should be, a workbook.
func isBook(name string, data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK")) || strings.HasSuffix(strings.ToLower(name), ".xlsx")
}

// hint is the hint for a row or header that is not as expected.
const hint = "look at the row in the publisher's file; if the layout has changed, teach it to the source's decoder before this release comes in"

// Tables returns the tables of the file that are among views, in the order of views. A CSV is one
// table; a workbook may have several. It is an error if a view that is not optional is missing, or
// if the header fits none. The error is a *decode.Error that wraps decode.ErrHeader or
// decode.ErrShape.
func (x *File) Tables(views ...*View) ([]*Table, error) {
	if x.csv != nil {
		t, err := x.csvTable(views)
		if err != nil {
			return nil, err
		}
		return []*Table{t}, nil
	}
	var out []*Table
	for _, v := range views {
		t, err := x.bookTable(v)
		if err != nil {
			return nil, err
		}
		if t != nil {
			out = append(out, t)
		}
	}
	return out, nil
}

// csvTable returns the CSV as the view with its header. If there is none, the error compares it
// with the view that it resembles most.
func (x *File) csvTable(views []*View) (*Table, error) {
	header := x.csv.Header()
	var nearest error
	most := -1
	for _, v := range views {
		t, shared, err := newTable(x, v, "", 0, header)
		if err == nil {
			return t, nil
		}
		if shared > most {
			nearest, most = err, shared
		}
	}
	return nil, nearest
}

// dataSheet matches the names of the sheets with rows. The others are pivot tables and texts.
var dataSheet = regexp.MustCompile(`^Data[ _]`)

// bookTable returns the table of a view in a workbook, or nil if the view is optional and missing.
// It tries the sheets with a name of the view first. If none of them has the right header, it tries
// the other sheets with rows, because sheets are renumbered. It tries them last because some are
// large.
func (x *File) bookTable(v *View) (*Table, error) {
	var names, others []string
	for _, name := range x.book.Sheets() {
		if slices.Contains(v.Sheets, name) {
			names = append(names, name)
		} else if dataSheet.MatchString(name) {
			others = append(others, name)
		}
	}
	var first error
	for i, name := range append(names, others...) {
		t, err := x.sheetTable(v, name)
		switch {
		case err == nil:
			return t, nil
		case !errors.Is(err, decode.ErrHeader):
			return nil, err
		case i < len(names) && first == nil:
			first = err
		}
	}
	if first == nil && !v.Optional {
		_, first = x.book.Sheet(v.Sheets...)
	}
	return nil, first
}

// headerWithin is how many rows with content are searched for the header. So far there was always
// one before it, the title.
const headerWithin = 8

// sheetTable returns a sheet as the table of a view.
func (x *File) sheetTable(v *View, sheet string) (*Table, error) {
	for row, err := range x.book.Top(sheet, headerWithin) {
		if err != nil {
			return nil, err
		}
		header := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			header[i] = strings.TrimSpace(c.Value)
		}
		if slices.Contains(header, yearColumn) || slices.Contains(header, quarterColumn) {
			t, _, err := newTable(x, v, sheet, row.Line, header)
			return t, err
		}
	}
	return nil, &decode.Error{File: x.Name, Sheet: sheet, Hint: hint,
		Err: fmt.Errorf("no row of the first %d has the columns %q and %q: %w", headerWithin, yearColumn, quarterColumn, decode.ErrHeader)}
}

// newTable returns the table of a view below a header that has exactly its columns, in any order:
// the publisher has moved them without changing their meaning. The error wraps decode.ErrHeader;
// shared is how many of the columns are there.
func newTable(x *File, v *View, sheet string, line int, header []string) (t *Table, shared int, err error) {
	want := []string{yearColumn, quarterColumn}
	if sheet == "" {
		want = append(want, dateColumn)
	}
	for _, c := range v.Columns {
		want = append(want, c.Name)
	}
	want = append(want, v.Count)
	missing := slices.DeleteFunc(slices.Clone(want), func(name string) bool { return slices.Contains(header, name) })
	shared = len(want) - len(missing)
	fail := func(column int, format string, args ...any) (*Table, int, error) {
		letter := ""
		if column >= 0 {
			letter = decode.ColumnLetter(column)
		}
		return nil, shared, &decode.Error{File: x.Name, Sheet: sheet, Line: max(line, 1), Column: letter, Hint: hint,
			Err: fmt.Errorf(format+": %w", append(args, decode.ErrHeader)...)}
	}
	for i, name := range header {
		switch {
		case slices.Index(header, name) != i:
			return fail(i, "the column %q is there twice", name)
		case slices.Contains(want, name):
		case len(missing) > 0:
			return fail(i, "unknown column %q, and %q is missing", name, missing[0])
		default:
			return fail(i, "unknown column %q", name)
		}
	}
	if len(missing) > 0 {
		return fail(-1, "column %q is missing", missing[0])
	}
	t = &Table{View: v, file: x, sheet: sheet, headerAt: line, header: header, date: slices.Index(header, dateColumn),
		year: slices.Index(header, yearColumn), quarter: slices.Index(header, quarterColumn), count: slices.Index(header, v.Count),
		spans: map[int]*span{}}
	for _, c := range v.Columns {
		t.labels = append(t.labels, slices.Index(header, c.Name))
		var known coder
		if c.List != "" {
			known = codes.For(c.List, publisher)
		}
		t.known = append(t.known, known)
	}
	return t, shared, nil
}

// The names of sheets of text in a workbook.
var (
	coverSheets = []string{"Cover_sheet", "Cover sheet", "Cover"}
	notesSheet  = "Notes"
)

// Notes returns the texts that say what the figures of tables mean: their headers, and a workbook's
// sheet of notes.
func (x *File) Notes(tables []*Table) ([]stat.Note, error) {
	var notes []stat.Note
	for _, t := range tables {
		notes = append(notes, stat.Note{Where: strings.TrimSpace(t.sheet + " header"), Text: strings.Join(t.header, " | ")})
	}
	if x.book == nil || !slices.Contains(x.book.Sheets(), notesSheet) {
		return notes, nil
	}
	var text strings.Builder
	for row, err := range x.book.Rows(notesSheet) {
		if err != nil {
			return nil, err
		}
		for _, c := range row.Cells {
			text.WriteString(c.Text + "\n")
		}
	}
	return append(notes, stat.Note{Where: notesSheet, Text: text.String()}), nil
}

// published matches the line of the cover that says when a workbook was published.
var published = regexp.MustCompile(`(?i)^published:?\s+(\d{1,2} [a-z]+ 20\d\d)$`)

// Date returns when a file was published: the day on a workbook's cover, or the day in the file's
// name; and the document's own time stamp. A workbook is saved some days before it is published. A
// stamp before the day does not say since when it was known, and is ignored.
func Date(name string, data []byte) (stat.Date, time.Time) {
	released := source.DateInName(name)
	if !isBook(name, data) {
		return released, time.Time{}
	}
	book, err := spreadsheet.OpenXLSX(name, data, limits)
	if err != nil {
		return released, time.Time{}
	}
	released = cmp.Or(coverDate(book), released)
	stamp, known := book.Modified()
	if !known || released.IsZero() || stamp.Before(released.Time()) {
		stamp = time.Time{}
	}
	return released, stamp
}

// coverDate returns the day of publication on a workbook's cover, or the zero date.
func coverDate(book *spreadsheet.XLSX) stat.Date {
	cover, err := book.Sheet(coverSheets...)
	if err != nil {
		return 0
	}
	for row, err := range book.Rows(cover) {
		if err != nil {
			return 0
		}
		for _, c := range row.Cells {
			if m := published.FindStringSubmatch(strings.TrimSpace(c.Text)); m != nil {
				if day, err := source.LongDate(m[1]); err == nil {
					return day
				}
			}
		}
	}
	return 0
}
