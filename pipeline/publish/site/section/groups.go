package section

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// grouped returns a table for each group of rows. groups are as newestGroups returns them; caption
// returns the title and the caption of a group by its first row, and columns are made from the rows
// that are shown.
func grouped(g grid.Grid, groups [][]int, caption func(first int) (title, caption string), columns func(rows []int) []listing.Column) []listing.Table {
	var out []listing.Table
	for _, rows := range groups {
		title, text := caption(rows[0])
		t := listing.Lay(g, title, text, rows, newestOfEach, columns(rows[:min(len(rows), newestOfEach)])...).SayOnce()
		if g.Name() == "balances" { // sentences lead to its rows
			t = t.Anchored(g, rows)
		}
		out = append(out, t)
	}
	return out
}

// newestGroups returns the rows that wanted reports true for in groups by key, in the order in which
// the groups first occur. In a group, whole years come before other periods, and the newest first.
func newestGroups(g grid.Grid, wanted func(i int) bool, key func(i int) string) [][]int {
	var out [][]int
	place := map[string]int{}
	for _, i := range g.Select(wanted) {
		n, ok := place[key(i)]
		if !ok {
			n = len(out)
			place[key(i)], out = n, append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	for _, group := range out {
		slices.SortStableFunc(group, func(i, j int) int {
			return cmp.Or(cmp.Compare(wholeYear(g, j), wholeYear(g, i)), cmp.Compare(g.Date(j, "period_end"), g.Date(i, "period_end")),
				cmp.Compare(g.Date(i, "period_start"), g.Date(j, "period_start")))
		})
	}
	return out
}

// wholeYear returns 1 for a row about a whole calendar year, else 0.
func wholeYear(g grid.Grid, i int) int {
	start, end := g.Period(i)
	if !start.IsZero() && (stat.Period{Start: start, End: end, Precision: stat.PrecisionYear}).Validate() == nil {
		return 1
	}
	return 0
}

// names reports of rows whether they name, in one of cols, a series that the site describes and that
// wanted reports true for. The downloads also have the breakdowns, which may be thousands.
func (t Tables) names(wanted func(stat.SeriesID) bool, g grid.Grid, cols ...string) func(i int) bool {
	return func(i int) bool {
		return slices.ContainsFunc(cols, func(col string) bool {
			id := stat.SeriesID(g.Text(i, col))
			return t.index.Described(id) && wanted(id)
		})
	}
}

// Rates returns the ratios that have a part that wanted reports true for.
func (t Tables) Rates(wanted func(stat.SeriesID) bool) []listing.Table {
	g := t.index.Table("rates")
	id := func(i int, col string) stat.SeriesID { return stat.SeriesID(g.Text(i, col)) }
	return grouped(g, newestGroups(g, t.names(wanted, g, "numerator", "denominator"), func(i int) string { return g.Text(i, "rate") }),
		func(i int) (string, string) {
			name, num, den := wording.Spaced(g.Text(i, "rate")), id(i, "numerator"), id(i, "denominator")
			return name, fmt.Sprintf("%s: %s, in %s, over %s, in %s. Whole years first, then the newest periods.",
				name, t.index.Title(num), t.index.Unit(num), t.index.Title(den), t.index.Unit(den))
		},
		func(rows []int) []listing.Column {
			columns := []listing.Column{listing.Plain("Period", listing.Periods(g)), listing.Main("Rate", listing.Decimals(g, "value", rows))}
			if slices.ContainsFunc(rows, func(i int) bool { return g.IsRange(i, "lower", "upper") }) {
				columns = append(columns, listing.Plain("Lower end", listing.Decimals(g, "lower", rows)), listing.Plain("Upper end", listing.Decimals(g, "upper", rows)))
			}
			return append(columns, listing.Note("Notes", listing.Words(g, "note")))
		})
}

// balanceBases say the bases of balances in words.
var balanceBases = map[string]string{"cumulative": "since it began", "month": "by month"}

// Balances returns the balances that the topic names.
func (t Tables) Balances(topic charts.Topic) []listing.Table {
	g := t.index.Table("balances")
	return grouped(g, newestGroups(g, func(i int) bool { return slices.Contains(topic.Balances, g.Text(i, "balance")) },
		func(i int) string { return g.Text(i, "balance") + " " + g.Text(i, "basis") }),
		func(i int) (string, string) {
			title := wording.Spaced(g.Text(i, "balance")) + ", " + cmp.Or(balanceBases[g.Text(i, "basis")], g.Text(i, "basis"))
			return title, title + ". Out are returns, in events; in are people transferred; the base is all arrivals over the same days, in persons. Newest first."
		},
		func(rows []int) []listing.Column {
			return []listing.Column{
				listing.Plain("Period", listing.Periods(g)),
				listing.Main("Out", listing.Counts(g, "out")),
				listing.Main("In", listing.Counts(g, "in")),
				listing.Plain("Out less in", listing.Changes(g, "difference")),
				listing.Plain("Base", listing.Counts(g, "base")),
				listing.Plain("Out in per cent of the base", listing.Decimals(g, "out_percent", rows)),
				listing.Plain("Days", listing.Counts(g, "days")),
				listing.Plain("Out per day", listing.Decimals(g, "out_per_day", rows)),
				listing.Text("Status", listing.Statuses(g)),
				listing.Note("Notes", listing.Words(g, "note")),
			}
		})
}

// Bridges returns the comparisons of two statements of one fact. At least one of the two is about a
// series that wanted reports true for.
func (t Tables) Bridges(wanted func(stat.SeriesID) bool) []listing.Table {
	g := t.index.Table("bridges")
	return grouped(g, newestGroups(g, t.names(wanted, g, "series", "reference_series"), func(i int) string { return g.Text(i, "series") + " " + g.Text(i, "reference_series") }),
		func(i int) (string, string) {
			series, reference := g.Series(i), stat.SeriesID(g.Text(i, "reference_series"))
			return t.index.Title(series) + ", compared with " + t.index.Title(reference), fmt.Sprintf("%s (%s), compared with %s (%s), in %s. Whole years first, then the newest periods.",
				t.index.Title(series), t.index.SourceOf(series).Title, t.index.Title(reference), t.index.SourceOf(reference).Title, t.index.Unit(series))
		},
		func([]int) []listing.Column {
			return []listing.Column{
				listing.Plain("Period", listing.Periods(g)),
				listing.Plain("Figure", listing.Counts(g, "value")),
				listing.Plain("Reference", listing.Counts(g, "reference_value")),
				listing.Main("Figure less reference", listing.Changes(g, "difference")),
				listing.Note("Notes", listing.Words(g, "note")),
			}
		})
}
