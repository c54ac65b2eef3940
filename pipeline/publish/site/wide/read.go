package wide

import (
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// observations is the name of the table that has the figures as they were published.
const observations = "observations"

// reader groups figures into sheets.
type reader struct {
	index  *content.Index
	sheets map[key]map[origin]*sheet
	kinds  map[string]stat.Kind // of measures
	units  map[string]string
}

func newReader(index *content.Index) *reader {
	return &reader{index, map[key]map[origin]*sheet{}, map[string]stat.Kind{}, map[string]string{}}
}

// all reads the tables and returns the sheets of the site in order of their names.
func (r *reader) all() []*sheet {
	r.observations()
	r.yearOnYear()
	r.yearToDate()
	r.breakdowns()
	var out []*sheet
	for k, candidates := range r.sheets {
		var best *sheet
		for _, s := range candidates {
			if best == nil || s.better(best) {
				best = s
			}
		}
		best.by, best.kind, best.unit = r.by(best), r.kinds[k.measure], r.units[k.measure]
		out = append(out, best)
	}
	slices.SortFunc(out, func(a, b *sheet) int { return strings.Compare(a.name(), b.name()) })
	return out
}

// sheet returns the sheet that a series belongs to, or nil if id is no identifier of a series.
func (r *reader) sheet(id stat.SeriesID, frequency, table, basis string) *sheet {
	source, measure, native, d, err := id.Parse()
	if err != nil {
		return nil
	}
	if frequency == "" {
		frequency = string(native)
	}
	k := key{source + ":" + measure, strings.Join(broken(d), "."), frequency}
	o := origin{table, basis, native}
	if r.sheets[k] == nil {
		r.sheets[k] = map[origin]*sheet{}
	}
	if r.sheets[k][o] == nil {
		r.sheets[k][o] = newSheet(k, o)
	}
	return r.sheets[k][o]
}

func (r *reader) observations() {
	t := r.index.Table(observations)
	if t == nil {
		return
	}
	for o := range row.Each[row.Observation](t) {
		s := r.sheet(o.Series, "", observations, "")
		if s == nil {
			continue
		}
		s.add(o.Series, period{o.PeriodStart, o.PeriodEnd}, cell{o.Value, o.Lower, o.Upper, o.Status})
		s.vintage = max(s.vintage, o.Vintage)
		r.kinds[s.measure], r.units[s.measure] = stat.Kind(o.Kind), o.Unit
	}
}

// whole are the spans of sums, and the frequencies that they become.
var whole = map[string]string{"month": "M", "quarter": "Q", "year": "A"}

// sum adds the sum of a series over a period, if it is known. A level is never a sum, and weeks add up
// to no calendar month or year.
func (r *reader) sum(id stat.SeriesID, frequency, table, basis string, p period, c cell, vintage stat.Date) {
	native := id.Frequency()
	if frequency == "" || !c.value.IsKnown() || r.kinds[measureOf(id)] != stat.Flow || native == stat.Weekly || string(native) == frequency {
		return
	}
	s := r.sheet(id, frequency, table, basis)
	s.add(id, p, c)
	s.vintage = max(s.vintage, vintage)
}

func (r *reader) yearOnYear() {
	t := r.index.Table("year-on-year")
	if t == nil {
		return
	}
	for y := range row.Each[row.YearOnYear](t) {
		r.sum(y.Series, whole[y.Basis], "year-on-year", y.Basis, period{y.PeriodStart, y.PeriodEnd}, cell{y.Value, y.Lower, y.Upper, y.Status}, y.Vintage)
	}
}

func (r *reader) yearToDate() {
	t := r.index.Table("year-to-date")
	if t == nil {
		return
	}
	for y := range row.Each[row.YearToDate](t) {
		r.sum(y.Series, toDate, "year-to-date", "", period{y.WindowStart, y.WindowEnd}, cell{y.Value, y.Lower, y.Upper, y.Status}, y.Vintage)
	}
}

// breakdowns reads the parts of totals in whole years. The residual is left out, because it is no
// series, and so are categories within categories.
func (r *reader) breakdowns() {
	t := r.index.Table("breakdowns")
	if t == nil {
		return
	}
	for b := range row.Each[row.Breakdown](t) {
		if id := partOf(b.Series, b.Dimension, b.Code); id != "" && b.Basis == "year" {
			r.sum(id, "A", "breakdowns", b.Basis, period{b.PeriodStart, b.PeriodEnd}, cell{b.Value, b.Lower, b.Upper, b.Status}, b.Vintage)
		}
	}
}

// partOf returns the identifier of a part of a total, or "" if the part is no series.
func partOf(total stat.SeriesID, dimension, code string) stat.SeriesID {
	source, measure, f, d, err := total.Parse()
	if err != nil || code == stat.Total || code == "_R" {
		return ""
	}
	field := d.Field(dimension)
	if field == nil || *field != stat.Total {
		return ""
	}
	*field = code
	id := stat.NewSeriesID(source, measure, f, d)
	if _, _, _, _, err := id.Parse(); err != nil {
		return ""
	}
	return id
}

// by returns the dimension that tells the rows of a sheet apart: the one without which most of its
// series are a series of the site, and then the one with most codes.
func (r *reader) by(s *sheet) string {
	best, most, codes := "", -1, 0
	for _, name := range strings.Split(s.dimensions, ".") {
		known, seen := 0, map[string]bool{}
		for id := range s.rows {
			source, measure, f, d, _ := id.Parse()
			field := d.Field(name)
			if field == nil {
				return ""
			}
			seen[*field] = true
			*field = stat.Total
			if r.index.Described(stat.NewSeriesID(source, measure, f, d)) {
				known++
			}
		}
		if known > most || known == most && len(seen) > codes {
			best, most, codes = name, known, len(seen)
		}
	}
	return best
}
