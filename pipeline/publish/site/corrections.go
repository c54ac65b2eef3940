package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// correctionsPage is what the page about revisions shows.
type correctionsPage struct {
	Text      string     // how many there are, in a sentence
	Retracted []string   // releases that were taken back, the newest decision first
	Versions  []newsItem // data versions that restated values, the newest first
	Sections  []section
}

// The bounds of the maps of revisions: so many periods and releases each, and so
// many maps.
const (
	mapPeriods  = 40
	mapReleases = 24
	maxMaps     = 8
)

// corrections collects the page about revisions. It shows those of the series
// that the site describes; the breakdowns, which may be thousands, are in the
// downloads.
func (b *builder) corrections() correctionsPage {
	g := b.tables["revisions"]
	rows := b.revised(func(id stat.SeriesID) bool { _, described := b.series[id]; return described })
	p := correctionsPage{Text: fmt.Sprintf("Values that differ from one release to the next: %s.", wording.Thousands(int64(g.rows())))}
	if n := g.rows() - len(rows); n > 0 {
		p.Text += fmt.Sprintf(" Of them %s are of the series on this page, the others of breakdowns.", wording.Thousands(int64(len(rows))))
	}
	if g.rows() == 0 {
		p.Text = "No value differs from one release to the next yet."
	}
	p.Retracted = sayAll(b.site.Retractions)
	maps, left := b.revisionMaps(rows)
	how := "A row is a period of which a release changed the value, a column the release that did, and a cell the change."
	if left > 0 {
		how += fmt.Sprintf(" Shown are the %d series that were revised last; those of %d more are in data/revisions.csv.", len(maps), left)
	}
	for _, e := range b.site.Editions {
		if e.Restated != nil && len(p.Versions) < maxNotices {
			p.Versions = append(p.Versions, newsItem{editionsName + "#" + versionAnchor(e.Version), "Data version " + e.Version, e.sayRestated()})
		}
	}
	for _, s := range []section{
		{"newest", "Newest changes", "A value that was changed and changed back stands here twice.", []dataTable{b.revisionTable(rows, maxRows)}},
		{"summary", "How often, how much, how late", "", []dataTable{b.revisionSummary()}},
		{"maps", "Which release changed what", how, maps},
		{"claims", "Claims whose figures were revised", "A claim is answered by the figures that were known when it was made. A revision since does not make it right or wrong.", []dataTable{b.revisedClaims()}},
	} {
		s.Tables = slices.DeleteFunc(s.Tables, func(t dataTable) bool { return len(t.Rows) == 0 })
		if len(s.Tables) > 0 {
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

// revisedClaims lists the numbers of claims whose window has another value since.
func (b *builder) revisedClaims() dataTable {
	g := b.tables["claims"]
	if !g.has("changed") {
		return dataTable{}
	}
	rows := g.where("changed", "true")
	g.byDate(rows, "revised_on")
	slices.Reverse(rows)
	return g.table("claims revised", "Numbers of claims that rest on a value that a release has changed since. The newest change comes first.", rows, maxRows,
		column{"Said on", "", g.days("on")},
		column{"As written", classText, g.words("number_text")},
		column{"Series", classText, func(i int) string { return b.title(stat.SeriesID(g.text(i, "series"))) }},
		column{"From and to", classText, func(i int) string { return wording.PeriodText(g.date(i, "window_start"), g.date(i, "window_end")) }},
		column{"Value then", "", g.counts("value")},
		column{"Value now", classMain, g.counts("value_now")},
		column{"Changed by the release of", classText, g.days("revised_on")})
}

// revised returns the rows of the table revisions about the series that wanted
// wants, the newest first.
func (b *builder) revised(wanted func(stat.SeriesID) bool) []int {
	g := b.tables["revisions"]
	var rows []int
	for i := range g.rows() {
		if wanted(stat.SeriesID(g.text(i, "series"))) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(i, j int) int {
		return cmp.Or(cmp.Compare(g.date(j, "new_vintage"), g.date(i, "new_vintage")), strings.Compare(g.text(j, "first_seen"), g.text(i, "first_seen")),
			cmp.Compare(g.date(j, "period_end"), g.date(i, "period_end")))
	})
	return rows
}

// revisionTable lists the first of rows, limit of them at most.
func (b *builder) revisionTable(rows []int, limit int) dataTable {
	g := b.tables["revisions"]
	t := g.table("revisions", "The newest revisions. One that the publisher did not mark is silent; one is substantial that changes a headline's direction, rank or rounded value."+
		" Withdrawn means that the release does not state the figure any more, none that it states that there is none.",
		rows, limit, append(b.seriesColumns(g),
			column{"Period", classText, g.periods},
			column{"Before", "", g.counts("old_value")},
			column{"After", classMain, g.after},
			column{"Change", "", g.changes("change")},
			column{"Release before", classText, g.days("old_vintage")},
			column{"Release after", classText, g.days("new_vintage")},
			column{"Marked or silent", classText, g.marked},
			column{"Substantial", classText, g.yesNo("substantial")})...)
	t.Named = true
	return t.linked(rows, b.seriesOn(g))
}

// withdrawn stands for a value that a release states no more, and unavailable for
// one of which it says that there is none.
const (
	withdrawn   = "withdrawn"
	unavailable = "none " + wording.MarkNotAvailable
)

// after writes the value after a revision.
func (g grid) after(i int) string {
	switch {
	case !g.cell(i, "new_value").IsNull():
		return g.counts("new_value")(i)
	case g.text(i, "kind") == withdrawn:
		return withdrawn
	}
	return unavailable
}

// marked says whether the publisher marked a revision.
func (g grid) marked(i int) string {
	if g.text(i, "marked") == "true" {
		return "marked"
	}
	return "silent"
}

// revisionSummary returns the table of that name for the series that the site
// describes, in its order.
func (b *builder) revisionSummary() dataTable {
	g := b.tables["revision-summary"]
	var rows []int
	for _, s := range b.site.Series {
		rows = append(rows, g.where("series", string(s.ID))...)
	}
	columns := []column{
		{"Changes", classMain, g.counts("revisions")},
		{"Silent", "", g.counts("silent")},
		{"Substantial", "", g.counts("substantial")},
		{"Values changed", "", g.counts("revised")},
		{"Values withdrawn", "", g.counts("withdrawn")},
		{"Values stated", "", g.counts("observations")},
		{"Per cent changed", "", g.decimals("revised_percent", rows)},
		{"Largest fall", "", g.changes("largest_fall")},
		{"Largest rise", "", g.changes("largest_rise")},
		{"Mean change, without signs", "", g.decimals("mean_absolute_change", rows)},
		{"Longest lag, days", "", g.counts("longest_lag")},
	}
	t := g.table("how often, how much and how late", "The changes of each series over all releases. The lag is the most days from the end of a period to the release that changed its value.",
		rows, maxRows, append(b.seriesColumns(g), columns...)...)
	t.Named = true
	return t
}

// revisionMaps returns a map of each series that the rows, newest first, are
// about, the one revised last first, and how many more there are.
func (b *builder) revisionMaps(rows []int) (maps []dataTable, left int) {
	g := b.tables["revisions"]
	var ids []stat.SeriesID
	own := map[stat.SeriesID][]int{}
	for _, i := range rows {
		id := stat.SeriesID(g.text(i, "series"))
		if own[id] == nil {
			ids = append(ids, id)
		}
		own[id] = append(own[id], i)
	}
	for _, id := range ids[:min(len(ids), maxMaps)] {
		maps = append(maps, b.revisionMap(id, own[id]))
	}
	return maps, max(len(ids)-maxMaps, 0)
}

// moment is when a release became known. Two releases of one day differ by it.
type moment struct{ vintage, firstSeen string }

func (m moment) compare(n moment) int {
	return cmp.Or(strings.Compare(m.vintage, n.vintage), strings.Compare(m.firstSeen, n.firstSeen))
}

// moment returns the release that made a revision.
func (g grid) moment(i int) moment { return moment{g.text(i, "new_vintage"), g.text(i, "first_seen")} }

// span returns the reference period of a row.
func (g grid) span(i int) [2]stat.Date {
	return [2]stat.Date{g.date(i, "period_start"), g.date(i, "period_end")}
}

// revisionMap sets the newest revised periods of a series against the newest of
// the releases that changed them.
func (b *builder) revisionMap(id stat.SeriesID, rows []int) dataTable {
	g := b.tables["revisions"]
	periods := unique(rows, g.span, func(x, y [2]stat.Date) int { return cmp.Or(cmp.Compare(y[1], x[1]), cmp.Compare(y[0], x[0])) })
	periods = periods[:min(len(periods), mapPeriods)]
	shown := slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return !slices.Contains(periods, g.span(i)) })
	releases := unique(shown, g.moment, func(x, y moment) int { return y.compare(x) })
	releases = releases[:min(len(releases), mapReleases)]
	shown = slices.DeleteFunc(shown, func(i int) bool { return !slices.Contains(releases, g.moment(i)) })

	t := dataTable{Title: b.title(id) + ", by release", Caption: fmt.Sprintf("%s, in %s: what each release changed, the newest periods and releases first. · stands where a release did not change the value.", b.title(id), b.unit(id)),
		Head: append([]string{"Period"}, momentNames(releases)...), Map: true}
	for _, p := range periods {
		row := dataRow{Name: wording.PeriodText(p[0], p[1])}
		changed := false
		for _, r := range releases {
			text := unchanged
			for _, i := range shown {
				if g.span(i) == p && g.moment(i) == r {
					text, changed = g.step(i), true
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

// unchanged stands where a release did not change a value.
const unchanged = "·"

// step writes a revision for a map: the change, or what there is in place of one.
func (g grid) step(i int) string {
	switch {
	case g.cell(i, "new_value").IsNull():
		return g.after(i)
	case g.cell(i, "old_value").IsNull():
		return "now " + g.counts("new_value")(i)
	}
	return g.changes("change")(i)
}

// unique returns what of says of the rows, each once, in order.
func unique[T comparable](rows []int, of func(int) T, order func(x, y T) int) []T {
	var out []T
	for _, i := range rows {
		out = append(out, of(i))
	}
	slices.SortFunc(out, order)
	return slices.Compact(out)
}

// momentNames writes releases, in order, by their days, and by their times where
// a day has several.
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
