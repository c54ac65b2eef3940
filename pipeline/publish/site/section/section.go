// Package section makes the parts that pages about series have in common: sentences with their
// figures, and sections of tables.
package section

import (
	"slices"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// Section is a heading with tables below it.
type Section struct {
	ID, Title string
	Text      string // a sentence above the tables, or ""
	Tables    []listing.Table
}

// New returns a section.
func New(id, title, text string, tables ...listing.Table) Section {
	return Section{id, title, text, tables}
}

// Filled returns the sections without tables that have no rows, and without sections that then have
// no tables.
func Filled(sections ...Section) []Section {
	var out []Section
	for _, s := range sections {
		s.Tables = slices.DeleteFunc(s.Tables, func(t listing.Table) bool { return len(t.Rows) == 0 })
		if len(s.Tables) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// Tables makes tables about series from the published tables.
type Tables struct{ index *content.Index }

// NewTables returns the tables of a site.
func NewTables(index *content.Index) Tables { return Tables{index} }

// newestOfEach is how many rows a page shows of a rate, balance, bridge or comparison.
const newestOfEach = 24

// seriesColumns head a row by its series.
func seriesColumns[R any](index *content.Index, series func(*R) stat.SeriesID) []listing.Column[R] {
	return []listing.Column[R]{
		listing.Plain("Series", func(r *R) string { return index.Title(series(r)) }),
		listing.Text("Unit", func(r *R) string { return index.Unit(series(r)) }),
	}
}

// bySeries lays rows out that are headed by their series, whose names lead to their pages.
func bySeries[R row.Row](index *content.Index, title, caption string, rows []*R, limit int, series func(*R) stat.SeriesID, columns ...listing.Column[R]) listing.Table {
	t := listing.Lay(title, caption, rows, limit, append(seriesColumns(index, series), columns...)...)
	t.Named = true
	return listing.Linked(t, rows, func(r *R) string { return index.SeriesPage(series(r)) })
}

// comparison is a figure next to that of the year before.
type comparison struct {
	value, prior  wording.Figure
	change        stat.Count
	changePercent row.Number
	notes         note.List

	sameAge        stat.Count // the one of the year before at the same age, or missing
	sameAgePercent row.Number
}

// valueText writes the figure, with a mark if it may still move.
func (c comparison) valueText() string {
	text := c.value.String()
	if c.notes.Has(note.Immature) {
		text += " " + string(stat.MarkImmature)
	}
	return text
}

// priorText writes the figure of the year before, and what it was at the same age.
func (c comparison) priorText() string {
	text := c.prior.String()
	if !c.sameAge.IsKnown() {
		return text
	}
	text += " (at the same age " + wording.Count(c.sameAge)
	if c.sameAgePercent.Known {
		text += ", " + wording.PercentText(c.sameAgePercent.Get())
	}
	return text + ")"
}

// onYear returns the comparison of a row of the table year-on-year.
func onYear(r *row.YearOnYear) comparison {
	return ranged(wording.Figure{Value: r.Value, Lower: r.Lower, Upper: r.Upper, Status: r.Status},
		wording.Figure{Value: r.PriorValue, Lower: r.PriorLower, Upper: r.PriorUpper}, comparison{change: r.Change, changePercent: r.ChangePercent, notes: r.Note,
			sameAge: r.PriorValueSameAge, sameAgePercent: r.ChangePercentSameAge})
}

// ranged completes c with a value and the one before. If either is a range, both are shown as
// ranges.
func ranged(value, prior wording.Figure, c comparison) comparison {
	value.AtLeast = wording.IsRange(value.Lower, value.Upper)
	prior.AtLeast, prior.Status = value.AtLeast, stat.Missing
	c.value, c.prior = value, prior
	return c
}

// toDate returns the comparison of a row of the table year-to-date.
func toDate(r *row.YearToDate) comparison {
	return ranged(wording.Figure{Value: r.Value, Lower: r.Lower, Upper: r.Upper, Status: r.Status},
		wording.Figure{Value: r.PriorValue, Lower: r.PriorLower, Upper: r.PriorUpper}, comparison{change: r.Change, changePercent: r.ChangePercent, notes: r.Note,
			sameAge: r.PriorValueSameAge, sameAgePercent: r.ChangePercentSameAge})
}

// sinceRule returns the comparison of a row of the table policy-periods.
func sinceRule(r *row.PolicyPeriod) comparison {
	return comparison{
		value:  wording.Figure{Value: r.Value, Status: r.Status},
		prior:  wording.Figure{Value: r.PriorValue, Status: stat.Missing},
		change: r.Change, changePercent: r.ChangePercent, notes: r.Note,
		sameAge: r.PriorValueSameAge, sameAgePercent: r.ChangePercentSameAge,
	}
}

// ofPart returns the comparison of a row of the table breakdowns.
func ofPart(r *row.Breakdown) comparison {
	value := wording.Figure{Value: r.Value, Lower: r.Lower, Upper: r.Upper, Status: r.Status, AtLeast: wording.IsRange(r.Lower, r.Upper)}
	return comparison{value: value, prior: wording.Figure{Value: r.PriorValue, Status: stat.Missing}, change: r.Change, changePercent: r.ChangePercent, notes: r.Note,
		sameAge: r.PriorValueSameAge, sameAgePercent: r.ChangePercentSameAge}
}

// percent writes the change in per cent.
func (c comparison) percent() string {
	return listing.Percent(c.changePercent, c.prior.Value, c.notes)
}

// comparisonColumns are those of a figure next to an earlier one, which is headed before.
func comparisonColumns[R any](before string, of func(*R) comparison) []listing.Column[R] {
	return []listing.Column[R]{
		listing.Main("Value", func(r *R) string { return of(r).valueText() }),
		listing.Plain(before, func(r *R) string { return of(r).priorText() }),
		listing.Plain("Change", func(r *R) string { return wording.Change(of(r).change) }),
		listing.Plain("Per cent", func(r *R) string { return of(r).percent() }),
		listing.Text("Status", func(r *R) string { return wording.Marked(of(r).value.Status) }),
		listing.Notes(func(r *R) note.List { return of(r).notes }),
	}
}

// latestBases are the bases whose newest figure is shown.
var latestBases = []string{"point", "month", "quarter", "year"}

// latestRows returns the newest row of each series and basis in the table year-on-year, if it has a
// value.
func latestRows(index *content.Index, series []stat.Series) []*row.YearOnYear {
	var rows []*row.YearOnYear
	for _, s := range series {
		for _, basis := range latestBases {
			if r := newestRow(index, s.ID, basis); r != nil {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// newestRow returns the newest row of the table year-on-year with a value, or nil.
func newestRow(index *content.Index, id stat.SeriesID, basis string) (newest *row.YearOnYear) {
	for _, r := range index.YearOnYear.Of(id) {
		if r.Basis == basis && r.Value.IsKnown() && (newest == nil || r.PeriodEnd > newest.PeriodEnd) {
			newest = r
		}
	}
	return newest
}
