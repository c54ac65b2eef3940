package words

import (
	"cmp"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/stat"
)

// The bases of a window, in addition to those of package compare.
const (
	BasisYearToDate = "year-to-date"
	BasisHalf       = "half-year"
	BasisWeek       = "week"
	BasisDay        = "day"
	BasisSevenDays  = "seven-days"
	BasisSince      = "since"
	BasisBetween    = "between" // from one named day to another
	BasisWeeks      = "weeks"   // the weeks that end between two named days
)

// Lookback is the number of days before the claim in which a window to date may end. A claim
// rests on figures published by then, which end some days earlier. PointLookback is the same for
// what is published by the quarter.
const (
	Lookback      stat.Date = 45
	PointLookback stat.Date = 200
)

// Window is a window of a series, to be compared with the words about time.
type Window struct {
	Basis      string
	Start, End stat.Date
	// AskedStart and AskedEnd are the edges before the window was cut back to whole periods.
	AskedStart, AskedEnd stat.Date
	Slack                stat.Date // how long before the day of the sentence it may end
	Newest               bool      // it ends where the series ends
}

// Span is a window that the words of a sentence name.
type Span struct {
	Start, End stat.Date
	Open       bool   // it ends some days before End
	Basis      string // the kind of window, if the words fix one
}

// Whole returns the windows of the number that another one is a part of: "one in five of the 11,638 arrivals this year". It is
// empty if their words name none.
func (r *Reading) Whole(i int) []Span {
	if !r.isPart(i) {
		return nil
	}
	var out []Span
	for _, s := range r.numbers[i+1].when.spans {
		if !s.around && !s.inside && !s.ending {
			out = append(out, Span{Start: s.start, End: s.end, Open: s.open})
		}
	}
	return out
}

// Spans returns the windows that the words name by their first and last day.
func (r *Reading) Spans() []Span {
	var out []Span
	for _, x := range r.numbers {
		for _, s := range x.when.spans {
			if s.around {
				continue
			}
			y := Span{Start: s.start, End: s.end, Open: s.open}
			if s.inside || s.ending {
				y.Start = 0
			}
			if len(s.bases) == 1 {
				y.Basis = s.bases[0]
			}
			out = append(out, y)
		}
	}
	return out
}

// NamesDay reports whether the words name the day itself on which the sentence was said.
func (r *Reading) NamesDay() bool {
	return slices.ContainsFunc(r.numbers, func(x reading) bool {
		return slices.ContainsFunc(x.when.spans, func(s span) bool { return s.end == r.On && !s.open && !s.inside && !s.around })
	})
}

// Allows reports which of the facts measure, place and people a series has for a number.
func (r *Reading) Allows(i int, id stat.SeriesID) (measure, place, who bool) {
	return r.numbers[i].series.allows(id)
}

// TimeHolds reports whether the words allow a window for a number.
func (r *Reading) TimeHolds(i int, w Window) bool { return r.numbers[i].when.holds(w) }

// NamesBase reports whether the words about the time of a number name what it is compared with, and not its own window.
func (r *Reading) NamesBase(i int) bool { return r.numbers[i].when.base }

// Names reports whether the words name what a number counts, and its window.
func (r *Reading) Names(i int) (measure, time bool) {
	return r.numbers[i].series.named, r.numbers[i].when.named()
}

// Elsewhere reports whether a number counts what no series does, such as hotels.
func (r *Reading) Elsewhere(i int) bool { return r.numbers[i].series.subject == &unknownSubject }

// ChangeOf returns the count that a change is one of: the one just before it in its sentence, of the same subject and the
// same words about time. It returns -1 if there is none.
func (r *Reading) ChangeOf(i int) int {
	k := i - 1
	if k < 0 || r.Numbers[i].Kind != numbers.Change || r.Numbers[k].Kind != numbers.Count || r.Numbers[k].compared || r.sentenceText(&r.Numbers[k]) != r.sentenceText(&r.Numbers[i]) {
		return -1
	}
	x, y := r.numbers[k], r.numbers[i]
	if x.series.subject != y.series.subject || x.when.words != y.when.words || !x.when.named() {
		return -1
	}
	return k
}

// ToDate reports whether the words about a number count to a day, rather than naming a window of its own.
func (r *Reading) ToDate(i int) bool {
	w := r.numbers[i].when
	return !w.named() || slices.ContainsFunc(w.spans, func(s span) bool { return s.open && !s.newest || s.ending })
}

// CountsSince reports whether the sentence counts from some day on.
func (s *Sentence) CountsSince() bool {
	return slices.ContainsFunc(s.moments, func(m moment) bool { return m.open && !m.rest })
}

// MaySkip reports whether a change may be on a year that is not the one before: the words name it.
func (r *Reading) MaySkip(i, year int) bool {
	return r.Numbers[i].far || slices.ContainsFunc(r.moments, func(x moment) bool { return x.year == year })
}

// MayBeOn reports whether a change or difference may be between two windows with these last days: one is of the years that
// the words behind it compare with, if they name any. "807 fewer than in 2022" is not on 2023.
func MayBeOn(r *Reading, i int, prior, end stat.Date) bool {
	n := r.Numbers[i]
	_, to := r.sentenceAround(n.At)
	if i+1 < len(r.Numbers) {
		to = min(to, r.Numbers[i+1].At)
	}
	for _, m := range r.momentsIn(n.End, to) {
		since := sinceThen.MatchString(r.original[n.End:m.end])
		if !m.base && !since {
			continue
		}
		first, last := m.year, m.year
		if since {
			prior, end = prior.AddDays(1), prior // "since 2023": on a day of that year, or on the last one before
		} else if m.spans != nil {
			for _, x := range m.spans(r.On, r.yearNear(n, r.On)) {
				start := cmp.Or(x.start, x.end)
				first, last = min(cmp.Or(first, start.Year()), start.Year()), max(last, x.end.Year())
			}
		}
		in := func(d stat.Date) bool { return d.Year() >= first && d.Year() <= last }
		return first == 0 || in(prior) || in(end)
	}
	return true
}

// sinceThen matches the words from a change to the day since which it is.
var sinceThen = find(`(?i)^[^.;,]{0,30}\bsince\b`)

// YearsBack returns the number of years that a change is over, or zero if the words do not say.
func (r *Reading) YearsBack(i int) int { return r.numbers[i].when.years }

// The numbers of years by which windows are always compared, and the most that words may name.
const (
	usualYears = 3
	mostYears  = 20
)

// Backs returns the numbers of years, over three, by which the words compare windows.
func (r *Reading) Backs() []int {
	var out []int
	add := func(n int) {
		if n > usualYears && n <= mostYears {
			out = append(out, n)
		}
	}
	for i, m := range r.moments {
		add(m.years)
		y := m.yearOn(r.On)
		if y == 0 {
			continue
		}
		add(r.On.Year() - y)
		for _, x := range r.moments[:i] {
			if z := x.yearOn(r.On); z != 0 {
				add(max(y-z, z-y))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ComparesWithLast reports whether the words around a number compare it with the period before.
func (r *Reading) ComparesWithLast(i int) bool {
	return slices.ContainsFunc([]string{"previous", "month before", "earlier", "last", "from", "since"}, func(w string) bool { return strings.Contains(r.Numbers[i].clause.text, w) })
}

// People returns the dimensions that the words name for a number, with their codes.
func (r *Reading) People(i int) map[string]string { return r.numbers[i].series.who }

// Rank returns how far down a measure and its source are in the list of what the words may mean.
// Without words it is arrivals in small boats, and named is false.
func (r *Reading) Rank(i int, source, measure string) (measures, sources int, named bool) {
	s := r.numbers[i].series.subject
	if s == nil || len(s.measures) == 0 {
		return 0, 0, false
	}
	measures, sources = max(slices.Index(s.measures, measure), 0), max(slices.Index(s.sources, source), 0)
	if source == "ukho-small-boat-asylum" {
		measures += 2 // the same people by what became of their claims
	}
	return measures, sources, true
}

// Fact is something that the words of a sentence fix.
type Fact struct {
	Fact  string `json:"fact"`  // number, measure, place, people, date, month, year, window
	Words string `json:"words"` // as the sentence has it
	Holds bool   `json:"holds"`
}

// Facts returns what the words fix for a number, and whether a window of a series has it. holds says so of the
// number and time of the time.
func (r *Reading) Facts(i int, id stat.SeriesID, w Window, holds, time bool) []Fact {
	n, x := r.Numbers[i], r.numbers[i]
	measure, place, who := x.series.allows(id)
	list := []Fact{{"number", n.Text, holds}}
	if x.series.named {
		list = append(list, Fact{"measure", x.series.words, measure})
	}
	if x.series.place != "" {
		list = append(list, Fact{"place", x.series.place, place})
	}
	if len(x.series.who) > 0 {
		list = append(list, Fact{"people", x.series.whoName, who})
	}
	if x.when.named() {
		list = append(list, Fact{x.when.called(w, time), x.when.words, time})
	}
	return list
}

// called returns what to call the time of a sentence: "year" where only the year of a window differs.
func (w when) called(x Window, holds bool) string {
	if holds {
		return w.name
	}
	for _, s := range w.spans {
		if !s.open && s.shift(s.end.Year()-x.End.Year()).holds(x) {
			return "year"
		}
	}
	return w.name
}
