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
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
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

// quarterYear writes a quarter in the short form of the charts' axes: 2026 Q2.
func quarterYear(d stat.Date) string {
	return fmt.Sprintf("%d Q%d", d.Year(), (int(d.Month())+2)/3)
}

// measure is one column of a chart of periods, and how it is drawn.
type measure struct {
	of    func(r *row.YearOnYear) stat.Count
	own   bool // whether it is the value that the rows are about
	trace plot.Trace
}

// The figures of a row that may be drawn.
func valueOf(r *row.YearOnYear) stat.Count { return r.Value }
func priorOf(r *row.YearOnYear) stat.Count { return r.PriorValue }
func lowerOf(r *row.YearOnYear) stat.Count { return r.Lower }
func upperOf(r *row.YearOnYear) stat.Count { return r.Upper }

// periods draws every period of the window next to the same period a year before, or a stock on its
// dates. If figures are ranges, both ends are drawn and the year before is not: it is among the other
// bars of a chart by year, and six bars a period are too many.
func periods(index *content.Index, c charts.Chart, k basis) drawing {
	rows, known := map[stat.Date]*row.YearOnYear{}, map[stat.Date]bool{} // by first day
	for _, r := range index.YearOnYear.Of(c.Series[0]) {
		if r.Basis == k.code {
			rows[r.PeriodStart], known[r.PeriodStart] = r, r.Value.IsKnown()
		}
	}
	starts := k.starts(known, c.Window.Months())
	if len(starts) == 0 {
		return drawing{}
	}
	last := starts[len(starts)-1]
	d := drawing{cutoff: rows[last].PeriodEnd, days: starts, months: k.months, stock: k.months == 0, statuses: statusSet{}, plot: plot.Plot{Unit: c.Unit}}
	var within []*row.YearOnYear
	for _, s := range starts {
		if r, ok := rows[s]; ok {
			d.statuses.add(r.Status)
			within = append(within, r)
		}
	}
	listed, order := k.measures(within)
	d.table = listing.Table{Title: "Figures by " + strings.ToLower(k.name), Head: []string{k.name}}
	for _, m := range listed {
		d.table.Head = append(d.table.Head, m.trace.Name)
	}
	for _, s := range starts {
		line := listing.Row{Name: k.writing(s)}
		for c := range listed {
			value, text := any(nil), wording.MarkNotAvailable
			if r, ok := rows[s]; ok {
				value, text = listed[c].drawn(r, d.statuses)
			}
			listed[c].trace.Values = append(listed[c].trace.Values, value)
			line.Cells = append(line.Cells, text)
		}
		d.plot.Categories = append(d.plot.Categories, line.Name)
		d.table.Rows = append(d.table.Rows, line)
	}
	for _, c := range order {
		d.plot.Traces = append(d.plot.Traces, listed[c].trace)
	}
	d.plot.Overlap = areRanges(within) && k.months > 0
	slices.Reverse(d.table.Rows)
	newest := rows[last]
	figure := wording.Figure{Value: newest.Value, Lower: newest.Lower, Upper: newest.Upper, Status: newest.Status, AtLeast: wording.IsRange(newest.Lower, newest.Upper)}
	d.sayPeriods(index, c, k, listed, k.writing(starts[0])+" to "+k.writing(last), figure.String())
	return d
}

// sayPeriods writes the sentences of a chart of periods. newest is its last figure.
func (d *drawing) sayPeriods(index *content.Index, c charts.Chart, k basis, listed []measure, between, newest string) {
	title, unit := index.Title(c.Series[0]), index.Unit(c.Series[0])
	kind, with := "Bar chart", ""
	switch {
	case k.months == 0:
		kind = "Line chart"
	case d.plot.Overlap && len(listed) == 2 && listed[1].trace.Name == foundDead:
		with = ", with those found dead"
	case d.plot.Overlap:
		with = ", with the lower and the upper end of its range"
	case len(listed) > 1:
		with = ", compared with the " + strings.ToLower(k.before)
	}
	d.shows = fmt.Sprintf("%s: %s %s, %s%s.", title, wording.UnitText(unit), k.whole, between, with)
	d.says = fmt.Sprintf("%s: %s.", d.table.Rows[0].Name, newest)
	d.alt = fmt.Sprintf("%s. %s %s, %s%s. %s", kind, title, k.whole, between, with, d.says)
	d.table.Caption = fmt.Sprintf("%s, in %s, %s, %s%s, newest first.%s", title, unit, k.whole, between, with, d.statuses.sentence())
}

// areRanges reports whether figures of the rows are ranges.
func areRanges(rows []*row.YearOnYear) bool {
	return anyKnown(rows, lowerOf) && anyKnown(rows, upperOf)
}

func anyKnown(rows []*row.YearOnYear, of func(*row.YearOnYear) stat.Count) bool {
	return slices.ContainsFunc(rows, func(r *row.YearOnYear) bool { return of(r).IsKnown() })
}

// foundDead names the lower end of the ranges of deaths.
const foundDead = "Found dead"

// measures returns the columns that the table lists of rows, and the order in which they are drawn,
// the last on top.
func (k basis) measures(rows []*row.YearOnYear) (listed []measure, order []int) {
	value := measure{valueOf, true, plot.Trace{Name: k.in, Colour: plot.Strong, Bar: true}}
	if k.months == 0 {
		value.trace = plot.Trace{Name: k.in, Colour: plot.Strong, Width: 2.5, Dash: "solid", Dots: true}
	}
	if areRanges(rows) {
		value.trace.Name += ", at least"
		lower := measure{lowerOf, false, plot.Trace{Name: "Lower end of the range", Colour: plot.Strong, Bar: k.months > 0, Width: 1.5, Dash: "dashed"}}
		upper := measure{upperOf, false, plot.Trace{Name: "Upper end of the range", Colour: plot.Muted, Bar: k.months > 0, Width: 1.5, Dash: "dotted"}}
		if k.months > 0 && !slices.ContainsFunc(rows, func(r *row.YearOnYear) bool { return r.Value.IsKnown() && r.Upper != r.Value }) {
			value.trace.Colour = plot.Muted // the upper end is the value
			if strings.Contains(string(rows[0].Series), ":dead-and-missing:") {
				value.trace.Name, lower.trace.Name = "Dead or missing, at least", foundDead
			}
			return []measure{value, lower}, []int{0, 1}
		}
		if k.months > 0 {
			value.trace = plot.Trace{Name: value.trace.Name, Colour: plot.Ink, Dots: true}
		}
		return []measure{value, lower, upper}, []int{2, 1, 0}
	}
	if k.before == "" || !anyKnown(rows, priorOf) {
		return []measure{value}, []int{0}
	}
	return []measure{value, {priorOf, false, plot.Trace{Name: k.before, Colour: plot.Muted, Bar: true}}}, []int{1, 0}
}

// drawn returns the figure of a row as a value to draw, or nil if it is missing, and as text. The
// value that the row is about has the shorthand of its status.
func (m measure) drawn(r *row.YearOnYear, all statusSet) (any, string) {
	if m.own {
		return drawn(r.Value, r.Status, all)
	}
	if n, known := m.of(r).Get(); known {
		return n, wording.Thousands(n)
	}
	return nil, wording.MarkNotAvailable
}

// drawn returns the value of a row as a value to draw, or nil if it is missing, and as text with the
// shorthand of its status.
func drawn(value stat.Count, s stat.Status, all statusSet) (any, string) {
	text := wording.CountText(value, s)
	if n, known := value.Get(); known {
		return n, all.mark(text, s)
	}
	return nil, text
}

// starts returns the first days of the periods to draw, oldest first. known has the first days of all
// rows, and whether the row has a value. The periods cover the last months up to
// the newest period that has a value, but none before the oldest row; zero months are all. A period
// without a row in between is a gap.
//
// Note: the dates of a stock are drawn as they come, at even steps. No rule says which dates there
// should be, so none is said to be missing.
func (k basis) starts(known map[stat.Date]bool, months int) []stat.Date {
	have := slices.Sorted(maps.Keys(known))
	for len(have) > 0 && !known[have[len(have)-1]] {
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
