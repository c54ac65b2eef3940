package lake

import (
	"slices"

	"crossings/pipeline/stat"
)

// span is a run of days, including both ends.
type span struct{ start, end stat.Date }

// spoken holds the spans that newer releases speak for, by series and by group of breakdowns.
type spoken map[stat.SeriesID][]span

func (s spoken) covers(series stat.SeriesID, start, end stat.Date) bool {
	return s.any(series, func(x span) bool { return x.start <= start && end <= x.end })
}

// touches reports whether any day from start to end is spoken for. A period that a newer release
// covers in part must not be used together with that release.
func (s spoken) touches(series stat.SeriesID, start, end stat.Date) bool {
	return s.any(series, func(x span) bool { return x.start <= end && start <= x.end })
}

// any reports whether a span of the series or of its group satisfies so.
func (s spoken) any(series stat.SeriesID, so func(span) bool) bool {
	return slices.ContainsFunc(s[series], so) || slices.ContainsFunc(s[series.Group()], so)
}

// AsOf returns the observations of a source as they were known at the end of the day at, sorted by
// series and period: for each the newest vintage not after at. The zero date means everything known
// now. It leaves out a withdrawn value, which a newer release covers but does not state. It also
// returns the entries known then, oldest first.
func (l *Lake) AsOf(source string, at stat.Date) ([]stat.Observation, []Entry, error) {
	entries, err := l.Entries(source)
	if err != nil {
		return nil, nil, err
	}
	if !at.IsZero() {
		entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.Vintage > at })
	}
	out, err := l.newest(entries, nil)
	if err != nil {
		return nil, nil, err
	}
	return out, entries, nil
}

// Before returns the observations of a release's source as they were known before it, sorted as by
// AsOf, of the series for which keep is true. It returns nil if nothing was known.
func (l *Lake) Before(r stat.Release, keep func(stat.SeriesID) bool) ([]stat.Observation, error) {
	entries, err := l.Entries(r.Source)
	if err != nil {
		return nil, err
	}
	return l.newest(slices.DeleteFunc(entries, func(e Entry) bool { return e.Stat().Compare(r) >= 0 }), keep)
}

// newest returns the newest vintage of each observation of the series for which keep is true; all if it
// is nil. entries are sorted oldest first.
func (l *Lake) newest(entries []Entry, keep func(stat.SeriesID) bool) ([]stat.Observation, error) {
	var out []stat.Observation
	done := spoken{}
	for _, e := range slices.Backward(entries) {
		if !slices.ContainsFunc(e.Coverage, func(c stat.Coverage) bool { return !done.covers(c.Series, c.Start, c.End) }) {
			continue // newer releases speak for everything that this one covers
		}
		obs, err := l.read(e, keep)
		if err != nil {
			return nil, err
		}
		if len(done) > 0 {
			obs = slices.DeleteFunc(obs, func(o stat.Observation) bool { return done.touches(o.Series.ID, o.Period.Start, o.Period.End) })
		}
		if out == nil {
			out = obs
		} else {
			out = append(out, obs...)
		}
		for _, c := range e.Coverage {
			done[c.Series] = merge(append(done[c.Series], span{c.Start, c.End}))
		}
	}
	slices.SortFunc(out, stat.Observation.Compare)
	return out, nil
}

// merge joins spans that overlap or follow one another without a gap.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return int(a.start - b.start) })
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		if s.start <= last.end+1 {
			last.end = max(last.end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}
