package ukhofranceexchange

import (
	"fmt"
	"path"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the CSV.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "measure"}, {Name: "period_start"}, {Name: "period_end"}, {Name: "precision"}, {Name: "value", Measure: true}, {Name: "published"},
}}

// Their indexes.
const (
	measure = iota
	start
	end
	precision
	value
	published
)

// measures maps a measure of the file to its series.
var measures = map[string]*stat.Series{"exchange_out": &out, "exchange_in": &in}

// decodeFile reads the publisher's page, or the CSV.
func decodeFile(f source.File) (source.Result, error) {
	if isPage(f.Name) {
		return decodePage(f)
	}
	return decodeCSV(f)
}

// isPage reports whether a file is the page: downloaded and saved pages have this extension.
func isPage(name string) bool { return path.Ext(strings.ToLower(name)) == ".html" }

// decodeCSV reads the CSV. Anything unexpected is an error with its row and column, and no result
// comes with it.
func decodeCSV(f source.File) (source.Result, error) {
	d := decoder{file: f, rows: source.PublishedRows{Start: start, End: end, Published: published}, last: map[string]stat.Period{}}
	findings, err := source.EachRow(f, columns, d.row)
	if err != nil {
		return source.Result{}, err
	}
	if err := d.checkComplete(); err != nil {
		return source.Result{}, &decode.Error{File: f.Name, Err: err, Hint: "the file may be cut short; compare its last rows with the publisher's table"}
	}
	return source.Result{Observations: d.obs, Findings: findings}, nil
}

// decoder collects what the rows state.
type decoder struct {
	file source.File
	rows source.PublishedRows
	obs  []stat.Observation
	last map[string]stat.Period // of each measure
}

func (d *decoder) row(r decode.CSVRow) error {
	name := source.CodeText(r, measure)
	series := measures[name]
	if series == nil {
		return r.Fail(measure, fmt.Errorf("unknown measure %q: %w", name, decode.ErrShape))
	}
	p, err := d.period(r)
	if err != nil {
		return err
	}
	// Only transfers are known over a span of months.
	if p.Precision != stat.PrecisionMonth && (p.Precision != stat.PrecisionRange || name == "exchange_out" && p.Start.MonthStart() != p.End.MonthStart()) {
		return r.Fail(precision, fmt.Errorf("%s is stated by %q, want %q: %w", name, p.Precision, stat.PrecisionMonth, decode.ErrPeriod))
	}
	if last, seen := d.last[name]; seen && p.Start != last.End.AddDays(1) {
		return r.Fail(start, fmt.Errorf("%s follows the period that ends on %s: %w", p.Start, last.End, decode.ErrShape))
	}
	n, err := r.Figure(value)
	if err != nil {
		return err
	}
	d.last[name] = p
	o := stat.Observation{Series: series, Period: p, Status: stat.Provisional, Release: d.file.Release, Locator: r.Ref(value)}
	source.State(&o, n)
	d.obs = append(d.obs, o)
	return nil
}

// period reads the period of a row. All rows are published on the same day.
func (d *decoder) period(r decode.CSVRow) (stat.Period, error) {
	p, err := d.rows.Period(r)
	if err != nil {
		return p, err
	}
	p.Precision = stat.Precision(source.CodeText(r, precision))
	if err := p.Validate(); err != nil {
		return p, r.Fail(end, fmt.Errorf("%w: %w", decode.ErrPeriod, err))
	}
	return p, nil
}

// checkComplete checks that no rows are missing at the end: the table has both directions up to the
// same day.
func (d *decoder) checkComplete() error {
	for name := range measures {
		if d.last[name].End.IsZero() {
			return fmt.Errorf("%s is not in it: %w", name, decode.ErrShape)
		}
	}
	if o, i := d.last["exchange_out"].End, d.last["exchange_in"].End; o != i {
		return fmt.Errorf("exchange_out ends on %s and exchange_in on %s: %w", o, i, decode.ErrShape)
	}
	return nil
}
