package lake

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// Stated returns the release among the entries of its source that makes r superfluous: one of the
// same vintage that states exactly the same and would be kept; see Append.
func (l *Lake) Stated(entries []Entry, r stat.Release, obs []stat.Observation, raw Raw) (Entry, bool, error) {
	obs = inOrder(obs)
	e := Entry{Source: r.Source, Release: r.ID, Vintage: r.Vintage, FirstSeen: r.FirstSeen, RawFile: raw.File, Tidy: raw.Tidy, Reissued: raw.Reissued,
		Statement: statement(obs), Coverage: Cover(obs, raw.Tidy)}
	i, err := l.displacing(entries, e, obs)
	if err != nil || i < 0 {
		return Entry{}, false, err
	}
	return entries[i], true, nil
}

// displacing returns the index of the release that makes e superfluous, or -1. obs are the
// observations of e.
func (l *Lake) displacing(entries []Entry, e Entry, obs []stat.Observation) (int, error) {
	for i, other := range entries {
		if other.displaces(e) && !parted(entries, other, e) {
			return i, nil
		}
		if !other.mayHold(e) {
			continue
		}
		own, err := l.Read(other)
		if err != nil {
			return -1, err
		}
		if holds(own, obs) {
			return i, nil
		}
	}
	return -1, nil
}

// displaces reports whether e states the same as other, of the same vintage, and is the one to
// keep.
func (e Entry) displaces(other Entry) bool {
	if e.Release == other.Release || e.Vintage != other.Vintage || e.Statement != other.Statement {
		return false
	}
	if e.Tidy != other.Tidy {
		return other.Tidy
	}
	if e.Reissued != other.Reissued {
		return other.Reissued
	}
	return cmp.Or(strings.Compare(e.RawFile, other.RawFile), strings.Compare(e.Release, other.Release)) < 0 // a path begins with the date
}

// parted reports whether a release with another statement came between two of the same vintage that
// state the same. Then the later one takes the change back, and both are kept.
func parted(entries []Entry, a, b Entry) bool {
	first, last := a.FirstSeen, b.FirstSeen
	if last.Before(first) {
		first, last = last, first
	}
	return slices.ContainsFunc(entries, func(x Entry) bool {
		return x.Vintage == a.Vintage && x.Statement != a.Statement && x.FirstSeen.After(first) && x.FirstSeen.Before(last) && x.meets(a)
	})
}

// meets reports whether e and other both speak of some day of a series.
func (e Entry) meets(other Entry) bool {
	return slices.ContainsFunc(e.Coverage, func(c stat.Coverage) bool { return slices.ContainsFunc(other.Coverage, c.Meets) })
}

// mayHold reports whether e, the publisher's own file, may state everything that other, in the tidy
// layout and of the same vintage, states.
func (e Entry) mayHold(other Entry) bool {
	return e.Vintage == other.Vintage && !e.Tidy && other.Tidy && e.speaksFor(other)
}

// holds reports whether own states every observation of part with the same value and status. A part
// that differs is a statement of its own.
func holds(own, part []stat.Observation) bool {
	type key struct {
		series     stat.SeriesID
		start, end stat.Date
	}
	type said struct {
		value  stat.Count
		status stat.Status
	}
	all := map[key]said{}
	for _, o := range own {
		all[key{o.Series.ID, o.Period.Start, o.Period.End}] = said{o.Value, o.Status}
	}
	for _, o := range part {
		if x, ok := all[key{o.Series.ID, o.Period.Start, o.Period.End}]; !ok || x != (said{o.Value, o.Status}) {
			return false
		}
	}
	return true
}

// speaksFor reports whether e covers everything that other covers.
func (e Entry) speaksFor(other Entry) bool {
	for _, o := range other.Coverage {
		if !slices.ContainsFunc(e.Coverage, func(c stat.Coverage) bool {
			return (c.Series == o.Series || c.Series == o.Series.Group()) && c.Start <= o.Start && o.End <= c.End
		}) {
			return false
		}
	}
	return true
}

func (l *Lake) prune(source string) error {
	entries, err := l.Entries(source)
	if err != nil {
		return err
	}
	for _, e := range entries {
		var obs []stat.Observation
		if slices.ContainsFunc(entries, func(other Entry) bool { return other.mayHold(e) }) {
			if obs, err = l.Read(e); err != nil {
				return err
			}
		}
		i, err := l.displacing(entries, e, obs)
		if err == nil && i >= 0 {
			err = errors.Join(l.noteSame(e, entries[i]), l.remove(e))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
