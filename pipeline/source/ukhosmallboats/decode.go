package ukhosmallboats

import (
	"fmt"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// sheet says how a data sheet becomes observations.
type sheet struct {
	period  string // header of column A
	series  []*stat.Series
	headers []string // of the columns of series; the last column is notes
	of      func(stat.Date) stat.Period
	step    int // days from one row to the next
}

// notes is the header of the last column of each data sheet.
const notes = "Notes"

var sheets = map[string]*sheet{
	"SB_01": {
		period:  "Date",
		headers: []string{"Migrants arrived", "Boats arrived", "Boats arrived - involved in uncontrolled landings"},
		series:  []*stat.Series{&arrivalsD, &boatsD, &landingsD},
		of:      stat.Day, step: 1,
	},
	"SB_02": {
		period: "Week ending",
		headers: []string{"Migrants arrived", "Boats arrived", "Boats arrived - involved in uncontrolled landings",
			"Migrants prevented", "Events prevented"},
		series: []*stat.Series{&arrivalsW, &boatsW, &landingsW, &preventedW, &preventionsW},
		of:     stat.WeekEnding, step: 7,
	},
}

// The sheets without figures. The text of one says what the figures mean.
const (
	cover       = "Cover_sheet"
	definitions = "Notes"
)

// begin is the first day of the publisher's sheets.
var begin = stat.MustDate("2018-01-01")

// starts returns the dates of the first rows of sheets that begin on a day: that day, and the end
// of the first complete week.
func starts(first stat.Date) map[string]stat.Date {
	week := first.AddDays(6)
	for week.Weekday() != time.Sunday {
		week++
	}
	return map[string]stat.Date{"SB_01": first, "SB_02": week}
}

// decodeFile reads both data sheets, which begin on the day first. Anything unexpected is an error
// with its sheet, row and column, and no result comes with it. An unknown sheet or note is a
// finding.
func decodeFile(f source.File, first stat.Date) (source.Result, error) {
	ods, err := spreadsheet.OpenODS(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	d := decoder{file: f, first: starts(first), last: map[string]stat.Date{}, seen: map[string]bool{}}
	for row, err := range ods.Rows() {
		if err != nil {
			return source.Result{}, err
		}
		if err := d.row(row); err != nil {
			return source.Result{}, err
		}
	}
	for name := range sheets {
		if d.last[name].IsZero() {
			return source.Result{}, &decode.Error{File: f.Name, Sheet: name, Err: fmt.Errorf("sheet without data: %w", decode.ErrShape),
				Hint: "the file has no such sheet, or no rows in it; compare it with the publisher's last release"}
		}
	}
	return source.Result{Observations: d.obs, Findings: d.findings, Notes: []stat.Note{{Where: definitions, Text: d.text.String()}}}, nil
}

// decoder collects what the rows state. A sheet is seen once its header was. The date of its first
// row must be that in first; last is the date of its last row.
type decoder struct {
	file     source.File
	first    map[string]stat.Date
	obs      []stat.Observation
	findings []stat.Finding
	last     map[string]stat.Date
	seen     map[string]bool
	text     strings.Builder // of the sheet of definitions
}

func (d *decoder) row(r decode.Row) error {
	sh := sheets[r.Sheet]
	switch {
	case r.Sheet == definitions:
		for _, c := range r.Cells {
			d.text.WriteString(c.Text + "\n")
		}
		return nil
	case r.Sheet == cover:
		return nil
	case sh == nil:
		if !d.seen[r.Sheet] {
			d.seen[r.Sheet] = true
			d.findings = append(d.findings, stat.Finding{Code: "unknown-sheet", Where: r.Sheet,
				Message: fmt.Sprintf("the release has a sheet %q that is not read; see whether it holds figures", r.Sheet)})
		}
		return nil
	case !d.seen[r.Sheet]:
		d.seen[r.Sheet] = true
		return d.header(r, sh)
	}
	return d.data(r, sh)
}

// header checks the first row against the columns that the sheet has always had.
func (d *decoder) header(r decode.Row, sh *sheet) error {
	want := append(append([]string{sh.period}, sh.headers...), notes)
	for i := range max(len(want), len(r.Cells)) {
		got := strings.TrimSpace(r.Cell(i).Value)
		switch {
		case i >= len(want):
			return d.fail(r, i, "", fmt.Errorf("unknown column %q: %w", got, decode.ErrHeader))
		case got == "":
			return d.fail(r, i, "", fmt.Errorf("column %q is missing: %w", want[i], decode.ErrHeader))
		case got != want[i]:
			return d.fail(r, i, "", fmt.Errorf("column is called %q where %q was expected: %w", got, want[i], decode.ErrHeader))
		}
	}
	return nil
}

// data turns one row into an observation for each series of the sheet.
func (d *decoder) data(r decode.Row, sh *sheet) error {
	day, err := d.day(r, sh)
	if err != nil {
		return err
	}
	mark := strings.TrimSpace(r.Cell(len(sh.headers) + 1).Value)
	if len(r.Cells) > len(sh.headers)+2 {
		return d.fail(r, len(sh.headers)+2, "", fmt.Errorf("a value beyond the last column: %w", decode.ErrShape))
	}
	revised := strings.EqualFold(mark, "Revised")
	if mark != "" && !revised {
		d.findings = append(d.findings, stat.Finding{Code: "unknown-note", Where: r.Ref(len(sh.headers) + 1),
			Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", mark, day)})
	}
	for i, s := range sh.series {
		o := stat.Observation{Series: s, Period: sh.of(day), Status: stat.Provisional, Revised: revised, Mark: mark,
			Release: d.file.Release, Locator: r.Ref(i + 1)}
		cell := r.Cell(i + 1)
		if cell.Kind == decode.Text && strings.TrimSpace(cell.Value) == "-" {
			o.Status, o.Mark = stat.Missing, "-"
		} else if n, err := decode.Count(cell); err != nil {
			return d.fail(r, i+1, sh.headers[i], err)
		} else {
			o.Value = stat.Known(n)
		}
		d.obs = append(d.obs, o)
	}
	return nil
}

// day reads a row's date, which must follow the row before without a gap.
func (d *decoder) day(r decode.Row, sh *sheet) (stat.Date, error) {
	y, m, dd, err := decode.Date(r.Cell(0))
	if err != nil {
		return 0, d.fail(r, 0, sh.period, err)
	}
	day, last := stat.NewDate(y, m, dd), d.last[r.Sheet]
	want := last.AddDays(sh.step)
	if last.IsZero() {
		want = d.first[r.Sheet]
	}
	switch {
	case day == last:
		return 0, d.fail(r, 0, sh.period, fmt.Errorf("%s is there twice: %w", day, decode.ErrShape))
	case day > want:
		return 0, d.fail(r, 0, sh.period, fmt.Errorf("%s follows where %s was expected, a gap: %w", day, want, decode.ErrShape))
	case day != want:
		return 0, d.fail(r, 0, sh.period, fmt.Errorf("%s follows where %s was expected: %w", day, want, decode.ErrShape))
	}
	d.last[r.Sheet] = day
	return day, nil
}

// fail returns an error about column i of a row. A column without a header is named by its letter.
func (d *decoder) fail(r decode.Row, i int, header string, err error) error {
	if header == "" {
		header = decode.ColumnLetter(i)
	}
	return &decode.Error{File: d.file.Name, Sheet: r.Sheet, Line: r.Line, Column: header, Err: err,
		Hint: "look at the cell in the publisher's file; if the layout has changed, teach it to the source's decoder before this release comes in"}
}
