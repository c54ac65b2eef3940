package pages

import (
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/breakdown"
	"crossings/pipeline/publish/site/card"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/figurecard"
	"crossings/pipeline/publish/site/incidentmap"
	"crossings/pipeline/publish/site/months"
	"crossings/pipeline/publish/site/records"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/publish/site/yearly"
	"crossings/pipeline/stat"
)

// topicBody is what the page of a topic shows.
type topicBody struct {
	charts.Topic
	Silent     string // which data sets have no figures, in a sentence, or ""
	Waiting    []notice
	Cards      []card.Card
	Contents   []place
	Maps       []incidentmap.Map
	Figures    []figurecard.Card
	Rates      []yearly.Rate
	Parts      []figurecard.Card // those of the parts of a total
	PartsTitle string
	Months     months.Panels
	Records    records.Records
	Sentences  sentences
	Sections   []section.Section
	Series     []definition
	Counted    string // how many series there are
	Sources    sourceTable
	Left       []figure.Figure // charts without figures
	Rest       []content.Link  // the parts of the English page that a translation leaves to it, or nil
	Downloads  []download.Table
	Files      []download.TopicFile
}

// place is a section of a page, for the list of its contents.
type place struct{ ID, Title string }

// apart is the sentence above bridges.
const apart = "The same fact as two statements have it. They stay apart, and nothing is scaled to fit."

// maxShort is how many sentences a page shows outside its figures.
const maxShort = 4

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
	p := Page{Name: content.TopicLink(t).Name, Title: t.Title, Template: "topic.html", About: t.Intro}
	if t.HasFigures() {
		p.Figures = m.figures.OfTopic(t.ID)
		m.figuresOf(&b, ids, p.Figures)
		p.Fresh = section.NewFreshness(m.index, m.leadOf(t, b.Cards), ids)
	} else {
		b.Silent = b.Sources.silent()
	}
	p.Body = b
	return p, nil
}

// figuresOf fills the page of a topic with figures.
func (m *Maker) figuresOf(b *topicBody, ids []string, figures []figure.Figure) {
	t := b.Topic
	b.Sources, b.Waiting, b.Left = b.Sources.stated(), waiting(m.index, ids), figurecard.Left(figures)
	b.Cards = card.Of(m.index, func(c charts.Card) bool { return c.Topic == t.ID })
	for _, c := range figurecard.Of(m.index, figures) {
		if c.Ranking {
			b.Parts = append(b.Parts, c)
		} else {
			b.Figures = append(b.Figures, c)
		}
	}
	b.Rates = yearly.Rates(m.index, t.Shows)
	lead := m.leadOf(t, b.Cards)
	b.Months, b.Records = months.New(m.index, lead), records.New(m.index, lead)
	b.PartsTitle = partsTitle(m.index.Site.Charts, t.ID)
	b.Sentences = newSentences(section.Headlines(m.index, t.Shows), slices.Concat(b.Figures, b.Parts))
	if key := section.Key(m.index, t); len(b.Sentences.Short) == 0 && len(b.Sentences.All) > 0 && key.Text != "" {
		b.Sentences.Short = []section.Statement{key}
	}
	series := m.index.SeriesOf(t)
	b.Series, b.Sections = defined(m.index, series), m.topicSections(t, series)
	b.Counted = wording.Counted(len(series), "series", "series")
	b.Maps = incidentmap.Of(m.index, t.Sources, incidentmap.ShortTable)
	b.Contents = b.contents()
}

// sentences are what a page says in words. Short has the first that no figure of the page has.
type sentences struct{ Short, All []section.Statement }

func newSentences(all []section.Statement, cards []figurecard.Card) sentences {
	out := sentences{All: all}
	for _, s := range all {
		if len(out.Short) < maxShort && !slices.ContainsFunc(cards, func(c figurecard.Card) bool { return c.Sentence.Text == s.Text }) {
			out.Short = append(out.Short, s)
		}
	}
	return out
}

// partsTitle names what the parts of the charts of a topic are: "Nationality, age and sex".
func partsTitle(all []charts.Chart, topic string) string {
	var kinds []string
	for _, c := range all {
		if k := breakdown.Kind(c.Dimension); c.Topic == topic && c.Comparison == charts.Ranking && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	text := strings.Join(kinds, ", ")
	if n := len(kinds); n > 1 {
		text = strings.Join(kinds[:n-1], ", ") + " and " + kinds[n-1]
	}
	return wording.Spaced(text)
}

// contents lists the sections that the page has.
func (b topicBody) contents() []place {
	var out []place
	add := func(has bool, id, title string) {
		if has {
			out = append(out, place{id, title})
		}
	}
	add(len(b.Maps) > 0, "map", "Map")
	add(len(b.Figures) > 0, "figures", "Figures")
	add(len(b.Parts) > 0, "parts", b.PartsTitle)
	add(len(b.Months.Years) > 0, "months", "Months")
	add(len(b.Records.Tables) > 0, "records", "Records")
	add(len(b.Sentences.All) > 0, "headlines", "In short")
	add(len(b.Sections) > 0, "tables", "Tables")
	add(len(b.Series) > 0, "definitions", "What is counted")
	add(true, "sources", "Sources")
	add(true, "downloads", "Data")
	return out
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
		section.New("balances", "Returned and brought here", "", m.tables.Balances(t)...),
		section.New("rates", "Rates", "", m.tables.Rates(t.Shows)...),
		section.New("bridges", "Two statements of one fact", apart, m.tables.Bridges(t.Shows)...),
		m.revisions.OfTopic(t))
}
