package check

import (
	"slices"

	"crossings/pipeline/stat"
)

// Limits say how far a release may move the figures of its source before a person should look at
// it. A limit of zero is no limit.
type Limits struct {
	Revision float64 // share by which a known value may change: 0.1 is a tenth
	AtLeast  int64   // in units; smaller changes and smaller new values are ignored
	Growth   float64 // a new value may be this many times the largest so far, or AtLeast
	Changed  float64 // share of a series' known values that may change at once, by any amount
	Reworded float64 // the same if the text of definitions changes too
	// Late is how many days after its end a period may still grow, up to the largest value so far,
	// because entries come in late. Zero means none.
	Late int
}

// DefaultLimits are used for a source without limits of its own.
var DefaultLimits = Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Changed: 0.1, Reworded: 0.01}

// Or returns l, or instead if l sets no limit.
func (l Limits) Or(instead Limits) Limits {
	if l == (Limits{}) {
		return instead
	}
	return l
}

// counts reports whether a known value is large enough to matter.
func (l Limits) counts(c stat.Count) bool {
	n, _ := c.Get()
	return l.Revision > 0 && n >= l.AtLeast
}

// revises reports whether a change goes beyond the limits. Zero has no share: for it the units
// decide.
func (l Limits) revises(from stat.Count, to int64) bool {
	n, _ := from.Get()
	change := max(n-to, to-n)
	return l.Revision > 0 && change > 0 && change >= l.AtLeast && float64(change) > l.Revision*float64(n)
}

// wasOpen reports whether an observation was stated while entries for its period still came in.
func (l Limits) wasOpen(o stat.Observation) bool {
	return o.Release != nil && !o.Release.Vintage.IsZero() && o.Release.Vintage <= o.Period.End.AddDays(l.Late)
}

// speaksFor reports whether one of the spans covers an observation, by its series or by its group
// of breakdowns.
func speaksFor(cover []stat.Coverage, o stat.Observation) bool {
	group := o.Series.ID.Group()
	return slices.ContainsFunc(cover, func(c stat.Coverage) bool {
		return (c.Series == o.Series.ID || c.Series == group) && c.Start <= o.Period.Start && o.Period.End <= c.End
	})
}

// divided reports whether a series now states any of the days of an observation, in the same period
// or in another, such as months instead of a range. The observation is then superseded, not
// withdrawn.
func divided(series []stat.Observation, o stat.Observation) bool {
	return slices.ContainsFunc(series, func(n stat.Observation) bool {
		return n.Period.Start <= o.Period.End && o.Period.Start <= n.Period.End
	})
}
