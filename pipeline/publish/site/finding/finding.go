// Package finding says in plain English what a chart shows, by rules from comparisons, ranks and
// records. Every number in a finding is a cell of a published table, and every finding has its date.
// Where no rule is fair there is no finding, and the chart keeps its neutral title.
package finding

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table/row"
)

// Finding is what a chart shows, in a sentence without its full stop.
type Finding struct {
	Text string   // "" if no rule is fair
	Rows []string // names of the rows of published tables that it rests on
}

// Of returns the finding of a chart. It has no text if no rule fits the chart or its figures.
func Of(index *content.Index, c charts.Chart) Finding {
	if len(c.Series) == 0 {
		return Finding{}
	}
	s := sayer{index, Noun(c.Title), index.Behind(c.Series...) != ""}
	switch c.Comparison {
	case charts.Cumulative:
		return s.yearToDate(c.Series[0], byDate)
	case charts.Weekly:
		return s.yearToDate(c.Series[0], byWeek)
	case charts.Daily:
		return s.busiestDay(c.Series[0])
	case charts.Ratio:
		return s.rate(c.Rate)
	case charts.Ranking:
		return s.largest(c.Series[0], c.Dimension)
	}
	if code, ok := c.Comparison.Basis(); ok {
		return s.onYear(c.Series[0], code)
	}
	return Finding{}
}

// sayer writes the findings of one chart.
type sayer struct {
	index  *content.Index
	noun   string // what is counted: "people arriving in small boats"
	behind bool   // whether a source is late or stopped, so that the date comes first
}

// found returns a finding. If a source is late or stopped, it begins with when: a figure of the past is
// never news.
func (s sayer) found(what, when, rest string, rows ...row.Row) Finding {
	f := Finding{}
	for _, r := range rows {
		f.Rows = append(f.Rows, row.Ref(r))
	}
	comma := ""
	if _, end, _ := strings.Cut(s.noun, " "); strings.Contains(s.noun, ", ") && strings.HasSuffix(what, end) { // what is counted ends here
		comma = ","
	}
	switch {
	case s.behind && strings.HasPrefix(rest, ","):
		f.Text = wording.Capital(when) + ", " + what + rest
	case s.behind:
		f.Text = wording.Capital(when) + ", " + what + comma + rest
	default:
		f.Text = wording.Capital(what) + comma + " " + when + rest
	}
	return f
}

// endings begin what a title says of a chart after the thing that is counted.
var endings = []string{", by ", ", weekly", ", official "}

// Noun returns what a title says is counted, as words within a sentence: "people arriving in small
// boats" for "People arriving in small boats, by month".
func Noun(title string) string {
	for _, e := range endings {
		title, _, _ = strings.Cut(title, e)
	}
	title = strings.Replace(title, ", at least", "", 1) // the setting that follows it is a part of what is counted
	first, size := utf8.DecodeRuneInString(title)
	if next, _ := utf8.DecodeRuneInString(title[size:]); unicode.IsUpper(next) {
		return title // an abbreviation
	}
	return string(unicode.ToLower(first)) + title[size:]
}
