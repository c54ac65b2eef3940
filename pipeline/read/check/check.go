// Package check examines a decoded release before it enters the lake.
//
//  1. Release returns an error for what cannot be right in any source: a key stated twice, an
//     observation that contradicts itself.
//  2. A source's Rules are relations between its series, such as days that add up to weeks. If one
//     fails, the publisher contradicts itself, and a finding says so.
//  3. Limits say how far a release may move what was known before it.
//  4. Gate says which severities make a release wait for a person.
//  5. NotShrunk compares a release with the one before or after it. It returns an error if history
//     disappears.
//
// The package reads no files and knows no source by name.
package check

import (
	"errors"
	"fmt"
	"slices"

	"crossings/pipeline/hint"

	"crossings/pipeline/stat"
)

// ErrDuplicate is wrapped by the error about an observation that a release states twice.
var ErrDuplicate = errors.New("stated twice")

// ErrShrunk is wrapped by the error about a release that holds less than the one before it.
var ErrShrunk = hint.New("release has shrunk", "a release that takes history back is not trusted; check it against the publisher's page, and give its right date with --released if the date is wrong")

// Rule checks a relation that the series of a source should keep.
type Rule func(bySeries map[stat.SeriesID][]stat.Observation) Result

// Result is what a rule found: a finding for each place that breaks it, worst first, and the number
// of sums it compared.
type Result struct {
	Findings []stat.Finding
	Sums     int
}

// Release returns the findings of the rules over one release's observations. An observation that
// contradicts itself, or a key stated twice, is an error.
func Release(obs []stat.Observation, rules []Rule) ([]stat.Finding, error) {
	return Weigh(obs, nil, rules)
}

// Weigh is Release with the decoder's findings included: it returns found and the findings of the
// rules, each with its severity. The severity of sums that differ depends on how many do.
func Weigh(obs []stat.Observation, found []stat.Finding, rules []Rule) ([]stat.Finding, error) {
	for _, o := range obs {
		if err := o.Validate(); err != nil {
			return nil, fmt.Errorf("%s: %w", o.Locator, err)
		}
	}
	if !slices.IsSortedFunc(obs, stat.Observation.Compare) {
		obs = slices.Clone(obs)
		slices.SortFunc(obs, stat.Observation.Compare)
	}
	bySeries := map[stat.SeriesID][]stat.Observation{}
	first := 0 // observation of the current series
	for i, o := range obs {
		if i > 0 && obs[i-1].Compare(o) == 0 {
			a, b := obs[i-1], o
			return nil, fmt.Errorf("%s and %s: %s for %s is %w", a.Locator, b.Locator, a.Series.ID, a.Period.Start, ErrDuplicate)
		}
		if i+1 == len(obs) || obs[i+1].Series.ID != o.Series.ID {
			bySeries[o.Series.ID] = obs[first : i+1 : i+1]
			first = i + 1
		}
	}
	out, sums := slices.Clone(found), 0
	for _, rule := range rules {
		r := rule(bySeries)
		out, sums = append(out, r.Findings...), sums+r.Sums
	}
	gradeSums(out, sums)
	return out, nil
}

// ErrTooManyExcluded is wrapped by the error about a file with more bad rows than its source
// allows.
var ErrTooManyExcluded = errors.New("too many bad rows")

// MaxExcluded returns how many of a table's rows may be excluded: at most the source's limit and
// one in a hundred, but always one. A limit set for a large table does not suit a small one.
func MaxExcluded(rows, most int) int { return min(most, max(1, rows/100)) }

// TooManyExcluded returns an error wrapping ErrTooManyExcluded if more of a table's rows were
// excluded than MaxExcluded allows. Rows that a label list leaves out do not count. The error names
// the first of the others.
func TooManyExcluded(excluded []stat.ExcludedRow, rows, most int) error {
	most = MaxExcluded(rows, most)
	rejects := slices.DeleteFunc(slices.Clone(excluded), func(r stat.ExcludedRow) bool { return r.Listed })
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
	return fmt.Errorf("%w: %d of %d, more than the %d that may be left out; the first is at %s: %s", ErrTooManyExcluded, len(rejects), rows, most, at, r.Reason)
}

// keptPercent is the smallest percentage of a group's breakdowns that the next release must state.
// A correction may move people from one breakdown to another, and an empty breakdown has no row.
const keptPercent = 95

// NotShrunk returns an error wrapping ErrShrunk if newer, the release after older, lacks one of its
// series, starts later, ends earlier or states fewer observations. A group of breakdowns may lose a
// few; see keptPercent. If one release covers a whole group and the other, in the tidy layout,
// single series of it, only the spans are compared.
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

// find returns the span of newer that corresponds to o, or nil, and the smallest number of
// observations that it must have.
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
		case c.Series.Group() == o.Series:
			n.Start, n.End = min(n.Start, c.Start), max(n.End, c.End)
		}
	}
	return n, 0
}
