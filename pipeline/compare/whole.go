package compare

import (
	"slices"

	"crossings/pipeline/stat"
)

// Span is a whole period, and the same period a year before.
type Span struct {
	Basis          string
	Period, Before stat.Period
}

// WholeSpans returns the whole periods of a series that its parts can be compared in, up to the
// cut-off: every quarter, every year, and the year ending with every quarter, for a flow; the dates
// of its values for a stock. Only periods in which the series itself is stated completely are among
// them. A weekly series has none, because weeks straddle the ends of months.
func WholeSpans(p *Path, cutoff stat.Date) []Span {
	if p.isStock() {
		return datesOf(p, cutoff)
	}
	if p.freq == stat.Weekly {
		return nil
	}
	first, last := p.Coverage()
	last = min(last, cutoff)
	var out []Span
	for _, b := range quartersAndYears(first, last, 3) {
		for _, per := range b.periods {
			if p.Over(per).Value.IsKnown() {
				out = append(out, Span{b.basis, per, yearEarlier(per)})
			}
		}
	}
	return out
}

// datesOf returns the dates of a stock up to the cut-off on which it has a value.
func datesOf(p *Path, cutoff stat.Date) []Span {
	var out []Span
	for _, o := range p.obs {
		if o.Period.End > cutoff || !o.Value.IsKnown() {
			continue
		}
		before := stat.Day(o.Period.End.AddYears(-1))
		if _, ok := p.endingOn(before.End); !ok && o.Period.End == o.Period.End.MonthEnd() {
			before = stat.Day(before.End.MonthEnd())
		}
		out = append(out, Span{BasisPoint, o.Period, before})
	}
	return out
}

// Against compares the value for exactly the days of a span with that of the year before: sums of
// a flow, or levels of a stock. Both are missing where periods straddle an edge.
func Against(p *Path, s Span) Comparison {
	w, prior := p.Over(s.Period), p.Over(s.Before)
	c := p.comparison(s.Basis, w, prior, s.Period, s.Before)
	c.Period, c.PriorPeriod = s.Period, s.Before
	return c
}

// Between returns the observations of a series that lie within a period.
func Between(p *Path, per stat.Period) []stat.Observation {
	_, _, lo, hi := p.span(per.Start, per.End)
	return slices.Clip(p.obs[lo:hi])
}

// Touches reports whether an observation of a series shares a day with a period.
func Touches(p *Path, per stat.Period) bool {
	i := p.from(per.Start)
	return i < len(p.obs) && p.obs[i].Period.Start <= per.End
}
