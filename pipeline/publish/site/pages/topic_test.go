package pages

import (
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/card"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table/row"
)

// TestTheBarIsAboutTheFirstCard has a headline about another series of the topic. How far figures reach
// is said of what stands first on the page.
func TestTheBarIsAboutTheFirstCard(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	index.Tables.Headlines = append([]*row.Headline{{Series: "ukho-asylum:asylum-claims:Q"}}, index.Tables.Headlines...)
	m := &Maker{index: index}
	for _, topic := range index.Site.Topics {
		if topic.ID != "asylum" {
			continue
		}
		cards := card.Of(index, func(c charts.Card) bool { return c.Topic == topic.ID })
		if got := m.leadOf(topic, cards); got != sitetest.HotelsID {
			t.Errorf("the bar is about %s", got)
		}
		if got := m.leadOf(topic, nil); got != "ukho-asylum:asylum-claims:Q" {
			t.Errorf("without cards the bar is about %s", got)
		}
		return
	}
	t.Error("there is no topic asylum")
}
