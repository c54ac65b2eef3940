package ukhocrossingconditions

import (
	"fmt"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the CSV.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "measure"}, {Name: "period_start"}, {Name: "period_end"}, {Name: "value", Measure: true}, {Name: "published"},
}}

// Their indexes.
const (
	measure = iota
	start
	end
	value
	published
)

// measures are the series by their names in the file.
var measures = map[string]*stat.Series{"red_days": &spans, "red_days_in_year": &years}

// decodeFile reads the CSV typed by hand, or the publisher's workbook. Anything unexpected is an error
// with its row and column, and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	if isTable(f) {
		return decodeTable(f)
	}
	d := decoder{file: f, rows: source.PublishedRows{Start: start, End: end, Published: published}}
	findings, err := source.EachRow(f, columns, d.row)
	if err != nil {
		return source.Result{}, err
	}
	if len(d.obs) == 0 {
		return source.Result{}, &decode.Error{File: f.Name, Err: fmt.Errorf("no row has a figure: %w", decode.ErrShape), Hint: "the file may be cut short"}
	}
	return source.Result{Observations: d.obs, Findings: findings}, nil
}

// decoder collects what the rows state.
type decoder struct {
	file source.File
	rows source.PublishedRows
	obs  []stat.Observation
}

func (d *decoder) row(r decode.CSVRow) error {
	s := measures[source.CodeText(r, measure)]
	if s == nil {
		return r.Fail(measure, fmt.Errorf("unknown measure %q: %w", r.Values[measure], decode.ErrShape))
	}
	p, err := d.period(r, s)
	if err != nil {
		return err
	}
	n, err := r.Figure(value)
	if err != nil {
		return err
	}
	if n.Absent == decode.Stated && n.N > int64(p.Days()) {
		return r.Fail(value, fmt.Errorf("%d days in a span of %d: %w", n.N, p.Days(), decode.ErrCount))
	}
	o := stat.Observation{Series: s, Period: p, Status: stat.Normal, Release: d.file.Release, Locator: r.Ref(value)}
	source.State(&o, n)
	d.obs = append(d.obs, o)
	return nil
}

// period reads the span of a row: whole months, twelve for a year, which no other row of the series
// covers.
func (d *decoder) period(r decode.CSVRow, s *stat.Series) (stat.Period, error) {
	p, err := d.rows.Period(r)
	if err != nil {
		return p, err
	}
	y, m, _ := p.Start.YMD()
	months := 12*(p.End.Year()-y) + int(p.End.Month()-m) + 1
	switch {
	case p.Start != p.Start.MonthStart() || p.End != p.End.MonthEnd() || months < 1:
		return p, r.Fail(end, fmt.Errorf("%s to %s are not whole months: %w", p.Start, p.End, decode.ErrPeriod))
	case s == &years && months != 12 || s == &spans && months > 11:
		return p, r.Fail(end, fmt.Errorf("%d months of %s: %w", months, r.Values[measure], decode.ErrPeriod))
	}
	if p.Precision = stat.PrecisionRange; months == 1 {
		p.Precision = stat.PrecisionMonth
	}
	for _, o := range d.obs {
		if o.Series == s && o.Period.Start <= p.End && p.Start <= o.Period.End {
			return p, r.Fail(start, fmt.Errorf("%s to %s is in the span at %s too: %w", p.Start, p.End, o.Locator, decode.ErrShape))
		}
	}
	return p, nil
}
