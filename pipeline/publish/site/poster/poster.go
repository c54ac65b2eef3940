// Package poster says what the pictures that leave the site say above a chart: the finding, its figure,
// and the figure in the fair form. Every number is a cell of a published table.
package poster

import (
	"crossings/charts"
	"crossings/pipeline/publish/site/card"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/finding"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table/row"
)

// Of returns the texts of a chart. What no rule or card says is empty.
func Of(index *content.Index, c charts.Chart) figure.Poster {
	p := figure.Poster{Heading: finding.Of(index, c).Text, Sentence: section.OfChart(index, c).Text}
	if len(c.Series) == 0 {
		return p
	}
	if code, ok := c.Comparison.Basis(); ok {
		p.Number, p.About = newest(index, c, code)
	} else if x, ok := cardOf(index, c); ok {
		p.Number, p.About = x.Value, x.Title+", "+x.When
	}
	return p
}

// cardOf returns the first card that shows what a chart draws, and whether there is one.
func cardOf(index *content.Index, c charts.Chart) (card.Card, bool) {
	shows := map[charts.Comparison]charts.CardKind{charts.Cumulative: charts.CardYearToDate, charts.Daily: charts.CardMean}[c.Comparison]
	list := card.Of(index, func(x charts.Card) bool {
		return x.Shows == shows && x.Series[0] == c.Series[0]
	})
	if len(list) == 0 {
		return card.Card{}, false
	}
	return list[0], true
}

// newest returns the newest figure that a chart of whole periods draws, and what it is, or "".
func newest(index *content.Index, c charts.Chart, basis string) (number, about string) {
	var last *row.YearOnYear
	for _, r := range index.YearOnYear.Of(c.Series[0]) {
		if r.Basis == basis && r.Value.IsKnown() && (last == nil || r.PeriodEnd > last.PeriodEnd) {
			last = r
		}
	}
	if last == nil {
		return "", ""
	}
	figure := wording.Figure{Value: last.Value, Status: last.Status, AtLeast: wording.IsRange(last.Lower, last.Upper)}
	return figure.String(), wording.Spaced(finding.Noun(c.Title)) + ", " + wording.PeriodText(last.PeriodStart, last.PeriodEnd)
}
