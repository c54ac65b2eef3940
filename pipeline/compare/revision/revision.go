// Package revision finds what changed between the vintages of a source.
//
//  1. A Ledger takes the releases in the order in which they were known and keeps
//     the newest statement of each observation. It can be stored as bytes and read
//     again, so the cost of a new release depends on its own size only.
//  2. Where a release states another value, or covers a period and no longer states
//     it, there is a Revision. A value that is stated again later is one too.
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
	Old, New stat.Count // missing where not available, or withdrawn
	Kind     Kind
	// OldVintage is the last release that stated the old value, NewVintage the
	// first that stated the new one, and FirstSeen the instant of that release.
	OldVintage, NewVintage stat.Date
	NewRelease             string // identifier of the release that stated the new value
	FirstSeen              time.Time
	Marked                 bool // the publisher marked the value as revised; else the change is silent
	Substantial            bool // a headline changes its direction, rank or rounded value
}

// Kind says what happened to a value (code list revision-kind).
type Kind string

// The kinds of revision.
const (
	Changed     Kind = "changed"       // another value
	Available   Kind = "available"     // a value where there was none, or no longer one
	Unavailable Kind = "not-available" // stated as missing
	Withdrawn   Kind = "withdrawn"     // covered by the release, and not stated
)

// kindOf returns the kind of a revision that states a value in place of old.
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

// key names an observation across releases.
type key struct {
	series     stat.SeriesID
	start, end stat.Date
}

// Ledger is what changed between the releases of a source, and the newest statement
// of each observation that they lead to. The zero value has seen no release.
type Ledger struct {
	// Revisions are in the order of their releases, and within one in that of series
	// and period. A value stated for the first time is no revision.
	Revisions []Revision

	state map[key]stat.Observation
}

// Add adds the next release, in the order in which releases were known.
func (l *Ledger) Add(r Release) error {
	if l.state == nil {
		l.state = map[key]stat.Observation{}
	}
	found := r.against(l.state)
	if err := r.weigh(found, l.state); err != nil {
		return err
	}
	l.Revisions = append(l.Revisions, found...)
	r.apply(l.state)
	return nil
}

// against compares a release with what was known before it.
func (r Release) against(state map[key]stat.Observation) []Revision {
	var out []Revision
	for _, o := range r.Observations {
		k := key{o.Series.ID, o.Period.Start, o.Period.End}
		if old, ok := state[k]; ok && old.Value != o.Value {
			out = append(out, r.revision(old, o.Value, kindOf(old.Value, o.Value), o.Revised))
		}
	}
	for k, old := range state {
		if old.Value.IsKnown() && r.covers(k) && !r.divides(k) {
			out = append(out, r.revision(old, stat.Count{}, Withdrawn, false))
		}
	}
	slices.SortFunc(out, func(a, b Revision) int {
		return stat.Observation{Series: a.Series, Period: a.Period}.Compare(stat.Observation{Series: b.Series, Period: b.Period})
	})
	return out
}

// divides reports whether the release states any of the days of k, in k's own period or
// in another: a range that has grown, months in place of a range. The older statement is
// then superseded, and neither changed nor withdrawn.
func (r Release) divides(k key) bool {
	i, _ := slices.BinarySearchFunc(r.Observations, k, func(o stat.Observation, k key) int {
		return cmp.Or(cmp.Compare(o.Series.ID, k.series), cmp.Compare(o.Period.End, k.start))
	})
	return i < len(r.Observations) && r.Observations[i].Series.ID == k.series && r.Observations[i].Period.Start <= k.end
}

// covers reports whether the release speaks for an observation, by its series or
// by its group of breakdowns.
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

// apply makes the release the newest statement of what it covers. A value that it
// withdraws leaves a tombstone, an observation without a value.
func (r Release) apply(state map[key]stat.Observation) {
	release := r.Release // without the observations, which need not stay in memory
	for k, o := range state {
		switch {
		case !r.covers(k):
		case r.divides(k):
			delete(state, k)
		default:
			o.Value, o.Lower, o.Upper, o.Status, o.Release = stat.Count{}, stat.Count{}, stat.Count{}, stat.Missing, &release
			state[k] = o
		}
	}
	for _, o := range r.Observations {
		state[key{o.Series.ID, o.Period.Start, o.Period.End}] = o
	}
}

// weigh marks the revisions of each series that change a headline. Only a series
// with words has headlines.
func (r Release) weigh(found []Revision, state map[key]stat.Observation) error {
	for i := range found {
		s := found[i].Series
		if s.Many == "" {
			continue
		}
		if i > 0 && found[i-1].Series.ID == s.ID {
			found[i].Substantial = found[i-1].Substantial // one verdict a series and release
			continue
		}
		var before, after []stat.Observation
		for k, o := range state {
			if k.series == s.ID && o.Value.IsKnown() {
				before = append(before, o)
				if !r.covers(k) {
					after = append(after, o)
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

// changesHeadline compares what the headline of a series says before and after,
// both to the last day known before: the sign of the change on last year, the
// figures rounded to two leading digits, and the highest days.
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
	x, errX := said(a, cutoff)
	y, errY := said(b, cutoff)
	return !slices.Equal(x, y), errors.Join(errX, errY)
}

// topRanks is how many of the highest values a headline may mention.
const topRanks = 3

// said returns what a headline of the path can say, in a form that can be compared.
func said(p *compare.Path, cutoff stat.Date) ([]int64, error) {
	years, err := compare.YearToDate(p, cutoff)
	if len(years) == 0 { // or an error
		return nil, err
	}
	y := years[len(years)-1]
	out := []int64{rounded(y.Value), rounded(y.Prior), rounded(y.PriorYear), sign(y.Change)}
	for _, r := range compare.Records(p, topRanks) {
		out = append(out, int64(r.Rank), int64(r.Period.Start), int64(r.Period.End))
	}
	return out, nil
}

// rounded keeps the two leading digits of a count; missing is -1.
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
