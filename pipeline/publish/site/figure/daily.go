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
	"crossings/pipeline/table/row"
)

// daily draws every day of the window with its trailing seven-day mean.
func daily(index *content.Index, c charts.Chart) drawing {
	rows, first, cutoff := lastDays(index.Daily.Of(c.Series[0]), c)
	d := drawing{cutoff: cutoff, statuses: statusSet{}}
	for _, r := range rows {
		d.statuses.add(r.Status)
	}
	days := plot.Trace{Name: "Each day", Colour: plot.Muted, Bar: true}
	mean := plot.Trace{Name: "Seven-day mean", Colour: plot.Strong, Width: 2.5, Dash: "solid"}
	d.plot = plot.Plot{Unit: c.Unit, Decimals: 1}
	title := index.Title(c.Series[0])
	d.table = listing.Table{Title: "Figures by day", Head: []string{"Date", "Each day", "Seven-day mean"},
		Caption: fmt.Sprintf("%s, in %s, each day from %s and the mean of the seven days that end on it, newest first.%s", title, index.Unit(c.Series[0]), wording.Span(first, cutoff), d.statuses.sentence())}
	for _, r := range rows {
		d.plot.Categories, d.days = append(d.plot.Categories, r.Date.Long()), append(d.days, r.Date)
		value, text := drawn(r.Value, r.Status, d.statuses)
		line := listing.Row{Name: r.Date.Long(), Cells: []string{text, wording.Absent(stat.Missing)}}
		average := any(nil)
		if f, known := r.Rolling7DayMean.Get(); known {
			average, line.Cells[1] = wording.OneDecimal(f), wording.Decimal(f)
		}
		days.Values, mean.Values = append(days.Values, value), append(mean.Values, average)
		d.table.Rows = append(d.table.Rows, line)
	}
	d.plot.Traces = []plot.Trace{days, mean}
	slices.Reverse(d.table.Rows)
	d.extract = newestDays(d.table)
	d.shows = fmt.Sprintf("%s: %s on each day from %s (bars), and the mean of the seven days that end on it (line).", title, wording.UnitText(index.Unit(c.Series[0])), wording.Span(first, cutoff))
	d.says = dailyExtremes(rows, cutoff)
	d.alt = fmt.Sprintf("Bar chart with a line. %s, each day from %s. %s", title, wording.Span(first, cutoff), d.says)
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
	t.Title = "Extract: " + t.Title
	t.Caption = fmt.Sprintf("Extract, the newest %d days only. ", extractDays) + t.Caption
	t.Rows = t.Rows[:extractDays:extractDays]
	return &t
}

// lastDays returns the rows of the chart's window, oldest first, and its first and last day. The last
// is the last day with a value. The rows given are all of the series.
func lastDays(all []*row.Day, c charts.Chart) (rows []*row.Day, first, last stat.Date) {
	slices.SortStableFunc(all, func(a, b *row.Day) int { return cmp.Compare(a.Date, b.Date) })
	for _, r := range all {
		if r.Value.IsKnown() {
			last = r.Date
		}
	}
	for _, r := range all {
		if r.Date <= last && r.Date > last.AddDays(-c.Window.N) {
			rows = append(rows, r)
		}
	}
	if len(rows) > 0 {
		first = rows[0].Date
	}
	return rows, first, last
}

// dailyExtremes says the last day and the highest. Of equal days it says the latest.
func dailyExtremes(rows []*row.Day, cutoff stat.Date) string {
	var highest, last int64
	var day stat.Date
	for _, r := range rows {
		n, known := r.Value.Get()
		if !known {
			continue
		}
		last = n
		if n >= highest {
			highest, day = n, r.Date
		}
	}
	return fmt.Sprintf("On the last day, %s: %s. Highest: %s on %s.", cutoff.Long(), wording.Thousands(last), wording.Thousands(highest), day.Long())
}
