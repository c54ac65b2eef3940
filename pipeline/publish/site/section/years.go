package section

import (
	"fmt"
	"slices"
	"strconv"

	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// EveryYear returns every year to date of a series, with the part that it is of the whole year.
func (t Tables) EveryYear(id stat.SeriesID) listing.Table { return t.years(id, true) }

// years returns every year to date of a series, the newest first. It has no rows if nothing is known.
func (t Tables) years(id stat.SeriesID, shares bool) listing.Table {
	rows := t.index.YearToDate.Of(id)
	if len(rows) == 0 {
		return listing.Table{}
	}
	newestFirst(rows, func(r *row.YearToDate) stat.Date { return r.Cutoff })
	caption := fmt.Sprintf("%s, in %s: from 1 January to %s of each year, aligned by calendar date, newest first. Weeks are paired by number.", t.index.Title(id), t.index.Unit(id), wording.DayMonth(rows[0].Cutoff))
	columns := append([]listing.Column[row.YearToDate]{listing.Plain("Year", func(r *row.YearToDate) string { return strconv.Itoa(r.Year) })}, yearColumns()...)
	if shares {
		share := listing.Decimals(rows, func(r *row.YearToDate) row.Number { return r.SharePercent })
		columns = slices.Insert(columns, len(columns)-2, listing.Plain("Part of its whole year, per cent", share))
	}
	return listing.Anchored(listing.Lay("year to date", caption, rows, listing.MaxRows, columns...), rows)
}

// LeadSeries returns the series of the first headline, or else of the first chart.
func (t Tables) LeadSeries() stat.SeriesID {
	if all := t.index.Headlines; len(all) > 0 {
		return all[0].Series
	}
	if all := t.index.Site.Charts; len(all) > 0 {
		return all[0].Series[0]
	}
	return ""
}

// YearsToDate returns the newest year of each of the series.
func (t Tables) YearsToDate(series []stat.Series) listing.Table {
	var rows []*row.YearToDate
	for _, s := range series {
		own := t.index.YearToDate.Of(s.ID)
		newestFirst(own, func(r *row.YearToDate) stat.Date { return r.Cutoff })
		if len(own) > 0 {
			rows = append(rows, own[0])
		}
	}
	return bySeries(t.index, "year to date", "Each figure covers 1 January to its cut-off, and is compared with the same span a year before. The years are aligned by calendar date, and weeks are paired by number.",
		rows, listing.MaxRows, func(r *row.YearToDate) stat.SeriesID { return r.Series }, yearColumns()...)
}

// yearColumns are those of the table year-to-date. The whole of the year before is never shown
// without the part of it.
func yearColumns() []listing.Column[row.YearToDate] {
	return []listing.Column[row.YearToDate]{
		listing.Main("From 1 January to the date", func(r *row.YearToDate) string { return toDate(r).valueText() }),
		listing.Plain("The same a year before", func(r *row.YearToDate) string { return toDate(r).priorText() }),
		listing.Plain("Change", func(r *row.YearToDate) string { return wording.Change(r.Change) }),
		listing.Plain("Per cent", func(r *row.YearToDate) string { return toDate(r).percent() }),
		listing.Plain("Whole of the year before", func(r *row.YearToDate) string {
			if !r.PriorValue.IsKnown() {
				return wording.MarkNotAvailable
			}
			return wording.Figure{Value: r.PriorYearValue, Status: stat.Missing, AtLeast: wording.IsRange(r.Lower, r.Upper)}.String()
		}),
		listing.Plain("Days", func(r *row.YearToDate) string { return wording.Count(r.Days) }),
		listing.Text("Window", func(r *row.YearToDate) string { return wording.Span(r.WindowStart, r.WindowEnd) }),
		listing.Text("Window a year before", func(r *row.YearToDate) string { return wording.Span(r.PriorStart, r.PriorEnd) }),
		listing.Text("Status", func(r *row.YearToDate) string { return wording.Marked(r.Status) }),
		listing.Notes(func(r *row.YearToDate) note.List { return r.Note }),
	}
}
