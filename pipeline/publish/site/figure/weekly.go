package figure

import (
	"fmt"
	"slices"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// weekly draws every week of the window. Weeks are not compared with those of the year before, in
// which the same dates are other weekdays.
func weekly(index *content.Index, c charts.Chart) drawing {
	g := index.Observed(c.Series[0])
	first, cutoff := stat.Date(0), stat.Date(0)
	for i := range g.Len() {
		if !g.IsNull(i, "value") {
			cutoff = max(cutoff, g.Date(i, "period_end"))
		}
	}
	y, m, day := cutoff.YMD()
	oldest := stat.NewDate(y, m-time.Month(c.Window.Months()), day)
	d := drawing{cutoff: cutoff, statuses: statusSet{}, weeks: true, plot: plot.Plot{Unit: c.Unit}}
	var rows []int
	for i := range g.Len() {
		if end := g.Date(i, "period_end"); end > oldest && end <= cutoff {
			rows = append(rows, i)
			d.statuses.add(g.Status(i))
		}
	}
	if len(rows) == 0 {
		return drawing{}
	}
	first = g.Date(rows[0], "period_start")
	title, unit := index.Title(c.Series[0]), index.Unit(c.Series[0])
	d.table = listing.Table{Title: "Figures by week", Head: []string{"Week ending", "In the week"},
		Caption: fmt.Sprintf("%s, in %s, each week from %s, newest first.%s", title, unit, wording.Span(first, cutoff), d.statuses.sentence())}
	bars := plot.Trace{Name: "In the week", Colour: plot.Strong, Bar: true}
	for _, i := range rows {
		end := g.Date(i, "period_end")
		value, text := drawn(g, i, "value", d.statuses)
		bars.Values = append(bars.Values, value)
		d.plot.Categories, d.days = append(d.plot.Categories, end.Long()), append(d.days, g.Date(i, "period_start"))
		d.table.Rows = append(d.table.Rows, listing.Row{Name: end.Long(), Cells: []string{text}})
	}
	d.plot.Traces = []plot.Trace{bars}
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s: %s in each week from %s.", title, unit, wording.Span(first, cutoff))
	d.alt = fmt.Sprintf("Bar chart. %s, each week from %s. Week ending %s: %s.", title, wording.Span(first, cutoff), d.table.Rows[0].Name, d.table.Rows[0].Cells[0])
	return d
}
