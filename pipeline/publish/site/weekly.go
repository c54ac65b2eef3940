package site

import (
	"fmt"
	"slices"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// weekly draws every week of the window. Weeks are not set beside those of the year
// before: the same dates are other weekdays there.
func (b *builder) weekly(r charts.Chart) drawing {
	g := b.observed(r.Series[0])
	first, cutoff := stat.Date(0), stat.Date(0)
	for i := range g.rows() {
		if !g.cell(i, "value").IsNull() {
			cutoff = max(cutoff, g.date(i, "period_end"))
		}
	}
	y, m, day := cutoff.YMD()
	oldest := stat.NewDate(y, m-time.Month(r.Window.Months()), day)
	d := drawing{cutoff: cutoff, statuses: statusSet{}, weeks: true, plot: plot.Plot{Unit: r.Unit}}
	var rows []int
	for i := range g.rows() {
		if end := g.date(i, "period_end"); end > oldest && end <= cutoff {
			rows = append(rows, i)
			d.statuses.add(g.status(i))
		}
	}
	if len(rows) == 0 {
		return drawing{}
	}
	first = g.date(rows[0], "period_start")
	title, unit := b.title(r.Series[0]), b.unit(r.Series[0])
	d.table = dataTable{Title: "Figures by week", Head: []string{"Week ending", "In the week"},
		Caption: fmt.Sprintf("%s, in %s, each week from %s, newest first.%s", title, unit, wording.Span(first, cutoff), d.statuses.sentence())}
	bars := plot.Trace{Name: "In the week", Colour: plot.Strong, Bar: true}
	for _, i := range rows {
		end := g.date(i, "period_end")
		value, text := g.drawn(i, "value", d.statuses)
		bars.Values = append(bars.Values, value)
		d.plot.Categories, d.days = append(d.plot.Categories, end.Long()), append(d.days, g.date(i, "period_start"))
		d.table.Rows = append(d.table.Rows, dataRow{Name: end.Long(), Cells: []string{text}})
	}
	d.plot.Traces = []plot.Trace{bars}
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s: %s in each week from %s.", title, unit, wording.Span(first, cutoff))
	d.alt = fmt.Sprintf("Bar chart. %s, each week from %s. Week ending %s: %s.", title, wording.Span(first, cutoff), d.table.Rows[0].Name, d.table.Rows[0].Cells[0])
	return d
}
