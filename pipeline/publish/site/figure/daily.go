package figure

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// daily draws every day of the window with its trailing seven-day mean.
func daily(index *content.Index, c charts.Chart) drawing {
	g := index.Table("daily")
	rows, first, cutoff := lastDays(g, c)
	d := drawing{cutoff: cutoff, statuses: statusSet{}}
	for _, i := range rows {
		d.statuses.add(g.Status(i))
	}
	days := plot.Trace{Name: "Each day", Colour: plot.Muted, Bar: true}
	mean := plot.Trace{Name: "Seven-day mean", Colour: plot.Strong, Width: 2.5, Dash: "solid"}
	d.plot = plot.Plot{Unit: c.Unit, Decimals: 1}
	title := index.Title(c.Series[0])
	d.table = listing.Table{Title: "Figures by day", Head: []string{"Date", "Each day", "Seven-day mean"},
		Caption: fmt.Sprintf("%s, in %s, each day from %s and the mean of the seven days that end on it, newest first.%s", title, index.Unit(c.Series[0]), wording.Span(first, cutoff), d.statuses.sentence())}
	for _, i := range rows {
		date, status := g.Date(i, "date"), g.Status(i)
		d.plot.Categories, d.days = append(d.plot.Categories, date.Long()), append(d.days, date)
		row := listing.Row{Name: date.Long(), Cells: []string{wording.CountText(g.Cell(i, "value"), status), wording.Absent(stat.Missing)}}
		value, average := any(nil), any(nil)
		if n, known := g.Number(i, "value"); known {
			value, row.Cells[0] = int64(n), d.statuses.mark(row.Cells[0], status)
		}
		if f, known := g.Number(i, "rolling_7_day_mean"); known {
			average, row.Cells[1] = wording.OneDecimal(f), wording.Decimal(f)
		}
		days.Values, mean.Values = append(days.Values, value), append(mean.Values, average)
		d.table.Rows = append(d.table.Rows, row)
	}
	d.plot.Traces = []plot.Trace{days, mean}
	slices.Reverse(d.table.Rows)
	d.extract = newestDays(d.table)
	d.shows = fmt.Sprintf("%s: %s on each day from %s (bars), and the mean of the seven days that end on it (line).", title, index.Unit(c.Series[0]), wording.Span(first, cutoff))
	d.alt = fmt.Sprintf("Bar chart with a line. %s, each day from %s. %s", title, wording.Span(first, cutoff), dailyExtremes(g, rows, cutoff))
	return d
}

// extractDays is how many days of a table of days pages of several charts list. A year of days would
// be most of what such a page may weigh.
const extractDays = 31

// newestDays returns the extract of a table of days, which has the newest first, or nil if the table
// is short.
func newestDays(t listing.Table) *listing.Table {
	if len(t.Rows) <= 2*extractDays {
		return nil
	}
	t.Caption = fmt.Sprintf("Extract, the newest %d days only. ", extractDays) + t.Caption
	t.Rows = t.Rows[:extractDays:extractDays]
	return &t
}

// lastDays returns the rows of the chart's window, oldest first, and its first and last day. The last
// is the last day with a value.
func lastDays(g grid.Grid, c charts.Chart) (rows []int, first, last stat.Date) {
	all := g.Of(c.Series[0])
	g.SortByDate(all, "date")
	for _, i := range all {
		if !g.IsNull(i, "value") {
			last = g.Date(i, "date")
		}
	}
	for _, i := range all {
		if d := g.Date(i, "date"); d <= last && d > last.AddDays(-c.Window.N) {
			rows = append(rows, i)
		}
	}
	if len(rows) > 0 {
		first = g.Date(rows[0], "date")
	}
	return rows, first, last
}

// dailyExtremes says the last day and the highest. Of equal days it says the latest.
func dailyExtremes(g grid.Grid, rows []int, cutoff stat.Date) string {
	var highest, last float64
	var day stat.Date
	for _, i := range rows {
		n, known := g.Number(i, "value")
		if !known {
			continue
		}
		last = n
		if n >= highest {
			highest, day = n, g.Date(i, "date")
		}
	}
	return fmt.Sprintf("On the last day, %s: %s. Highest: %s on %s.", cutoff.Long(), wording.Thousands(int64(last)), wording.Thousands(int64(highest)), day.Long())
}
