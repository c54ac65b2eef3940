package section

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Latest returns the newest figure of each series and basis.
func (t Tables) Latest(series []stat.Series) listing.Table {
	g := t.index.Table("year-on-year")
	return bySeries(t.index, g, "latest figures", "The newest month, quarter and year of each series, or the newest date of a stock, compared with the same a year before.",
		latestRows(g, series), listing.MaxRows, append([]listing.Column{listing.Text("Period", listing.Periods(g))}, comparisonColumns(g)...)...)
}

// Comparisons returns the newest rows of a series in the table year-on-year, a table for each basis.
func (t Tables) Comparisons(id stat.SeriesID) []listing.Table {
	g := t.index.Table("year-on-year")
	own := g.NewestFirst(id, "period_end")
	columns := append([]listing.Column{listing.Plain("Period", listing.Periods(g))}, comparisonColumns(g)...)
	var out []listing.Table
	for _, basis := range []string{"rolling-12-months", "month", "quarter", "year", "year-ending", "point"} {
		rows := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return g.Text(i, "basis") != basis })
		name := wording.Spaced(basis)
		caption := fmt.Sprintf("%s: %s, in %s, compared with the same a year before, newest first.", name, t.index.Title(id), t.index.Unit(id))
		out = append(out, listing.Lay(g, name, caption, rows, newestOfEach, columns...).SayOnce().Anchored(g, rows))
	}
	return out
}

// PolicyPeriods returns the spans of a series since rules began.
func (t Tables) PolicyPeriods(id stat.SeriesID) listing.Table {
	g := t.index.Table("policy-periods")
	rows := g.Of(id)
	columns := append([]listing.Column{
		listing.Plain("Rule", func(i int) string { return wording.Spaced(g.Text(i, "policy")) }),
		listing.Plain("Period", listing.Periods(g)),
	}, comparisonColumns(g)...)
	return listing.Lay(g, "since a rule began", "From the day on which a rule began to the cut-off, compared with the same span a year earlier.", rows, listing.MaxRows, columns...).Anchored(g, rows)
}

// Records returns the highest values of a series over its whole span, a table for each scope. The
// download also has those within single years.
func (t Tables) Records(id stat.SeriesID) []listing.Table {
	g := t.index.Table("records")
	own := slices.DeleteFunc(g.Of(id), func(i int) bool { return strings.Contains(g.Text(i, "scope"), "-in-") })
	slices.SortStableFunc(own, func(i, j int) int {
		x, _ := g.Number(i, "rank")
		y, _ := g.Number(j, "rank")
		return cmp.Compare(x, y)
	})
	var out []listing.Table
	for _, scope := range []string{"day", "week", "month", "quarter", "year"} {
		rows := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return g.Text(i, "scope") != scope })
		out = append(out, listing.Lay(g, "Highest by "+scope, fmt.Sprintf("The highest of each %s: %s, in %s.", scope, t.index.Title(id), t.index.Unit(id)), rows, listing.MaxRows,
			listing.Plain("Rank", listing.Words(g, "rank")),
			listing.Text("Period", listing.Periods(g)),
			listing.Main("Value", listing.Counts(g, "value")),
			listing.Text("Status", listing.Statuses(g))))
	}
	return out
}

// newestObservations is how many observations a page lists.
const newestObservations = 60

// Observations lists the newest observations of a series with their vintages. observed has all its
// observations in order of period.
func (t Tables) Observations(s stat.Series, observed grid.Grid) listing.Table {
	rows := observed.All()
	slices.Reverse(rows)
	left := max(len(rows)-newestObservations, 0)
	return listing.Lay(observed, "observations", fmt.Sprintf("%s, in %s: what the newest release states of each period, the newest first.", s.Title, s.Unit), rows[:len(rows)-left], newestObservations,
		listing.Plain("Period", listing.Periods(observed)),
		listing.Main("Value", listing.Value(observed)),
		listing.Text("Status", listing.Statuses(observed)),
		listing.Text("Publisher's mark", listing.Words(observed, "publisher_mark")),
		listing.Text("Release", listing.Days(observed, "vintage")),
		listing.File("Cell in the file", listing.Words(observed, "locator")))
}
