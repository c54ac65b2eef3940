package pages

import (
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// frontBody is what the front page shows.
type frontBody struct {
	Waiting    []notice
	Headlines  []section.Statement // the first is the lead
	YearToDate listing.Table
	Changed    []newsItem // the newest changes of figures that were published
	Topics     []topicEntry
	Figures    []figure.Figure
	Sources    sourceTable
	Series     []definition
	Downloads  []download.Table
}

// topicEntry leads to a topic page. Key is its first sentence with figures; it has no text if the
// topic has no figures.
type topicEntry struct {
	content.Link
	Intro string
	Key   section.Statement
}

// front makes the front page. Its headlines are about the series of its charts, if there are any;
// those of other topics are with their topics.
func (m *Maker) front() (Page, error) {
	f := frontBody{Headlines: section.Headlines(m.index, m.index.OnFront), YearToDate: m.tables.LeadYears(), Downloads: m.files.Tables(), Figures: m.figures.Front()}
	if len(f.Headlines) == 0 {
		f.Headlines = section.Headlines(m.index, func(stat.SeriesID) bool { return true })
	}
	for _, t := range m.index.Site.Topics {
		f.Topics = append(f.Topics, m.entry(t))
	}
	shown := m.index.Shown()
	f.Series = defined(m.index, shown)
	f.Waiting = waiting(m.index, sourcesBehind(m.index, shown))
	var err error
	if f.Changed, err = m.news(); err != nil {
		return Page{}, err
	}
	f.Sources, err = newSourceTable(m.index, m.index.SourceIDs())
	p := Page{Name: content.FrontPage, Title: m.index.Site.Title, Template: "index.html", Body: f, Figures: f.Figures}
	if len(f.Headlines) > 0 {
		p.About = f.Headlines[0].Text
	}
	return p, err
}

func (m *Maker) entry(t charts.Topic) topicEntry {
	return topicEntry{content.TopicLink(t), t.Intro, section.Key(m.index, t)}
}

// sourcesBehind returns the ids of the data sets that series are from, in the order of the site.
func sourcesBehind(index *content.Index, series []stat.Series) []string {
	return slices.DeleteFunc(index.SourceIDs(), func(id string) bool {
		return !slices.ContainsFunc(series, func(s stat.Series) bool { return s.Source == id })
	})
}

// newsItem says a change of published figures, with the way to it.
type newsItem struct{ Name, Title, Text string }

// The bounds of the news on the front page: changes, and among them releases that were taken back.
const (
	maxNews        = 5
	maxRetractions = 2
)

// news returns the newest releases that were taken back, the newest data version that restated
// anything, and the newest releases that changed figures of earlier ones.
func (m *Maker) news() ([]newsItem, error) {
	var out []newsItem
	all := m.index.Site.Retractions
	for _, r := range all[:min(len(all), maxRetractions)] {
		out = append(out, newsItem{content.TakenBack, "Taken back", r.Sentence()})
	}
	out = append(out, restatedVersions(m.index.Site, 1)...)
	for _, r := range m.log.Newest() {
		if len(out) == maxNews {
			break
		}
		page, err := content.ReleasesName(r.Source)
		if err != nil {
			return nil, err
		}
		out = append(out, newsItem{page, m.index.Source(r.Source).Title + ", " + wording.DateText(r.Vintage), changes.Count(len(m.log.By(r))) + "."})
	}
	return out, nil
}

// restatedVersions returns the newest data versions that restated anything, limit of them at most.
func restatedVersions(s content.Site, limit int) []newsItem {
	var out []newsItem
	for _, e := range s.Editions {
		if e.Restated != nil && len(out) < limit {
			l := content.VersionLink(e.Version)
			out = append(out, newsItem{l.Name, l.Title, e.Sentence()})
		}
	}
	return out
}
