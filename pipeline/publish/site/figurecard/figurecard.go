// Package figurecard makes the cards of figures of topic and series pages: a chart with its finding as
// title, the sentence of its series, and the rows that both rest on.
package figurecard

import (
	"crossings/charts"
	"crossings/pipeline/publish/site/breakdown"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/finding"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/yearly"
)

// Card is a figure as pages of several show it.
type Card struct {
	figure.Figure
	Finding  string            // the title, or "" if the neutral one is
	Sentence section.Statement // it has no text if there is none
	Bars     breakdown.Picture // drawn instead of the chart if it has lines
	Years    yearly.Picture    // drawn instead of the chart if it has a picture
	Rests    []content.RowLink // the rows that the finding rests on
	Ranking  bool              // whether it shows the parts of a total
}

// Heading returns the title of the card.
func (c Card) Heading() string {
	if c.Finding != "" {
		return c.Finding
	}
	return c.Title
}

// Of returns the cards of figures that have something to show, in their order.
func Of(index *content.Index, figures []figure.Figure) []Card {
	var out []Card
	for _, f := range figures {
		if f.Missing != "" {
			continue
		}
		card := Card{Figure: f}
		card.fill(index, f.Chart)
		out = append(out, card)
	}
	return out
}

// fill adds what is known of the chart.
func (c *Card) fill(index *content.Index, x charts.Chart) {
	found := finding.Of(index, x)
	c.Finding, c.Rests = found.Text, index.RowLinks(found.Rows)
	if c.Sentence = section.OfChart(index, x); c.Sentence.Text != "" {
		c.Says = c.Sentence.Text // what the panel to share copies
	}
	if c.Ranking = x.Comparison == charts.Ranking; c.Ranking {
		c.Bars = breakdown.Draw(index, x.Series[0], x.Dimension)
	}
	if x.Comparison == charts.YearOnYear {
		c.Years = yearly.Years(index, x.Series[0])
	}
}

// Left returns the figures that have nothing to show, in their order. Missing says why.
func Left(figures []figure.Figure) (out []figure.Figure) {
	for _, f := range figures {
		if f.Missing != "" {
			out = append(out, f)
		}
	}
	return out
}
