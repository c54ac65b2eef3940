// Package section makes the parts that pages about series have in common: sentences with their
// figures, and sections of tables.
package section

import (
	"slices"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/stat"
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
func seriesColumns(index *content.Index, g grid.Grid) []listing.Column {
	return []listing.Column{
		listing.Plain("Series", func(i int) string { return index.Title(g.Series(i)) }),
		listing.Text("Unit", func(i int) string { return index.Unit(g.Series(i)) }),
	}
}

// bySeries lays rows out that are headed by their series, whose names lead to their pages.
func bySeries(index *content.Index, g grid.Grid, title, caption string, rows []int, limit int, columns ...listing.Column) listing.Table {
	t := listing.Lay(g, title, caption, rows, limit, append(seriesColumns(index, g), columns...)...)
	t.Named = true
	return t.Linked(rows, func(i int) string { return index.SeriesPage(g.Series(i)) })
}

// comparisonColumns are those of a figure next to the one of the year before.
func comparisonColumns(g grid.Grid) []listing.Column {
	return []listing.Column{
		listing.Main("Value", listing.Value(g)),
		listing.Plain("A year before", listing.Prior(g)),
		listing.Plain("Change", listing.Changes(g, "change")),
		listing.Plain("Per cent", listing.Percents(g, "change_percent")),
		listing.Text("Status", listing.Statuses(g)),
		listing.Note("Notes", listing.Words(g, "note")),
	}
}

// latestBases are the bases whose newest figure is shown.
var latestBases = []string{"point", "month", "quarter", "year"}

// latestRows returns the newest row of each series and basis in the table year-on-year, if it has a
// value.
func latestRows(g grid.Grid, series []stat.Series) []int {
	var rows []int
	for _, s := range series {
		for _, basis := range latestBases {
			if i, ok := newestRow(g, s.ID, basis); ok {
				rows = append(rows, i)
			}
		}
	}
	return rows
}

// newestRow returns the newest row of the table year-on-year with a value.
func newestRow(g grid.Grid, id stat.SeriesID, basis string) (row int, ok bool) {
	for _, i := range g.Of(id) {
		if g.Text(i, "basis") != basis || g.IsNull(i, "value") {
			continue
		}
		if !ok || g.Date(i, "period_end") > g.Date(row, "period_end") {
			row, ok = i, true
		}
	}
	return row, ok
}
