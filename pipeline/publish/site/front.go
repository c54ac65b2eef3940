package site

import (
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// frontPage is what the front page shows.
type frontPage struct {
	Waiting    []notice
	Headlines  []statement // the first is the lead
	YearToDate dataTable
	Changed    []newsItem // the newest changes of figures that were published
	Topics     []topicEntry
	Figures    []figure
	Sources    sourceTable
	Series     []definition
	Downloads  []download
}

// statement is a sentence with what it must not stand without.
type statement struct {
	Text, Cutoff, Status, Vintage string
	Rows                          []rowLink // the rows that it rests on
}

// topicEntry leads to a topic page; Key is its first sentence with figures, and
// without a text where it has none.
type topicEntry struct {
	pageLink
	Intro string
	Key   statement
}

// front collects the front page. Its headlines are about the series of its
// charts, where there are any; those of other topics stand with their topics.
func (b *builder) front() (frontPage, error) {
	var err error
	f := frontPage{Headlines: b.headlines(b.onFront), YearToDate: b.yearToDate(), Downloads: b.downloads}
	if len(f.Headlines) == 0 {
		f.Headlines = b.headlines(func(stat.SeriesID) bool { return true })
	}
	for _, t := range b.site.Topics {
		f.Topics = append(f.Topics, topicEntry{topicLink(t), t.Intro, b.key(t)})
	}
	if f.Changed, err = b.news(); err != nil {
		return f, err
	}
	for _, x := range b.figures {
		if x.Front {
			f.Figures = append(f.Figures, x)
		}
	}
	f.Figures = led(f.Figures...)
	f.Series = b.defined(b.shown())
	f.Waiting = b.waiting(b.behind(b.shown()))
	f.Sources, err = b.sourceTable(b.allSources())
	return f, err
}

// newsItem says a change of published figures, with the way to it.
type newsItem struct{ Name, Title, Text string }

// maxNews is how many changes the front page names.
const maxNews = 5

// news returns the newest data version that restated anything, and the newest releases
// that changed figures of earlier ones.
func (b *builder) news() ([]newsItem, error) {
	out := b.newestRetractions()
	for _, e := range b.site.Editions {
		if e.Restated != nil {
			out = append(out, newsItem{editionsName + "#" + versionAnchor(e.Version), "Data version " + e.Version, e.sayRestated()})
			break
		}
	}
	g := b.tables["releases"]
	for _, i := range b.changing(b.newestReleases(func(int) bool { return true })) {
		if len(out) == maxNews {
			break
		}
		source := g.text(i, "source")
		page, err := releasesName(source)
		if err != nil {
			return nil, err
		}
		out = append(out, newsItem{page, b.sourceInfo(source).Title + ", " + g.days("vintage")(i), valuesChanged(len(b.changedBy(i))) + "."})
	}
	return out, nil
}

// onFront reports whether a chart of the front page draws a series.
func (b *builder) onFront(id stat.SeriesID) bool {
	return slices.ContainsFunc(b.site.Charts, func(r charts.Chart) bool { return r.Front && slices.Contains(r.Series, id) })
}

// headlines returns the sentences about the series that wanted wants.
func (b *builder) headlines(wanted func(stat.SeriesID) bool) []statement {
	g := b.tables["headlines"]
	var out []statement
	for i := range g.rows() {
		if wanted(stat.SeriesID(g.text(i, "series"))) {
			out = append(out, statement{Text: g.text(i, "text"), Cutoff: g.date(i, "cutoff").Long(), Status: wording.StatusText(g.status(i)),
				Vintage: g.date(i, "vintage").Long(), Rows: b.rowLinks(strings.Fields(g.text(i, "rows")))})
		}
	}
	return out
}

// shown returns the series that the front page's headlines and charts are about,
// in the order of the site.
func (b *builder) shown() []stat.Series {
	var ids []string
	g := b.tables["headlines"]
	for i := range g.rows() {
		ids = append(ids, g.text(i, "series"))
	}
	return slices.DeleteFunc(slices.Clone(b.site.Series), func(s stat.Series) bool { return !b.onFront(s.ID) && !slices.Contains(ids, string(s.ID)) })
}

// behind returns the ids of the data sets that series are from, in the order of the site.
func (b *builder) behind(series []stat.Series) []string {
	return slices.DeleteFunc(b.allSources(), func(id string) bool {
		return !slices.ContainsFunc(series, func(s stat.Series) bool { return s.Source == id })
	})
}

// key returns a topic's first headline, else the newest figure of its first
// chart, else that of its first series.
func (b *builder) key(t charts.Topic) statement {
	if !t.HasFigures() {
		return statement{}
	}
	if all := b.headlines(t.Shows); len(all) > 0 {
		return all[0]
	}
	for _, r := range b.site.Charts {
		k, ok := bases[r.Comparison]
		if r.Topic != t.ID || !ok {
			continue
		}
		if i, ok := b.newest(r.Series[0], k.code); ok {
			return b.say(i)
		}
	}
	if rows := b.latestRows(b.seriesOf(t)); len(rows) > 0 {
		return b.say(rows[0])
	}
	return statement{}
}
