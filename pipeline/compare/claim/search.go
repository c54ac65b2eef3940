package claim

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// The bases of a window beside those of package aggregate.
const (
	BasisYearToDate = "year-to-date"
	BasisHalf       = "half-year"
	BasisWeek       = "week"
	BasisDay        = "day"
	BasisSevenDays  = "seven-days"
	BasisSince      = "since"
)

// Series is one series as it was known when the claim was made.
type Series struct {
	Path *compare.Path
	// AsOf is the vintage that answers. Early says that it is later than the
	// claim, for no older one is known.
	AsOf  stat.Date
	Early bool
}

// Match is a window that gives a number, or comes near it.
type Match struct {
	Series                 stat.SeriesID
	Basis                  string
	WindowStart, WindowEnd stat.Date
	Value                  stat.Count
	PriorStart, PriorEnd   stat.Date // the same window in a year before; zero where it has no value
	Prior                  stat.Count
	Percent                compare.Percent // of the change on the prior value
	AsOf                   stat.Date       // the vintage that answers
	Early                  bool            // it is later than the claim
	Off                    float64         // by how much the number is missed: 0.02 is two per cent

	back  int     // how many years before is the prior window
	stale float64 // how long before the last day known a window to date ends, 0 to 1
	score float64
}

// MarshalJSON writes the window as the contract has it: a missing figure is null.
func (m Match) MarshalJSON() ([]byte, error) {
	number := func(c stat.Count) any {
		if n, known := c.Get(); known {
			return n
		}
		return nil
	}
	var percent any
	if x, known := m.Percent.Get(); known {
		percent = math.Round(x*1e4) / 1e4
	}
	var note any
	if m.Early {
		note = "no vintage is as old as the claim; the oldest one known answers"
	}
	return json.Marshal(struct {
		Series      stat.SeriesID `json:"series"`
		Basis       string        `json:"basis"`
		WindowStart stat.Date     `json:"window_start"`
		WindowEnd   stat.Date     `json:"window_end"`
		Value       any           `json:"value"`
		PriorValue  any           `json:"prior_value"`
		Percent     any           `json:"change_percent"`
		AsOf        stat.Date     `json:"as_of"`
		PriorStart  stat.Date     `json:"prior_start"`
		PriorEnd    stat.Date     `json:"prior_end"`
		Note        any           `json:"note,omitempty"`
	}{m.Series, m.Basis, m.WindowStart, m.WindowEnd, number(m.Value), number(m.Prior), percent, m.AsOf, m.PriorStart, m.PriorEnd, note})
}

// Answer is what was found for one number.
type Answer struct {
	Number
	Matches []Match // best first
	Nearest []Match // where nothing matches
}

// How many windows an answer lists.
const (
	maxMatches = 10
	maxNearest = 3
)

// lookback is how many days before the claim a window to date may end: a claim
// rests on what was published then, which is days behind.
const lookback = 45

// Search returns, for each number of the sentence, the windows that reproduce it
// among the series, up to the day on. Series come as they were known then. A
// sentence that counts from something that happened may mean any of the days
// since, on which rules began, courts ruled or governments changed.
func Search(s Sentence, on stat.Date, series []Series, since []stat.Date) []Answer {
	if !s.whole().has(sinceWords...) {
		since = nil
	}
	var all []Match
	for _, x := range series {
		all = append(all, windows(s, on, x, since)...)
	}
	answers := make([]Answer, len(s.Numbers))
	for i, n := range s.Numbers {
		answers[i] = s.answer(n, all)
	}
	together(answers)
	for i := range answers {
		a := &answers[i]
		rank(a.Matches)
		a.Matches = a.Matches[:min(len(a.Matches), maxMatches)]
	}
	return answers
}

// candidates is how many of the nearest windows are weighed by their words.
const candidates = 60

// answer returns the windows that give a number, not ranked yet, or the nearest.
func (s Sentence) answer(n Number, all []Match) Answer {
	a := Answer{Number: n}
	var near []Match
	for _, m := range all {
		v, known := n.of(m)
		if !known || !n.Percent && m.back > 1 {
			continue // a count is the same whatever it is compared with
		}
		m.Off = n.off(v)
		if !n.Holds(v) {
			near = append(near, m)
			continue
		}
		m.score = s.hints(n, &m)
		a.Matches = append(a.Matches, m)
	}
	if len(a.Matches) > 0 {
		return a
	}
	slices.SortStableFunc(near, func(x, y Match) int { return cmp.Or(cmp.Compare(x.Off, y.Off), x.order(y)) })
	near = near[:min(len(near), candidates)]
	for i := range near {
		near[i].score = s.hints(n, &near[i])
	}
	slices.SortStableFunc(near, func(x, y Match) int {
		return cmp.Or(cmp.Compare(x.Off-x.score/100, y.Off-y.score/100), x.order(y))
	})
	a.Nearest = near[:min(len(near), maxNearest)]
	return a
}

// of returns what a number is compared with in a window.
func (n Number) of(m Match) (float64, bool) {
	if n.Percent {
		return m.Percent.Get()
	}
	v, known := m.Value.Get()
	return float64(v), known
}

// together prefers windows that more than one number of the sentence rests on:
// "26,699, down 33 %" is one window and its change, and a year before it is the
// other side of a comparison.
func together(answers []Answer) {
	type key struct {
		series     stat.SeriesID
		start, end stat.Date
	}
	used := map[key]map[int]bool{}
	mark := func(k key, i int) {
		if used[k] == nil {
			used[k] = map[int]bool{}
		}
		used[k][i] = true
	}
	for i, a := range answers {
		for _, m := range a.Matches {
			mark(key{m.Series, m.WindowStart, m.WindowEnd}, i)
		}
	}
	for i := range answers {
		for j := range answers[i].Matches {
			m := &answers[i].Matches[j]
			own, prior := used[key{m.Series, m.WindowStart, m.WindowEnd}], used[key{m.Series, m.PriorStart, m.PriorEnd}]
			shared := 0
			for k := range answers {
				if k != i && (own[k] || prior[k]) {
					shared++
				}
			}
			m.score += 2 * float64(min(shared, 3))
		}
	}
}

// rank sorts matches, best first.
func rank(list []Match) {
	slices.SortStableFunc(list, func(x, y Match) int {
		return cmp.Or(cmp.Compare(y.score-10*y.Off, x.score-10*x.Off), x.order(y))
	})
}

// order is the order of matches that are equally good: the later window first.
func (m Match) order(n Match) int {
	return cmp.Or(cmp.Compare(n.WindowEnd, m.WindowEnd), cmp.Compare(m.Series, n.Series), cmp.Compare(m.Basis, n.Basis),
		cmp.Compare(m.WindowStart, n.WindowStart), cmp.Compare(n.PriorStart, m.PriorStart))
}

// windows returns the windows of a series that sentences mean.
func windows(s Sentence, on stat.Date, x Series, since []stat.Date) []Match {
	p := x.Path
	first, last := p.KnownCoverage()
	last = min(last, on-1) // the day of the claim was not over
	w := finder{s: s, on: on, x: x, first: first, last: last, years: 3}
	if p.Series().Kind == stat.Stock {
		w.points()
		return w.out
	}
	ends := w.ends()
	for _, end := range ends {
		w.stale = 0
		if !slices.Contains(s.Dates, end) {
			w.stale = float64(last-end) / lookback
		}
		for y := end.Year(); y > end.Year()-w.years-2; y-- {
			w.add(BasisYearToDate, stat.NewDate(y, time.January, 1), end.InYear(y))
		}
		for back := 0; back <= w.years; back++ {
			per := compare.TwelveMonths(end, end.Year()-back)
			w.add(compare.BasisRolling, per.Start, per.End)
		}
		w.add(BasisSince, first, end) // since counting began
		for _, day := range s.Dates {
			if day < end {
				w.add(BasisSince, day, end)
			}
		}
		for _, day := range since {
			if day < end && !slices.Contains(s.Dates, day) {
				w.add(compare.BasisPolicyPeriod, day, end)
			}
		}
		if p.Series().Frequency() == stat.Daily {
			w.add(BasisSevenDays, end.AddDays(-6), end)
		}
	}
	w.stale = 0
	for y := first.Year(); y <= last.Year(); y++ {
		w.add(compare.BasisYear, stat.Year(y).Start, stat.Year(y).End)
		w.add(BasisHalf, stat.Year(y).Start, stat.NewDate(y, time.June, 30))
		w.add(BasisHalf, stat.NewDate(y, time.July, 1), stat.Year(y).End)
		for q := 1; q <= 4; q++ {
			w.add(compare.BasisQuarter, stat.Quarter(y, q).Start, stat.Quarter(y, q).End)
			w.add(compare.BasisYearEnding, stat.Quarter(y, q).End.AddDays(1).AddYears(-1), stat.Quarter(y, q).End)
		}
		for m := time.January; m <= time.December; m++ {
			w.add(compare.BasisMonth, stat.Month(y, m).Start, stat.Month(y, m).End)
		}
	}
	for _, o := range p.Observations() {
		switch o.Period.Precision {
		case stat.PrecisionDay:
			w.add(BasisDay, o.Period.Start, o.Period.End)
		case stat.PrecisionWeek:
			w.add(BasisWeek, o.Period.Start, o.Period.End)
		}
	}
	return w.out
}

// finder collects the windows of one series.
type finder struct {
	s           Sentence
	on          stat.Date
	x           Series
	first, last stat.Date
	years       int // how many years back a comparison goes
	stale       float64
	out         []Match
}

// ends returns the days to which a sentence may count: the last days known, and
// those that it names.
func (w *finder) ends() []stat.Date {
	var out []stat.Date
	for d := w.last; d > w.last-lookback; d-- {
		out = append(out, d)
	}
	for _, d := range w.s.Dates {
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// add takes a window with the same one in the years before. Windows that are cut
// back to whole periods, or not over, are no windows of a sentence.
func (w *finder) add(basis string, start, end stat.Date) {
	if end > w.last {
		return
	}
	v := w.x.Path.Sum(start, end)
	if !v.Complete {
		return
	}
	m := Match{Series: w.x.Path.Series().ID, Basis: basis, WindowStart: start, WindowEnd: end, Value: v.Value, AsOf: w.x.AsOf, Early: w.x.Early, stale: w.stale}
	for back := 1; back <= w.years; back++ {
		n := m
		n.back = back
		n.PriorStart, n.PriorEnd = before(basis, start, end, back)
		prior := w.x.Path.Sum(n.PriorStart, n.PriorEnd)
		if prior.Complete {
			n.compare(prior.Value)
		} else if back > 1 {
			break
		} else {
			n.PriorStart, n.PriorEnd = 0, 0
		}
		w.out = append(w.out, n)
	}
}

// before returns the same window some years earlier, as the published comparisons
// have it: the ends of months stay ends of months where whole months are meant, and
// 29 February is 28 February where a calendar date is.
func before(basis string, start, end stat.Date, years int) (stat.Date, stat.Date) {
	s, e := start.AddYears(-years), end.AddYears(-years)
	switch basis {
	case compare.BasisRolling:
		per := compare.TwelveMonths(end, end.Year()-years)
		return per.Start, per.End
	case compare.BasisMonth, compare.BasisQuarter, BasisHalf, compare.BasisYear, compare.BasisYearEnding:
		return s, e.MonthEnd()
	}
	return s, e
}

// points takes the values of a stock.
func (w *finder) points() {
	for _, o := range w.x.Path.Observations() {
		if o.Period.End > w.last || !o.Value.IsKnown() {
			continue
		}
		m := Match{Series: o.Series.ID, Basis: compare.BasisPoint, WindowStart: o.Period.Start, WindowEnd: o.Period.End, Value: o.Value, AsOf: w.x.AsOf, Early: w.x.Early}
		before := w.x.Path.Over(stat.Day(o.Period.End.AddYears(-1)))
		if before.Value.IsKnown() {
			m.PriorStart, m.PriorEnd = before.Start, before.End
			m.compare(before.Value)
		}
		w.out = append(w.out, m)
	}
}

// compare sets the prior value and the change on it.
func (m *Match) compare(prior stat.Count) {
	m.Prior = prior
	v, _ := m.Value.Get() // known, like prior: a window without a value is no window
	if base, _ := prior.Get(); base > 0 {
		m.Percent = compare.KnownPercent(100 * (float64(v) - float64(base)) / float64(base))
	}
}

// measures are the words that name what a series counts.
var measures = []struct {
	words   []string
	measure string
	source  string
}{
	{[]string{"uncontrolled"}, "uncontrolled-landings", ""},
	{[]string{"prevention event"}, "prevention-events", ""},
	{[]string{"boat", "dingh", "vessel"}, "boats", ""},
	{[]string{"hotel"}, "in-hotels", ""},
	{[]string{"backlog", "awaiting", "waiting"}, "awaiting-initial-decision", ""},
	{[]string{"asylum claim", "asylum application", "claimed asylum", "applied for asylum"}, "asylum-claims", ""},
	{[]string{"return", "deport", "removed", "removal"}, "returns", ""},
	{[]string{"sent back to france", "returned to france", "one in, one out", "one-in"}, "exchange-out", ""},
	{[]string{"died", "death", "dead", "drown", "bodies"}, "dead-and-missing", ""},
	{[]string{"prevented", "stopped"}, "prevented-persons", ""},
	{[]string{"detection", "detected", "frontex"}, "detections", ""},
	{[]string{"italy", "italian", "lampedusa"}, "arrivals", "it-interior-landings"},
	{[]string{"cross", "arriv", "channel", "people", "migrant", "person"}, "arrivals", "ukho-small-boats"},
}

// hints scores how well a window fits the words around a number, and the sentence
// as a whole where these say nothing.
func (s Sentence) hints(n Number, m *Match) float64 {
	source, measure, freq, dims, _ := m.Series.Parse()
	score := max(named(n.clause, source, measure), named(s.whole(), source, measure)/2)
	if source == "ukho-small-boats" && measure == "arrivals" {
		score += 1.5 // what most sentences are about
	}
	if freq == stat.Daily {
		score += 0.3 // before the weekly series that states the same
	}
	if dims != stat.AllTotal {
		score -= 0.5
	}
	if dims.Route != stat.Total {
		score += s.onRoute(n, dims.Route)
	}
	near, known := n.clause.basis(m)
	far, _ := s.whole().basis(m)
	if !known {
		near = far
	}
	score += max(near, 0.7*far) - 3*m.stale
	if slices.Contains(s.Dates, m.WindowEnd) {
		score += 2
	}
	if slices.Contains(n.clause.years, m.WindowEnd.Year()) {
		score++
	} else if len(n.clause.years) == 0 && slices.Contains(s.Years, m.WindowEnd.Year()) {
		score += 0.3
	}
	// The year before is what is compared with unless another is named.
	if m.back > 1 && !slices.Contains(s.Years, m.PriorEnd.Year()) {
		score -= float64(m.back)
	}
	return score
}

// onRoute scores whether the words name a route, by a word of its code: "channel" of
// english-channel. A route that nobody names is unlikely to be meant.
func (s Sentence) onRoute(n Number, route string) float64 {
	for word := range strings.SplitSeq(route, "-") {
		if len(word) < 5 {
			continue // to, us, sea
		}
		if n.clause.has(word) {
			return 2
		}
		if s.whole().has(word) {
			return 1.5
		}
	}
	return -1.5
}

// named scores whether a phrase names what a series counts. What is named by a
// rarer word counts more than people and boats.
func named(p phrase, source, measure string) float64 {
	for i, x := range measures {
		if x.measure == measure && (x.source == "" || x.source == source) && p.has(x.words...) {
			return 4 - 3*float64(i)/float64(len(measures))
		}
	}
	return 0
}

// kinds are the words that name a kind of window, and how well each fits with
// them and without.
var kinds = []struct {
	basis         []string
	words         []string
	with, without float64
}{
	{[]string{BasisYearToDate}, []string{"so far", "to date", "this year", "since january", "since the start of the year", "by the same"}, 3, 1.5},
	{[]string{compare.BasisYear}, []string{"whole of", "whole year", "full year", "in total", "throughout", "all of", "last year", "in the year"}, 3, 1},
	{[]string{BasisHalf}, []string{"half"}, 4, -1},
	{[]string{compare.BasisRolling, compare.BasisYearEnding}, []string{"12 months", "twelve months", "past year", "year to", "year ending"}, 3.5, 0},
	{[]string{compare.BasisQuarter}, []string{"quarter", "three months"}, 3, -0.5},
	{[]string{compare.BasisMonth}, []string{"month", "january", "february", "march", "april", "in may", "june", "july", "august", "september", "october", "november", "december"}, 1, -0.5},
	{[]string{BasisWeek, BasisSevenDays}, []string{"week", "seven days", "7 days"}, 3, -2},
	{[]string{BasisDay}, []string{"in a day", "single day", "one day", "yesterday", "24 hours", "record"}, 2, -2},
	{[]string{BasisSince, compare.BasisPolicyPeriod}, sinceWords, 4, -1},
}

// sinceWords say that a sentence counts from a day on which something happened.
var sinceWords = []string{"since", "came to power", "took office", "came into force", "under the", "began"}

// basis scores the kind of window; known is whether the phrase names any.
func (p phrase) basis(m *Match) (score float64, known bool) {
	for _, k := range kinds {
		has := p.has(k.words...)
		known = known || has
		switch own := slices.Contains(k.basis, m.Basis); {
		case own && has:
			score = k.with
		case own:
			score = k.without
		}
	}
	return score, known
}
