// Package find makes the list that the search of a site reads: its questions, topics, charts, series,
// tables, sentences and newest revisions, each with a page, and the words that mean the same.
package find

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table/row"
)

// IndexFile is the list.
const IndexFile = "assets/search.json"

// entry is one thing that can be found.
type entry struct {
	Kind  string `json:"k"`
	Title string `json:"t"`
	Page  string `json:"p"` // relative to the site's folder
	Words string `json:"w,omitempty"`
	// Language is the code of the language of a page that is not in English.
	Language string `json:"l,omitempty"`
}

// Local is a page in another language than English.
type Local struct{ Language, Title, Page, Words string }

// index is the content of the list.
type index struct {
	Same    [][]string        `json:"same"`    // words that mean the same
	Phrases map[string]string `json:"phrases"` // several words that mean one
	Entries []entry           `json:"entries"`
	Years   *byYears          `json:"years,omitempty"`
}

// byYears is the chart that has a line for each year. A query of years leads to it.
type byYears struct {
	Title string   `json:"t"`
	Page  string   `json:"p"`
	Years []string `json:"y"`
}

// maxRevisions bounds the revisions of the list, which are the newest.
const maxRevisions = listing.MaxRows

// Index returns the list, with the pages in other languages. exists reports whether the site has a page:
// what leads nowhere is left out.
func Index(x *content.Index, local []Local, exists func(page string) bool) ([]byte, error) {
	out := index{Same: same, Phrases: phrases}
	add := func(kind, title, page, words string) {
		if file, _, _ := strings.Cut(page, "#"); title != "" && exists(strings.SplitN(file, "?", 2)[0]) {
			out.Entries = append(out.Entries, entry{Kind: kind, Title: title, Page: page, Words: words})
		}
	}
	for _, q := range questions {
		add("question", q.title, q.page, q.words)
	}
	for _, t := range x.Site.Topics {
		add("topic", t.Title, content.TopicLink(t).Name, t.Intro)
	}
	for _, c := range x.Site.Charts {
		add("chart", c.Title, content.ChartPage(c.ID), strings.ReplaceAll(c.ID, "-", " "))
	}
	for _, s := range x.Site.Series {
		add("series", s.Title, x.SeriesPage(s.ID), wording.Spaced(s.Measure)+" "+x.SourceOf(s.ID).Publisher)
	}
	for _, t := range x.Site.Tables {
		add("table", t.Schema.Title, content.DataPage+"#"+t.Schema.Name, wording.Spaced(t.Schema.Name))
	}
	for _, h := range x.Headlines {
		add("sentence", h.Text, x.SeriesPage(h.Series), "")
	}
	for _, p := range local {
		out.Entries = append(out.Entries, entry{"topic", p.Title, p.Page, p.Words, p.Language})
	}
	for _, r := range newest(x) {
		add("revision", fmt.Sprintf("%s, %s: %s before, %s after", x.Title(r.Series), wording.PeriodText(r.PeriodStart, r.PeriodEnd), wording.Count(r.OldValue), changes.After(r)),
			content.CorrectionsPage+"#"+row.Ref(*r), "revision")
	}
	out.Years = years(x, exists)
	text, err := json.Marshal(out)
	return append(text, '\n'), err
}

// newest returns the newest revisions, as the page about revisions shows them.
func newest(x *content.Index) []*row.Revision {
	all := changes.Of(x, x.Described)
	return all[:min(len(all), maxRevisions)]
}

// years returns the first chart by years and the years that it has, or nil if there is none.
func years(x *content.Index, exists func(page string) bool) *byYears {
	for _, c := range x.Site.Charts {
		if c.Comparison != charts.Cumulative || !exists(content.ChartPage(c.ID)) {
			continue
		}
		out := &byYears{Title: strings.TrimSuffix(c.Title, ", by year"), Page: content.ChartPage(c.ID)}
		for _, r := range x.YearToDate.Of(c.Series[0]) {
			out.Years = append(out.Years, strconv.Itoa(r.Year))
		}
		return out
	}
	return nil
}
