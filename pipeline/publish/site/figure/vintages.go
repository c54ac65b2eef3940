package figure

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// The bounds of the pictures of vintages: periods and releases of a fan, periods and releases of a map,
// and series that have both, in all and of one source.
const (
	fanPeriods  = 6
	fanReleases = 30
	mapPeriods  = 20
	mapReleases = 16
	mostRevised = 24
	mostOfOne   = 4
)

// asStated is the status of figures of several releases: each was as its release called it.
const asStated = "as each release stated it"

// largeChange is the change in per cent from which a map calls it large.
const largeChange = 5

// told is what the releases state of one period, oldest first.
type told struct {
	start, end stat.Date
	rows       []*row.Vintage
}

// name writes the period for people.
func (p told) name() string { return wording.PeriodText(p.start, p.end) }

// spread returns the difference between the largest and the smallest value of the period.
func (p told) spread() int64 {
	var low, high int64
	seen := false
	for _, r := range p.rows {
		if n, known := r.Value.Get(); known {
			if !seen {
				low, high, seen = n, n, true
			}
			low, high = min(low, n), max(high, n)
		}
	}
	return high - low
}

// revised returns the periods of a series whose value changed, in order.
func revised(index *content.Index, id stat.SeriesID) []told {
	var all []told
	for _, r := range index.Tables.Vintages.Of(id) {
		if n := len(all); n == 0 || all[n-1].start != r.PeriodStart || all[n-1].end != r.PeriodEnd {
			all = append(all, told{start: r.PeriodStart, end: r.PeriodEnd})
		}
		last := &all[len(all)-1]
		last.rows = append(last.rows, r)
	}
	for _, p := range all {
		slices.SortFunc(p.rows, func(a, b *row.Vintage) int {
			return cmp.Or(cmp.Compare(a.Vintage, b.Vintage), cmp.Compare(a.AgeDays, b.AgeDays))
		})
	}
	return slices.DeleteFunc(all, func(p told) bool { return p.spread() == 0 })
}

// fan draws the values that each release stated of the periods that moved most, release after release.
func fan(index *content.Index, c charts.Chart) drawing {
	all := revised(index, c.Series[0])
	slices.SortStableFunc(all, func(a, b told) int { return cmp.Or(cmp.Compare(b.spread(), a.spread()), cmp.Compare(b.end, a.end)) })
	all = all[:min(len(all), fanPeriods)]
	if len(all) == 0 {
		return drawing{}
	}
	title, unit := index.Title(c.Series[0]), index.Unit(c.Series[0])
	d := drawing{status: asStated, plot: plot.Plot{Unit: c.Unit},
		table: listing.Table{Title: "Values by release", Head: []string{"Period", "Release", "Of", "Value", "Change"},
			Caption: fmt.Sprintf("%s, in %s: what each release stated of the periods that moved most.", title, unit)}}
	longest := 0
	for _, p := range all {
		longest = max(longest, min(len(p.rows), fanReleases))
	}
	for i := range longest {
		d.plot.Categories = append(d.plot.Categories, ordinal(i))
	}
	colours := plot.Ramp(max(len(all)-1, 1))
	for i, p := range slices.Backward(all) {
		t := plot.Trace{Name: p.name(), Width: 1.5, Dots: true, Values: make([]any, longest)}
		t.Colour = plot.Strong
		if i > 0 {
			t.Colour = colours[len(all)-1-i]
		}
		for n, r := range p.rows[:min(len(p.rows), fanReleases)] {
			if v, known := r.Value.Get(); known {
				t.Values[n] = v
			}
		}
		d.plot.Traces = append(d.plot.Traces, t)
	}
	d.lines = [][]table.Cell{texts("period_start", "period_end", "release", "vintage", "value", "change")}
	for _, p := range all {
		for n, r := range p.rows[:min(len(p.rows), fanReleases)] {
			d.cutoff = max(d.cutoff, p.end)
			d.lines = append(d.lines, []table.Cell{table.Day(p.start), table.Day(p.end), table.Text(r.Release), table.Day(r.Vintage), table.Count(r.Value), table.Count(r.Change)})
			d.table.Rows = append(d.table.Rows, listing.Row{Name: p.name(), Cells: []string{ordinal(n), wording.DateText(r.Vintage), wording.Count(r.Value), wording.Change(r.Change)}})
		}
	}
	rows := all[0].rows
	d.shows = fmt.Sprintf("%s: the value that one release after the other stated of the same period, for the periods that moved most.", title)
	d.alt = fmt.Sprintf("Line chart. %s, value by release. %s was %s in the first release and %s in the last.", title, all[0].name(), wording.Count(rows[0].Value), wording.Count(rows[len(rows)-1].Value))
	return d
}

// ordinal names a release by its place.
func ordinal(n int) string {
	if n == 0 {
		return "first release"
	}
	return fmt.Sprintf("+%d", n)
}

// revisionMap draws which release changed which period, and how far.
func revisionMap(index *content.Index, c charts.Chart) drawing {
	all := revised(index, c.Series[0])
	all = all[max(len(all)-mapPeriods, 0):]
	slices.Reverse(all) // the newest at the top
	var releases []stat.Date
	for _, p := range all {
		for _, r := range p.rows {
			if n, known := r.Change.Get(); known && n != 0 {
				releases = append(releases, r.Vintage)
			}
		}
	}
	slices.Sort(releases)
	releases = slices.Compact(releases)
	releases = releases[max(len(releases)-mapReleases, 0):]
	if len(releases) == 0 {
		return drawing{}
	}
	title, unit := index.Title(c.Series[0]), index.Unit(c.Series[0])
	d := drawing{status: asStated, table: listing.Table{Title: "Changes by period and release", Head: []string{"Period"},
		Caption: fmt.Sprintf("%s, in %s: what the releases changed, the newest periods first. · is no change; [z] is a release that does not state the period again.", title, unit)}}
	h := plot.Heat{Classes: make([]plot.Class, len(plot.Scale))}
	for i, name := range []string{fmt.Sprintf("fall of %d %% and more", largeChange), "fall", "no change", "rise", fmt.Sprintf("rise of %d %% and more", largeChange)} {
		h.Classes[i] = plot.Class{Name: name, Colour: plot.Scale[i]}
	}
	for _, x := range releases {
		h.Columns, d.table.Head = append(h.Columns, x.Long()), append(d.table.Head, x.Long())
	}
	d.lines = [][]table.Cell{texts("period_start", "period_end", "vintage", "change")}
	changes := 0
	for y, p := range all {
		h.Rows = append(h.Rows, p.name())
		line := listing.Row{Name: p.name()}
		d.cutoff = max(d.cutoff, p.end)
		for x, release := range releases {
			change, class := p.changeAt(release)
			line.Cells = append(line.Cells, wording.MarkNotApplicable)
			if class >= 0 {
				line.Cells[x] = changeText(change)
			}
			d.lines = append(d.lines, []table.Cell{table.Day(p.start), table.Day(p.end), table.Day(release), table.Count(change)})
			if class >= 0 {
				h.Classes[class].Cells = append(h.Classes[class].Cells, [2]int{x, y})
			}
			if class >= 0 && class != len(plot.Scale)/2 {
				changes++
			}
		}
		d.table.Rows = append(d.table.Rows, line)
	}
	d.shows = fmt.Sprintf("%s: which release changed which period. A cell is empty where a release does not state the period again.", title)
	d.alt = fmt.Sprintf("Map of cells. %s: a row for each of %d periods, a column for each of %d releases, %d cells with a change.", title, len(all), len(releases), changes)
	d.cells = &h
	return d
}

// changeAt returns what the releases of a day changed of the period, and the class of the change, or -1
// if they do not state the period again.
func (p told) changeAt(day stat.Date) (change stat.Count, class int) {
	class = -1
	for _, r := range p.rows {
		n, known := r.Change.Get()
		if r.Vintage != day || !known || n == 0 && class >= 0 {
			continue
		}
		value, _ := r.Value.Get()
		change, class = r.Change, classOf(n, value-n)
	}
	return change, class
}

// changeText writes a change for a map.
func changeText(change stat.Count) string {
	if change == stat.Known(0) {
		return "·"
	}
	return wording.Change(change)
}

// texts returns the names of columns as cells.
func texts(names ...string) []table.Cell {
	var out []table.Cell
	for _, n := range names {
		out = append(out, table.Text(n))
	}
	return out
}

// classOf returns the class of a change from a value.
func classOf(change, from int64) int {
	large := 100*max(change, -change) >= largeChange*max(from, -from)
	switch {
	case change < 0 && large:
		return 0
	case change < 0:
		return 1
	case change > 0 && large:
		return 4
	case change > 0:
		return 3
	}
	return 2
}

// revisionCharts returns the charts of the vintages of the series that were revised most often, which
// the pages of these series show.
func revisionCharts(index *content.Index) []charts.Chart {
	type counted struct {
		series stat.Series
		n      int
	}
	var all []counted
	for _, s := range index.Site.Series {
		if n := len(revised(index, s.ID)); n > 0 {
			all = append(all, counted{s, n})
		}
	}
	slices.SortStableFunc(all, func(a, b counted) int { return cmp.Compare(b.n, a.n) })
	var out []charts.Chart
	ofOne := map[string]int{}
	all = slices.DeleteFunc(all, func(x counted) bool {
		ofOne[x.series.Source]++
		return ofOne[x.series.Source] > mostOfOne
	})
	for _, x := range all[:min(len(all), mostRevised)] {
		fan, cells := ownChart(x.series), ownChart(x.series)
		fan.ID, fan.Title, fan.Comparison = fan.ID+"~vintages", "What each release stated: "+x.series.Title, charts.Vintages
		cells.ID, cells.Title, cells.Comparison = cells.ID+"~revisions", "Which release changed what: "+x.series.Title, charts.RevisionMap
		fan.Files, cells.Files = true, true
		out = append(out, fan, cells)
	}
	return out
}
