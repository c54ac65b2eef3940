package claim

import (
	"context"
	"fmt"
	"slices"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// Source is one data set of an archive.
type Source interface {
	// ID names the source. Restates names the one whose facts it repeats, or is "".
	ID() string
	Restates() string
	// Vintages returns the days of its known releases, oldest first. There may be several on a day.
	Vintages() ([]stat.Date, error)
	// Paths returns the series that a sentence may mean as they were known at the end of a day.
	Paths(r *words.Reading, at stat.Date) ([]*compare.Path, error)
}

// Archive has everything known of some sources, release by release.
type Archive []Source

// source returns the source called id, or nil.
func (a Archive) source(id string) Source {
	if i := slices.IndexFunc(a, func(s Source) bool { return s.ID() == id }); i >= 0 {
		return a[i]
	}
	return nil
}

// known returns what was known on a day of the series that a sentence may mean. Of a source that had
// no release then it is what the oldest one states, and Early.
func (a Archive) known(ctx context.Context, r *words.Reading, on stat.Date) ([]Series, error) {
	var out []Series
	for _, s := range a {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !r.WantsSource(s.ID()) {
			continue
		}
		paths, early, err := a.of(s, r, on)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID(), err)
		}
		for _, p := range paths {
			out = append(out, Series{Path: p, AsOf: p.Vintage(), Early: early})
		}
	}
	return out, nil
}

// of returns what known returns of one source.
func (a Archive) of(s Source, r *words.Reading, on stat.Date) (paths []*compare.Path, early bool, err error) {
	days, err := s.Vintages()
	if err != nil || len(days) == 0 {
		return nil, false, err
	}
	if other := a.source(s.Restates()); other != nil {
		// Its facts are those of another source, which answers unless only this one was known on the day.
		theirs, err := other.Vintages()
		if err != nil || len(theirs) > 0 && theirs[0] <= on || days[0] > on {
			return nil, false, err
		}
	}
	paths, err = s.Paths(r, newest(days, on))
	return paths, days[0] > on, err
}

// newest returns the last of some days, oldest first, that is not after a day, or the first if all are.
func newest(days []stat.Date, on stat.Date) stat.Date {
	n, found := slices.BinarySearch(days, on)
	switch {
	case found:
		return on
	case n == 0:
		return days[0]
	}
	return days[n-1]
}

// releases returns the days after a day on which a source that the sentence may mean had a release, oldest
// first.
func (a Archive) releases(r *words.Reading, after stat.Date) ([]stat.Date, error) {
	var out []stat.Date
	for _, s := range a {
		if !r.WantsSource(s.ID()) {
			continue
		}
		days, err := s.Vintages()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID(), err)
		}
		out = append(out, slices.DeleteFunc(slices.Clone(days), func(d stat.Date) bool { return d <= after })...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
