// Package figure makes the figures of a site: charts with everything that a reader must know of them.
//
// Every number of a figure is a cell of a published table. A figure has an option for the chart
// library, a caption, a text for people who do not see it, and a table of exactly what is drawn.
// Draw makes its pictures and the CSV file of what is drawn.
package figure

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Figure is a chart as a page shows it.
type Figure struct {
	ID, Title, Note, Issue string
	Topic                  string       // id of the topic whose page shows it, or ""
	Front                  bool         // whether the front page shows it
	Chart                  charts.Chart // what it was made from
	Own                    bool         // whether only the page of its series shows it
	Files                  bool         // whether it has files to take away
	Home                   content.Link // a page that shows it
	Lead                   bool         // whether it is the first on its page, so that its picture is wanted at once

	// Missing says in a sentence why the chart is left out. Nothing below is then set.
	Missing string

	Shows   string // what it shows
	Says    string // its main figures, in a sentence or two
	Sources []content.SourceInfo
	Cutoff  string
	Status  string
	Vintage string
	Chip    string // that a source is late or has stopped, or ""
	Until   string // the same in a sentence, with the last day of the figures, for what leaves the page

	Option   json.RawMessage // for the chart library
	Dark     string          // colours in dark mode, separated by spaces
	Decimals int             // of the figures drawn
	Alt      string          // for people who do not see the chart

	Poster Poster  // what its pictures say above the chart
	Events []Event // the events that the chart marks

	Table   listing.Table  // exactly the figures drawn
	Extract *listing.Table // what pages of several charts show if Table is too long for them, else nil

	Rows     string     // name of the published table whose rows are drawn
	Takeaway []Takeaway // the files to take away
	csv      []byte     // the figures drawn, for machines
	undrawn  []string   // names of the pictures that could not be drawn
}

// Poster is what the pictures of a chart that leave the site say above it. An empty text is left out, or
// replaced by the neutral one.
type Poster struct {
	Heading       string // what the chart shows, by the rules for findings
	Number, About string // its figure, and what that counts until when
	Sentence      string // the figure in the fair form
}

// Takeaway is a file of a chart that a reader can take away.
type Takeaway struct{ Name, Label, Size string }

// drawing is what a comparison makes of the tables. A drawing without rows has nothing to draw.
type drawing struct {
	plot     plot.Plot
	cells    *plot.Heat // instead of plot, or nil
	shows    string
	alt      string
	says     string
	cutoff   stat.Date   // last day counted
	days     []stat.Date // first day of each category, or nil if a category is a day of every year
	months   int         // length of a category, or 0 for a day or a date
	weeks    bool        // whether the categories are weeks
	stock    bool        // whether the categories are dates of a stock
	parts    [][2]string // code and label of each category, or nil if the categories are times
	statuses statusSet   // of the figures drawn
	status   string      // said instead of the statuses, or ""
	table    listing.Table
	lines    [][]table.Cell // the figures drawn for machines, instead of those of plot, or nil
	extract  *listing.Table
}

// New makes the figure of a chart. It is an error if the chart's comparison is not known.
func New(index *content.Index, c charts.Chart) (Figure, error) {
	f := Figure{ID: c.ID, Title: c.Title, Note: c.Note, Issue: c.Issue, Topic: c.Topic, Front: c.Front, Home: home(index.Site.Topics, c), Own: c.Own, Chart: c, Files: c.Files || !c.Own}
	for _, id := range c.Series {
		if !index.Knows(id) {
			f.Missing = fmt.Sprintf("This chart is left out: the data have no series %s.", id)
			return f, nil
		}
	}
	d, err := compare(index, c)
	if err != nil {
		return f, err
	}
	if len(d.table.Rows) == 0 {
		f.Missing = fmt.Sprintf("This chart is left out: there are no figures for it yet (%s).", joinSeries(c.Series))
		return f, nil
	}
	if index.Stopped(c.Series...) {
		d.plot = d.plot.Past()
	}
	if c.Events {
		f.Events = d.mark(index.Site.Events)
	}
	d.plot.Unit = wording.UnitText(d.plot.Unit)
	drawn, dark := d.plot.Option, d.plot.Dark
	if d.cells != nil {
		drawn, dark = d.cells.Option, d.cells.Dark
	}
	if f.Option, err = drawn(); err != nil {
		return f, fmt.Errorf("chart %s: %w", c.ID, err)
	}
	f.Dark, f.Decimals = strings.Join(dark(), " "), d.plot.Decimals
	f.Shows, f.Says, f.Alt = d.shows, d.says, d.alt
	f.say(index, c, d.cutoff)
	d.table.Title += ": " + f.Title // one page has several charts
	if d.extract != nil {
		d.extract.Title += ": " + f.Title
	}
	f.Table, f.Extract = d.table, d.extract
	f.Rows = RowsOf(c.Comparison)
	if f.Files {
		if f.csv, err = d.csv(); err != nil {
			return f, fmt.Errorf("chart %s: %w", c.ID, err)
		}
	}
	f.Cutoff, f.Status = d.cutoff.Long(), cmp.Or(d.status, d.statuses.words())
	f.Vintage = index.Vintage(c.Series...).Long()
	return f, nil
}

// say names the sources, and says if one of them is late or has stopped: a page by the chip, everything
// that leaves the page by Until.
func (f *Figure) say(index *content.Index, c charts.Chart, cutoff stat.Date) {
	f.Sources = index.SourcesOf(c.Series)
	for _, s := range f.Sources {
		f.Chip = cmp.Or(f.Chip, calendar.Chip(index, s.ID))
	}
	state := index.Behind(c.Series...)
	if state == "" {
		return
	}
	f.Until = "Figures to " + cutoff.Long() + " only: their source is " + state + ". "
	f.Alt = f.Until + f.Alt
	if f.Chip == "" {
		f.Shows = f.Until + f.Shows
	}
}

// About says what the figure shows where no chip is next to it.
func (f Figure) About() string {
	if strings.HasPrefix(f.Shows, f.Until) {
		return f.Shows
	}
	return f.Until + f.Shows
}

// compare makes the drawing that the chart's comparison asks for.
func compare(index *content.Index, c charts.Chart) (drawing, error) {
	switch c.Comparison {
	case charts.Cumulative:
		return cumulative(index, c), nil
	case charts.Daily:
		return daily(index, c), nil
	case charts.Weekly:
		return weekly(index, c), nil
	case charts.Ratio:
		return ratio(index, c), nil
	case charts.Vintages:
		return fan(index, c), nil
	case charts.RevisionMap:
		return revisionMap(index, c), nil
	case charts.Ranking:
		return ranking(index, c), nil
	}
	b, ok := bases[c.Comparison]
	if !ok {
		return drawing{}, fmt.Errorf("chart %s: comparison %q is not known", c.ID, c.Comparison)
	}
	return periods(index, c, b), nil
}

// RowsOf returns the name of the published table that a comparison draws.
func RowsOf(c charts.Comparison) string {
	switch c {
	case charts.Cumulative, charts.Daily:
		return "daily"
	case charts.Ratio:
		return "rates"
	case charts.Weekly:
		return "observations"
	case charts.Vintages, charts.RevisionMap:
		return "revision-triangle"
	case charts.Ranking:
		return "breakdowns"
	}
	return "year-on-year"
}

// home returns the page of a chart's topic, or the front page.
func home(topics []charts.Topic, c charts.Chart) content.Link {
	i := slices.IndexFunc(topics, func(t charts.Topic) bool { return t.ID == c.Topic })
	if i < 0 {
		return content.Link{Name: content.FrontPage, Title: "all figures"}
	}
	return content.TopicLink(topics[i])
}

func joinSeries(ids []stat.SeriesID) string {
	var texts []string
	for _, id := range ids {
		texts = append(texts, string(id))
	}
	return strings.Join(texts, ", ")
}
