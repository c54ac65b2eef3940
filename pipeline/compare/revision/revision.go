// Package revision finds what changed between the vintages of a source.
//
//  1. A Ledger takes the releases in the order in which they were known and keeps
//     the newest statement of each observation. It can be stored as bytes, so the
//     cost of a new release depends only on its own size.
//  2. If a release states another value, or covers a period and no longer states
//     it, there is a Revision. A withdrawn value that is stated again is one too.
//  3. A revision is substantial if it changes what a headline says: its direction, its
//     rounded figures, or a rank.
//
// The package does no input or output and reads no clock. The caller sorts the
// releases, so the order in which they were stored does not matter.
package revision

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// Revision is the difference between two vintages of one observation.
type Revision struct {
	Series   *stat.Series
	Period   stat.Period
	Old, New stat.Count // missing if not available or withdrawn
	Kind     Kind
	// OldVintage is the last release that stated the old value, NewVintage the
	// first that stated the new one, and FirstSeen the instant of that release.
	OldVintage, NewVintage stat.Date
	NewRelease             string // identifier of the release that stated the new value
	FirstSeen              time.Time
	Marked                 bool // the publisher marked the value as revised; otherwise the change is silent
	Substantial            bool // the change alters the direction, rank or rounded value of a headline
}

// Kind says what happened to a value (code list revision-kind).
type Kind string

// The kinds of revision.
const (
	Changed     Kind = "changed"       // another value
	Available   Kind = "available"     // a value that was missing or withdrawn before
	Unavailable Kind = "not-available" // stated as missing
	Withdrawn   Kind = "withdrawn"     // covered by the release, but not stated
)

// kindOf returns the kind of a revision from old to value.
func kindOf(old, value stat.Count) Kind {
	switch {
	case !value.IsKnown():
		return Unavailable
	case !old.IsKnown():
		return Available
	}
	return Changed
}

// Release is what one release states: its observations, sorted by series and
// period, and the span of each series.
type Release struct {
	stat.Release
	Observations []stat.Observation
	Coverage     []stat.Coverage
}

// key identifies an observation across releases.
type key struct {
	series     stat.SeriesID
	start, end stat.Date
}

// Ledger holds what changed between the releases of a source, the newest statement of each
// observation, and which releases covered it. The zero value is a ledger without releases.
type Ledger struct {
	// Revisions are sorted by release, series and period. A value stated for the first time
	// is not a revision.
	Revisions []Revision

	state    map[key]statement
	releases []Release // without observations
}

// statement is the newest statement of an observation.
type statement struct {
	stat.Observation
	first int // index of the release that stated the observation first
}

// Add adds a release. Releases must be added in the order in which they were known.
func (l *Ledger) Add(r Release) error {
	if l.state == nil {
		l.state = map[key]statement{}
	}
	found := r.diff(l.state)
	if err := r.markSubstantial(found, l.state); err != nil {
		return err
	}
	l.Revisions = append(l.Revisions, found...)
	r.apply(l.state, len(l.releases))
	l.releases = append(l.releases, Release{Release: r.Release, Coverage: r.Coverage})
	return nil
}

// diff returns the revisions that a release makes to what was known before it.
func (r Release) diff(state map[key]statement) []Revision {
	var out []Revision
	for _, o := range r.Observations {
		k := key{o.Series.ID, o.Period.Start, o.Period.End}
		if old, ok := state[k]; ok && old.Value != o.Value {
			out = append(out, r.revision(old.Observation, o.Value, kindOf(old.Value, o.Value), o.Revised))
		}
	}
	for k, old := range state {
		if old.Value.IsKnown() && r.covers(k) && !r.restates(k) {
			out = append(out, r.revision(old.Observation, stat.Count{}, Withdrawn, false))
		}
	}
	slices.SortFunc(out, func(a, b Revision) int {
		return stat.Observation{Series: a.Series, Period: a.Period}.Compare(stat.Observation{Series: b.Series, Period: b.Period})
	})
	return out
}

// restates reports whether the release states any of the days of k, in the same period or in
// another, such as a longer range, or months instead of a range. A statement in another period
// is then superseded; it is neither changed nor withdrawn.
func (r Release) restates(k key) bool {
	i, _ := slices.BinarySearchFunc(r.Observations, k, func(o stat.Observation, k key) int {
		return cmp.Or(cmp.Compare(o.Series.ID, k.series), cmp.Compare(o.Period.End, k.start))
	})
	return i < len(r.Observations) && r.Observations[i].Series.ID == k.series && r.Observations[i].Period.Start <= k.end
}

// covers reports whether the release covers an observation, through its series or its group of
// breakdowns.
func (r Release) covers(k key) bool {
	group := k.series.Group()
	return slices.ContainsFunc(r.Coverage, func(c stat.Coverage) bool {
		return (c.Series == k.series || c.Series == group) && c.Start <= k.start && k.end <= c.End
	})
}

func (r Release) revision(old stat.Observation, value stat.Count, kind Kind, marked bool) Revision {
	return Revision{Series: old.Series, Period: old.Period, Old: old.Value, New: value, Kind: kind, OldVintage: old.Release.Vintage,
		NewVintage: r.Vintage, NewRelease: r.ID, FirstSeen: r.FirstSeen, Marked: marked}
}

// apply makes the release, which has the index n, the newest statement of everything that it
// covers. A withdrawn value leaves a tombstone, which is an observation without a value.
func (r Release) apply(state map[key]statement, n int) {
	release := r.Release // a copy without the observations, so that their memory is freed
	first := make(map[key]int, len(r.Observations))
	for _, o := range r.Observations {
		k := key{o.Series.ID, o.Period.Start, o.Period.End}
		first[k] = n
		if old, ok := state[k]; ok {
			first[k] = old.first
		}
	}
	for k, o := range state {
		switch {
		case !r.covers(k):
		case r.restates(k):
			delete(state, k)
		default:
			o.Value, o.Lower, o.Upper, o.Status, o.Release = stat.Count{}, stat.Count{}, stat.Count{}, stat.Missing, &release
			state[k] = o
		}
	}
	for _, o := range r.Observations {
		k := key{o.Series.ID, o.Period.Start, o.Period.End}
		state[k] = statement{o, first[k]}
	}
}

// markSubstantial marks the revisions that change a headline of their series. Only a series
// with words has headlines.
func (r Release) markSubstantial(found []Revision, state map[key]statement) error {
	for i := range found {
		s := found[i].Series
		if s.Many == "" {
			continue
		}
		if i > 0 && found[i-1].Series.ID == s.ID {
			found[i].Substantial = found[i-1].Substantial // one verdict per series and release
			continue
		}
		var before, after []stat.Observation
		for k, o := range state {
			if k.series == s.ID && o.Value.IsKnown() {
				before = append(before, o.Observation)
				if !r.covers(k) {
					after = append(after, o.Observation)
				}
			}
		}
		for _, o := range r.Observations {
			if o.Series.ID == s.ID {
				after = append(after, o)
			}
		}
		var err error
		if found[i].Substantial, err = changesHeadline(s, before, after); err != nil {
			return err
		}
	}
	return nil
}

// changesHeadline reports whether a revision changes a headline of a series: the sign of the
// change on last year, the figures rounded to two leading digits, or the highest days. It
// compares both states up to the last day known before the revision.
func changesHeadline(s *stat.Series, before, after []stat.Observation) (bool, error) {
	a, err := compare.NewPath(s, before)
	if err != nil {
		return false, err
	}
	_, cutoff := a.KnownCoverage()
	after = slices.DeleteFunc(after, func(o stat.Observation) bool { return o.Period.End > cutoff })
	b, err := compare.NewPath(s, after)
	if err != nil || cutoff.IsZero() || s.Kind != stat.Flow {
		return false, err
	}
	x, errX := headlineFigures(a, cutoff)
	y, errY := headlineFigures(b, cutoff)
	return !slices.Equal(x, y), errors.Join(errX, errY)
}

// topRanks is the number of highest values that a headline may mention.
const topRanks = 3

// headlineFigures returns the figures that a headline of the path can state.
func headlineFigures(p *compare.Path, cutoff stat.Date) ([]int64, error) {
	years, err := compare.YearToDate(p, cutoff)
	if len(years) == 0 { // also if there is an error
		return nil, err
	}
	y := years[len(years)-1]
	out := []int64{rounded(y.Value), rounded(y.Prior), rounded(y.PriorYear), sign(y.Change)}
	for _, r := range compare.Records(p, topRanks) {
		out = append(out, int64(r.Rank), int64(r.Period.Start), int64(r.Period.End))
	}
	return out, nil
}

// rounded rounds a count down to its two leading digits. A missing count gives -1.
func rounded(c stat.Count) int64 {
	n, known := c.Get()
	if !known {
		return -1
	}
	scale := int64(1)
	for n/scale >= 100 {
		scale *= 10
	}
	return n / scale * scale
}

func sign(c stat.Count) int64 {
	switch n, _ := c.Get(); {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
