package frontexdetections

import (
	"errors"
	"fmt"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the CSV.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "route"}, {Name: "type"}, {Name: "nat"}, {Name: "t"}, {Name: "n", Measure: true},
}}

// Their indexes.
const (
	route = iota
	border
	nationality
	month
	value
)

// since is the first month of the data set.
var since = stat.MustDate("2009-01-01")

// maxExcluded is how many rows a file may have without a count before it is invalid.
const maxExcluded = 20

var (
	routeLabels  = codes.For("route", "frontex")
	borderLabels = codes.For("border-type", "frontex")
	areaLabels   = codes.For("area", "frontex")
)

// decodeFile reads the CSV: an observation for each row, and the sums for each route and for all.
func decodeFile(f source.File) (source.Result, error) {
	csv, err := decode.OpenCSV(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	d := decoder{file: f, series: map[stat.Dimensions]*stat.Series{}, rows: map[cell]string{}, sums: map[cell]*sum{}, lacking: map[cell]string{}}
	table := csv.Table(columns)
	for row, err := range table.Rows() {
		if err == nil {
			err = d.row(row)
		}
		if err != nil {
			return source.Result{}, err
		}
	}
	d.totals()
	result := source.Result{Observations: d.obs, Findings: source.ExtraColumns(table.Table, ""), Excluded: d.excluded, Rows: len(d.rows) + len(d.excluded)}
	if n := len(d.excluded); n > 0 {
		result.Findings = append(result.Findings, stat.Finding{Code: "rows-rejected", Where: fmt.Sprintf("row %d", d.excluded[0].Line), Message: fmt.Sprintf(
			"rows that cannot be used: %d, this the first; they are in quarantine, and the %d sums that they belong to are not stated", n, len(d.lacking))})
	}
	return result, nil
}

// cell is one series and month.
type cell struct {
	stat.Dimensions
	first stat.Date
}

// sum is what the rows of a cell add up to.
type sum struct {
	value int64
	rows  int
	at    string // place of the first of them
}

// decoder collects what the rows state.
type decoder struct {
	file     source.File
	obs      []stat.Observation
	excluded []stat.ExcludedRow
	series   map[stat.Dimensions]*stat.Series
	rows     map[cell]string // where each cell is
	sums     map[cell]*sum
	lacking  map[cell]string // sums that an excluded row belongs to, and where that row is
	last     stat.Date       // first day of the last month
}

func (d *decoder) row(r decode.CSVRow) error {
	per, err := d.month(r)
	if err != nil {
		return err
	}
	dims := stat.AllTotal
	for _, x := range []struct {
		labels *codes.Labels
		column int
		code   *string
	}{{routeLabels, route, &dims.Route}, {borderLabels, border, &dims.Category}, {areaLabels, nationality, &dims.Origin}} {
		code, err := x.labels.Code(r.Values[x.column])
		var excluded codes.Excluded
		if errors.As(err, &excluded) {
			d.exclude(r, x.column, excluded.Reason, dims, per)
			return nil
		} else if err != nil {
			return r.Fail(x.column, err)
		}
		*x.code = code
	}
	n, err := r.Count(value)
	if err != nil {
		d.exclude(r, value, "the number of detections is not a count", dims, per)
		return nil
	}
	at := cell{dims, per.Start}
	if before, twice := d.rows[at]; twice {
		return r.Fail(value, fmt.Errorf("the same route, border, nationality and month as in %s: %w", before, decode.ErrShape))
	}
	d.rows[at] = r.Ref(value)
	d.obs = append(d.obs, d.observation(dims, per, n, r.Ref(value)))
	for _, total := range totalsOf(dims) {
		d.add(cell{total, per.Start}, n, r)
	}
	return nil
}

// month reads the month of a row, which must be over when the file is released.
func (d *decoder) month(r decode.CSVRow) (stat.Period, error) {
	y, m, day, err := r.Date(month)
	if err != nil {
		return stat.Period{}, err
	}
	per := stat.Month(y, m)
	switch {
	case day != 1:
		return per, r.Fail(month, fmt.Errorf("%s is not the first day of a month: %w", r.Values[month], decode.ErrPeriod))
	case per.Start < since:
		return per, r.Fail(month, fmt.Errorf("%s is before the data set begins, in %s: %w", per.Start, since, decode.ErrPeriod))
	}
	if err := (check.Time{}).CheckOver(per, d.file.Release.Vintage); err != nil { // before the months up to it are filled
		return per, r.Fail(month, fmt.Errorf("%w: %w", decode.ErrPeriod, err))
	}
	d.last = max(d.last, per.Start)
	return per, nil
}

// totalsOf returns the sums that a cell is part of: all detections, and those of its route if that
// is known.
func totalsOf(dims stat.Dimensions) []stat.Dimensions {
	if dims.Route == stat.Total {
		return []stat.Dimensions{stat.AllTotal}
	}
	byRoute := stat.AllTotal
	byRoute.Route = dims.Route
	return []stat.Dimensions{stat.AllTotal, byRoute}
}

// exclude leaves a row out. The sums that it belongs to are then unknown, because too low a number
// would be taken for a figure.
func (d *decoder) exclude(r decode.CSVRow, column int, reason string, dims stat.Dimensions, per stat.Period) {
	d.excluded = append(d.excluded, stat.ExcludedRow{Line: r.Line, Column: columns.Want[column].Name, Value: r.Values[column], Reason: reason})
	for _, total := range totalsOf(dims) {
		d.lacking[cell{total, per.Start}] = r.Ref(column)
	}
}

func (d *decoder) add(at cell, n int64, r decode.CSVRow) {
	s := d.sums[at]
	if s == nil {
		s = &sum{at: r.Ref(value)}
		d.sums[at] = s
	}
	s.value += n
	s.rows++
}

// totals adds the sums. The file lists what occurs, its smallest number is 1, and all routes are
// counted to its end, so a month of a route without a row is 0.
func (d *decoder) totals() {
	for _, s := range declared() {
		for first := since; first <= d.last; first = stat.NewDate(first.Year(), first.Month()+1, 1) {
			n, at := int64(0), "no row"
			if x := d.sums[cell{s.Dimensions, first}]; x != nil {
				n, at = x.value, located(x)
			}
			o := d.observation(s.Dimensions, stat.Month(first.Year(), first.Month()), n, at)
			if bad, lacks := d.lacking[cell{s.Dimensions, first}]; lacks {
				o.Value, o.Status, o.Locator = stat.Count{}, stat.Missing, bad
			}
			d.obs = append(d.obs, o)
		}
	}
}

// located says where the rows of a sum are.
func located(x *sum) string {
	if x.rows == 1 {
		return x.at
	}
	return fmt.Sprintf("%s and %d more rows", x.at, x.rows-1)
}

func (d *decoder) observation(dims stat.Dimensions, per stat.Period, n int64, at string) stat.Observation {
	s := d.series[dims]
	if s == nil {
		x := series(dims)
		s = &x
		d.series[dims] = s
	}
	return stat.Observation{Series: s, Period: per, Value: stat.Known(n), Status: stat.Provisional, Release: d.file.Release, Locator: at}
}
