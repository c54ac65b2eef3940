package site

import (
	"fmt"
	"slices"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// yearToDate returns the table of that name for the series that the first
// headline is about, else for the first chart's, newest year first. It has no
// rows where nothing is known.
func (b *builder) yearToDate() dataTable {
	g := b.tables["year-to-date"]
	id := b.leadSeries()
	rows := g.where("series", string(id))
	if len(rows) == 0 {
		return dataTable{}
	}
	g.byDate(rows, "cutoff")
	slices.Reverse(rows)
	caption := fmt.Sprintf("%s, in %s: from 1 January to %s of each year, aligned by calendar date, newest first.", b.title(id), b.unit(id), wording.DayMonth(g.date(rows[0], "cutoff")))
	return g.table("year to date", caption, rows, maxRows, append([]column{{"Year", "", g.words("year")}}, g.yearColumns()...)...).anchored(g, rows)
}

// yearsToDate returns the newest year of each of the series.
func (b *builder) yearsToDate(ids []stat.Series) dataTable {
	g := b.tables["year-to-date"]
	var rows []int
	for _, s := range ids {
		own := g.where("series", string(s.ID))
		g.byDate(own, "cutoff")
		if n := len(own); n > 0 {
			rows = append(rows, own[n-1])
		}
	}
	t := g.table("year to date", "Each figure from 1 January to its cut-off, beside the same span a year before. The years are aligned by calendar date.",
		rows, maxRows, append(b.seriesColumns(g), g.yearColumns()...)...)
	t.Named = true
	return t.linked(rows, b.seriesOn(g))
}

// leadSeries returns the series of the first headline, else of the first chart.
func (b *builder) leadSeries() stat.SeriesID {
	if g := b.tables["headlines"]; g.rows() > 0 {
		return stat.SeriesID(g.text(0, "series"))
	}
	if len(b.site.Charts) > 0 {
		return b.site.Charts[0].Series[0]
	}
	return ""
}

// yearColumns are those of the table year-to-date. The whole of the year before
// never stands without the part of it.
func (g grid) yearColumns() []column {
	whole := g.ranged("prior_year_value", "", "")
	return []column{
		{"So far in the year", classMain, g.ranged("value", "lower", "upper")},
		{"By the same date a year before", "", g.ranged("prior_value", "prior_lower", "prior_upper")},
		{"Change", "", g.changes("change")},
		{"Per cent", "", g.percents("change_percent")},
		{"Whole of the year before", "", func(i int) string {
			if g.cell(i, "prior_value").IsNull() {
				return wording.MarkNotAvailable
			}
			return whole(i)
		}},
		{"Days", "", g.counts("days")},
		{"Window", classText, func(i int) string { return wording.Span(g.date(i, "window_start"), g.date(i, "window_end")) }},
		{"Status", classText, g.statuses},
		{"Notes", classNote, g.words("note")},
	}
}
