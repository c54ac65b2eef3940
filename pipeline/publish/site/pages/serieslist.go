package pages

import (
	"slices"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// seriesListBody is what the page that lists all series shows.
type seriesListBody struct {
	Count      string
	Rows       []seriesRow
	Breakdowns []breakdownRow
}

// seriesRow is one series.
type seriesRow struct {
	ID                                                      stat.SeriesID
	Title, Href, Unit, Frequency, Coverage, Vintage, Source string
}

// breakdownRow is the breakdowns of one measure.
type breakdownRow struct {
	ID            stat.SeriesID
	Count, Source string
}

// seriesList makes the page of all series, in the order of the site.
func seriesList(index *content.Index) Page {
	all := index.Site.Series
	b := seriesListBody{Count: wording.Thousands(int64(len(all))), Breakdowns: breakdowns(index)}
	for _, s := range all {
		b.Rows = append(b.Rows, seriesRow{ID: s.ID, Title: s.Title, Href: index.SeriesPage(s.ID), Unit: s.Unit, Frequency: frequencyText(s.Frequency()),
			Coverage: content.CoverageOf(index.Observed(s.ID)).FiguresSpan(), Vintage: wording.DateText(index.Vintage(s.ID)), Source: index.SourceOf(s.ID).Title})
	}
	return Page{Name: content.SeriesListPage, Title: "All series", Template: "catalogue.html", Body: b}
}

// breakdowns counts, measure by measure, the series with observations that the site does not
// describe.
func breakdowns(index *content.Index) []breakdownRow {
	t := index.Observations()
	if t == nil {
		return nil
	}
	counts := map[stat.SeriesID]int{}
	var groups []stat.SeriesID
	last := stat.SeriesID("")
	for o := range row.Each[row.Observation](t) {
		id := o.Series
		if id == last {
			continue
		}
		last = id
		if index.Described(id) {
			continue
		}
		group := id.Group()
		if counts[group] == 0 {
			groups = append(groups, group)
		}
		counts[group]++
	}
	slices.Sort(groups)
	var out []breakdownRow
	for _, id := range groups {
		out = append(out, breakdownRow{id, wording.Thousands(int64(counts[id])), index.SourceOf(id).Title})
	}
	return out
}
