// Package headline writes the sentences that are published, in the one form that is
// fair: so far this year, by the same date of last year, and the whole of last year,
// always together, with the rows that give the figures. "So far" is said only of a year that is
// not over, and a late source says first until when its figures reach.
//
// The package computes nothing. It puts comparisons into words; the words are in
// sentences.txt.
package headline

import (
	_ "embed" // sentences.txt
	"fmt"
	"slices"
	"strings"
	"text/template"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// Headline is a sentence and the rows that it is made from.
type Headline struct {
	ID      string // permanent, such as "ukho-small-boats-arrivals-d-year-to-date"
	Text    string
	Series  stat.SeriesID
	Cutoff  stat.Date
	Rows    []string // rows of published tables, as table/key/key
	Status  stat.Status
	Vintage stat.Date
}

//go:embed sentences.txt
var sentences string

// templates holds the sentences by name.
var templates = func() *template.Template {
	all := template.New("")
	for line := range strings.Lines(sentences) {
		if name, text, _ := strings.Cut(strings.TrimSpace(line), ": "); !strings.HasPrefix(name, "#") {
			template.Must(all.New(name).Option("missingkey=error").Parse(text))
		}
	}
	return all
}()

// fields holds the words and figures of a sentence by name. The sentence leaves out the part
// of an empty field.
type fields map[string]any

// render returns the sentence called name. It panics if a field is missing, because the
// sentences are part of the program.
func render(name string, f fields) string {
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, name, f); err != nil {
		panic(err)
	}
	text := b.String()
	return strings.ToUpper(text[:1]) + text[1:]
}

// Known is what is known when a sentence is written. The zero value is a year that is not over, and a
// source that is on time.
type Known struct {
	On   stat.Date // a year is over if it ended before this day
	Late bool      // no newer figures came when they should, or none are expected
}

// over reports whether a year is over, so that nobody says "so far" of it.
func (k Known) over(year int) bool { return k.On.Year() > year }

// reach returns the day until when the figures of a late source reach, or "". The sentence then says
// it first.
func (k Known) reach(end stat.Date) string {
	if k.Late {
		return end.Long()
	}
	return ""
}

// YearToDate returns the sentence on a series' year to date. ok is false if the series has no
// words or the year has no value.
func YearToDate(s *stat.Series, y compare.YTD, k Known) (h Headline, ok bool) {
	if !y.Value.IsKnown() || s.Many == "" {
		return Headline{}, false
	}
	whole := stat.Year(y.Year).End
	f := fields{"Count": counted(s, y.Value, y.Lower, y.Upper, y.Incomplete()), "Year": y.Year, "YearBefore": y.Year - 1, "End": y.End.Long(), "Late": k.reach(y.End),
		"SoFar": !k.over(y.Year) && y.End < whole, "Prior": bounded(y.Prior, y.Upper, y.PriorWindow.Incomplete()), "Whole": bounded(y.PriorYear, y.Upper, y.PriorYearIncomplete),
		"Change": change(y.Change, y.ChangePercent), "Young": young(y.Young), "Lacking": lacking(y.Incomplete() || y.PriorWindow.Incomplete() || y.PriorYearIncomplete)}
	name := "year-to-date"
	switch {
	case s.Frequency() == stat.Weekly:
		name, f["Weeks"] = "weeks-to-date", y.Days/7
	case y.Window.Complete && y.End == whole:
		name = "whole-year"
	}
	text := render(name, f)
	return Headline{ID: id(s, "year-to-date"), Text: text, Series: s.ID, Cutoff: y.Cutoff,
		Rows: withMaturity(s.ID, y.Young, row(s, y)), Status: y.Status, Vintage: y.Vintage}, true
}

func row(s *stat.Series, y compare.YTD) string {
	return fmt.Sprintf("year-to-date/%s/%d", s.ID, y.Year)
}

// minRankedYears is the smallest number of years for which a rank is worth a sentence.
const minRankedYears = 3

// Rank returns the sentence that ranks the newest year to date among all years, by the same
// date. Equal counts share a place. ok is false if the series has no words or too few years
// are known.
func Rank(s *stat.Series, years []compare.YTD, k Known) (h Headline, ok bool) {
	if len(years) == 0 || s.Many == "" {
		return Headline{}, false
	}
	newest := years[len(years)-1]
	value, known := newest.Value.Get()
	if !known {
		return Headline{}, false
	}
	place, among, first, lacks := 1, 0, 0, false
	var most *compare.YTD
	for i, y := range years {
		n, known := y.Value.Get()
		if !known {
			continue
		}
		if among++; first == 0 {
			first = y.Year
		}
		lacks = lacks || y.Incomplete()
		if n > value {
			place++
			if m, _ := highest(most).Get(); n >= m {
				most = &years[i]
			}
		}
	}
	if among < minRankedYears {
		return Headline{}, false
	}
	f := fields{"Count": counted(s, newest.Value, newest.Lower, newest.Upper, newest.Incomplete()), "SoFar": !k.over(newest.Year) && newest.End < stat.Year(newest.Year).End,
		"End": newest.End.Time().Format("2 January"), "Year": newest.Year, "Place": ordinal(place), "Years": among, "First": first, "Most": "", "MostYear": "", "Late": k.reach(newest.End), "Lacking": lacking(lacks)}
	rows := []string{row(s, newest)}
	if most != nil {
		f["Most"], f["MostYear"] = bounded(most.Value, most.Upper, most.Incomplete()), most.Year
		rows = append(rows, row(s, *most))
	}
	return Headline{ID: id(s, "rank"), Text: render("rank", f), Series: s.ID, Cutoff: newest.Cutoff, Rows: rows,
		Status: newest.Status, Vintage: newest.Vintage}, true
}

func highest(y *compare.YTD) stat.Count {
	if y == nil {
		return stat.Count{}
	}
	return y.Value
}

// ordinals holds the words for places. There is none for the first, because "the highest"
// needs none.
var ordinals = []string{"", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}

func ordinal(n int) string {
	if n < len(ordinals) {
		return ordinals[n]
	}
	end := "th"
	if tens := n / 10 % 10; tens != 1 && n%10 >= 1 && n%10 <= 3 {
		end = []string{"st", "nd", "rd"}[n%10-1]
	}
	return fmt.Sprint(n) + end
}

// Rolling returns the sentence on the twelve months to the cut-off. ok is false if the series
// has no words or the span has no value.
func Rolling(s *stat.Series, c compare.Comparison) (h Headline, ok bool) {
	if !c.Value.IsKnown() || s.Many == "" || c.Basis != compare.BasisRolling {
		return Headline{}, false
	}
	text := render(c.Basis, compared(s, c))
	return Headline{ID: id(s, c.Basis), Text: text, Series: s.ID, Cutoff: c.Period.End,
		Rows: withMaturity(s.ID, c.Young, fmt.Sprintf("year-on-year/%s/%s/%s", s.ID, c.Basis, c.Period.Start)), Status: c.Status, Vintage: c.Vintage}, true
}

// Policy holds the words for a rule.
type Policy struct {
	ID    string // ends the identifier of the headline, such as "uk-france-exchange"
	Name  string // such as "the UK-France agreement"
	Since stat.Date
}

// sinceBases are the comparisons that have a sentence on a rule.
var sinceBases = []string{compare.BasisPolicyPeriod, compare.BasisFirstTwelve, compare.BasisNewestTwelve}

// Since returns the sentence on a series since a rule began. ok is false if the series has no
// words or the span has no value.
func Since(s *stat.Series, policy Policy, c compare.Comparison, k Known) (h Headline, ok bool) {
	if !c.Value.IsKnown() || s.Many == "" || !slices.Contains(sinceBases, c.Basis) {
		return Headline{}, false
	}
	f := compared(s, c)
	f["Policy"], f["Since"], f["Start"], f["From"], f["PriorEnd"] = policy.Name, policy.Since.Long(), c.Period.Start.Long(), "", c.PriorPeriod.End.Long()
	f["Late"] = k.reach(c.Period.End)
	if c.Period.Start > policy.Since {
		f["From"] = c.Period.Start.Long()
	}
	return Headline{ID: id(s, c.Basis) + "-" + policy.ID, Text: render(c.Basis, f), Series: s.ID, Cutoff: c.Period.End,
		Rows: withMaturity(s.ID, c.Young, fmt.Sprintf("policy-periods/%s/%s/%s", policy.ID, s.ID, c.Basis)), Status: c.Status, Vintage: c.Vintage}, true
}

// compared returns the fields for a comparison.
func compared(s *stat.Series, c compare.Comparison) fields {
	return fields{"Count": counted(s, c.Value, c.Lower, c.Upper, c.Incomplete), "End": c.Period.End.Long(),
		"Prior": bounded(c.Prior, c.Upper, c.PriorIncomplete), "Change": change(c.Change, c.ChangePercent), "Young": young(c.Young), "Lacking": lacking(c.Incomplete || c.PriorIncomplete)}
}

// Agreement holds the words for an agreement with two sides.
type Agreement struct {
	ID      string // begins the identifier of the headline, such as "uk-france-exchange"
	Name    string // such as "the UK-France agreement"
	Since   stat.Date
	Series  stat.SeriesID // counts what goes out
	Out, In [2]string     // singular and plural, such as "return to France", "returns to France"
	Base    string        // plural, such as "people who arrived in small boats"
}

// Balance returns the sentence on both sides of an agreement since it began. ok is false if
// either is not known, because one side tells only half the story.
func Balance(a Agreement, b compare.Balance, k Known) (h Headline, ok bool) {
	out, knownOut := b.Out.Get()
	in, knownIn := b.In.Get()
	if !knownOut || !knownIn || b.Basis != compare.BasisCumulative {
		return Headline{}, false
	}
	f := fields{"Policy": a.Name, "Since": a.Since.Long(), "End": b.Period.End.Long(), "Out": Number(out) + " " + plural(a.Out, out),
		"In": Number(in) + " " + plural(a.In, in), "Difference": "as many out as in", "Base": "", "Late": k.reach(b.Period.End), "Lacking": lacking(b.Incomplete)}
	switch {
	case out > in:
		f["Difference"] = Number(out-in) + " more out than in"
	case in > out:
		f["Difference"] = Number(in-out) + " more in than out"
	}
	if base, known := b.Base.Get(); known {
		f["Base"] = Number(base) + " " + a.Base
	}
	return Headline{ID: a.ID + "-balance", Text: render("balance", f), Series: a.Series, Cutoff: b.Period.End,
		Rows: []string{fmt.Sprintf("balances/%s/%s/%s", a.ID, b.Basis, b.Period.End)}, Status: b.Status, Vintage: b.Vintage}, true
}

func plural(words [2]string, n int64) string {
	if n == 1 {
		return words[0]
	}
	return words[1]
}

// lacking returns the end of a sentence: a note if a sum in it lacks rows, else "".
func lacking(some bool) string {
	if some {
		return " (" + stat.IncompleteText + ")"
	}
	return ""
}

// young says that a figure may still move, and compares it with the earlier one at the same age.
func young(y *compare.Young) string { return youngAgainst(y, "the one before") }

// youngAgainst does the same in a sentence where the earlier one needs a name.
func youngAgainst(y *compare.Young, earlier string) string {
	if y == nil {
		return ""
	}
	text := fmt.Sprintf("; the newest figures are immature: earlier ones changed in up to %d later releases", y.Releases)
	if y.Releases == 1 {
		text = "; the newest figures are immature: earlier ones changed in the next release"
	}
	if n, known := y.SameAge.Get(); known {
		text += ", and at the same age " + earlier + " was " + Number(n) + change(y.Change, y.ChangePercent)
	}
	return text
}

// withMaturity adds to the rows of a sentence on immature figures the one that says after how many releases they stop
// moving.
func withMaturity(id stat.SeriesID, y *compare.Young, rows ...string) []string {
	if y == nil {
		return rows
	}
	return append(rows, fmt.Sprintf("revision-summary/%s", id))
}

// bounded writes a count, or "" if it is missing. If the count has ranges, it says "at least",
// because only known deaths are counted. It says so too if the count lacks rows.
func bounded(c, upper stat.Count, lacks bool) string {
	n, known := c.Get()
	switch {
	case !known:
		return ""
	case upper.IsKnown() || lacks:
		return "at least " + Number(n)
	}
	return Number(n)
}

// counted writes a count with the words of its series, and its range if it has one.
func counted(s *stat.Series, c, lower, upper stat.Count, lacks bool) string {
	n, _ := c.Get()
	text := bounded(c, upper, lacks) + " " + plural([2]string{s.One, s.Many}, n)
	lo, known := lower.Get()
	if hi, ok := upper.Get(); ok && known && lo != hi {
		text += fmt.Sprintf(" (%s to %s)", Number(lo), Number(hi))
	}
	return text
}

// change writes a change in brackets: the percentage if it is known, else the number. On a
// small base the percentage would mean nothing.
func change(c stat.Count, p compare.Percent) string {
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
