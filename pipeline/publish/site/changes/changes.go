// Package changes says which release changed which value of an earlier one.
package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Log has the rows of the table revisions by the releases that made them.
type Log struct {
	index     *content.Index
	byRelease map[releaseKey][]*row.Revision
}

// releaseKey names a release.
type releaseKey struct{ source, release string }

// New returns the log of a site. For each release, changes of the series that the site describes
// come before those of breakdowns.
func New(index *content.Index) *Log {
	l := &Log{index: index, byRelease: map[releaseKey][]*row.Revision{}}
	for _, r := range index.Revisions {
		k := releaseKey{index.SourceOf(r.Series).ID, r.NewRelease}
		l.byRelease[k] = append(l.byRelease[k], r)
	}
	breakdown := func(r *row.Revision) int {
		if index.Described(r.Series) {
			return 0
		}
		return 1
	}
	for _, rows := range l.byRelease {
		slices.SortStableFunc(rows, func(a, b *row.Revision) int {
			return cmp.Or(breakdown(a)-breakdown(b), cmp.Compare(a.Series, b.Series), cmp.Compare(b.PeriodEnd, a.PeriodEnd))
		})
	}
	return l
}

// By returns the revisions that a release made.
func (l *Log) By(r *row.Release) []*row.Revision { return l.byRelease[releaseKey{r.Source, r.Release}] }

// Releases returns the releases that wanted reports true for, the newest first.
func (l *Log) Releases(wanted func(r *row.Release) bool) []*row.Release {
	var out []*row.Release
	for _, r := range l.index.ReleaseList {
		if wanted(r) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *row.Release) int {
		return cmp.Or(cmp.Compare(b.Vintage, a.Vintage), b.FirstSeen.Compare(a.FirstSeen), strings.Compare(b.Release, a.Release))
	})
	return out
}

// Changing returns those of the releases that changed a value.
func (l *Log) Changing(releases []*row.Release) []*row.Release {
	return slices.DeleteFunc(slices.Clone(releases), func(r *row.Release) bool { return len(l.By(r)) == 0 })
}

// Newest returns the releases that changed a value, the newest first.
func (l *Log) Newest() []*row.Release {
	return l.Changing(l.Releases(func(*row.Release) bool { return true }))
}

// Sentences writes the first limit of revisions in words. more is how many are left out, or "".
func (l *Log) Sentences(rows []*row.Revision, limit int) (texts []string, more string) {
	for _, r := range rows[:min(len(rows), limit)] {
		texts = append(texts, l.sentence(r))
	}
	if n := len(rows) - limit; n > 0 {
		more = wording.Thousands(int64(n))
	}
	return texts, more
}

func (l *Log) sentence(r *row.Revision) string {
	change := ""
	if r.Change.IsKnown() {
		change = " (" + wording.Change(r.Change) + ")"
	}
	return fmt.Sprintf("%s, %s: %s before, %s after%s, %s", l.index.Title(r.Series), wording.PeriodText(r.PeriodStart, r.PeriodEnd), wording.Count(r.OldValue), After(r), change, Marked(r))
}

// Count says how many values a release changed.
func Count(n int) string { return wording.Counted(n, "value changed", "values changed") }

// After writes the value after a revision.
func After(r *row.Revision) string {
	switch {
	case r.NewValue.IsKnown():
		return wording.Count(r.NewValue)
	case r.Kind == wording.Withdrawn:
		return wording.Withdrawn
	}
	return wording.Unavailable
}

// Marked says of a revision whether the publisher marked it.
func Marked(r *row.Revision) string {
	if r.Marked {
		return "marked"
	}
	return "silent"
}

// Of returns the revisions of the series that wanted reports true for, the newest first.
func Of(index *content.Index, wanted func(stat.SeriesID) bool) []*row.Revision {
	var out []*row.Revision
	for _, r := range index.Revisions {
		if wanted(r.Series) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *row.Revision) int {
		return cmp.Or(cmp.Compare(b.NewVintage, a.NewVintage), b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(b.PeriodEnd, a.PeriodEnd))
	})
	return out
}
