package section

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/records"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Latest returns the newest figure of each series and basis.
func (t Tables) Latest(series []stat.Series) listing.Table {
	return bySeries(t.index, "latest figures", "The newest month, quarter and year of each series, or the newest date of a stock, compared with the same a year before.",
		latestRows(t.index, series), listing.MaxRows, func(r *row.YearOnYear) stat.SeriesID { return r.Series },
		append([]listing.Column[row.YearOnYear]{listing.Text("Period", yearPeriod)}, comparisonColumns("A year before", onYear)...)...)
}

// yearPeriod writes the period of a row of the table year-on-year.
func yearPeriod(r *row.YearOnYear) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }

// Comparisons returns the newest rows of a series in the table year-on-year, a table for each basis.
func (t Tables) Comparisons(id stat.SeriesID) []listing.Table {
	own := t.index.YearOnYear.Of(id)
	newestFirst(own, func(r *row.YearOnYear) stat.Date { return r.PeriodEnd })
	columns := append([]listing.Column[row.YearOnYear]{listing.Plain("Period", yearPeriod)}, comparisonColumns("A year before", onYear)...)
	var out []listing.Table
	for _, basis := range []string{"rolling-12-months", "month", "quarter", "year", "year-ending", "point"} {
		rows := slices.DeleteFunc(slices.Clone(own), func(r *row.YearOnYear) bool { return r.Basis != basis })
		name := wording.Spaced(basis)
		caption := fmt.Sprintf("%s: %s, in %s, compared with the same a year before, newest first.", name, t.index.Title(id), t.index.Unit(id))
		out = append(out, listing.Anchored(listing.Lay(name, caption, rows, newestOfEach, columns...).SayOnce(), rows))
	}
	return out
}

// newestFirst sorts rows by a day, the newest first, and of one day the last.
func newestFirst[R any](rows []*R, day func(*R) stat.Date) {
	slices.SortStableFunc(rows, func(a, b *R) int { return cmp.Compare(day(a), day(b)) })
	slices.Reverse(rows)
}

// policyCaption says what the comparisons since a rule began are.
const policyCaption = "Until a year after a rule began, the time since it began is compared with the same span a year earlier. From then on, its first and its newest twelve months are compared with the twelve before it began. No day is on both sides."

// policyForms says what each form of the table policy-periods compares.
var policyForms = map[string]string{
	"policy-period":        "since the rule began, with a year earlier",
	"first-twelve-months":  "first twelve months, with the twelve before the rule",
	"newest-twelve-months": "newest twelve months, with the twelve before the rule",
}

// PolicyPeriods returns the spans of a series since rules began.
func (t Tables) PolicyPeriods(id stat.SeriesID) listing.Table {
	rows := t.index.Tables.PolicyPeriods.Of(id)
	columns := append([]listing.Column[row.PolicyPeriod]{
		listing.Plain("Rule", func(r *row.PolicyPeriod) string { return wording.Called(r.Policy) }),
		listing.Plain("Compared", func(r *row.PolicyPeriod) string { return policyForms[r.Basis] }),
		listing.Plain("Period", func(r *row.PolicyPeriod) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }),
		listing.Plain("Period before", func(r *row.PolicyPeriod) string { return wording.PeriodText(r.PriorStart, r.PriorEnd) }),
	}, comparisonColumns("Before", sinceRule)...)
	return listing.Anchored(listing.Lay("since a rule began", policyCaption, rows, listing.MaxRows, columns...), rows)
}

// Records returns the highest values of a series over its whole span, a table for each scope. The
// download also has those within single years.
func (t Tables) Records(id stat.SeriesID) []listing.Table {
	var out []listing.Table
	for _, scope := range []string{"day", "week", "month", "quarter", "year"} {
		out = append(out, records.Highest(t.index, id, scope, "Highest by "+scope, listing.MaxRows))
	}
	return out
}

// newestObservations is how many observations a page lists.
const newestObservations = 60

// Observations lists the newest observations of a series with their vintages. observed has all its
// observations in order of period.
func (t Tables) Observations(s stat.Series, observed []*row.Observation) listing.Table {
	rows := slices.Clone(observed)
	slices.Reverse(rows)
	left := max(len(rows)-newestObservations, 0)
	return listing.Lay("observations", fmt.Sprintf("%s, in %s: what the newest release states of each period, the newest first.", s.Title, s.Unit), rows[:len(rows)-left], newestObservations,
		listing.Plain("Period", func(o *row.Observation) string { return wording.PeriodText(o.PeriodStart, o.PeriodEnd) }),
		listing.Main("Value", func(o *row.Observation) string {
			return wording.Figure{Value: o.Value, Lower: o.Lower, Upper: o.Upper, Status: o.Status, AtLeast: wording.IsRange(o.Lower, o.Upper)}.String()
		}),
		listing.Text("Status", func(o *row.Observation) string { return wording.Marked(o.Status) }),
		listing.Text("Publisher's mark", func(o *row.Observation) string { return cmp.Or(o.PublisherMark, wording.Nothing) }),
		listing.Text("Release", func(o *row.Observation) string { return wording.DateText(o.Vintage) }),
		listing.File("Cell in the file", func(o *row.Observation) string { return cmp.Or(o.Locator, wording.Nothing) }))
}
