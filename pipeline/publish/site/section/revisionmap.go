package section

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// The bounds of the maps of revisions: periods and releases of each map, and maps.
const (
	mapPeriods  = 40
	mapReleases = 24
	maxMaps     = 8
)

// Maps returns a map for each series that revisions are about, starting with the series that was
// revised last. rows are the newest first. left is how many series have no map because there are
// too many.
func (r Revisions) Maps(rows []int) (maps []listing.Table, left int) {
	g := r.index.Table("revisions")
	var ids []stat.SeriesID
	own := map[stat.SeriesID][]int{}
	for _, i := range rows {
		id := g.Series(i)
		if own[id] == nil {
			ids = append(ids, id)
		}
		own[id] = append(own[id], i)
	}
	for _, id := range ids[:min(len(ids), maxMaps)] {
		maps = append(maps, r.mapOf(id, own[id]))
	}
	return maps, max(len(ids)-maxMaps, 0)
}

// moment is when a release became known. It tells two releases of one day apart.
type moment struct{ vintage, firstSeen string }

func (m moment) compare(n moment) int {
	return cmp.Or(strings.Compare(m.vintage, n.vintage), strings.Compare(m.firstSeen, n.firstSeen))
}

// mapOf sets the newest revised periods of a series against the newest of the releases that changed
// them.
func (r Revisions) mapOf(id stat.SeriesID, rows []int) listing.Table {
	g := r.index.Table("revisions")
	momentOf := func(i int) moment { return moment{g.Text(i, "new_vintage"), g.Text(i, "first_seen")} }
	span := func(i int) [2]stat.Date { start, end := g.Period(i); return [2]stat.Date{start, end} }
	periods := unique(rows, span, func(x, y [2]stat.Date) int { return cmp.Or(cmp.Compare(y[1], x[1]), cmp.Compare(y[0], x[0])) })
	periods = periods[:min(len(periods), mapPeriods)]
	shown := slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return !slices.Contains(periods, span(i)) })
	releases := unique(shown, momentOf, func(x, y moment) int { return y.compare(x) })
	releases = releases[:min(len(releases), mapReleases)]
	shown = slices.DeleteFunc(shown, func(i int) bool { return !slices.Contains(releases, momentOf(i)) })

	title, unit := r.index.Title(id), r.index.Unit(id)
	t := listing.Table{Title: title + ", by release", Caption: fmt.Sprintf("%s, in %s: what each release changed, the newest periods and releases first. · stands where a release did not change the value.", title, unit),
		Head: append([]string{"Period"}, momentNames(releases)...), Map: true}
	for _, p := range periods {
		row := listing.Row{Name: wording.PeriodText(p[0], p[1])}
		changed := false
		for _, release := range releases {
			text := unchanged
			for _, i := range shown {
				if span(i) == p && momentOf(i) == release {
					text, changed = step(g, i), true
				}
			}
			row.Cells = append(row.Cells, text)
		}
		if changed {
			t.Rows = append(t.Rows, row)
		}
	}
	if n := len(rows) - len(shown); n > 0 {
		t.More, t.MoreIn = wording.Thousands(int64(n)), "revisions"
	}
	return t
}

// unchanged is the text for a value that a release did not change.
const unchanged = "·"

// step writes a revision for a map: the change, or the new value if there is no difference to state.
func step(g grid.Grid, i int) string {
	switch {
	case g.IsNull(i, "new_value"):
		return changes.After(g)(i)
	case g.IsNull(i, "old_value"):
		return "now " + listing.Counts(g, "new_value")(i)
	}
	return listing.Changes(g, "change")(i)
}

// unique returns what of returns for the rows, each value once, in order.
func unique[T comparable](rows []int, of func(int) T, order func(x, y T) int) []T {
	var out []T
	for _, i := range rows {
		out = append(out, of(i))
	}
	slices.SortFunc(out, order)
	return slices.Compact(out)
}

// momentNames writes releases, in order, by their days, and by their times if a day has several.
func momentNames(all []moment) []string {
	days := map[string]int{}
	for _, m := range all {
		days[m.vintage]++
	}
	var out []string
	for _, m := range all {
		name := m.vintage
		if d, err := stat.ParseDate(m.vintage); err == nil {
			name = d.Long()
		}
		if days[m.vintage] > 1 {
			name += ", seen " + wording.InstantText(m.firstSeen)
		}
		out = append(out, name)
	}
	return out
}
