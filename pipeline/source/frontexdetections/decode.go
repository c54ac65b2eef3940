package frontexdetections

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// since is the first month of the data set.
var since = stat.MustDate("2009-01-01")

// maxExcluded is how many rows a file may have without a count before it is invalid.
const maxExcluded = 20

// vocabularies are the code lists of a row's labels: route, border and nationality.
var vocabularies = [3]string{"route", "border-type", "area"}

// listsOf returns Frontex's labels of each of the vocabularies.
func listsOf(f source.File) (out [len(vocabularies)]*codes.Labels) {
	for i, name := range vocabularies {
		out[i] = f.Lists.For(name, "frontex")
	}
	return out
}

// decodeFile reads the publisher's workbook or the CSV: an observation for each figure by
// nationality that is not zero, and the sums for each route and for all. A label that is in no list
// keeps its row under a code of its own.
func decodeFile(f source.File) (source.Result, error) {
	d := &decoder{file: f, first: since, lists: listsOf(f), series: map[stat.Dimensions]*stat.Series{}, rows: map[cell]int{}, sums: map[cell]*sum{}, lacking: map[cell]string{}}
	read := d.readCSV
	if isBook(f) {
		read = d.readBook
	}
	rows, err := read()
	if err != nil {
		return source.Result{}, err
	}
	d.totals()
	d.findings = append(d.labels.Findings(rows), d.findings...)
	if n := len(d.excluded); n > 0 {
		d.find("rows-rejected", stat.SeverityNote, fmt.Sprintf("row %d", d.excluded[0].Line),
			"rows that cannot be used: %d, this the first; they are in quarantine, and the %d sums that they belong to are not stated", n, len(d.lacking))
	}
	return source.Result{Observations: d.obs, Findings: d.findings, Excluded: d.excluded, Rows: rows}, nil
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

// record is the labels of a row, and where they are.
type record struct {
	labels [3]string // as written, in the order of vocabularies
	line   int
	header func(i int) string // of label i
	ref    func(i int) string // where label i is
	fail   func(i int, err error) error
}

// decoder collects what the rows state.
type decoder struct {
	file     source.File
	lists    [len(vocabularies)]*codes.Labels
	obs      []stat.Observation
	excluded []stat.ExcludedRow
	findings []stat.Finding
	series   map[stat.Dimensions]*stat.Series
	rows     map[cell]int // index in obs of each figure
	sums     map[cell]*sum
	lacking  map[cell]string // sums that lack a figure, and where that is
	first    stat.Date       // first day of the first month
	last     stat.Date       // first day of the last month
	routes   map[string]bool // the codes of the routes that the file counts; nil if it counts all
	labels   codes.Tally     // labels that are in no list
	unlisted []string        // the codes of the routes among them
}

// find adds a finding.
func (d *decoder) find(code string, severity stat.Severity, where, format string, args ...any) {
	d.findings = append(d.findings, stat.Finding{Code: code, Severity: severity, Where: where, Message: fmt.Sprintf(format, args...)})
}

// left says which label of a row leaves it out, and why.
type left struct {
	label  int
	reason string
	sum    bool // the row is the sum of others, so that no sum lacks it
}

// code returns the codes of a row's labels, and records labels that are in no list. The row is left
// out if out is not nil; its dimensions are then known up to that label.
func (d *decoder) code(r record) (dims stat.Dimensions, out *left, err error) {
	dims = stat.AllTotal
	var readings [3]codes.Reading
	for i, code := range []*string{&dims.Route, &dims.Category, &dims.Origin} {
		if strings.TrimSpace(r.labels[i]) == "" {
			return dims, nil, r.fail(i, fmt.Errorf("a blank cell where a label was expected: %w", decode.ErrShape))
		}
		reading, err := d.lists[i].Open(r.labels[i])
		if err != nil {
			var excluded codes.Excluded
			if !errors.As(err, &excluded) {
				return dims, nil, r.fail(i, err)
			}
			return dims, &left{i, excluded.Reason, excluded.Sum}, nil
		}
		readings[i], *code = reading, reading.Code
	}
	for i, reading := range readings {
		if reading.Match == codes.Listed {
			continue
		}
		d.labels.Add(d.lists[i], r.header(i), r.labels[i], r.ref(i), reading)
		if i == 0 && !slices.Contains(d.unlisted, reading.Code) {
			d.unlisted = append(d.unlisted, reading.Code)
		}
	}
	return dims, nil, nil
}

// checkMonth returns an error for a month that a file cannot state: before the data set begins, or
// not over when the file is released.
func (d *decoder) checkMonth(per stat.Period) error {
	if per.Start < since {
		return fmt.Errorf("%s is before the data set begins, in %s: %w", per.Start, since, decode.ErrPeriod)
	}
	if err := (check.Time{}).CheckOver(per, d.file.Release.Vintage); err != nil { // before the months up to it are filled
		return fmt.Errorf("%w: %w", decode.ErrPeriod, err)
	}
	return nil
}

// figure adds a figure. The error says that it is there twice, unless several labels may mean the
// same: then their figures are added up.
func (d *decoder) figure(dims stat.Dimensions, per stat.Period, n int64, ref string, several bool) error {
	at := cell{dims, per.Start}
	i, twice := d.rows[at]
	switch {
	case twice && !several:
		return fmt.Errorf("the same route, border, nationality and month as in %s: %w", d.obs[i].Locator, decode.ErrShape)
	case twice:
		before, _ := d.obs[i].Value.Get()
		d.obs[i].Value, d.obs[i].Locator = stat.Known(before+n), d.obs[i].Locator+" and "+ref
	default:
		d.rows[at] = len(d.obs)
		d.obs = append(d.obs, d.observation(dims, per, n, ref))
	}
	for _, total := range totalsOf(dims) {
		d.add(cell{total, per.Start}, n, ref)
	}
	return nil
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

// lack records that the sums of a figure lack it. They are then unknown, because too low a number
// would be taken for a figure.
func (d *decoder) lack(dims stat.Dimensions, per stat.Period, ref string) {
	for _, total := range totalsOf(dims) {
		d.lacking[cell{total, per.Start}] = ref
	}
}

func (d *decoder) add(at cell, n int64, ref string) {
	s := d.sums[at]
	if s == nil {
		s = &sum{at: ref}
		d.sums[at] = s
	}
	s.value += n
	s.rows++
}

// totals adds the sums. A file counts all routes to its end, and the CSV lists only what occurs, so a
// month of a route without a figure is 0. A route that is in no list may be new, and nothing is
// stated about it before its first figure. A workbook without any row of a route states nothing of
// it.
func (d *decoder) totals() {
	for _, s := range declared() {
		if d.routes != nil && s.Route != stat.Total && !d.routes[s.Route] {
			d.find("route-missing", stat.SeverityError, d.file.Name, "no row has the route %s; nothing is stated of it, and all detections may lack it", s.Route)
			continue
		}
		d.total(s.Dimensions, d.first)
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
