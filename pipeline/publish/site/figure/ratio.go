package figure

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// ratio draws a rate month by month.
func ratio(index *content.Index, c charts.Chart) drawing {
	byMonth, known := map[stat.Date]row.Number{}, map[stat.Date]bool{} // by the first day of the month
	for _, r := range index.Tables.Rates {
		start := r.PeriodStart
		whole := start == start.MonthStart() && r.PeriodEnd == start.MonthEnd()
		if whole && r.Rate == c.Rate && r.Numerator == c.Series[0] && r.Denominator == c.Series[1] {
			byMonth[start], known[start] = r.Value, r.Value.Known
		}
	}
	months := bases[charts.MonthOnYear].starts(known, c.Window.Months())
	if len(months) == 0 {
		return drawing{}
	}
	d := drawing{cutoff: months[len(months)-1].MonthEnd(), days: months, months: 1, plot: plot.Plot{Unit: c.Unit, Decimals: 1}}
	d.statuses = statusesBetween(index, c.Series, months[0], d.cutoff)
	between := wording.MonthYear(months[0]) + " to " + wording.MonthYear(months[len(months)-1])
	d.table = listing.Table{Title: "Rate by month", Head: []string{"Month", c.Unit},
		Caption: fmt.Sprintf("%s, each whole month from %s, newest first.%s", c.Title, between, d.statuses.sentence())}
	trace := plot.Trace{Name: c.Unit, Colour: plot.Strong, Width: 2, Dash: "solid", Dots: true}
	for _, m := range months {
		line := listing.Row{Name: wording.MonthYear(m), Cells: []string{wording.MarkNotAvailable}}
		value := any(nil)
		if f, known := byMonth[m].Get(); known {
			value, line.Cells[0] = wording.OneDecimal(f), wording.Decimal(f)
		}
		d.plot.Categories, trace.Values = append(d.plot.Categories, wording.MonthYear(m)), append(trace.Values, value)
		d.table.Rows = append(d.table.Rows, line)
	}
	d.plot.Traces = []plot.Trace{trace}
	newest, oldest := d.table.Rows[len(months)-1], d.table.Rows[0]
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s divided by %s, the sums of each whole month, %s.", index.Title(c.Series[0]), index.Title(c.Series[1]), between)
	d.says = fmt.Sprintf("%s: %s. %s: %s.", newest.Name, newest.Cells[0], oldest.Name, oldest.Cells[0])
	d.alt = fmt.Sprintf("Line chart. %s, each month, %s. %s", c.Title, between, d.says)
	return d
}

// statusesBetween returns the statuses of the values of the series, by day and by month, from one day
// to another.
func statusesBetween(index *content.Index, ids []stat.SeriesID, from, to stat.Date) statusSet {
	set := statusSet{}
	for _, id := range ids {
		for _, r := range index.Daily.Of(id) {
			if r.Date >= from && r.Date <= to {
				set.add(r.Status)
			}
		}
		for _, r := range index.YearOnYear.Of(id) {
			if r.Basis == "month" && r.PeriodStart >= from && r.PeriodStart <= to {
				set.add(r.Status)
			}
		}
	}
	return set
}
