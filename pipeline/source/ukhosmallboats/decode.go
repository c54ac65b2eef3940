package ukhosmallboats

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// sheet says how a data sheet becomes observations. Its columns are the period, one for each of
// series, and the notes.
type sheet struct {
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

// newSheet returns a sheet whose first column is the period.
func newSheet(period decode.Column, series []*stat.Series, of func(stat.Date) stat.Period, step int) *sheet {
	c := decode.Columns{Above: decode.Titles, Want: []decode.Column{period}}
	for _, s := range series {
		c.Want = append(c.Want, source.SmallBoats(s.Measure, headers[s.Measure]))
	}
	c.Want = append(c.Want, decode.Column{Name: "Notes", Also: []string{"Note"}, Optional: true})
	return &sheet{columns: c, series: series, of: of, step: step}
}

var sheets = map[string]*sheet{
	"SB_01": newSheet(decode.Column{Name: "Date", Also: []string{"Day", "Date of arrival"}},
		[]*stat.Series{&arrivalsD, &boatsD, &landingsD}, stat.Day, 1),
	"SB_02": newSheet(decode.Column{Name: "Week ending", Also: []string{"Week ending (Sunday)", "Week ending date", "Week ending Sunday"}},
		[]*stat.Series{&arrivalsW, &boatsW, &landingsW, &preventedW, &preventionsW}, stat.WeekEnding, 7),
}

// The sheets without figures. The text of one says what the figures mean.
const (
	cover       = "Cover_sheet"
	definitions = "Notes"
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
// with its sheet, row and column, and no result comes with it. An unknown sheet, column or note is
// a finding.
func decodeFile(f source.File, first stat.Date) (source.Result, error) {
	ods, err := spreadsheet.OpenODS(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	d := decoder{file: f, sheets: map[string]*reading{}, unknown: map[string]bool{}}
	for name, sh := range sheets {
		d.sheets[decode.Words(name)] = &reading{sheet: sh, first: starts(first)[name], early: map[stat.SeriesID]bool{}, sums: make([]int64, len(sh.series)), table: sh.columns.Table(decode.Error{File: f.Name, Sheet: name, Hint: hint})}
	}
	for row, err := range ods.Rows() {
		if err != nil {
			return source.Result{}, err
		}
		if err := d.row(row); err != nil {
			return source.Result{}, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sheets)) {
		if err := d.end(name); err != nil {
			return source.Result{}, err
		}
	}
	return source.Result{Observations: d.obs, Findings: d.findings, Notes: []stat.Note{{Where: definitions, Text: d.text.String()}}}, nil
}

// hint is what to do about a row that is not as expected.
const hint = "look at the cell in the publisher's file; if the layout has changed, teach it to the source's decoder before this release comes in"

// decoder collects what the rows state.
type decoder struct {
	file     source.File
	obs      []stat.Observation
	findings []stat.Finding
	sheets   map[string]*reading // by the words of their names
	unknown  map[string]bool     // the other sheets
	text     strings.Builder     // of the sheet of definitions
}

// reading is a data sheet that is being read.
type reading struct {
	*sheet
	name  string // as the file has it; "" before the first row
	table *decode.Table
	first stat.Date              // of the first row
	last  stat.Date              // of the row before; zero before the first
	early map[stat.SeriesID]bool // the series with a value before they begin
	sums  []int64                // of each series so far
	total []total                // as stated, for each series
}

// total is a sum that the sheet states.
type total struct {
	figure decode.Figure
	at     string
}

func (d *decoder) row(r decode.Row) error {
	sh := d.sheets[decode.Words(r.Sheet)]
	switch {
	case r.Sheet == definitions:
		for _, c := range r.Cells {
			d.text.WriteString(c.Text + "\n")
		}
		return nil
	case r.Sheet == cover:
		return nil
	case sh == nil:
		if !d.unknown[r.Sheet] {
			d.unknown[r.Sheet] = true
			d.findings = append(d.findings, stat.Finding{Code: "unknown-sheet", Where: r.Sheet,
				Message: fmt.Sprintf("the release has a sheet %q that is not read; see whether it holds figures", r.Sheet)})
		}
		return nil
	case sh.name != "" && sh.name != r.Sheet:
		return d.fail(r, sh, 0, fmt.Errorf("the sheets %s and %s have the same name: %w", decode.Quote(sh.name), decode.Quote(r.Sheet), decode.ErrShape))
	}
	sh.name = r.Sheet
	data, err := sh.table.Row(r)
	if err != nil || !data {
		return err
	}
	return d.data(r, sh)
}

// end checks that a sheet had data.
func (d *decoder) end(name string) error {
	sh := d.sheets[decode.Words(name)]
	if sh.name == "" || sh.table.Found() && sh.last.IsZero() {
		return &decode.Error{File: d.file.Name, Sheet: name, Err: fmt.Errorf("sheet without data: %w", decode.ErrShape),
			Hint: "the file has no such sheet, or no rows in it; compare it with the publisher's last release"}
	}
	if err := sh.table.End(); err != nil {
		return err
	}
	d.findings = append(d.findings, sh.differences()...)
	d.findings = append(d.findings, source.ExtraColumns(sh.table, sh.name)...)
	return nil
}

// totals reads a row with the sums of the sheet. There may be one.
func (d *decoder) totals(r decode.Row, sh *reading) error {
	if sh.total != nil {
		return d.fail(r, sh, sh.table.At(0), fmt.Errorf("there are two rows of totals: %w", decode.ErrShape))
	}
	for i := range sh.series {
		at := sh.table.At(i + 1)
		figure, err := r.Figure(at)
		if err != nil {
			return d.fail(r, sh, at, err)
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
func (d *decoder) data(r decode.Row, sh *reading) error {
	if sh.remark(r) {
		d.findings = append(d.findings, stat.Finding{Code: "unknown-note", Where: r.Ref(sh.table.At(0)),
			Message: fmt.Sprintf("row %d is a text without figures, %s; it is not read", r.Line, decode.Quote(r.Cell(sh.table.At(0)).Value))})
		return nil
	}
	if words := decode.Words(r.Cell(sh.table.At(0)).Value); words == "total" || words == "grand total" {
		return d.totals(r, sh)
	}
	day, err := d.day(r, sh)
	if err != nil {
		return err
	}
	notes := sh.table.At(len(sh.series) + 1)
	mark := strings.TrimSpace(r.Cell(notes).Value)
	words := strings.Trim(strings.ToLower(mark), "[]()")
	revised := words == "revised" || words == "r"
	if mark != "" && !revised {
		d.findings = append(d.findings, stat.Finding{Code: "unknown-note", Where: r.Ref(notes),
			Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", mark, day)})
	}
	for i, s := range sh.series {
		at := sh.table.At(i + 1)
		o := stat.Observation{Series: s, Period: sh.of(day), Status: stat.Provisional, Revised: revised, Mark: mark,
			Release: d.file.Release, Locator: r.Ref(at)}
		figure, err := r.Figure(at)
		if err != nil {
			return d.fail(r, sh, at, err)
		}
		source.State(&o, figure)
		sh.sums[i] += figure.N
		if first := begins[s.Measure]; o.Value.IsKnown() && day < first && !sh.early[s.ID] {
			sh.early[s.ID] = true
			d.findings = append(d.findings, stat.Finding{Code: "before-series", Severity: stat.SeverityError, Where: o.Locator,
				Message: fmt.Sprintf("%s has a value for %s, and begins on %s; the column may have moved", s.ID, day, first)})
		}
		d.obs = append(d.obs, o)
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
func (d *decoder) day(r decode.Row, sh *reading) (stat.Date, error) {
	at := sh.table.At(0)
	y, m, dd, err := decode.Date(r.Cell(at))
	if err != nil {
		return 0, d.fail(r, sh, at, err)
	}
	day, want := stat.NewDate(y, m, dd), sh.last.AddDays(sh.step)
	if sh.last.IsZero() {
		want = sh.first
	}
	switch {
	case day == sh.last:
		return 0, d.fail(r, sh, at, fmt.Errorf("%s is there twice: %w", day, decode.ErrShape))
	case day > want:
		return 0, d.fail(r, sh, at, fmt.Errorf("%s follows where %s was expected, a gap: %w", day, want, decode.ErrShape))
	case day != want:
		return 0, d.fail(r, sh, at, fmt.Errorf("%s follows where %s was expected: %w", day, want, decode.ErrShape))
	}
	sh.last = day
	return day, nil
}

// fail returns an error about column i of a row.
func (d *decoder) fail(r decode.Row, sh *reading, i int, err error) error {
	return &decode.Error{File: d.file.Name, Sheet: r.Sheet, Line: r.Line, Column: sh.table.Header(i), Err: err, Hint: hint}
}
