package site

import (
	"fmt"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// topicPage is what the page of a topic shows.
type topicPage struct {
	charts.Topic
	Silent    string // which of its data sets have no figures, in a sentence, or ""
	Waiting   []notice
	Headlines []statement
	Figures   []figure
	Sections  []section
	Series    []definition
	Sources   sourceTable
	Downloads []download
	Files     []topicFile
}

// section is a heading with tables below it.
type section struct {
	ID, Title string
	Text      string // a sentence above the tables, or ""
	Tables    []dataTable
}

// topic collects the page of a topic. What there are no figures for is left out.
func (b *builder) topic(t charts.Topic) (topicPage, error) {
	p := topicPage{Topic: t, Downloads: b.downloads}
	ids := t.Sources
	if len(ids) == 0 {
		ids = b.allSources()
	}
	var err error
	if p.Sources, err = b.sourceTable(ids); err != nil || !t.HasFigures() {
		return p, err
	}
	p.Silent = p.Sources.silent()
	p.Waiting = b.waiting(ids)
	p.Headlines = b.headlines(t.Shows)
	for _, f := range b.figures {
		if f.Topic == t.ID {
			p.Figures = append(p.Figures, f)
		}
	}
	p.Figures = led(p.Figures...)
	series := b.seriesOf(t)
	p.Series = b.defined(series)
	p.Sections = filled([]section{
		{"year-to-date", "Year to date", "", []dataTable{b.yearsToDate(series)}},
		{"latest", "Latest figures", "", []dataTable{b.latest(series)}},
		{"balances", "Balances", "", b.balances(t)},
		{"rates", "Rates", "", b.rates(t.Shows)},
		{"bridges", "Bridges", "The same fact as two statements have it. They stay apart, and nothing is scaled to fit.", b.bridges(t.Shows)},
		b.revisions(t),
	})
	return p, nil
}

// seriesOf returns the series of the site that a topic shows, source by source
// in the topic's order.
func (b *builder) seriesOf(t charts.Topic) []stat.Series {
	out := slices.DeleteFunc(slices.Clone(b.site.Series), func(s stat.Series) bool { return !t.Shows(s.ID) })
	slices.SortStableFunc(out, func(x, y stat.Series) int {
		return slices.Index(t.Sources, b.sourceOf(x.ID).ID) - slices.Index(t.Sources, b.sourceOf(y.ID).ID)
	})
	return out
}

// seriesColumns head a row by its series.
func (b *builder) seriesColumns(g grid) []column {
	id := func(i int) stat.SeriesID { return stat.SeriesID(g.text(i, "series")) }
	return []column{
		{"Series", "", func(i int) string { return b.title(id(i)) }},
		{"Unit", classText, func(i int) string { return b.unit(id(i)) }},
	}
}

// latestBases are the bases of which the newest figure is shown.
var latestBases = []string{"point", "month", "quarter", "year"}

// latest returns the newest figure of each series and basis.
func (b *builder) latest(ids []stat.Series) dataTable {
	g := b.tables["year-on-year"]
	t := g.table("latest figures", "The newest month, quarter and year of each series, or the newest date of a stock, beside the same a year before.",
		b.latestRows(ids), maxRows, append(b.seriesColumns(g),
			column{"Period", classText, g.periods},
			column{"Value", classMain, g.ranged("value", "lower", "upper")},
			column{"A year before", "", g.ranged("prior_value", "prior_lower", "prior_upper")},
			column{"Change", "", g.changes("change")},
			column{"Per cent", "", g.percents("change_percent")},
			column{"Status", classText, g.statuses},
			column{"Notes", classNote, g.words("note")})...)
	t.Named = true
	return t.linked(b.latestRows(ids), b.seriesOn(g))
}

// seriesOn returns where the name of the series in a row leads.
func (b *builder) seriesOn(g grid) func(i int) string {
	return func(i int) string { return b.seriesLink(stat.SeriesID(g.text(i, "series"))) }
}

func (b *builder) latestRows(ids []stat.Series) []int {
	var rows []int
	for _, s := range ids {
		for _, basis := range latestBases {
			if i, ok := b.newest(s.ID, basis); ok {
				rows = append(rows, i)
			}
		}
	}
	return rows
}

// newest returns the newest row of the table year-on-year with a value.
func (b *builder) newest(id stat.SeriesID, basis string) (row int, ok bool) {
	g := b.tables["year-on-year"]
	for _, i := range g.where("series", string(id)) {
		if g.text(i, "basis") != basis || g.cell(i, "value").IsNull() {
			continue
		}
		if !ok || g.date(i, "period_end") > g.date(row, "period_end") {
			row, ok = i, true
		}
	}
	return row, ok
}

// say writes a row of the table year-on-year as a sentence.
func (b *builder) say(i int) statement {
	g := b.tables["year-on-year"]
	id := stat.SeriesID(g.text(i, "series"))
	lacks, priorLacks := g.incomplete(i)
	text := fmt.Sprintf("%s, %s: %s %s", b.title(id), g.periods(i), atLeast(g.ranged("value", "lower", "upper")(i), lacks), b.unit(id))
	if !g.cell(i, "prior_value").IsNull() {
		text += fmt.Sprintf(", against %s a year before", atLeast(g.ranged("prior_value", "prior_lower", "prior_upper")(i), priorLacks))
		if pct := g.percents("change_percent")(i); !strings.HasPrefix(pct, "[") {
			text += " (" + pct + ")"
		}
	}
	if lacks || priorLacks {
		text += " (" + stat.IncompleteText + ")"
	}
	return statement{Text: text + ".", Cutoff: g.date(i, "period_end").Long(), Status: wording.StatusText(g.status(i)), Vintage: g.date(i, "vintage").Long(),
		Rows: b.rowLinks([]string{g.ref(i)})}
}

// incomplete reports whether the note on a row says that its value, and that of the year
// before, lack rows.
func (g grid) incomplete(i int) (value, prior bool) {
	for _, note := range strings.Split(g.text(i, "note"), "; ") {
		value, prior = value || note == "incomplete", prior || note == "prior value: incomplete"
	}
	return value, prior
}

// atLeast puts the words before a figure that lacks rows, unless it has them.
func atLeast(figure string, lacks bool) string {
	if lacks && !strings.HasPrefix(figure, "at least ") {
		return "at least " + figure
	}
	return figure
}
