package ukhoasylum

import (
	"fmt"
	"maps"
	"slices"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the CSV.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "measure"}, {Name: "kind"}, {Name: "period_start"}, {Name: "period_end"}, {Name: "precision"}, {Name: "value", Measure: true}, {Name: "published"},
}}

// Their indexes.
const (
	measure = iota
	kind
	start
	end
	precision
	value
	published
)

// measures are the series by their names in the file.
var measures = map[string]*stat.Series{
	"asylum_claims":             &claims,
	"initial_decisions":         &decisions,
	"initial_grants":            &grants,
	"initial_refusals":          &refusals,
	"initial_withdrawals":       &withdrawals,
	"awaiting_initial_decision": &awaiting,
	"in_receipt_of_support":     &supported,
	"in_hotels":                 &hotels,
}

// decodeFile reads the CSV. Anything unexpected is an error with its row and column, and no result
// comes with it.
func decodeFile(f source.File) (source.Result, error) {
	d := decoder{file: f, rows: source.PublishedRows{Start: start, End: end, Published: published}, last: map[string]stat.Date{}}
	findings, err := source.EachRow(f, columns, d.row)
	if err != nil {
		return source.Result{}, err
	}
	if err := d.checkComplete(); err != nil {
		return source.Result{}, &decode.Error{File: f.Name, Err: err, Hint: "the file may be cut short; compare the last row of each measure with the publisher's tables"}
	}
	return source.Result{Observations: d.obs, Findings: findings}, nil
}

// decoder collects what the rows state.
type decoder struct {
	file source.File
	rows source.PublishedRows
	obs  []stat.Observation
	last map[string]stat.Date // last day of the last row of each measure
}

func (d *decoder) row(r decode.CSVRow) error {
	name := source.CodeText(r, measure)
	s := measures[name]
	if s == nil {
		return r.Fail(measure, fmt.Errorf("unknown measure %q: %w", name, decode.ErrShape))
	}
	if got := stat.Kind(source.CodeText(r, kind)); got != s.Kind {
		return r.Fail(kind, fmt.Errorf("%s is called a %q, want %q: %w", name, got, s.Kind, decode.ErrShape))
	}
	p, err := d.period(r, s.Kind)
	if err != nil {
		return err
	}
	if last := d.last[name]; !last.IsZero() && p.End != stat.QuarterOf(last.AddDays(1)).End {
		return r.Fail(end, fmt.Errorf("the quarter to %s follows the one to %s: %w", p.End, last, decode.ErrShape))
	}
	n, err := r.Figure(value)
	if err != nil {
		return err
	}
	d.last[name] = p.End
	o := stat.Observation{Series: s, Period: p, Status: stat.Normal, Release: d.file.Release, Locator: r.Ref(value)}
	source.State(&o, n)
	d.obs = append(d.obs, o)
	return nil
}

// period reads the period of a row: a quarter for a flow, the last day of one for a stock. All rows
// are published on the same day.
func (d *decoder) period(r decode.CSVRow, k stat.Kind) (stat.Period, error) {
	p, err := d.rows.Period(r)
	if err != nil {
		return p, err
	}
	p.Precision = stat.Precision(source.CodeText(r, precision))
	want := stat.QuarterOf(p.End)
	if k == stat.Stock {
		want = stat.Day(want.End)
	}
	switch {
	case p.Precision != want.Precision:
		return p, r.Fail(precision, fmt.Errorf("%q for a %s, want %q: %w", p.Precision, k, want.Precision, decode.ErrPeriod))
	case p != want:
		return p, r.Fail(end, fmt.Errorf("%s to %s, want the quarter, or its last day for a stock: %w", p.Start, p.End, decode.ErrPeriod))
	}
	return p, nil
}

// checkComplete checks that no rows are missing at the end: all measures reach the same quarter.
func (d *decoder) checkComplete() error {
	latest := d.last["asylum_claims"]
	for _, name := range slices.Sorted(maps.Keys(measures)) {
		switch last := d.last[name]; {
		case last.IsZero():
			return fmt.Errorf("%s is not in it: %w", name, decode.ErrShape)
		case last != latest:
			return fmt.Errorf("%s ends on %s and asylum_claims on %s: %w", name, last, latest, decode.ErrShape)
		}
	}
	return nil
}
