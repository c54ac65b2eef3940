package section

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
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
func (r Revisions) Maps(rows []*row.Revision) (maps []listing.Table, left int) {
	var ids []stat.SeriesID
	own := map[stat.SeriesID][]*row.Revision{}
	for _, x := range rows {
		if own[x.Series] == nil {
			ids = append(ids, x.Series)
		}
		own[x.Series] = append(own[x.Series], x)
	}
	for _, id := range ids[:min(len(ids), maxMaps)] {
		maps = append(maps, r.mapOf(id, own[id]))
	}
	return maps, max(len(ids)-maxMaps, 0)
}

// moment is when a release became known. It tells two releases of one day apart.
type moment struct {
	vintage   stat.Date
	firstSeen time.Time
}

func (m moment) compare(n moment) int {
	return cmp.Or(cmp.Compare(m.vintage, n.vintage), m.firstSeen.Compare(n.firstSeen))
}

// mapOf sets the newest revised periods of a series against the newest of the releases that changed
// them.
func (r Revisions) mapOf(id stat.SeriesID, rows []*row.Revision) listing.Table {
	momentOf := func(x *row.Revision) moment { return moment{x.NewVintage, x.FirstSeen} }
	span := func(x *row.Revision) [2]stat.Date { return [2]stat.Date{x.PeriodStart, x.PeriodEnd} }
	periods := unique(rows, span, func(x, y [2]stat.Date) int { return cmp.Or(cmp.Compare(y[1], x[1]), cmp.Compare(y[0], x[0])) })
	periods = periods[:min(len(periods), mapPeriods)]
	shown := slices.DeleteFunc(slices.Clone(rows), func(x *row.Revision) bool { return !slices.Contains(periods, span(x)) })
	releases := unique(shown, momentOf, func(x, y moment) int { return y.compare(x) })
	releases = releases[:min(len(releases), mapReleases)]
	shown = slices.DeleteFunc(shown, func(x *row.Revision) bool { return !slices.Contains(releases, momentOf(x)) })

	title, unit := r.index.Title(id), r.index.Unit(id)
	t := listing.Table{Title: title + ", by release", Caption: fmt.Sprintf("%s, in %s: what each release changed, the newest periods and releases first. · stands where a release did not change the value.", title, unit),
		Head: append([]string{"Period"}, momentNames(releases)...), Map: true}
	for _, p := range periods {
		line := listing.Row{Name: wording.PeriodText(p[0], p[1])}
		changed := false
		for _, release := range releases {
			text := unchanged
			for _, x := range shown {
				if span(x) == p && momentOf(x) == release {
					text, changed = step(x), true
				}
			}
			line.Cells = append(line.Cells, text)
		}
		if changed {
			t.Rows = append(t.Rows, line)
		}
	}
	if n := len(rows) - len(shown); n > 0 {
		t.More, t.MoreIn = wording.Thousands(int64(n)), row.Revision{}.Table()
	}
	return t
}

// unchanged is the text for a value that a release did not change.
const unchanged = "·"

// step writes a revision for a map: the change, or the new value if there is no difference to state.
func step(x *row.Revision) string {
	switch {
	case !x.NewValue.IsKnown():
		return changes.After(x)
	case !x.OldValue.IsKnown():
		return "now " + wording.Count(x.NewValue)
	}
	return wording.Change(x.Change)
}

// unique returns what of returns for the rows, each value once, in order.
func unique[T comparable](rows []*row.Revision, of func(*row.Revision) T, order func(x, y T) int) []T {
	var out []T
	for _, x := range rows {
		out = append(out, of(x))
	}
	slices.SortFunc(out, order)
	return slices.Compact(out)
}

// momentNames writes releases, in order, by their days, and by their times if a day has several.
func momentNames(all []moment) []string {
	days := map[stat.Date]int{}
	for _, m := range all {
		days[m.vintage]++
	}
	var out []string
	for _, m := range all {
		name := m.vintage.Long()
		if days[m.vintage] > 1 {
			name += ", seen " + wording.InstantText(m.firstSeen)
		}
		out = append(out, name)
	}
	return out
}
