package check

import (
	"slices"

	"crossings/pipeline/stat"
)

// Limits say how far a release may move the figures of its source before a person
// should look at it. Zero means no limit.
type Limits struct {
	Revision float64 // share of an earlier value by which it may change: 0.1 is a tenth
	AtLeast  int64   // units; a smaller change, or a smaller new value, never counts
	Growth   float64 // how many times the largest value so far, or AtLeast, a new one may be
	Changed  float64 // share of the known values of a series that may change at once, by however little
	Reworded float64 // the same where the text of definitions changes too
	// Late is the number of days after its end in which a period may still grow, up to the
	// largest value so far: entries come in late. Zero is none.
	Late int
}

// DefaultLimits are the limits of a source that has none of its own.
var DefaultLimits = Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Changed: 0.1, Reworded: 0.01}

// Or returns the limits, or instead if none is set.
func (l Limits) Or(instead Limits) Limits {
	if l == (Limits{}) {
		return instead
	}
	return l
}

// counts reports whether a known value is large enough to look at.
func (l Limits) counts(c stat.Count) bool {
	n, _ := c.Get()
	return l.Revision > 0 && n >= l.AtLeast
}

// revises reports whether a value changes by more than the limits. A base of zero
// has no share: the units alone decide.
func (l Limits) revises(from stat.Count, to int64) bool {
	n, _ := from.Get()
	change := max(n-to, to-n)
	return l.Revision > 0 && change > 0 && change >= l.AtLeast && float64(change) > l.Revision*float64(n)
}

// wasOpen reports whether an observation was stated while entries of its period came in.
func (l Limits) wasOpen(o stat.Observation) bool {
	return o.Release != nil && !o.Release.Vintage.IsZero() && o.Release.Vintage <= o.Period.End.AddDays(l.Late)
}

// speaksFor reports whether one of the spans covers an observation, by its series or by
// its group of breakdowns.
func speaksFor(cover []stat.Coverage, o stat.Observation) bool {
	group := o.Series.ID.Group()
	return slices.ContainsFunc(cover, func(c stat.Coverage) bool {
		return (c.Series == o.Series.ID || c.Series == group) && c.Start <= o.Period.Start && o.Period.End <= c.End
	})
}

// divided reports whether a series now states any of the days of an observation, in the
// same period or in another: months in place of a range. Then it is superseded, not
// withdrawn.
func divided(series []stat.Observation, o stat.Observation) bool {
	return slices.ContainsFunc(series, func(n stat.Observation) bool {
		return n.Period.Start <= o.Period.End && o.Period.Start <= n.Period.End
	})
}
