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
	"crossings/pipeline/table"
)

// ratio draws a rate month by month.
func ratio(index *content.Index, c charts.Chart) drawing {
	g := index.Table("rates")
	byMonth := map[stat.Date]int{} // row of the month that begins on a day
	for _, i := range g.Where("rate", c.Rate) {
		start, end := g.Date(i, "period_start"), g.Date(i, "period_end")
		whole := start == start.MonthStart() && end == start.MonthEnd()
		if whole && g.Text(i, "numerator") == string(c.Series[0]) && g.Text(i, "denominator") == string(c.Series[1]) {
			byMonth[start] = i
		}
	}
	months := bases[charts.MonthOnYear].starts(byMonth, c.Window.Months(), func(i int) table.Cell { return g.Cell(i, "value") })
	if len(months) == 0 {
		return drawing{}
	}
	d := drawing{cutoff: months[len(months)-1].MonthEnd(), days: months, months: 1, plot: plot.Plot{Unit: c.Unit, Decimals: 1}}
	d.statuses = statusesBetween(index, c.Series, months[0], d.cutoff)
	between := wording.MonthYear(months[0]) + " to " + wording.MonthYear(months[len(months)-1])
	d.table = listing.Table{Title: "Rate by month", Head: []string{"Month", c.Unit},
		Caption: fmt.Sprintf("%s, each whole month from %s, newest first.%s", c.Title, between, d.statuses.sentence())}
	line := plot.Trace{Name: c.Unit, Colour: plot.Strong, Width: 2, Dash: "solid", Dots: true}
	for _, m := range months {
		row := listing.Row{Name: wording.MonthYear(m), Cells: []string{wording.MarkNotAvailable}}
		value := any(nil)
		if i, ok := byMonth[m]; ok {
			if f, known := g.Number(i, "value"); known {
				value, row.Cells[0] = wording.OneDecimal(f), wording.Decimal(f)
			}
		}
		d.plot.Categories, line.Values = append(d.plot.Categories, wording.MonthYear(m)), append(line.Values, value)
		d.table.Rows = append(d.table.Rows, row)
	}
	d.plot.Traces = []plot.Trace{line}
	newest, oldest := d.table.Rows[len(months)-1], d.table.Rows[0]
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s divided by %s, the sums of each whole month, %s.", index.Title(c.Series[0]), index.Title(c.Series[1]), between)
	d.alt = fmt.Sprintf("Line chart. %s, each month, %s. %s: %s. %s: %s.", c.Title, between, newest.Name, newest.Cells[0], oldest.Name, oldest.Cells[0])
	return d
}

// statusesBetween returns the statuses of the values of the series, by day and by month, from one day
// to another.
func statusesBetween(index *content.Index, ids []stat.SeriesID, from, to stat.Date) statusSet {
	daily, months, set := index.Table("daily"), index.Table("year-on-year"), statusSet{}
	for _, id := range ids {
		for _, i := range daily.Of(id) {
			if d := daily.Date(i, "date"); d >= from && d <= to {
				set.add(daily.Status(i))
			}
		}
		for _, i := range months.Of(id) {
			if d := months.Date(i, "period_start"); months.Text(i, "basis") == "month" && d >= from && d <= to {
				set.add(months.Status(i))
			}
		}
	}
	return set
}
