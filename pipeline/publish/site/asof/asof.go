// Package asof says what a reader needs to see a daily series as it was published on a day in the past:
// the releases held, how far each reached, and what later ones changed.
package asof

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// The bounds of what a page holds. A chart with more changes offers no earlier releases, as its page would
// be slow; the table revisions has them all.
const (
	maxReleases = 100
	maxChanges  = 4000
)

// history is what a page holds: the days on which releases came, the newest last, and the changes that they
// made.
type history struct {
	Publisher string    `json:"publisher"`
	Releases  []release `json:"releases"`
	Changes   []change  `json:"changes"`
}

// release is the day of one or more releases, and the last day that the figures then reached.
type release struct {
	Day  stat.Date `json:"day"`
	Long string    `json:"long"`
	End  stat.Date `json:"end"`
}

// change is a day whose value a later release changed. A missing value is null.
type change struct {
	Release stat.Date `json:"release"` // when
	Day     stat.Date `json:"day"`
	Old     *int64    `json:"old"`
	New     *int64    `json:"new"`
}

// Of returns the history of a daily series as JSON, or nil if there are no two releases to choose from.
func Of(index *content.Index, series stat.SeriesID) (json.RawMessage, error) {
	source := index.SourceOf(series)
	h := history{Publisher: source.Publisher, Releases: releases(index, source.ID), Changes: []change{}}
	if series.Frequency() != stat.Daily || len(h.Releases) < 2 {
		return nil, nil
	}
	for _, r := range index.Revisions {
		if r.Series == series && r.NewVintage > h.Releases[0].Day {
			h.Changes = append(h.Changes, change{r.NewVintage, r.PeriodStart, value(r.OldValue), value(r.NewValue)})
		}
	}
	if len(h.Changes) > maxChanges {
		return nil, nil
	}
	slices.SortStableFunc(h.Changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.Release, b.Release), cmp.Compare(a.Day, b.Day)) })
	return json.Marshal(h)
}

// value returns a count for JSON, or nil if it is missing.
func value(c stat.Count) *int64 {
	if n, known := c.Get(); known {
		return &n
	}
	return nil
}

// releases returns the newest days on which a source had releases, the oldest first, with the last day that
// any release until then covered.
func releases(index *content.Index, source string) []release {
	ends := map[stat.Date]stat.Date{}
	for _, r := range index.ReleaseList {
		if r.Source == source && !r.CoverageEnd.IsZero() {
			ends[r.Vintage] = max(ends[r.Vintage], r.CoverageEnd)
		}
	}
	var out []release
	var reached stat.Date
	for _, day := range slices.Sorted(maps.Keys(ends)) {
		reached = max(reached, ends[day])
		out = append(out, release{day, day.Long(), reached})
	}
	return out[max(len(out)-maxReleases, 0):]
}
