package pages

import (
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
)

// chartBody is what the page of a chart shows.
type chartBody struct{ figure.Figure }

// charts makes the page of each chart.
func (m *Maker) charts() []Page {
	var out []Page
	for _, f := range m.figures.Charts() {
		p := Page{Name: content.ChartPage(f.ID), Title: f.Title, Template: "chart.html", Body: chartBody{f}, About: f.About(), Figures: []figure.Figure{f}}
		if f.Missing == "" {
			p.OEmbed = content.OEmbedFile(f.ID)
		}
		out = append(out, p)
	}
	return out
}
