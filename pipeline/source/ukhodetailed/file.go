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

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

// MaxBytes is the size of the largest file that is accepted.
const MaxBytes = 32 << 20

// The words with which the titles of the datasets begin on the publisher's page, as expressions for
// Place.
const (
	AgeDisputes  = `age disputes`
	Awaiting     = `asylum (?:claims|applications) awaiting`
	Claims       = `asylum (?:claims|applications)(?:,? (?:and )?initial decisions)?(?:,? (?:and )?resettlement)? detailed`
	Detention    = `(?:immigration )?detention`
	IllegalEntry = `illegal entry|irregular migration`
	Returns      = `returns`
	Support      = `asylum seekers in receipt of (?:home office )?support detailed`
	SupportLocal = `(?:asylum seekers in receipt of )?(?:home office |section 95 )?support by local authority`
)

// Place returns where to find the newest dataset whose title begins with these words, an expression
// such as Returns. No word between them and "datasets" begins with s, so that no title of summary
// tables matches.
func Place(words string) origin.Place {
	words = strings.ReplaceAll(words, " ", `\s+`)
	return origin.Place{
		Page:   "https://www.gov.uk/api/content/government/statistical-data-sets/immigration-system-statistics-data-tables",
		Search: "immigration system statistics data tables", SearchTitle: regexp.MustCompile(`(?i)immigration system statistics`),
		Title:     regexp.MustCompile(`(?i)^\s*(?:` + words + `)(?:[\s,]+[^s\s,]\S*)*[\s,]+datasets?\b`),
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

// csvTable returns the CSV as the view with its header, which may be below titles. If there is none,
// the error compares its first row with the view that it resembles most.
func (x *File) csvTable(views []*View) (*Table, error) {
	t, err := x.topTable(views)
	if err == nil {
		return t, nil
	}
	for below := range x.csv.Below(above) {
		y := *x
		y.csv = below
		if t, err := y.topTable(views); err == nil {
			return t, nil
		}
	}
	return nil, err
}

// topTable returns the CSV as the view with its first row.
func (x *File) topTable(views []*View) (*Table, error) {
	var nearest error
	most := -1
	for _, v := range views {
		t, err := x.headerTable(v)
		if err == nil {
			return t, nil
		}
		if shared := v.wants(false).shared(x.csv.Header()); shared > most {
			nearest, most = err, shared
		}
	}
	return nil, nearest
}

// dataSheet matches the names of the sheets with rows. The others are pivot tables and texts.
var dataSheet = regexp.MustCompile(`^Data[ _]`)

// bookTable returns the table of a view in a workbook, or nil if the view is optional and missing.
// It tries the sheets with a name of the view first. If none of them has the right header, it looks
// for it in the other sheets, because sheets are renumbered and renamed: first in those with rows,
// then in all. It tries them last because some are large.
func (x *File) bookTable(v *View) (*Table, error) {
	var groups [3][]string
	for _, name := range x.book.Sheets() {
		switch {
		case slices.Contains(v.Sheets, name):
			groups[0] = append(groups[0], name)
		case dataSheet.MatchString(name):
			groups[1] = append(groups[1], name)
		default:
			groups[2] = append(groups[2], name)
		}
	}
	var first error
	for i, names := range groups {
		t, err := x.oneTable(v, names, i == 2)
		if t != nil || err != nil && !errors.Is(err, decode.ErrHeader) {
			return t, err
		}
		if i == 0 {
			first = err
		}
	}
	if first == nil && !v.Optional {
		_, first = x.book.Sheet(v.Sheets...)
	}
	return nil, first
}

// oneTable returns the first of some sheets that has the header of a view, or the error of the first. Of
// sheets that are any, only one may have it, as nothing says which of them is meant.
func (x *File) oneTable(v *View, sheets []string, areAny bool) (found *Table, first error) {
	for _, name := range sheets {
		t, err := x.sheetTable(v, name)
		switch {
		case err == nil && !areAny:
			return t, nil
		case err == nil && found != nil && !slices.Contains(x.book.Shown([]string{found.sheet, name}), name): // hidden
		case err == nil && found != nil:
			return nil, &decode.Error{File: x.Name, Sheet: name, Err: fmt.Errorf("%w: this sheet and %q have the same header, and nothing says which of them is meant", decode.ErrShape, found.sheet), Hint: hint}
		case err == nil:
			found = t
		case !errors.Is(err, decode.ErrHeader) && !(areAny && errors.Is(err, decode.ErrShape)): // a chart has no rows
			return nil, err
		case first == nil:
			first = err
		}
	}
	if found != nil {
		return found, nil
	}
	return nil, first
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
