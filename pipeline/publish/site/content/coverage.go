package content

import (
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Coverage is the span that the observations of a series state, and the span in which they have a
// value. They differ if a publisher states for years that there is no value.
type Coverage struct {
	first, last     stat.Date // zero if nothing is stated
	from, to        stat.Date // zero if there is no value
	figures, absent int       // how many periods have a value, and how many have none
}

// CoverageOf returns what observations cover.
func CoverageOf(observations []*row.Observation) Coverage {
	var c Coverage
	for _, o := range observations {
		if c.first.IsZero() || o.PeriodStart < c.first {
			c.first = o.PeriodStart
		}
		c.last = max(c.last, o.PeriodEnd)
		if !o.Value.IsKnown() {
			c.absent++
			continue
		}
		c.figures++
		if c.from.IsZero() || o.PeriodStart < c.from {
			c.from = o.PeriodStart
		}
		c.to = max(c.to, o.PeriodEnd)
	}
	return c
}

// Text says the coverage on the page of a series.
func (c Coverage) Text() string {
	out := wording.Span(c.first, c.last) + ": " + wording.Counted(c.figures, "figure", "figures")
	if c.absent > 0 {
		out += ", " + wording.Counted(c.absent, "period", "periods") + " stated without one"
	}
	if c.figures > 0 && (c.from != c.first || c.to != c.last) {
		out += ". The figures are of " + wording.Span(c.from, c.to)
	}
	return out
}

// FiguresSpan is the span for lists, in which a reader looks for figures.
func (c Coverage) FiguresSpan() string {
	if c.figures == 0 {
		return "no figure"
	}
	return wording.Span(c.from, c.to)
}
