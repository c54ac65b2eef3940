package content

import (
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Coverage is the span that the observations of a series state, and the span in which they have a
// value. They differ if a publisher states for years that there is no value.
type Coverage struct {
	first, last     stat.Date // zero if nothing is stated
	from, to        stat.Date // zero if there is no value
	figures, absent int       // how many periods have a value, and how many have none
}

// CoverageOf returns what observations cover.
func CoverageOf(observations grid.Grid) Coverage {
	var c Coverage
	for _, i := range observations.All() {
		start, end := observations.Period(i)
		if c.first.IsZero() || start < c.first {
			c.first = start
		}
		c.last = max(c.last, end)
		if observations.IsNull(i, "value") {
			c.absent++
			continue
		}
		c.figures++
		if c.from.IsZero() || start < c.from {
			c.from = start
		}
		c.to = max(c.to, end)
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
