// Package changes says which release changed which value of an earlier one.
package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Log has the rows of the table revisions by the releases that made them.
type Log struct {
	index     *content.Index
	byRelease map[releaseKey][]int
}

// releaseKey names a release.
type releaseKey struct{ source, release string }

// New returns the log of a site. For each release, changes of the series that the site describes
// come before those of breakdowns.
func New(index *content.Index) *Log {
	g := index.Table("revisions")
	l := &Log{index: index, byRelease: map[releaseKey][]int{}}
	breakdown := make([]int, g.Len())
	for _, i := range g.All() {
		id := g.Series(i)
		if !index.Described(id) {
			breakdown[i] = 1
		}
		k := releaseKey{index.SourceOf(id).ID, g.Text(i, "new_release")}
		l.byRelease[k] = append(l.byRelease[k], i)
	}
	for _, rows := range l.byRelease {
		slices.SortStableFunc(rows, func(i, j int) int {
			return cmp.Or(breakdown[i]-breakdown[j], strings.Compare(g.Text(i, "series"), g.Text(j, "series")), cmp.Compare(g.Date(j, "period_end"), g.Date(i, "period_end")))
		})
	}
	return l
}

// By returns the revisions that row i of the table releases made.
func (l *Log) By(i int) []int {
	g := l.index.Table("releases")
	return l.byRelease[releaseKey{g.Text(i, "source"), g.Text(i, "release")}]
}

// Releases returns the rows of the table releases that wanted reports true for, the newest first.
func (l *Log) Releases(wanted func(i int) bool) []int {
	g := l.index.Table("releases")
	rows := g.Select(wanted)
	slices.SortStableFunc(rows, func(i, j int) int {
		return cmp.Or(cmp.Compare(g.Date(j, "vintage"), g.Date(i, "vintage")), strings.Compare(g.Text(j, "first_seen"), g.Text(i, "first_seen")),
			strings.Compare(g.Text(j, "release"), g.Text(i, "release")))
	})
	return rows
}

// Changing returns those of the releases that changed a value.
func (l *Log) Changing(releases []int) []int {
	return slices.DeleteFunc(slices.Clone(releases), func(i int) bool { return len(l.By(i)) == 0 })
}

// Newest returns the releases that changed a value, the newest first.
func (l *Log) Newest() []int { return l.Changing(l.Releases(func(int) bool { return true })) }

// Sentences writes the first limit of revisions in words. more is how many are left out, or "".
func (l *Log) Sentences(rows []int, limit int) (texts []string, more string) {
	for _, i := range rows[:min(len(rows), limit)] {
		texts = append(texts, l.sentence(i))
	}
	if n := len(rows) - limit; n > 0 {
		more = wording.Thousands(int64(n))
	}
	return texts, more
}

func (l *Log) sentence(i int) string {
	g := l.index.Table("revisions")
	change := ""
	if !g.IsNull(i, "change") {
		change = " (" + listing.Changes(g, "change")(i) + ")"
	}
	return fmt.Sprintf("%s, %s: %s before, %s after%s, %s", l.index.Title(g.Series(i)), listing.Periods(g)(i), listing.Counts(g, "old_value")(i), After(g)(i), change, Marked(g)(i))
}

// Count says how many values a release changed.
func Count(n int) string { return wording.Counted(n, "value changed", "values changed") }

// After writes the values after revisions.
func After(revisions grid.Grid) func(row int) string {
	return func(i int) string {
		switch {
		case !revisions.IsNull(i, "new_value"):
			return listing.Counts(revisions, "new_value")(i)
		case revisions.Text(i, "kind") == wording.Withdrawn:
			return wording.Withdrawn
		}
		return wording.Unavailable
	}
}

// Marked says of revisions whether the publisher marked them.
func Marked(revisions grid.Grid) func(row int) string {
	return func(i int) string {
		if revisions.Text(i, "marked") == "true" {
			return "marked"
		}
		return "silent"
	}
}

// Of returns the revisions of the series that wanted reports true for, the newest first.
func Of(index *content.Index, wanted func(stat.SeriesID) bool) []int {
	g := index.Table("revisions")
	rows := g.Select(func(i int) bool { return wanted(g.Series(i)) })
	slices.SortStableFunc(rows, func(i, j int) int {
		return cmp.Or(cmp.Compare(g.Date(j, "new_vintage"), g.Date(i, "new_vintage")), strings.Compare(g.Text(j, "first_seen"), g.Text(i, "first_seen")),
			cmp.Compare(g.Date(j, "period_end"), g.Date(i, "period_end")))
	})
	return rows
}
