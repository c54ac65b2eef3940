package render

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// monthly draws every whole month of the window beside the same month a year
// before.
func (b *builder) monthly(r charts.Record) drawing {
	g := b.tables["year-on-year"]
	byMonth := map[stat.Date]int{} // row of the month that begins on a day
	for _, i := range g.where("series", string(r.Series[0])) {
		if g.text(i, "basis") == "month" {
			byMonth[g.date(i, "period_start")] = i
		}
	}
	months := lastMonths(byMonth, r.Window.Months(), func(i int) tabular.Cell { return g.cell(i, "value") })
	if len(months) == 0 {
		return drawing{}
	}
	d := drawing{cutoff: months[len(months)-1].MonthEnd(), statuses: statusSet{}, plot: plot{unit: r.Unit}}
	for _, m := range months {
		if i, ok := byMonth[m]; ok {
			d.statuses.add(g.status(i))
		}
	}
	before := trace{name: "Same month a year before", colour: muted, bar: true}
	month := trace{name: "In the month", colour: strong, bar: true}
	title := b.title(r.Series[0])
	between := monthYear(months[0]) + " to " + monthYear(months[len(months)-1])
	d.table = dataTable{Title: "Figures by month", Head: []string{"Month", "In the month", "Same month a year before"},
		Caption: fmt.Sprintf("%s, in %s, each whole month from %s and the same month a year before, newest first.%s", title, b.unit(r.Series[0]), between, d.statuses.sentence())}
	for _, m := range months {
		row := dataRow{monthYear(m), []string{markNotAvailable, markNotAvailable}}
		value, prior := any(nil), any(nil)
		if i, ok := byMonth[m]; ok {
			value, row.Cells[0] = count(g.cell(i, "value"), g.status(i))
			prior, row.Cells[1] = count(g.cell(i, "prior_value"), stat.Missing)
		}
		if value != nil {
			row.Cells[0] = d.statuses.mark(row.Cells[0], g.status(byMonth[m]))
		}
		d.plot.categories = append(d.plot.categories, monthYear(m))
		month.values, before.values = append(month.values, value), append(before.values, prior)
		d.table.Rows = append(d.table.Rows, row)
	}
	d.plot.traces = []trace{before, month}
	newest := d.table.Rows[len(d.table.Rows)-1]
	slices.Reverse(d.table.Rows)
	d.shows = fmt.Sprintf("%s: %s in each whole month, %s, beside the same month a year before.", title, b.unit(r.Series[0]), between)
	d.alt = fmt.Sprintf("Bar chart. %s in each month, %s, beside the same month a year before. %s: %s, the year before: %s.", title, between, newest.Name, newest.Cells[0], newest.Cells[1])
	return d
}

// count returns a cell as a value to draw, nil where missing, and as text.
func count(c tabular.Cell, s stat.Status) (any, string) {
	if n, known := c.Number(); known {
		return int64(n), countText(c, s)
	}
	return nil, absent(s)
}

// lastMonths returns the first days of the last n months that end with the
// newest one that has a value, those before the oldest row left out. A month
// between that has no row stays, as a gap.
func lastMonths(byMonth map[stat.Date]int, n int, value func(row int) tabular.Cell) []stat.Date {
	var oldest, newest stat.Date
	for m, i := range byMonth {
		if oldest.IsZero() || m < oldest {
			oldest = m
		}
		if !value(i).IsNull() {
			newest = max(newest, m)
		}
	}
	var months []stat.Date
	for m := newest; !m.IsZero() && m >= oldest && len(months) < n; m = m.AddDays(-1).MonthStart() {
		months = append(months, m)
	}
	slices.Reverse(months)
	return months
}
