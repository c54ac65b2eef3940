package site

import (
	"slices"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// catalogueName is the page that lists all series.
const catalogueName = seriesFolder + "index.html"

// cataloguePage is what the page that lists all series shows.
type cataloguePage struct {
	Count      string
	Rows       []catalogueRow
	Breakdowns []breakdownRow
}

// catalogueRow is one series.
type catalogueRow struct {
	ID                                                      stat.SeriesID
	Title, Href, Unit, Frequency, Coverage, Vintage, Source string
}

// breakdownRow is the breakdowns of one measure.
type breakdownRow struct {
	ID            stat.SeriesID
	Count, Source string
}

// catalogue collects the page of all series, in the order of the site.
func (b *builder) catalogue() cataloguePage {
	p := cataloguePage{Count: wording.Thousands(int64(len(b.site.Series)))}
	for _, s := range b.site.Series {
		p.Rows = append(p.Rows, catalogueRow{ID: s.ID, Title: s.Title, Href: b.seriesLink(s.ID), Unit: s.Unit, Frequency: frequencyText(s.Frequency()),
			Coverage: b.observed(s.ID).coverage().figuresSpan(), Vintage: wording.DateText(b.vintageOf(s.ID)), Source: b.sourceOf(s.ID).Title})
	}
	p.Breakdowns = b.breakdowns()
	return p
}

// breakdowns counts the series with observations that the site does not describe,
// measure by measure.
func (b *builder) breakdowns() []breakdownRow {
	g := b.tables["observations"]
	if g.t == nil {
		return nil
	}
	counts := map[stat.SeriesID]int{}
	var groups []stat.SeriesID
	last := stat.SeriesID("")
	for c := range g.t.Values("series") {
		id := stat.SeriesID(c.String())
		if id == last {
			continue
		}
		last = id
		if _, described := b.series[id]; described {
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
		out = append(out, breakdownRow{id, wording.Thousands(int64(counts[id])), b.sourceOf(id).Title})
	}
	return out
}
