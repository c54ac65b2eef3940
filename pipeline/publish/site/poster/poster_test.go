package poster

import (
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/finding"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// TestPostersSayWhatTablesSay checks the texts of the charts of the real site against the tables, the
// findings and the sentences that pages show.
func TestPostersSayWhatTablesSay(t *testing.T) {
	s := sitetest.Real(t)
	index := content.NewIndex(s)
	numbers := 0
	for _, c := range s.Charts {
		p := Of(index, c)
		if p.Heading != finding.Of(index, c).Text || p.Sentence != section.OfChart(index, c).Text {
			t.Errorf("%s: the picture says %q and %q, not what pages say", c.ID, p.Heading, p.Sentence)
		}
		if p.Number == "" {
			continue
		}
		numbers++
		if p.About == "" || strings.HasSuffix(p.About, ", ") {
			t.Errorf("%s: the number %s is said to be %q", c.ID, p.Number, p.About)
		}
		code, ok := c.Comparison.Basis()
		if !ok {
			continue
		}
		found := false
		for _, r := range index.YearOnYear.Of(c.Series[0]) {
			found = found || r.Basis == code && r.Value.IsKnown() && strings.Contains(p.Number, wording.Count(r.Value)) && strings.Contains(p.About, wording.PeriodText(r.PeriodStart, r.PeriodEnd))
		}
		if !found {
			t.Errorf("%s: no row states %s (%s)", c.ID, p.Number, p.About)
		}
	}
	if numbers < 3 {
		t.Errorf("%d charts have a number", numbers)
	}
}

// TestTheNumberOfTheYear checks the number of the chart of the front page: that of its card.
func TestTheNumberOfTheYear(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	p := Of(index, charts.Chart{ID: "x", Title: "People", Comparison: charts.Cumulative, Series: []stat.SeriesID{sitetest.ArrivalsID}})
	rows := index.YearToDate.Of(sitetest.ArrivalsID)
	if want := wording.Count(rows[len(rows)-1].Value); p.Number != want || !strings.Contains(p.About, "People") {
		t.Errorf("the number is %s (%s), want %s", p.Number, p.About, want)
	}
	if p := Of(index, charts.Chart{Comparison: charts.Ratio}); p.Number+p.Heading != "" {
		t.Errorf("a chart of nothing says %+v", p)
	}
}
