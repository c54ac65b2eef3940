package site

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// ratio draws a rate month by month.
func (b *builder) ratio(r charts.Chart) drawing {
	g := b.tables["rates"]
	byMonth := map[stat.Date]int{} // row of the month that begins on a day
	for _, i := range g.where("rate", r.Rate) {
		start, end := g.date(i, "period_start"), g.date(i, "period_end")
		whole := start == start.MonthStart() && end == start.MonthEnd()
		if whole && g.text(i, "numerator") == string(r.Series[0]) && g.text(i, "denominator") == string(r.Series[1]) {
			byMonth[start] = i
		}
	}
	months := bases[charts.MonthOnYear].starts(byMonth, r.Window.Months(), func(i int) table.Cell { return g.cell(i, "value") })
	if len(months) == 0 {
		return drawing{}
	}
	d := drawing{cutoff: months[len(months)-1].MonthEnd(), days: months, months: 1, plot: plot.Plot{Unit: r.Unit, Decimals: 1}}
	d.statuses = b.statusesBetween(r.Series, months[0], d.cutoff)
	between := wording.MonthYear(months[0]) + " to " + wording.MonthYear(months[len(months)-1])
	d.table = dataTable{Title: "Rate by month", Head: []string{"Month", r.Unit},
		Caption: fmt.Sprintf("%s, each whole month from %s, newest first.%s", r.Title, between, d.statuses.sentence())}
	line := plot.Trace{Name: r.Unit, Colour: plot.Strong, Width: 2, Dash: "solid", Dots: true}
	for _, m := range months {
		row := dataRow{Name: wording.MonthYear(m), Cells: []string{wording.MarkNotAvailable}}
		value := any(nil)
		if i, ok := byMonth[m]; ok {
			if f, known := g.cell(i, "value").Number(); known {
				value, row.Cells[0] = wording.OneDecimal(f), wording.Decimal(f)
			}
		}
		d.plot.Categories, line.Values = append(d.plot.Categories, wording.MonthYear(m)), append(line.Values, value)
		d.table.Rows = append(d.table.Rows, row)
	}
	d.plot.Traces = []plot.Trace{line}
	newest, oldest := d.table.Rows[len(months)-1], d.table.Rows[0]
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s divided by %s, the sums of each whole month, %s.", b.title(r.Series[0]), b.title(r.Series[1]), between)
	d.alt = fmt.Sprintf("Line chart. %s, each month, %s. %s: %s. %s: %s.", r.Title, between, newest.Name, newest.Cells[0], oldest.Name, oldest.Cells[0])
	return d
}

// statusesBetween returns the statuses of the values of all series from one day
// to another: of their days, and of their months where they have no days.
func (b *builder) statusesBetween(ids []stat.SeriesID, from, to stat.Date) statusSet {
	daily, months, set := b.tables["daily"], b.tables["year-on-year"], statusSet{}
	for _, id := range ids {
		for _, i := range daily.where("series", string(id)) {
			if d := daily.date(i, "date"); d >= from && d <= to {
				set.add(daily.status(i))
			}
		}
		for _, i := range months.where("series", string(id)) {
			if d := months.date(i, "period_start"); months.text(i, "basis") == "month" && d >= from && d <= to {
				set.add(months.status(i))
			}
		}
	}
	return set
}
