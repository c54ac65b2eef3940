package render

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/stat"
)

// figure is a chart as it stands on a page.
type figure struct {
	ID, Title, Note, Issue string

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

	Table   dataTable  // exactly the figures drawn
	Extract *dataTable // what the front page shows of a Table too long for it
}

// dataTable is a table of figures for people: no cell is empty.
type dataTable struct {
	Title   string // short, for the region that it scrolls in
	Caption string
	Head    []string
	Rows    []dataRow
}

// dataRow is one row; Name is its header cell.
type dataRow struct {
	Name  string
	Cells []string
}

// Explained returns the shorthand that the table uses, with its meaning.
func (t dataTable) Explained() []string {
	var texts []string
	for _, row := range t.Rows {
		texts = append(texts, row.Cells...)
	}
	return explained(append(texts, t.Caption)...)
}

// explained returns the shorthand that occurs in texts, with its meaning.
func explained(texts ...string) []string {
	var out []string
	for _, s := range shorthand {
		if slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, s.Mark) }) {
			out = append(out, s.Mark+" "+s.Meaning)
		}
	}
	return out
}

// figure draws a record.
func (b *builder) figure(r charts.Record) (figure, error) {
	f := figure{ID: r.ID, Title: r.Title, Note: r.Note, Issue: r.Issue}
	for _, id := range r.Series {
		if _, ok := b.series[id]; !ok && len(b.tables["daily"].where("series", string(id))) == 0 {
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
	case charts.MonthOnYear:
		d = b.monthly(r)
	case charts.Ratio:
		d = b.ratio(r)
	default:
		return f, fmt.Errorf("chart %s: comparison %q is not known", r.ID, r.Comparison)
	}
	if len(d.table.Rows) == 0 {
		f.Missing = fmt.Sprintf("This chart is left out: there are no figures for it yet (%s).", joinSeries(r.Series))
		return f, nil
	}
	var err error
	if f.Option, err = d.plot.option(); err != nil {
		return f, fmt.Errorf("chart %s: %w", r.ID, err)
	}
	f.Dark, f.Decimals = strings.Join(d.plot.dark(), " "), d.plot.decimals
	f.Shows, f.Alt = d.shows, d.alt
	f.Table, f.Extract = d.table, d.extract
	f.Cutoff, f.Status = d.cutoff.Long(), d.statuses.words()
	f.Vintage = b.vintageOf(r.Series...).Long()
	f.Sources = b.sourcesOf(r.Series)
	return f, nil
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
	plot     plot
	shows    string
	alt      string
	cutoff   stat.Date // last day counted
	statuses statusSet // of the figures drawn
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
		out = append(out, statusText(x))
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
	if len(all) == 1 && caveat(all[0]) != "" {
		return " All figures are " + all[0].Label() + " " + caveat(all[0]) + "."
	}
	return ""
}

// mark adds the shorthand of a value's status where not all values share it.
func (s statusSet) mark(text string, x stat.Status) string {
	if m := caveat(x); m != "" && len(s) > 1 {
		return text + " " + m
	}
	return text
}
