package pages

import (
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/card"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/heatmap"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// frontBody is what the front page shows.
type frontBody struct {
	Waiting   []notice
	Lead      card.Lead
	Headlines []section.Statement // the first is the lead's
	Findings  []section.Statement // what else is known of the lead's series
	Hero      *figure.Figure      // the chart next to the lead, or nil
	Cards     []card.Card
	Calendar  heatmap.Calendar
	Topics    []topicEntry
	Changed   []newsItem // the newest changes of figures that were published
	Coming    []expectedRelease
	Charts    []figure.Figure // charts that no topic shows
}

// expectedRelease is a release to come.
type expectedRelease struct {
	Day, Title, Publisher string
	Late                  string // that the one before it is late, or ""
}

// The most releases to come on the front page.
const maxComing = 3

// topicEntry leads to a topic page. Key is its first sentence with figures; it has no text if the
// topic has no figures.
type topicEntry struct {
	content.Link
	Intro string
	Key   section.Statement
	Chip  string // that the source of the sentence is late or has stopped, or ""
}

// front makes the front page. Its headlines are about the series of its charts, if there are any;
// those of other topics are with their topics.
func (m *Maker) front() (Page, error) {
	f := frontBody{Headlines: section.Headlines(m.index, m.index.OnFront), Coming: coming(m.index)}
	if len(f.Headlines) == 0 {
		f.Headlines = section.Headlines(m.index, func(stat.SeriesID) bool { return true })
	}
	lead := m.tables.LeadSeries()
	f.Findings = findings(f.Headlines, lead)
	f.Lead, f.Calendar = card.NewLead(m.index, lead), heatmap.New(m.index, lead)
	f.Cards = card.Of(m.index, func(c charts.Card) bool { return c.Front })
	shown := m.figures.Front()
	for i, x := range shown {
		if i == 0 {
			f.Hero = &shown[0]
		} else if x.Topic == "" {
			f.Charts = append(f.Charts, x)
		}
	}
	for _, t := range m.index.Site.Topics {
		if !t.InMenu() {
			continue
		}
		e := m.entry(t)
		if len(f.Headlines) > 0 && e.Key.Text == f.Headlines[0].Text { // the lead says it
			e.Key.Text = another(m.index, t, f)
		}
		f.Topics = append(f.Topics, e)
	}
	f.Waiting = waiting(m.index, sourcesBehind(m.index, m.index.Shown()))
	var err error
	if f.Changed, err = m.news(); err != nil {
		return Page{}, err
	}
	p := Page{Name: content.FrontPage, Title: m.index.Site.Title, Template: "index.html", Body: f, Figures: shown,
		Fresh: section.NewFreshness(m.index, lead, []string{m.index.SourceOf(lead).ID})}
	if len(f.Headlines) > 0 {
		p.About = f.Headlines[0].Text
	}
	return p, nil
}

// another returns the first sentence of a topic that the front page does not have yet, or "".
func another(index *content.Index, t charts.Topic, f frontBody) string {
	for _, s := range section.Headlines(index, t.Shows) {
		said := func(x section.Statement) bool { return x.Text == s.Text }
		if !s.Context && s.Text != f.Headlines[0].Text && !slices.ContainsFunc(f.Findings, said) {
			return s.Text
		}
	}
	return ""
}

// maxFindings is the most sentences on the front page after the lead's. The topics have them all.
const maxFindings = 1

// findings returns the sentences on the lead's series after the first.
func findings(all []section.Statement, lead stat.SeriesID) []section.Statement {
	var out []section.Statement
	for i, s := range all {
		if i > 0 && s.Series == lead && !s.Context && len(out) < maxFindings {
			out = append(out, s)
		}
	}
	return out
}

// coming returns the next releases of publishers, each data set once.
func coming(index *content.Index) []expectedRelease {
	outlook := calendar.New(index)
	late := map[string]string{}
	for _, x := range outlook.Late {
		late[x.Source.ID] = "the release of " + wording.DayMonth(x.Day) + " is late"
	}
	var out []expectedRelease
	seen := map[string]bool{}
	for _, x := range outlook.Coming {
		if !seen[x.Source.ID] && len(out) < maxComing {
			seen[x.Source.ID] = true
			out = append(out, expectedRelease{x.Day.Long(), x.Source.Title, x.Source.Publisher, late[x.Source.ID]})
		}
	}
	return out
}

func (m *Maker) entry(t charts.Topic) topicEntry {
	e := topicEntry{Link: content.TopicLink(t), Intro: t.Intro, Key: section.Key(m.index, t)}
	if e.Key.Series != "" {
		e.Chip = calendar.Chip(m.index, m.index.SourceOf(e.Key.Series).ID)
	}
	return e
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
	maxNews        = 3
	maxRetractions = 2
)

// news returns the newest releases that were taken back, the newest data version that restated
// anything, and the newest releases that changed figures of earlier ones.
func (m *Maker) news() ([]newsItem, error) {
	var out []newsItem
	all := m.index.Site.Retractions
	for _, r := range all[:min(len(all), maxRetractions)] {
		title, text := r.Brief()
		out = append(out, newsItem{content.TakenBack, title, text})
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
