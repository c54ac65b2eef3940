package figure

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// basis says which rows of the table year-on-year a comparison draws, and in which words.
type basis struct {
	code    string // in the table
	months  int    // length of a period; 0 for a date
	name    string // "month"
	in      string // head of the figures
	before  string // head of those of the year before, or "" if they are not drawn
	whole   string // "in each whole month"
	writing func(start stat.Date) string
}

// bases are the comparisons that draw the table year-on-year.
var bases = map[charts.Comparison]basis{
	charts.MonthOnYear:   {"month", 1, "Month", "In the month", "Same month a year before", "in each whole month", wording.MonthYear},
	charts.QuarterOnYear: {"quarter", 3, "Quarter", "In the quarter", "Same quarter a year before", "in each whole quarter", quarterYear},
	charts.YearOnYear:    {"year", 12, "Year", "In the year", "Year before", "in each whole year", func(d stat.Date) string { return strconv.Itoa(d.Year()) }},
	charts.Level:         {"point", 0, "Date", "On the date", "", "on each date", stat.Date.Long},
}

// Basis returns the basis of the rows that a comparison draws of the table year-on-year. ok is false
// if the comparison draws another table.
func Basis(c charts.Comparison) (code string, ok bool) {
	b, ok := bases[c]
	return b.code, ok
}

// quarterYear writes a quarter in the short form of the charts' axes: 2026 Q2.
func quarterYear(d stat.Date) string {
	return fmt.Sprintf("%d Q%d", d.Year(), (int(d.Month())+2)/3)
}

// measure is one column of a chart of periods, and how it is drawn.
type measure struct {
	col   string
	trace plot.Trace
}

// periods draws every period of the window next to the same period a year before, or a stock on its
// dates. If figures are ranges, both ends are drawn and the year before is not: it is among the other
// bars of a chart by year, and six bars a period are too many.
func periods(index *content.Index, c charts.Chart, k basis) drawing {
	g := index.Table("year-on-year")
	rows := map[stat.Date]int{} // by first day
	for _, i := range g.Of(c.Series[0]) {
		if g.Text(i, "basis") == k.code {
			rows[g.Date(i, "period_start")] = i
		}
	}
	starts := k.starts(rows, c.Window.Months(), func(i int) table.Cell { return g.Cell(i, "value") })
	if len(starts) == 0 {
		return drawing{}
	}
	last := starts[len(starts)-1]
	d := drawing{cutoff: g.Date(rows[last], "period_end"), days: starts, months: k.months, stock: k.months == 0, statuses: statusSet{}, plot: plot.Plot{Unit: c.Unit}}
	var within []int
	for _, s := range starts {
		if i, ok := rows[s]; ok {
			d.statuses.add(g.Status(i))
			within = append(within, i)
		}
	}
	listed, order := k.measures(g, within)
	d.table = listing.Table{Title: "Figures by " + strings.ToLower(k.name), Head: []string{k.name}}
	for _, m := range listed {
		d.table.Head = append(d.table.Head, m.trace.Name)
	}
	for _, s := range starts {
		row := listing.Row{Name: k.writing(s)}
		for c := range listed {
			value, text := any(nil), wording.MarkNotAvailable
			if i, ok := rows[s]; ok {
				value, text = drawn(g, i, listed[c].col, d.statuses)
			}
			listed[c].trace.Values = append(listed[c].trace.Values, value)
			row.Cells = append(row.Cells, text)
		}
		d.plot.Categories = append(d.plot.Categories, row.Name)
		d.table.Rows = append(d.table.Rows, row)
	}
	for _, c := range order {
		d.plot.Traces = append(d.plot.Traces, listed[c].trace)
	}
	d.plot.Overlap = slices.ContainsFunc(listed, func(m measure) bool { return m.col == "lower" }) && k.months > 0
	slices.Reverse(d.table.Rows)
	d.sayPeriods(index, c, k, listed, k.writing(starts[0])+" to "+k.writing(last), listing.Value(g)(rows[last]))
	return d
}

// sayPeriods writes the sentences of a chart of periods. newest is its last figure.
func (d *drawing) sayPeriods(index *content.Index, c charts.Chart, k basis, listed []measure, between, newest string) {
	title, unit := index.Title(c.Series[0]), index.Unit(c.Series[0])
	kind, with := "Bar chart", ""
	switch {
	case k.months == 0:
		kind = "Line chart"
	case d.plot.Overlap:
		with = ", with the lower and the upper end of its range"
	case len(listed) > 1:
		with = ", compared with the " + strings.ToLower(k.before)
	}
	d.shows = fmt.Sprintf("%s: %s %s, %s%s.", title, unit, k.whole, between, with)
	d.alt = fmt.Sprintf("%s. %s %s, %s%s. %s: %s.", kind, title, k.whole, between, with, d.table.Rows[0].Name, newest)
	d.table.Caption = fmt.Sprintf("%s, in %s, %s, %s%s, newest first.%s", title, unit, k.whole, between, with, d.statuses.sentence())
}

// measures returns the columns that the table lists of rows, and the order in which they are drawn,
// the last on top.
func (k basis) measures(g grid.Grid, rows []int) (listed []measure, order []int) {
	has := func(col string) bool {
		return g.Has(col) && slices.ContainsFunc(rows, func(i int) bool { return !g.IsNull(i, col) })
	}
	value := measure{"value", plot.Trace{Name: k.in, Colour: plot.Strong, Bar: true}}
	if k.months == 0 {
		value.trace = plot.Trace{Name: k.in, Colour: plot.Strong, Width: 2.5, Dash: "solid", Dots: true}
	}
	if has("lower") && has("upper") {
		value.trace.Name += ", at least"
		lower := measure{"lower", plot.Trace{Name: "Lower end of the range", Colour: plot.Strong, Bar: k.months > 0, Width: 1.5, Dash: "dashed"}}
		upper := measure{"upper", plot.Trace{Name: "Upper end of the range", Colour: plot.Muted, Bar: k.months > 0, Width: 1.5, Dash: "dotted"}}
		if k.months > 0 {
			value.trace = plot.Trace{Name: value.trace.Name, Colour: plot.Ink, Dots: true}
		}
		return []measure{value, lower, upper}, []int{2, 1, 0}
	}
	if k.before == "" || !has("prior_value") {
		return []measure{value}, []int{0}
	}
	return []measure{value, {"prior_value", plot.Trace{Name: k.before, Colour: plot.Muted, Bar: true}}}, []int{1, 0}
}

// drawn returns a cell as a value to draw, or nil if it is missing, and as text with the shorthand of
// its status.
func drawn(g grid.Grid, i int, col string, all statusSet) (any, string) {
	n, known := g.Number(i, col)
	switch {
	case !known:
		return nil, listing.Counts(g, col)(i)
	case col == "value":
		return int64(n), all.mark(listing.Counts(g, col)(i), g.Status(i))
	}
	return int64(n), listing.Counts(g, col)(i)
}

// starts returns the first days of the periods to draw, oldest first. They cover the last months up to
// the newest period that has a value, but none before the oldest row; zero months are all. A period
// without a row in between is a gap.
//
// Note: the dates of a stock are drawn as they come, at even steps. No rule says which dates there
// should be, so none is said to be missing.
func (k basis) starts(rows map[stat.Date]int, months int, value func(row int) table.Cell) []stat.Date {
	have := slices.Sorted(maps.Keys(rows))
	for len(have) > 0 && value(rows[have[len(have)-1]]).IsNull() {
		have = have[:len(have)-1]
	}
	if len(have) == 0 {
		return nil
	}
	oldest, newest := have[0], have[len(have)-1]
	if months > 0 {
		y, m, _ := newest.YMD()
		first := stat.NewDate(y, m-time.Month(months-max(k.months, 1)), 1)
		oldest = max(oldest, first)
	}
	if k.months == 0 {
		return slices.DeleteFunc(have, func(d stat.Date) bool { return d < oldest })
	}
	var out []stat.Date
	for d := newest; d >= oldest; {
		out = append(out, d)
		y, m, _ := d.YMD()
		d = stat.NewDate(y, m-time.Month(k.months), 1)
	}
	slices.Reverse(out)
	return out
}
