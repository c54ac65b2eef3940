// Package headline writes the sentences that leave the system, in the one form
// that is fair: so far this year, by the same date of last year, and the whole
// of last year, always together, with the rows that give the figures.
//
// The package computes nothing: it puts comparisons into words.
package headline

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"crossings/pipeline/aggregate"
	"crossings/pipeline/stat"
)

// Headline is a sentence and what it rests on.
type Headline struct {
	ID      string // permanent: "ukho-small-boats-arrivals-d-year-to-date"
	Text    string
	Series  stat.SeriesID
	Cutoff  stat.Date
	Rows    []string // rows of published tables: table/key/key
	Status  stat.Status
	Vintage stat.Date
}

// YearToDate returns the sentence of a series' year to date; ok is false where
// the series has no words or the year no value. Where last year is not known,
// nothing is compared: a part year never stands beside a whole year alone.
func YearToDate(s *stat.Series, y aggregate.YTD) (h Headline, ok bool) {
	n, known := y.Value.Get()
	if !known || s.Many == "" {
		return h, false
	}
	text := fmt.Sprintf("%s %s so far in %d, to %s", Number(n), words(s, n), y.Year, y.End.Long())
	if prior, known := y.Prior.Get(); known {
		text += fmt.Sprintf(", against %s by the same date of %d%s", Number(prior), y.Year-1, change(y.Change, y.ChangePercent))
		if whole, known := y.PriorYear.Get(); known {
			text += fmt.Sprintf(" and %s in the whole of %d", Number(whole), y.Year-1)
		}
	}
	return Headline{ID: id(s, "year-to-date"), Text: text + ".", Series: s.ID, Cutoff: y.Cutoff,
		Rows: []string{fmt.Sprintf("year-to-date/%s/%d", s.ID, y.Year)}, Status: y.Status, Vintage: y.Vintage}, true
}

// Rolling returns the sentence of the twelve months to the cut-off; ok is false
// where the series has no words or the span no value.
func Rolling(s *stat.Series, c aggregate.Comparison) (h Headline, ok bool) {
	n, known := c.Value.Get()
	if !known || s.Many == "" || c.Basis != aggregate.BasisRolling {
		return h, false
	}
	text := fmt.Sprintf("In the twelve months to %s, %s %s", c.Period.End.Long(), Number(n), words(s, n))
	if prior, known := c.Prior.Get(); known {
		text += fmt.Sprintf(", against %s in the twelve months before%s", Number(prior), change(c.Change, c.ChangePercent))
	}
	return Headline{ID: id(s, c.Basis), Text: text + ".", Series: s.ID, Cutoff: c.Period.End,
		Rows: []string{fmt.Sprintf("year-on-year/%s/%s/%s", s.ID, c.Basis, c.Period.Start)}, Status: c.Status, Vintage: c.Vintage}, true
}

// words continues a count of the series in a sentence.
func words(s *stat.Series, n int64) string {
	if n == 1 {
		return s.One
	}
	return s.Many
}

// change puts a change in brackets: the per cent where there is one, else the
// number, for a small base gives a per cent that says nothing.
func change(c stat.Count, p aggregate.Percent) string {
	n, known := c.Get()
	switch {
	case !known:
		return ""
	case n == 0:
		return " (no change)"
	case p.IsKnown():
		return " (" + p.Signed() + ")"
	case n < 0:
		return " (" + Number(-n) + " fewer)"
	}
	return " (" + Number(n) + " more)"
}

func id(s *stat.Series, kind string) string {
	plain := strings.NewReplacer(":", "-", "=", "-", "_", "-", "~", "-").Replace(strings.ToLower(string(s.ID)))
	return plain + "-" + kind
}

var printer = message.NewPrinter(language.BritishEnglish)

// Number writes a count for readers, with commas between thousands.
func Number(n int64) string { return printer.Sprintf("%d", n) }
