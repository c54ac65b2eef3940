package frontexdetections

import (
	"errors"
	"fmt"
	"slices"

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

// vocabularies are the columns of labels and their code lists.
var vocabularies = []struct {
	column int
	list   string
}{{route, "route"}, {border, "border-type"}, {nationality, "area"}}

// decodeFile reads the CSV: an observation for each row, and the sums for each route and for all. A
// label that is in no list keeps its row under a code of its own.
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
	rows := len(d.rows) + len(d.excluded)
	result := source.Result{Observations: d.obs, Findings: append(source.ExtraColumns(table.Table, ""), d.labels.Findings(rows)...), Excluded: d.excluded, Rows: rows}
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
	labels   codes.Tally     // labels that are in no list
	unlisted []string        // the codes of the routes among them
}

func (d *decoder) row(r decode.CSVRow) error {
	per, err := d.month(r)
	if err != nil {
		return err
	}
	dims := stat.AllTotal
	readings := make([]codes.Reading, len(vocabularies))
	for i, code := range []*string{&dims.Route, &dims.Category, &dims.Origin} {
		v := vocabularies[i]
		reading, err := d.file.Lists.For(v.list, "frontex").Open(r.Values[v.column])
		var excluded codes.Excluded
		if errors.As(err, &excluded) {
			d.exclude(r, v.column, excluded.Reason, dims, per)
			return nil
		} else if err != nil {
			return r.Fail(v.column, err)
		}
		readings[i], *code = reading, reading.Code
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
	d.noteLabels(r, readings)
	d.rows[at] = r.Ref(value)
	d.obs = append(d.obs, d.observation(dims, per, n, r.Ref(value)))
	for _, total := range totalsOf(dims) {
		d.add(cell{total, per.Start}, n, r)
	}
	return nil
}

// noteLabels records the labels of a row that are in no list.
func (d *decoder) noteLabels(r decode.CSVRow, readings []codes.Reading) {
	for i, reading := range readings {
		if reading.Match == codes.Listed {
			continue
		}
		v := vocabularies[i]
		d.labels.Add(d.file.Lists.For(v.list, "frontex"), columns.Want[v.column].Name, r.Values[v.column], r.Ref(v.column), reading)
		if v.list == "route" && !slices.Contains(d.unlisted, reading.Code) {
			d.unlisted = append(d.unlisted, reading.Code)
		}
	}
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
// counted to its end, so a month of a route without a row is 0. A route that is in no list may be
// new, and nothing is stated about it before its first row.
func (d *decoder) totals() {
	for _, s := range declared() {
		d.total(s.Dimensions, since)
	}
	for _, code := range d.unlisted {
		dims, first := stat.AllTotal, d.last
		dims.Route = code
		for at := range d.sums {
			if at.Dimensions == dims {
				first = min(first, at.first)
			}
		}
		d.total(dims, first)
	}
}

// total adds the sums of a breakdown by month, from one to the last.
func (d *decoder) total(dims stat.Dimensions, from stat.Date) {
	for first := from; first <= d.last; first = stat.NewDate(first.Year(), first.Month()+1, 1) {
		n, at := int64(0), "no row"
		if x := d.sums[cell{dims, first}]; x != nil {
			n, at = x.value, located(x)
		}
		o := d.observation(dims, stat.Month(first.Year(), first.Month()), n, at)
		if bad, lacks := d.lacking[cell{dims, first}]; lacks {
			o.Value, o.Status, o.Locator = stat.Count{}, stat.Missing, bad
		}
		d.obs = append(d.obs, o)
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
