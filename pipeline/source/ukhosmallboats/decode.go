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

// sheet is a kind of data sheet, and says how one becomes observations. Its columns are the period, one
// for each of series, and the notes.
type sheet struct {
	name    string // the publisher's
	columns decode.Columns
	series  []*stat.Series
	of      func(stat.Date) stat.Period
	step    int // days from one row to the next
}

// headers are the publisher's headers of the series, by measure.
var headers = map[string]string{
	"arrivals": "Migrants arrived", "boats": "Boats arrived", "uncontrolled-landings": "Boats arrived - involved in uncontrolled landings",
	"prevented-persons": "Migrants prevented", "prevention-events": "Events prevented",
}

// newSheet returns a kind of sheet whose first column is the period.
func newSheet(name string, period decode.Column, series []*stat.Series, of func(stat.Date) stat.Period, step int) *sheet {
	c := decode.Columns{Above: decode.Titles, OwnEnd: true, Want: []decode.Column{period}}
	for _, s := range series {
		c.Want = append(c.Want, source.SmallBoats(s.Measure, headers[s.Measure]))
	}
	c.Want = append(c.Want, decode.Column{Name: "Notes", Also: []string{"Note"}, Optional: true, Remarks: true})
	return &sheet{name: name, columns: c, series: series, of: of, step: step}
}

// dayKind and weekKind are the kinds of data sheet, in the order of the workbook.
var (
	dayKind = newSheet("SB_01", decode.Column{Name: "Date", Also: []string{"Day", "Date of arrival", "Arrival date", "Date arrived", "Date (day)"}},
		[]*stat.Series{&arrivalsD, &boatsD, &landingsD}, stat.Day, 1)
	weekKind = newSheet("SB_02", decode.Column{Name: "Week ending", Also: []string{"Week ending (Sunday)", "Week ending date", "Week ending Sunday", "Week-ending", "Week end", "Week", "W/E", "Date (week ending)"}},
		[]*stat.Series{&arrivalsW, &boatsW, &landingsW, &preventedW, &preventionsW}, stat.WeekEnding, 7)
)

// begin is the first day of the publisher's sheets.
var begin = stat.MustDate("2018-01-01")

// begins has the first days of the measures that begin later. Before them, a dash says that they
// are not available.
var begins = map[string]stat.Date{
	"uncontrolled-landings": stat.MustDate("2023-01-01"),
	"prevented-persons":     stat.MustDate("2024-05-05"),
	"prevention-events":     stat.MustDate("2024-05-05"),
}

// start returns the date of the first row of a sheet of a kind if the workbook begins on a day: that
// day, or the end of the first complete week.
func (k *sheet) start(first stat.Date) stat.Date {
	if k.step == 1 {
		return first
	}
	week := first.AddDays(6)
	for week.Weekday() != time.Sunday {
		week++
	}
	return week
}

// decodeFile reads both data sheets, which begin on the day first. Anything unexpected is an error
// with its sheet, row and column, and no result comes with it. An unknown sheet, column or note is
// a finding.
func decodeFile(f source.File, first stat.Date) (source.Result, error) {
	ods, err := spreadsheet.OpenODS(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	book := workbook{file: f, first: first}
	for row, err := range ods.Rows() {
		if err != nil {
			return source.Result{}, err
		}
		book.row(row)
	}
	var out source.Result
	used := map[*tab]bool{}
	for _, kind := range []*sheet{dayKind, weekKind} {
		t, err := book.find(kind)
		if err != nil {
			return source.Result{}, err
		}
		r := t.kinds[kind]
		if err := r.end(); err != nil {
			return source.Result{}, err
		}
		used[t] = true
		out.Observations, out.Findings = append(out.Observations, r.obs...), append(out.Findings, r.findings...)
	}
	out.Findings = append(book.unread(used), out.Findings...)
	out.Notes = []stat.Note{{Where: definitions, Text: book.text.String()}}
	return out, nil
}

// hint is what to do about a row that is not as expected.
const hint = "look at the cell in the publisher's file; if the layout has changed, teach it to the source's decoder before this release comes in"

// reading is what a data sheet of a kind states, as far as it was read.
type reading struct {
	*sheet
	file     source.File
	table    *decode.Table
	err      error // the first fault; nothing is read after it
	obs      []stat.Observation
	findings []stat.Finding
	first    stat.Date              // of the first row
	last     stat.Date              // of the row before; zero before the first
	down     bool                   // the newest row is the first
	early    map[stat.SeriesID]bool // the series with a value before they begin
	sums     []int64                // of each series so far
	total    []total                // as stated, for each series
}

// total is a sum that the sheet states.
type total struct {
	figure decode.Figure
	at     string
}

// row reads a row, unless there was a fault before.
func (sh *reading) row(r decode.Row) {
	if sh.err != nil {
		return
	}
	data, err := sh.table.Row(r)
	if err == nil && data {
		err = sh.data(r)
	}
	sh.err = err
}

// end checks what is known after the last row: the first day, the totals and other columns.
func (sh *reading) end() error {
	if sh.err != nil {
		return sh.err
	}
	if sh.down && sh.last != sh.first {
		return sh.table.Fail(0, sh.table.Header(sh.table.At(0)), fmt.Errorf("the oldest row is of %s, want %s: %w", sh.last, sh.first, decode.ErrShape))
	}
	if err := sh.table.End(); err != nil {
		return err
	}
	sh.findings = append(sh.findings, sh.differences()...)
	return nil
}

// totals reads a row with the sums of the sheet. There may be one.
func (sh *reading) totals(r decode.Row) error {
	if sh.total != nil {
		return sh.fail(r, sh.table.At(0), fmt.Errorf("there are two rows of totals: %w", decode.ErrShape))
	}
	for i := range sh.series {
		at := sh.table.At(i + 1)
		figure, err := r.Figure(at)
		if err != nil {
			return sh.fail(r, at, err)
		}
		sh.total = append(sh.total, total{figure, r.Ref(at)})
	}
	return nil
}

// differences returns a finding for each stated total that is not the sum of its rows.
func (sh *reading) differences() (out []stat.Finding) {
	for i, t := range sh.total {
		if t.figure.Absent == decode.Stated && t.figure.N != sh.sums[i] {
			out = append(out, stat.Finding{Code: "total-differs", Severity: stat.SeverityError, Where: t.at,
				Message: fmt.Sprintf("the total of %s is %d, and its rows add up to %d", sh.series[i].ID, t.figure.N, sh.sums[i])})
		}
	}
	return out
}

// data turns one row into an observation for each series of the sheet.
func (sh *reading) data(r decode.Row) error {
	if sh.remark(r) {
		sh.findings = append(sh.findings, stat.Finding{Code: "unknown-note", Where: r.Ref(sh.table.At(0)),
			Message: fmt.Sprintf("row %d is a text without figures, %s; it is not read", r.Line, decode.Quote(r.Cell(sh.table.At(0)).Value))})
		return nil
	}
	if words := decode.Words(r.Cell(sh.table.At(0)).Value); words == "total" || words == "grand total" {
		return sh.totals(r)
	}
	day, err := sh.day(r)
	if err != nil {
		return err
	}
	notes := sh.table.At(len(sh.series) + 1)
	mark := strings.TrimSpace(r.Cell(notes).Value)
	words := strings.Trim(strings.ToLower(mark), "[]()")
	revised := words == "revised" || words == "r"
	if mark != "" && !revised {
		sh.findings = append(sh.findings, stat.Finding{Code: "unknown-note", Where: r.Ref(notes),
			Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", mark, day)})
	}
	for i, s := range sh.series {
		at := sh.table.At(i + 1)
		o := stat.Observation{Series: s, Period: sh.of(day), Status: stat.Provisional, Revised: revised, Mark: mark,
			Release: sh.file.Release, Locator: r.Ref(at)}
		figure, err := r.Figure(at)
		if err != nil {
			return sh.fail(r, at, err)
		}
		source.State(&o, figure)
		sh.sums[i] += figure.N
		if first := begins[s.Measure]; o.Value.IsKnown() && day < first && !sh.early[s.ID] {
			sh.early[s.ID] = true
			sh.findings = append(sh.findings, stat.Finding{Code: "before-series", Severity: stat.SeverityError, Where: o.Locator,
				Message: fmt.Sprintf("%s has a value for %s, and begins on %s; the column may have moved", s.ID, day, first)})
		}
		sh.obs = append(sh.obs, o)
	}
	return nil
}

// remark reports whether a row is a text below the figures: it has no figure, and no day.
func (sh *reading) remark(r decode.Row) bool {
	for i := range sh.series {
		if r.Cell(sh.table.At(i+1)).Kind != decode.Empty {
			return false
		}
	}
	c := r.Cell(sh.table.At(0))
	_, _, _, err := decode.Date(c)
	return c.Kind == decode.Text && err != nil
}

// day reads a row's date, which must follow the row before without a gap.
func (sh *reading) day(r decode.Row) (stat.Date, error) {
	at := sh.table.At(0)
	y, m, dd, err := decode.Date(r.Cell(at))
	if err != nil {
		return 0, sh.fail(r, at, err)
	}
	day := stat.NewDate(y, m, dd)
	want := sh.last.AddDays(sh.step)
	if sh.last.IsZero() {
		want, sh.down = day, day != sh.first
	} else if sh.down {
		want = sh.last.AddDays(-sh.step)
	}
	switch {
	case day == sh.last:
		return 0, sh.fail(r, at, fmt.Errorf("%s is there twice: %w", day, decode.ErrShape))
	case day > want && !sh.down:
		return 0, sh.fail(r, at, fmt.Errorf("%s follows where %s was expected, a gap: %w", day, want, decode.ErrShape))
	case day != want:
		return 0, sh.fail(r, at, fmt.Errorf("%s follows where %s was expected: %w", day, want, decode.ErrShape))
	}
	sh.last = day
	return day, nil
}

// fail returns an error about column i of a row.
func (sh *reading) fail(r decode.Row, i int, err error) error {
	return &decode.Error{File: sh.file.Name, Sheet: r.Sheet, Line: r.Line, Column: sh.table.Header(i), Err: err, Hint: hint}
}
