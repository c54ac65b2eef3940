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
	"crossings/pipeline/table/row"
)

// weekly draws every week of the window. Weeks are not compared with those of the year before, in
// which the same dates are other weekdays.
func weekly(index *content.Index, c charts.Chart) drawing {
	observed := index.Observed(c.Series[0])
	first, cutoff := stat.Date(0), stat.Date(0)
	for _, o := range observed {
		if o.Value.IsKnown() {
			cutoff = max(cutoff, o.PeriodEnd)
		}
	}
	y, m, day := cutoff.YMD()
	oldest := stat.NewDate(y, m-time.Month(c.Window.Months()), day)
	d := drawing{cutoff: cutoff, statuses: statusSet{}, weeks: true, plot: plot.Plot{Unit: c.Unit}}
	var rows []*row.Observation
	for _, o := range observed {
		if o.PeriodEnd > oldest && o.PeriodEnd <= cutoff {
			rows = append(rows, o)
			d.statuses.add(o.Status)
		}
	}
	if len(rows) == 0 {
		return drawing{}
	}
	first = rows[0].PeriodStart
	title, unit := index.Title(c.Series[0]), index.Unit(c.Series[0])
	d.table = listing.Table{Title: "Figures by week", Head: []string{"Week ending", "In the week"},
		Caption: fmt.Sprintf("%s, in %s, each week from %s, newest first.%s", title, unit, wording.Span(first, cutoff), d.statuses.sentence())}
	bars := plot.Trace{Name: "In the week", Colour: plot.Strong, Bar: true}
	for _, o := range rows {
		end := o.PeriodEnd
		value, text := drawn(o.Value, o.Status, d.statuses)
		bars.Values = append(bars.Values, value)
		d.plot.Categories, d.days = append(d.plot.Categories, end.Long()), append(d.days, o.PeriodStart)
		d.table.Rows = append(d.table.Rows, listing.Row{Name: end.Long(), Cells: []string{text}})
	}
	d.plot.Traces = []plot.Trace{bars}
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s: %s in each week from %s.", title, wording.UnitText(unit), wording.Span(first, cutoff))
	d.says = fmt.Sprintf("Week ending %s: %s.", d.table.Rows[0].Name, d.table.Rows[0].Cells[0])
	d.alt = fmt.Sprintf("Bar chart. %s, each week from %s. %s", title, wording.Span(first, cutoff), d.says)
	return d
}
