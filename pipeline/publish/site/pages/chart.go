package pages

import (
	"encoding/json"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/asof"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/finding"
)

// chartBody is what the page of a chart shows.
type chartBody struct {
	figure.Figure
	Finding  string          // what the figures show, or ""
	Views    []view          // the charts of the same series, if there is more than one
	Releases json.RawMessage // what a reader needs to see the figures as they were published earlier, or nil
}

// view is a chart of the same series in another form. The one that the page shows has no name.
type view struct{ Name, Query, Title string }

// viewTitles say in which form a comparison shows a series.
var viewTitles = map[charts.Comparison]string{charts.Cumulative: "By year, added up", charts.Daily: "By day", charts.Weekly: "By week", charts.MonthOnYear: "By month",
	charts.QuarterOnYear: "By quarter", charts.YearOnYear: "By year"}

// views returns the charts of the series of chart c in the order of the site. The mean of seven days is a
// part of the chart by day.
func (m *Maker) views(c charts.Chart) []view {
	var out []view
	for _, x := range m.index.Site.Charts {
		title := viewTitles[x.Comparison]
		if title == "" || !slices.Equal(x.Series, c.Series) {
			continue
		}
		v := view{Name: content.ChartPage(x.ID), Title: title}
		if x.ID == c.ID {
			v.Name = ""
		}
		out = append(out, v)
		if x.Comparison == charts.Daily {
			out = append(out, view{content.ChartPage(x.ID), "?show=Seven-day+mean", "Seven-day mean"})
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// charts makes the page of each chart.
func (m *Maker) charts() ([]Page, error) {
	var out []Page
	for i, f := range m.figures.Charts() {
		c := m.index.Site.Charts[i]
		b := chartBody{Figure: f, Finding: finding.Of(m.index, c).Text, Views: m.views(c)}
		if c.Comparison == charts.Cumulative || c.Comparison == charts.Daily {
			var err error
			if b.Releases, err = asof.Of(m.index, c.Series[0]); err != nil {
				return nil, err
			}
		}
		p := Page{Name: content.ChartPage(f.ID), Title: f.Title, Template: "chart.html", Body: b, About: f.About(), Figures: []figure.Figure{f}}
		if f.Missing == "" {
			p.OEmbed = content.OEmbedFile(f.ID)
		}
		out = append(out, p)
	}
	return out, nil
}
