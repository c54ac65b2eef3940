package pages

import (
	"crossings/charts"
	"crossings/pipeline/publish/site/card"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/stat"
)

// topicBody is what the page of a topic shows.
type topicBody struct {
	charts.Topic
	Silent    string // which of its data sets have no figures, in a sentence, or ""
	Waiting   []notice
	Headlines []section.Statement
	Cards     []card.Card
	Figures   []figure.Figure
	Sections  []section.Section
	Series    []definition
	Sources   sourceTable
	Downloads []download.Table
	Files     []download.TopicFile
}

// apart is the sentence above bridges.
const apart = "The same fact as two statements have it. They stay apart, and nothing is scaled to fit."

// topic makes the page of a topic. It leaves out what has no figures.
func (m *Maker) topic(t charts.Topic) (Page, error) {
	b := topicBody{Topic: t, Downloads: m.files.Tables(), Files: m.files.OfTopic(t.ID)}
	ids := t.Sources
	if len(ids) == 0 {
		ids = m.index.SourceIDs()
	}
	var err error
	if b.Sources, err = newSourceTable(m.index, ids); err != nil {
		return Page{}, err
	}
	if t.HasFigures() {
		b.Silent, b.Waiting = b.Sources.silent(), waiting(m.index, ids)
		b.Headlines, b.Figures = section.Headlines(m.index, t.Shows), m.figures.OfTopic(t.ID)
		b.Cards = card.Of(m.index, func(c charts.Card) bool { return c.Topic == t.ID })
		series := m.index.SeriesOf(t)
		b.Series, b.Sections = defined(m.index, series), m.topicSections(t, series)
	}
	p := Page{Name: content.TopicLink(t).Name, Title: t.Title, Template: "topic.html", Body: b, About: t.Intro, Figures: b.Figures}
	if t.HasFigures() {
		p.Fresh = section.NewFreshness(m.index, m.leadOf(t, b.Cards), ids)
	}
	return p, nil
}

// leadOf returns the series of the first card, headline or chart of a topic, in the order of its page,
// or else its first series.
func (m *Maker) leadOf(t charts.Topic, cards []card.Card) stat.SeriesID {
	for _, c := range m.index.Site.Cards {
		if len(cards) > 0 && c.ID == cards[0].ID {
			return c.Series[0]
		}
	}
	for _, h := range m.index.Headlines {
		if t.Shows(h.Series) {
			return h.Series
		}
	}
	for _, c := range m.index.Site.Charts {
		if c.Topic == t.ID {
			return c.Series[0]
		}
	}
	if all := m.index.SeriesOf(t); len(all) > 0 {
		return all[0].ID
	}
	return ""
}

func (m *Maker) topicSections(t charts.Topic, series []stat.Series) []section.Section {
	return section.Filled(
		section.New("year-to-date", "Year to date", "", m.tables.YearsToDate(series)),
		section.New("latest", "Latest figures", "", m.tables.Latest(series)),
		section.New("balances", "Balances", "", m.tables.Balances(t)...),
		section.New("rates", "Rates", "", m.tables.Rates(t.Shows)...),
		section.New("bridges", "Bridges", apart, m.tables.Bridges(t.Shows)...),
		m.revisions.OfTopic(t))
}
