package itinteriorlandings

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the CSV.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "Data"}, {Name: "Valore", Measure: true}, {Name: "Note", Optional: true}, {Name: "Fonte", Optional: true}, {Name: "Data_Report"},
}}

// Their indexes. The column Fonte names the department that counts.
const (
	day    = 0
	value  = 1
	note   = 2
	report = 4
)

// maxBad is how many cells a file may have without a count. With more, the layout has changed.
const maxBad = 20

// hour matches the hour at which a day ends in a row's note, "8:00".
var hour = regexp.MustCompile(`\b[0-2]?[0-9]:[0-5][0-9]\b`)

const usualHour = "8:00"

// decodeFile reads the daily file. Each report in it is a release. Cells without a count, and rows
// for days that do not exist, are left out, with findings. Days after the report are left out by
// the source's rules of time. Anything else that is unexpected is an error with its row and column,
// and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	csv, err := decode.OpenCSV(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	if slices.Contains(csv.Header(), "Nazione") {
		return source.Result{}, &decode.Error{File: f.Name, Line: 1, Err: fmt.Errorf("landings by nationality, not the daily file: %w", decode.ErrHeader),
			Hint: "only sbarchi-per-giorno.csv is read"}
	}
	d := decoder{file: f, hours: map[string]int{}}
	table := csv.Table(columns)
	for row, err := range table.Rows() {
		if err == nil {
			err = d.row(row)
		}
		if err != nil {
			return source.Result{}, err
		}
	}
	if err := d.endOfReport(); err != nil {
		return source.Result{}, err
	}
	if rows := len(d.obs) + d.lost; d.lost > check.MaxExcluded(rows, maxBad) {
		return source.Result{}, &decode.Error{File: f.Name, Err: fmt.Errorf("%w: %d of %d figures cannot be read, the first at %s", check.ErrTooManyExcluded, d.lost, rows, d.findings[0].Where),
			Hint: "look at the cells in the publisher's file; if they are of a new kind, teach it to the decoder"}
	}
	return source.Result{Observations: d.obs, Findings: append(d.allFindings(), source.ExtraColumns(table.Table, "")...)}, nil
}

// decoder collects what the rows state. Rows are in order of reports; each report has the days of
// its month from the first.
type decoder struct {
	file    source.File
	release *stat.Release // the current report
	days    int           // days of the current report so far
	last    decode.CSVRow // the row before, only for its place
	note    string        // the last note
	hour    string        // the hour that it states, or ""

	obs      []stat.Observation
	findings []stat.Finding
	bad      int            // cells without a count
	lost     int            // those of them that are figures
	hours    map[string]int // rows by the hour at which their day ends, if it is not the usual one
}

func (d *decoder) row(r decode.CSVRow) error {
	if err := d.reportOf(r); err != nil {
		return err
	}
	at, err := d.day(r)
	if err != nil {
		return err
	}
	d.noteHour(r)
	d.last = r
	if at.IsZero() {
		return d.badCell(r, day, "bad-date", fmt.Errorf("%q is %w", r.Values[day], decode.ErrPeriod))
	}
	o := stat.Observation{Series: &arrivals, Period: stat.Day(at), Status: stat.Provisional, Release: d.release, Locator: r.Ref(value)}
	r.Values[value] = decode.PointsApart(r.Values[value])
	if r.Values[value] == "" {
		o.Status = stat.Missing
	} else if n, err := r.Figure(value); err != nil {
		d.lost++
		return d.badCell(r, value, "bad-value", err)
	} else {
		source.State(&o, n)
	}
	d.obs = append(d.obs, o)
	return nil
}

// reportOf begins a new release if the row is the first of a report.
func (d *decoder) reportOf(r decode.CSVRow) error {
	vintage, err := source.RowDay(r, report)
	if err != nil {
		return err
	}
	switch {
	case d.release != nil && vintage == d.release.Vintage:
		return nil
	case d.release != nil && vintage < d.release.Vintage:
		return r.Fail(report, fmt.Errorf("the report of %s follows that of %s: %w", vintage, d.release.Vintage, decode.ErrShape))
	}
	if err := d.endOfReport(); err != nil {
		return err
	}
	release := *d.file.Release
	release.Vintage, release.FirstSeen = vintage, vintage.Time()
	release.ID = stat.NewReleaseID(vintage, release.SHA256)
	d.release, d.days = &release, 0
	return nil
}

// endOfReport checks that the report before reaches its own day.
func (d *decoder) endOfReport() error {
	if d.release == nil || d.days >= d.reportDay() {
		return nil
	}
	return d.last.Fail(day, fmt.Errorf("the report of %s ends with day %d of its month, it may be cut short: %w", d.release.Vintage, d.days, decode.ErrShape))
}

func (d *decoder) reportDay() int {
	_, _, day := d.release.Vintage.YMD()
	return day
}

// day reads a row's day, which must follow that of the row before in the month of the report. It
// returns the zero date for a day that does not exist.
func (d *decoder) day(r decode.CSVRow) (stat.Date, error) {
	y, m, _ := d.release.Vintage.YMD()
	d.days++
	if want := fmt.Sprintf("%04d-%02d-%02d", y, m, d.days); r.Values[day] != want || d.days > 31 {
		year, month, dd, err := r.Date(day)
		if err != nil {
			return 0, err
		}
		if year == y && month == m && dd == d.days {
			return stat.NewDate(y, m, dd), nil
		}
		return 0, r.Fail(day, fmt.Errorf("%s follows where the report of %s should have %s: %w", r.Values[day], d.release.Vintage, want, decode.ErrShape))
	}
	at := stat.NewDate(y, m, d.days)
	if at.Month() != m {
		return 0, nil
	}
	return at, nil
}

// badCell records a cell that cannot be read. Too many of them are an error.
func (d *decoder) badCell(r decode.CSVRow, column int, code string, err error) error {
	if d.bad++; d.bad > maxBad {
		return r.Fail(column, fmt.Errorf("more than %d cells cannot be read, the last: %w", maxBad, cause(err)))
	}
	d.findings = append(d.findings, stat.Finding{Code: code, Where: r.Ref(column), Message: fmt.Sprintf(
		"row %d, column %q, report of %s: %s; the row is left out", r.Line, columns.Want[column].Name, d.release.Vintage, cause(err))})
	return nil
}

// cause returns an error without its position.
func cause(err error) error {
	var where *decode.Error
	if errors.As(err, &where) {
		return where.Err
	}
	return err
}

// noteHour counts the rows whose note states another hour at which the day ends.
func (d *decoder) noteHour(r decode.CSVRow) {
	if text := r.Values[note]; text != d.note {
		d.note, d.hour = text, strings.TrimPrefix(hour.FindString(text), "0")
	}
	if h := d.hour; h != "" && h != usualHour {
		d.hours[h+" in the report of "+d.release.Vintage.String()]++
	}
}

// allFindings returns the findings about single cells and those that sum up many rows.
func (d *decoder) allFindings() []stat.Finding {
	out := d.findings
	for _, h := range slices.Sorted(maps.Keys(d.hours)) {
		out = append(out, stat.Finding{Code: "other-hour", Where: columns.Want[note].Name, Message: fmt.Sprintf(
			"%d rows say that the day ends at %s, and not at 08:00", d.hours[h], h)})
	}
	return out
}
