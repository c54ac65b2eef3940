package section

import (
	"fmt"
	"slices"

	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// LeadYears returns every year to date of the series that the first headline is about, or else that
// of the first chart.
func (t Tables) LeadYears() listing.Table { return t.years(t.leadSeries(), false) }

// EveryYear returns every year to date of a series, with the part that it is of the whole year.
func (t Tables) EveryYear(id stat.SeriesID) listing.Table { return t.years(id, true) }

// years returns every year to date of a series, the newest first. It has no rows if nothing is known.
func (t Tables) years(id stat.SeriesID, shares bool) listing.Table {
	g := t.index.Table("year-to-date")
	rows := g.NewestFirst(id, "cutoff")
	if len(rows) == 0 {
		return listing.Table{}
	}
	caption := fmt.Sprintf("%s, in %s: from 1 January to %s of each year, aligned by calendar date, newest first.", t.index.Title(id), t.index.Unit(id), wording.DayMonth(g.Date(rows[0], "cutoff")))
	columns := append([]listing.Column{listing.Plain("Year", listing.Words(g, "year"))}, yearColumns(g)...)
	if shares && g.Has("share_percent") {
		columns = slices.Insert(columns, len(columns)-2, listing.Plain("Part of its whole year, per cent", listing.Decimals(g, "share_percent", rows)))
	}
	return listing.Lay(g, "year to date", caption, rows, listing.MaxRows, columns...).Anchored(g, rows)
}

// leadSeries returns the series of the first headline, or else of the first chart.
func (t Tables) leadSeries() stat.SeriesID {
	if g := t.index.Table("headlines"); g.Len() > 0 {
		return g.Series(0)
	}
	if all := t.index.Site.Charts; len(all) > 0 {
		return all[0].Series[0]
	}
	return ""
}

// YearsToDate returns the newest year of each of the series.
func (t Tables) YearsToDate(series []stat.Series) listing.Table {
	g := t.index.Table("year-to-date")
	var rows []int
	for _, s := range series {
		own := g.Of(s.ID)
		g.SortByDate(own, "cutoff")
		if n := len(own); n > 0 {
			rows = append(rows, own[n-1])
		}
	}
	return bySeries(t.index, g, "year to date", "Each figure covers 1 January to its cut-off, and is compared with the same span a year before. The years are aligned by calendar date.",
		rows, listing.MaxRows, yearColumns(g)...)
}

// yearColumns are those of the table year-to-date. The whole of the year before is never shown
// without the part of it.
func yearColumns(g grid.Grid) []listing.Column {
	whole := listing.Ranged(g, "prior_year_value", "", "")
	return []listing.Column{
		listing.Main("So far in the year", listing.Value(g)),
		listing.Plain("By the same date a year before", listing.Prior(g)),
		listing.Plain("Change", listing.Changes(g, "change")),
		listing.Plain("Per cent", listing.Percents(g, "change_percent")),
		listing.Plain("Whole of the year before", func(i int) string {
			if g.IsNull(i, "prior_value") {
				return wording.MarkNotAvailable
			}
			return whole(i)
		}),
		listing.Plain("Days", listing.Counts(g, "days")),
		listing.Text("Window", func(i int) string { return wording.Span(g.Date(i, "window_start"), g.Date(i, "window_end")) }),
		listing.Text("Status", listing.Statuses(g)),
		listing.Note("Notes", listing.Words(g, "note")),
	}
}
