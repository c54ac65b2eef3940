package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// figure is a chart as it stands on a page.
type figure struct {
	ID, Title, Note, Issue string
	Topic                  string   // id of the topic whose page shows it, or ""
	Front                  bool     // whether the front page shows it
	Own                    bool     // whether it is the chart of a series page alone
	Home                   pageLink // a page that shows it
	Lead                   bool     // whether it is the first on its page, and its picture wanted at once

	// Missing says in a sentence why the chart is left out. Of what is below,
	// nothing is then set.
	Missing string

	Shows   string // what it shows
	Sources []SourceInfo
	Cutoff  string
	Status  string
	Vintage string

	Option   json.RawMessage // for the chart library
	Dark     string          // colours in dark mode, separated by spaces
	Decimals int             // of the figures drawn
	Alt      string          // for those who do not see the chart

	Events []markedEvent // the events that the chart marks

	Table   dataTable  // exactly the figures drawn
	Extract *dataTable // what pages of several charts show of a Table too long for them

	csv      []byte     // the figures drawn, for machines
	Rows     string     // name of the published table that they are rows of
	Takeaway []takeaway // the files to take away
	undrawn  []string   // names of the pictures that could not be drawn
}

// figure draws a record.
func (b *builder) figure(r charts.Chart) (figure, error) {
	f := figure{ID: r.ID, Title: r.Title, Note: r.Note, Issue: r.Issue, Topic: r.Topic, Front: r.Front, Home: b.home(r), Own: r.Own}
	for _, id := range r.Series {
		if !b.knows(id) {
			f.Missing = fmt.Sprintf("This chart is left out: the data have no series %s.", id)
			return f, nil
		}
	}
	var d drawing
	switch r.Comparison {
	case charts.Cumulative:
		d = b.cumulative(r)
	case charts.Daily:
		d = b.daily(r)
	case charts.Weekly:
		d = b.weekly(r)
	case charts.Ratio:
		d = b.ratio(r)
	default:
		basis, ok := bases[r.Comparison]
		if !ok {
			return f, fmt.Errorf("chart %s: comparison %q is not known", r.ID, r.Comparison)
		}
		d = b.periods(r, basis)
	}
	if len(d.table.Rows) == 0 {
		f.Missing = fmt.Sprintf("This chart is left out: there are no figures for it yet (%s).", joinSeries(r.Series))
		return f, nil
	}
	if r.Events {
		f.Events = b.mark(&d)
	}
	var err error
	if f.Option, err = d.plot.Option(); err != nil {
		return f, fmt.Errorf("chart %s: %w", r.ID, err)
	}
	f.Dark, f.Decimals = strings.Join(d.plot.Dark(), " "), d.plot.Decimals
	f.Shows, f.Alt = d.shows, d.alt
	d.table.Title += ": " + f.Title // one page has several charts
	if d.extract != nil {
		d.extract.Title += ": " + f.Title
	}
	f.Table, f.Extract = d.table, d.extract
	f.Rows = rowsOf(r.Comparison)
	if f.csv, err = d.csv(); err != nil {
		return f, fmt.Errorf("chart %s: %w", r.ID, err)
	}
	f.Cutoff, f.Status = d.cutoff.Long(), d.statuses.words()
	f.Vintage = b.vintageOf(r.Series...).Long()
	f.Sources = b.sourcesOf(r.Series)
	return f, nil
}

// knows reports whether the site describes a series or has figures of it.
func (b *builder) knows(id stat.SeriesID) bool {
	_, described := b.series[id]
	return described || !b.vintages[id].IsZero() || len(b.tables["daily"].where("series", string(id))) > 0
}

// home returns the page of a chart's topic, or the front page.
func (b *builder) home(r charts.Chart) pageLink {
	for _, t := range b.site.Topics {
		if t.ID == r.Topic {
			return topicLink(t)
		}
	}
	return pageLink{frontName, "all figures"}
}

// sourcesOf returns the data sets of the series, each once.
func (b *builder) sourcesOf(ids []stat.SeriesID) []SourceInfo {
	var out []SourceInfo
	for _, id := range ids {
		s := b.sourceOf(id)
		if !slices.ContainsFunc(out, func(o SourceInfo) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	return out
}

func joinSeries(ids []stat.SeriesID) string {
	var texts []string
	for _, id := range ids {
		texts = append(texts, string(id))
	}
	return strings.Join(texts, ", ")
}

// drawing is what a comparison makes of the tables. One without rows has
// nothing to draw.
type drawing struct {
	plot     plot.Plot
	shows    string
	alt      string
	cutoff   stat.Date   // last day counted
	days     []stat.Date // first day of each category; nil where a category is a day of every year
	months   int         // length of a category; 0 for a day or a date
	weeks    bool        // whether the categories are weeks
	stock    bool        // whether the categories are dates of a stock
	statuses statusSet   // of the figures drawn
	table    dataTable
	extract  *dataTable
}

// statusSet is the statuses of a number of values, absences left out.
type statusSet map[stat.Status]bool

// add takes the status of one value.
func (s statusSet) add(x stat.Status) {
	if x.HasValue() && x != "" {
		s[x] = true
	}
}

// sorted returns the statuses in the order of their codes.
func (s statusSet) sorted() []stat.Status {
	var out []stat.Status
	for _, x := range []stat.Status{stat.Normal, stat.Provisional, stat.Estimated, stat.Break} {
		if s[x] {
			out = append(out, x)
		}
	}
	return out
}

// words says the statuses for a caption.
func (s statusSet) words() string {
	var out []string
	for _, x := range s.sorted() {
		out = append(out, wording.StatusText(x))
	}
	if len(out) == 0 {
		return stat.Missing.Label()
	}
	return strings.Join(out, "; ")
}

// sentence ends a table's caption: what holds of all its values, or that each
// is marked.
func (s statusSet) sentence() string {
	all := s.sorted()
	if len(all) == 1 && wording.Caveat(all[0]) != "" {
		return " All figures are " + all[0].Label() + " " + wording.Caveat(all[0]) + "."
	}
	return ""
}

// mark adds the shorthand of a value's status where not all values share it.
func (s statusSet) mark(text string, x stat.Status) string {
	if m := wording.Caveat(x); m != "" && len(s) > 1 {
		return text + " " + m
	}
	return text
}

// led returns figures for a page, the first of which leads it.
func led(figures ...figure) []figure {
	if len(figures) > 0 {
		figures[0].Lead = true
	}
	return figures
}
