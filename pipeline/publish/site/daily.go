package site

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// daily draws every day of the window with its trailing seven-day mean.
func (b *builder) daily(r charts.Chart) drawing {
	g := b.tables["daily"]
	rows, first, cutoff := b.lastDays(r)
	d := drawing{cutoff: cutoff, statuses: statusSet{}}
	for _, i := range rows {
		d.statuses.add(g.status(i))
	}
	days := plot.Trace{Name: "Each day", Colour: plot.Muted, Bar: true}
	mean := plot.Trace{Name: "Seven-day mean", Colour: plot.Strong, Width: 2.5, Dash: "solid"}
	d.plot = plot.Plot{Unit: r.Unit, Decimals: 1}
	title := b.title(r.Series[0])
	d.table = dataTable{Title: "Figures by day", Head: []string{"Date", "Each day", "Seven-day mean"},
		Caption: fmt.Sprintf("%s, in %s, each day from %s and the mean of the seven days that end on it, newest first.%s", title, b.unit(r.Series[0]), wording.Span(first, cutoff), d.statuses.sentence())}
	for _, i := range rows {
		date, status := g.date(i, "date"), g.status(i)
		d.plot.Categories, d.days = append(d.plot.Categories, date.Long()), append(d.days, date)
		row := dataRow{Name: date.Long(), Cells: []string{wording.CountText(g.cell(i, "value"), status), wording.Absent(stat.Missing)}}
		value, average := any(nil), any(nil)
		if n, known := g.cell(i, "value").Number(); known {
			value, row.Cells[0] = int64(n), d.statuses.mark(row.Cells[0], status)
		}
		if f, known := g.cell(i, "rolling_7_day_mean").Number(); known {
			average, row.Cells[1] = wording.OneDecimal(f), wording.Decimal(f)
		}
		days.Values, mean.Values = append(days.Values, value), append(mean.Values, average)
		d.table.Rows = append(d.table.Rows, row)
	}
	d.plot.Traces = []plot.Trace{days, mean}
	slices.Reverse(d.table.Rows)
	d.extract = newestDays(d.table)
	d.shows = fmt.Sprintf("%s: %s on each day from %s (bars), and the mean of the seven days that end on it (line).", title, b.unit(r.Series[0]), wording.Span(first, cutoff))
	d.alt = fmt.Sprintf("Bar chart with a line. %s, each day from %s. %s", title, wording.Span(first, cutoff), b.dailyExtremes(rows, cutoff))
	return d
}

// extractDays is how many days pages of several charts list of a table of days: a year
// of them is most of what such a page may weigh.
const extractDays = 31

// newestDays returns the extract of a table of days, the newest first, or nil where it
// is short.
func newestDays(t dataTable) *dataTable {
	if len(t.Rows) <= 2*extractDays {
		return nil
	}
	t.Caption = fmt.Sprintf("Extract, the newest %d days only. ", extractDays) + t.Caption
	t.Rows = t.Rows[:extractDays:extractDays]
	return &t
}

// lastDays returns the rows of the record's window, oldest first, its first day
// and its last, which is the last day with a value.
func (b *builder) lastDays(r charts.Chart) (rows []int, first, last stat.Date) {
	g := b.tables["daily"]
	all := g.where("series", string(r.Series[0]))
	g.byDate(all, "date")
	for _, i := range all {
		if !g.cell(i, "value").IsNull() {
			last = g.date(i, "date")
		}
	}
	for _, i := range all {
		if d := g.date(i, "date"); d <= last && d > last.AddDays(-r.Window.N) {
			rows = append(rows, i)
		}
	}
	if len(rows) > 0 {
		first = g.date(rows[0], "date")
	}
	return rows, first, last
}

// dailyExtremes says the last day and the highest, the latest of equal ones.
func (b *builder) dailyExtremes(rows []int, cutoff stat.Date) string {
	g := b.tables["daily"]
	var highest, last float64
	var day stat.Date
	for _, i := range rows {
		n, known := g.cell(i, "value").Number()
		if !known {
			continue
		}
		last = n
		if n >= highest {
			highest, day = n, g.date(i, "date")
		}
	}
	return fmt.Sprintf("On the last day, %s: %s. Highest: %s on %s.", cutoff.Long(), wording.Thousands(int64(last)), wording.Thousands(int64(highest)), day.Long())
}
