package layout

import (
	"fmt"
	"maps"
	"slices"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// maxFigures is the largest number of observations that a release of microdata may state.
const maxFigures = 5_000_000

// span holds the days of a cube's margins and marks those in a gap.
type span struct {
	first  stat.Date
	counts []int64 // of records, by day
	gap    []bool
}

// spanOf finds the gaps: runs of more than longest days without any record.
func spanOf(m *engine.Margins, longest int) span {
	s := span{stat.DateFromUnixDays(int32(m.First)), m.Total.Counts, make([]bool, len(m.Total.Counts))}
	for _, g := range s.gaps(longest) {
		for i := g[0]; i < g[1]; i++ {
			s.gap[i] = true
		}
	}
	return s
}

// gaps returns the first day of each gap and the day after it.
func (s span) gaps(longest int) (out [][2]int) {
	from := 0
	for i, n := range s.counts {
		if n == 0 {
			continue
		}
		if i-from > longest {
			out = append(out, [2]int{from, i})
		}
		from = i + 1
	}
	return out
}

func (s span) day(i int) stat.Date { return s.first.AddDays(i) }

// Observations returns what the margins of a cube state from the day since on: for each measure the
// total by day, and each dimension by day or by whole month. They are sorted by series and period.
//
// Coverage runs from the first record to the last. A register lists every event, so a day without
// one is 0. But if there is no record for more than Layout.MaxGap days, part of the file is
// probably missing, and those days are missing. A month is stated if all its days are covered, and
// is missing if any of them is missing. A day or month that was not over at the release is not
// stated, even if it has records.
func (l *Layout) Observations(m *engine.Margins, r *stat.Release, since stat.Date) ([]stat.Observation, error) {
	s := spanOf(m, l.MaxGap)
	series := len(l.measures())
	for _, codes := range m.By {
		series += len(codes) * len(l.measures())
	}
	if n := series * len(s.counts); n > maxFigures {
		return nil, fmt.Errorf("%d series over %d days are more than %d figures: leave a dimension out of the layout, or give it fewer codes", series, len(s.counts), maxFigures)
	}
	b := builder{layout: l, span: s, release: r, since: since}
	b.add(stat.AllTotal, stat.Daily, m.Total)
	for i, d := range l.Dimensions {
		for _, code := range slices.Sorted(maps.Keys(m.By[i])) {
			dims := stat.AllTotal
			*dims.Field(d.Name) = code
			if code == stat.Total {
				return nil, fmt.Errorf("column %q: a record has %s, the code of the total: give the column codes or a codelist", d.Column, stat.Total)
			}
			b.add(dims, d.Frequency, *m.By[i][code])
		}
	}
	for _, o := range b.out {
		if err := o.Validate(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(b.out, stat.Observation.Compare)
	return b.out, nil
}

// builder collects observations.
type builder struct {
	layout  *Layout
	span    span
	release *stat.Release
	since   stat.Date
	out     []stat.Observation
}

// add adds the series of one breakdown for each measure.
func (b *builder) add(dims stat.Dimensions, f stat.Frequency, d engine.Daily) {
	for _, m := range b.layout.measures() {
		values := d.Sums
		if m == b.layout.Count {
			values = d.Counts
		}
		s := stat.NewSeries(stat.Series{Source: b.release.Source, Measure: m.Measure, Unit: m.Unit, Flow: b.layout.Flow, Kind: stat.Flow,
			RefArea: b.layout.RefArea, Dimensions: dims}, f)
		if f == stat.Monthly {
			b.months(&s, values, d.Counts)
			continue
		}
		for i := range values {
			if day := b.span.day(i); day >= b.since && day < b.release.Vintage {
				b.state(&s, stat.Day(day), values[i], d.Counts[i], b.span.gap[i])
			}
		}
	}
}

// months adds the whole months of a series.
func (b *builder) months(s *stat.Series, values, counts []int64) {
	for i := 0; i < len(values); {
		day := b.span.day(i)
		y, m, _ := day.YMD()
		month := stat.Month(y, m)
		next := i + int(month.End-day) + 1
		if month.Start == day && next <= len(values) && day >= b.since && month.End < b.release.Vintage {
			var sum, n int64
			gap := false
			for k := i; k < next; k++ {
				sum, n, gap = sum+values[k], n+counts[k], gap || b.span.gap[k]
			}
			b.state(s, month, sum, n, gap)
		}
		i = next
	}
}

// state adds one observation. Its locator names the Parquet files with its records, and their
// number.
func (b *builder) state(s *stat.Series, p stat.Period, value, n int64, gap bool) {
	o := stat.Observation{Series: s, Period: p, Value: stat.Known(value), Status: stat.Normal, Release: b.release,
		Locator: fmt.Sprintf("%.7s, %d records", p.Start, n)}
	if gap {
		o.Value, o.Status, o.Locator = stat.Count{}, stat.Missing, "no records"
	}
	b.out = append(b.out, o)
}

// Since returns the first day of the first month in which the margins of a cube differ from those
// of the cube before, which may be nil. If nothing differs, it returns the last month: a release
// states at least that this month is unchanged.
func (l *Layout) Since(before, now *engine.Margins) stat.Date {
	b := spanOf(now, l.MaxGap)
	if len(b.counts) == 0 {
		return 0
	}
	at := len(b.counts) - 1
	if before == nil || len(before.Total.Counts) == 0 || before.First != now.First || !sameCodes(before, now) {
		at = 0
	} else {
		a := spanOf(before, l.MaxGap)
		n := min(len(a.counts), len(b.counts))
		at = min(at, n, differ(a.gap[:n], b.gap[:n]), differDaily(before.Total, now.Total, n))
		for i, codes := range now.By {
			for code, d := range codes {
				at = min(at, differDaily(*before.By[i][code], *d, n))
			}
		}
	}
	return b.day(at).MonthStart()
}

func sameCodes(a, b *engine.Margins) bool {
	return slices.EqualFunc(a.By, b.By, func(x, y map[string]*engine.Daily) bool {
		return maps.EqualFunc(x, y, func(_, _ *engine.Daily) bool { return true })
	})
}

// differDaily returns the first of n days on which two series differ, or n.
func differDaily(a, b engine.Daily, n int) int {
	return min(differ(a.Sums[:n], b.Sums[:n]), differ(a.Counts[:n], b.Counts[:n]))
}

// differ returns the first index at which two lists of equal length differ, or their length.
func differ[T comparable](a, b []T) int {
	for i := range a {
		if a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

// Findings returns what is odd about the margins of a cube.
func (l *Layout) Findings(m *engine.Margins) (out []stat.Finding) {
	s := spanOf(m, l.MaxGap)
	if gaps := s.gaps(l.MaxGap); len(gaps) > 0 {
		first, last := s.day(gaps[0][0]), s.day(gaps[0][1]-1)
		out = append(out, stat.Finding{Code: "records-gap", Where: first.String(), Message: fmt.Sprintf(
			"%d times more than %d days follow one another without a record, first %s to %s: those days are missing, not 0", len(gaps), l.MaxGap, first, last)})
	}
	return out
}

// Compares reports whether a series is compared over time, ranked and drawn. This holds for the
// totals and for the dimensions for which the layout asks it.
func (l *Layout) Compares(id stat.SeriesID) bool {
	_, _, _, dims, err := id.Parse()
	if err != nil {
		return false
	}
	for _, d := range l.Dimensions {
		if !d.Compared && *dims.Field(d.Name) != stat.Total {
			return false
		}
	}
	return true
}

// Describe gives a series of the source its title and the other texts that its codes do not
// provide.
func (l *Layout) Describe(s stat.Series) stat.Series {
	for _, m := range l.measures() {
		if m.Measure != s.Measure {
			continue
		}
		s.Title, s.Definition, s.Designation = l.Title+": "+m.Title, m.Definition, l.Designation
		if s.Dimensions == stat.AllTotal {
			s.One, s.Many = m.One, m.Many
		}
	}
	for _, d := range l.Dimensions {
		if code := *s.Dimensions.Field(d.Name); code != stat.Total {
			s.Title += ", " + LabelOf(d.Name, code)
		}
	}
	s.Title += map[stat.Frequency]string{stat.Daily: ", daily", stat.Monthly: ", monthly"}[s.Frequency()]
	return s
}

// LabelOf returns the label of a dimension's code in the project's code lists, or else the code
// itself.
func LabelOf(dimension, code string) string {
	list := dimension
	if dimension == "origin" || dimension == "destination" {
		list = "area"
	}
	labels, _ := schemas.CodeLabels(list) // none without a list
	if label, known := labels[code]; known {
		return label
	}
	return dimension + " " + code
}
