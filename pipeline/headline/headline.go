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
	least := atLeast(y.Upper)
	text := fmt.Sprintf("%s%s so far in %d, to %s", least, counted(s, n, y.Lower, y.Upper), y.Year, y.End.Long())
	if prior, known := y.Prior.Get(); known {
		text += fmt.Sprintf(", against %s%s by the same date of %d%s", least, Number(prior), y.Year-1, change(y.Change, y.ChangePercent))
		if whole, known := y.PriorYear.Get(); known {
			text += fmt.Sprintf(" and %s%s in the whole of %d", least, Number(whole), y.Year-1)
		}
	}
	text = sentence(text)
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
	least := atLeast(c.Upper)
	text := fmt.Sprintf("In the twelve months to %s, %s%s", c.Period.End.Long(), least, counted(s, n, c.Lower, c.Upper))
	if prior, known := c.Prior.Get(); known {
		text += fmt.Sprintf(", against %s%s in the twelve months before%s", least, Number(prior), change(c.Change, c.ChangePercent))
	}
	return Headline{ID: id(s, c.Basis), Text: text + ".", Series: s.ID, Cutoff: c.Period.End,
		Rows: []string{fmt.Sprintf("year-on-year/%s/%s/%s", s.ID, c.Basis, c.Period.Start)}, Status: c.Status, Vintage: c.Vintage}, true
}

// Agreement is an agreement with two sides as a sentence names it.
type Agreement struct {
	ID      string // of the headline, before its kind: "uk-france-exchange"
	Name    string // "the UK-France agreement"
	Since   stat.Date
	Series  stat.SeriesID // of what goes out
	Out, In [2]string     // one and many: "return to France", "returns to France"
	Base    string        // many: "people who arrived in small boats"
}

// Balance returns the sentence of both sides of an agreement since it began; ok
// is false where either is not known, for one without the other is half of it.
func Balance(a Agreement, b aggregate.Balance) (h Headline, ok bool) {
	out, knownOut := b.Out.Get()
	in, knownIn := b.In.Get()
	if !knownOut || !knownIn || b.Basis != aggregate.BasisCumulative {
		return h, false
	}
	text := fmt.Sprintf("Since %s began on %s, to %s: %s %s and %s %s", a.Name, a.Since.Long(), b.Period.End.Long(),
		Number(out), plural(a.Out, out), Number(in), plural(a.In, in))
	switch {
	case out > in:
		text += fmt.Sprintf(", %s more out than in", Number(out-in))
	case in > out:
		text += fmt.Sprintf(", %s more in than out", Number(in-out))
	default:
		text += ", as many out as in"
	}
	if base, known := b.Base.Get(); known && b.OutPercent.IsKnown() {
		text += fmt.Sprintf("; %s %s over the same days", Number(base), a.Base)
	}
	return Headline{ID: a.ID + "-balance", Text: text + ".", Series: a.Series, Cutoff: b.Period.End,
		Rows: []string{fmt.Sprintf("balances/%s/%s/%s", a.ID, b.Basis, b.Period.End)}, Status: b.Status, Vintage: b.Vintage}, true
}

func plural(words [2]string, n int64) string {
	if n == 1 {
		return words[0]
	}
	return words[1]
}

// atLeast returns what stands before a figure whose parts are ranges: deaths are
// those that are known of.
func atLeast(upper stat.Count) string {
	if upper.IsKnown() {
		return "at least "
	}
	return ""
}

// counted writes a count with the words of its series, and the range that it is
// of where there is one.
func counted(s *stat.Series, n int64, lower, upper stat.Count) string {
	text := Number(n) + " " + words(s, n)
	lo, known := lower.Get()
	if hi, ok := upper.Get(); ok && known && lo != hi {
		text += fmt.Sprintf(" (%s to %s)", Number(lo), Number(hi))
	}
	return text
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

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
