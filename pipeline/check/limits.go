package check

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/pipeline/stat"
)

// Limits say how far a release may move the figures of its source before a person
// should look at it. Limits of zero hold nothing back.
type Limits struct {
	Revision float64 // share of an earlier value by which it may change: 0.1 is a tenth
	AtLeast  int64   // units; a smaller change, or a smaller new value, never counts
	Growth   float64 // how many times the largest value so far, or AtLeast, a new one may be
}

// DefaultLimits are those of a source that has none of its own.
var DefaultLimits = Limits{Revision: 0.1, AtLeast: 50, Growth: 3}

// Or returns the limits, or instead where they are not set.
func (l Limits) Or(instead Limits) Limits {
	if l == (Limits{}) {
		return instead
	}
	return l
}

// The kinds of Move.
const (
	Revised   = "revised"   // an earlier value changes
	Grown     = "grown"     // a new value is out of proportion to all before it
	Withdrawn = "withdrawn" // an earlier value is stated no more, or as missing
)

// Move is a value that a release moves beyond the limits.
type Move struct {
	Kind   string        `json:"kind"`
	Series stat.SeriesID `json:"series"`
	Start  stat.Date     `json:"period_start"`
	End    stat.Date     `json:"period_end"`
	// From is the value stated before; of one that has grown, the largest of its
	// series so far. To is missing, "", where it is withdrawn.
	From string `json:"from"`
	To   string `json:"to"`
}

// String says the move in a line.
func (m Move) String() string {
	span := m.Start.String()
	if m.End != m.Start {
		span += " to " + m.End.String()
	}
	switch m.Kind {
	case Grown:
		return fmt.Sprintf("%s, %s: %s, and the largest value so far is %s", m.Series, span, m.To, m.From)
	case Withdrawn:
		return fmt.Sprintf("%s, %s: %s is withdrawn", m.Series, span, m.From)
	}
	return fmt.Sprintf("%s, %s: %s becomes %s", m.Series, span, m.From, m.To)
}

// statement names an observation across releases.
type statement struct {
	series     stat.SeriesID
	start, end stat.Date
}

func statementOf(o stat.Observation) statement {
	return statement{o.Series.ID, o.Period.Start, o.Period.End}
}

// Moves returns what a release moves beyond the limits, by series and period: before
// is what was known, now what the release states, cover the spans that it speaks for.
// Of a series of which nothing was known nothing is returned, nor of a value that was
// missing and comes in late in proportion. The arguments are not changed.
func (l Limits) Moves(before, now []stat.Observation, cover []stat.Coverage) []Move {
	old, largest := map[statement]stat.Count{}, map[stat.SeriesID]int64{}
	for _, o := range before {
		if v, known := o.Value.Get(); known {
			old[statementOf(o)] = o.Value
			largest[o.Series.ID] = max(largest[o.Series.ID], v)
		}
	}
	var out []Move
	add := func(kind string, k statement, from, to stat.Count) {
		out = append(out, Move{Kind: kind, Series: k.series, Start: k.start, End: k.end, From: from.String(), To: to.String()})
	}
	stated := map[statement]bool{}
	for _, o := range now {
		k := statementOf(o)
		stated[k] = true
		from, there := old[k]
		top, compared := largest[k.series]
		to, known := o.Value.Get()
		switch {
		case there && !known:
			if l.counts(from) {
				add(Withdrawn, k, from, stat.Count{})
			}
		case there:
			if l.revises(from, to) {
				add(Revised, k, from, o.Value)
			}
		case known && compared && l.Growth > 0 && float64(to) > l.Growth*float64(max(top, l.AtLeast)):
			add(Grown, k, stat.Known(top), o.Value)
		}
	}
	bySeries := map[stat.SeriesID][]stat.Observation{}
	for _, o := range now {
		bySeries[o.Series.ID] = append(bySeries[o.Series.ID], o)
	}
	for _, o := range before {
		if !stated[statementOf(o)] && l.counts(o.Value) && speaksFor(cover, o) && !divided(bySeries[o.Series.ID], o) {
			add(Withdrawn, statementOf(o), o.Value, stat.Count{})
		}
	}
	slices.SortFunc(out, func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return out
}

// counts reports whether a value is known and large enough to look at.
func (l Limits) counts(c stat.Count) bool {
	n, known := c.Get()
	return known && l.Revision > 0 && n >= l.AtLeast
}

// revises reports whether a value changes by more than the limits. A base of zero
// has no share: the units alone decide.
func (l Limits) revises(from stat.Count, to int64) bool {
	n, _ := from.Get()
	change := max(n-to, to-n)
	return l.Revision > 0 && change > 0 && change >= l.AtLeast && float64(change) > l.Revision*float64(n)
}

// speaksFor reports whether spans hold an observation, by its series or by its group
// of breakdowns.
func speaksFor(cover []stat.Coverage, o stat.Observation) bool {
	group := o.Series.ID.Group()
	return slices.ContainsFunc(cover, func(c stat.Coverage) bool {
		return (c.Series == o.Series.ID || c.Series == group) && c.Start <= o.Period.Start && o.Period.End <= c.End
	})
}

// divided reports whether a series now states some of the days of an observation in
// another division: months in place of a range. Then it is superseded, not withdrawn.
func divided(series []stat.Observation, o stat.Observation) bool {
	return slices.ContainsFunc(series, func(n stat.Observation) bool {
		return n.Period.Start <= o.Period.End && o.Period.Start <= n.Period.End
	})
}
