// Package check looks at a decoded release before it enters the lake.
//
//  1. Release refuses what cannot be right in any source: a key that stands
//     twice, an observation that contradicts itself.
//  2. A source's Rules are relations between its series, such as days that add
//     up to weeks; where one fails, the publisher contradicts itself and a
//     finding says so. The figures are kept as published.
//  3. NotShrunk compares a release with its neighbour in time: history that
//     disappears is an error.
//
// The package reads no files and knows no source by name.
package check

import (
	"errors"
	"fmt"
	"slices"

	"crossings/pipeline/stat"
)

// ErrDuplicate is in the error about an observation that a release states twice.
var ErrDuplicate = errors.New("stated twice")

// ErrShrunk is in the error about a release that holds less than the one before
// it.
var ErrShrunk = errors.New("release has shrunk")

// Rule is a relation that the series of a source should keep. It returns a
// finding for each place where they do not.
type Rule func(bySeries map[stat.SeriesID][]stat.Observation) []stat.Finding

// Release returns the findings of the rules over one release's observations. An
// observation that contradicts itself, or a key that stands twice, is an error.
func Release(obs []stat.Observation, rules []Rule) ([]stat.Finding, error) {
	bySeries := map[stat.SeriesID][]stat.Observation{}
	for _, o := range obs {
		if err := o.Validate(); err != nil {
			return nil, fmt.Errorf("%s: %w", o.Locator, err)
		}
		bySeries[o.Series.ID] = append(bySeries[o.Series.ID], o)
	}
	for _, list := range bySeries {
		slices.SortFunc(list, stat.Observation.Compare)
		for i := 1; i < len(list); i++ {
			if a, b := list[i-1], list[i]; a.Compare(b) == 0 {
				return nil, fmt.Errorf("%s and %s: %s for %s is %w", a.Locator, b.Locator, a.Series.ID, a.Period.Start, ErrDuplicate)
			}
		}
	}
	var findings []stat.Finding
	for _, rule := range rules {
		findings = append(findings, rule(bySeries)...)
	}
	return findings, nil
}

// SumsTo is the rule that the observations of parts inside each period of whole
// add up to it. Periods that parts do not cover in full, or where a value is
// missing, are not compared.
func SumsTo(whole, parts stat.SeriesID) Rule {
	return func(bySeries map[stat.SeriesID][]stat.Observation) []stat.Finding {
		var findings []stat.Finding
		list, next := bySeries[parts], 0
		for _, w := range bySeries[whole] {
			for next < len(list) && list[next].Period.Start < w.Period.Start {
				next++
			}
			sum, days := stat.Known(0), 0
			for ; next < len(list) && list[next].Period.End <= w.Period.End; next++ {
				sum, days = sum.Add(list[next].Value), days+list[next].Period.Days()
			}
			if days != w.Period.Days() || !sum.IsKnown() || !w.Value.IsKnown() || sum == w.Value {
				continue
			}
			findings = append(findings, stat.Finding{Code: "sum-differs", Where: w.Locator, Message: fmt.Sprintf(
				"%s for %s to %s is %s, but %s adds up to %s", whole, w.Period.Start, w.Period.End, w.Value, parts, sum)})
		}
		return findings
	}
}

// Subset is the rule that part never exceeds all in the same period.
func Subset(part, all stat.SeriesID) Rule {
	return func(bySeries map[stat.SeriesID][]stat.Observation) []stat.Finding {
		limit := map[stat.Period]stat.Count{}
		for _, o := range bySeries[all] {
			limit[o.Period] = o.Value
		}
		var findings []stat.Finding
		for _, o := range bySeries[part] {
			if d, known := limit[o.Period].Sub(o.Value).Get(); known && d < 0 {
				findings = append(findings, stat.Finding{Code: "subset-exceeds", Where: o.Locator, Message: fmt.Sprintf(
					"%s for %s is %s, more than the %s of %s that it is part of", part, o.Period.Start, o.Value, limit[o.Period], all)})
			}
		}
		return findings
	}
}

// ErrRejects is in the error about a file with more bad rows than its source
// allows.
var ErrRejects = errors.New("too many bad rows")

// MostRejects returns how many rows of a table may be rejected: most, the limit of
// its source, but no more than one in a hundred, and one in any table. A limit that
// is made for a large table says nothing of a small one.
func MostRejects(rows, most int) int { return min(most, max(1, rows/100)) }

// Rejects returns an error wrapping ErrRejects where more of a table's rows were
// rejected than may be, with the first of them; see MostRejects.
func Rejects(rejects []stat.Reject, rows, most int) error {
	most = MostRejects(rows, most)
	if len(rejects) <= most {
		return nil
	}
	r := rejects[0]
	at := fmt.Sprintf("row %d", r.Line)
	if r.Sheet != "" {
		at = "sheet " + r.Sheet + ", " + at
	}
	if r.Column != "" {
		at += fmt.Sprintf(", column %q", r.Column)
	}
	return fmt.Errorf("%w: %d of %d, more than the %d that may be left out; the first is at %s: %s", ErrRejects, len(rejects), rows, most, at, r.Reason)
}

// keptPercent is how many of the breakdowns that a release states its successor
// must state at least: a correction moves people from one to another, and the
// last of them leaves no row behind.
const keptPercent = 95

// NotShrunk returns an error wrapping ErrShrunk where newer, the release after
// older, lacks a series of it, starts later, ends earlier or states fewer
// observations; of a group of breakdowns, notably fewer. Where one of the two
// speaks of a whole group and the other, in the tidy layout, of series in it,
// only the spans can be compared.
func NotShrunk(older, newer []stat.Coverage) error {
	for _, o := range older {
		n, least := find(newer, o)
		switch {
		case n == nil:
			return fmt.Errorf("%w: %s is not in it", ErrShrunk, o.Series)
		case n.End < o.End:
			return fmt.Errorf("%w: %s ends on %s, before the %s of the release before it", ErrShrunk, o.Series, n.End, o.End)
		case n.Start > o.Start:
			return fmt.Errorf("%w: %s starts on %s, after the %s of the release before it", ErrShrunk, o.Series, n.Start, o.Start)
		case n.Observations < least:
			return fmt.Errorf("%w: %s has %d observations, fewer than the %d of the release before it", ErrShrunk, o.Series, n.Observations, o.Observations)
		}
	}
	return nil
}

// find returns what newer speaks for of o, nil for nothing, and how many
// observations it must have at least.
func find(newer []stat.Coverage, o stat.Coverage) (n *stat.Coverage, least int) {
	for i, c := range newer {
		switch {
		case c.Series == o.Series && o.Series.IsGroup():
			return &newer[i], o.Observations * keptPercent / 100
		case c.Series == o.Series:
			return &newer[i], o.Observations
		case c.Series == o.Series.Group():
			n = &newer[i]
		case n == nil && c.Series.Group() == o.Series:
			n = &stat.Coverage{Series: o.Series, Start: c.Start, End: c.End}
		case n != nil && c.Series.Group() == o.Series:
			n.Start, n.End = min(n.Start, c.Start), max(n.End, c.End)
		}
	}
	return n, 0
}
