package claim

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"crossings/pipeline/compare"
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
)

// Series is one series as it was known when the claim was made.
type Series struct {
	Path *compare.Path
	// AsOf is the vintage of the figures. Early says that it is later than the claim, because
	// no older vintage is known.
	AsOf  stat.Date
	Early bool
}

// Match is a window that gives a number or comes near it.
type Match struct {
	Series                 stat.SeriesID
	Basis                  string
	WindowStart, WindowEnd stat.Date
	Value                  stat.Count
	PriorStart, PriorEnd   stat.Date // the same window in an earlier year; zero if it has no value
	Prior                  stat.Count
	Percent                compare.Percent // the change on the prior value
	AsOf                   stat.Date       // the vintage of the figures
	Early                  bool            // AsOf is later than the claim
	Off                    float64         // the distance from the number; 0.02 is two per cent

	back  int     // number of years between the window and the prior one
	stale float64 // how long before the last known day a window to date ends, from 0 to 1
	score float64 // how well the window fits the words; higher is better
}

// MarshalJSON writes the window with public names. A missing figure is null.
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

// Answer is the result for one number.
type Answer struct {
	Number
	Matches []Match // best first
	Nearest []Match // nearest first; empty if there are matches
}

// The largest numbers of windows in an answer.
const (
	maxMatches = 10
	maxNearest = 3
)

// lookback is the number of days before the claim in which a window to date may end. A claim
// rests on figures published by then, which end some days earlier.
const lookback = 45

// Search returns an answer for each number of the sentence: the windows of the series that
// reproduce it, up to the day on. The series must be as known on that day. since lists the days
// on which rules began, courts ruled or governments changed; a sentence with a word such as
// "since" may count from any of them.
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
	preferShared(answers)
	for i := range answers {
		a := &answers[i]
		rank(a.Matches)
		a.Matches = a.Matches[:min(len(a.Matches), maxMatches)]
	}
	return answers
}

// maxCandidates limits the nearest windows that are scored by their words.
const maxCandidates = 60

// answer returns the windows that give a number, unranked, or the nearest ones.
func (s Sentence) answer(n Number, all []Match) Answer {
	a := Answer{Number: n}
	for _, m := range all {
		if v, known := n.valueIn(m); known && n.Holds(v) {
			m.Off, m.score = n.off(v), s.wordScore(n, &m)
			a.Matches = append(a.Matches, m)
		}
	}
	if len(a.Matches) == 0 {
		a.Nearest = s.nearest(n, all)
	}
	return a
}

// nearest returns the windows whose figures are nearest to a number.
func (s Sentence) nearest(n Number, all []Match) []Match {
	var near []Match
	for _, m := range all {
		if v, known := n.valueIn(m); known {
			m.Off = n.off(v)
			near = append(near, m)
		}
	}
	slices.SortStableFunc(near, func(x, y Match) int { return cmp.Or(cmp.Compare(x.Off, y.Off), x.order(y)) })
	near = near[:min(len(near), maxCandidates)]
	for i := range near {
		near[i].score = s.wordScore(n, &near[i])
	}
	slices.SortStableFunc(near, func(x, y Match) int {
		return cmp.Or(cmp.Compare(x.Off-x.score/100, y.Off-y.score/100), x.order(y))
	})
	return near[:min(len(near), maxNearest)]
}

// valueIn returns the figure of a window that a number is compared with: the percentage or the
// value. A value does not depend on the prior window, so only one of its windows has it.
func (n Number) valueIn(m Match) (float64, bool) {
	if n.Percent {
		return m.Percent.Get()
	}
	if m.back > 1 {
		return 0, false
	}
	v, known := m.Value.Get()
	return float64(v), known
}

// preferShared raises the score of windows that several numbers of the sentence share.
// "26,699, down 33 %" is one window and its change; another number may be the value of the
// year before.
func preferShared(answers []Answer) {
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

// order compares two equally good matches. The later window comes first.
func (m Match) order(n Match) int {
	return cmp.Or(cmp.Compare(n.WindowEnd, m.WindowEnd), cmp.Compare(m.Series, n.Series), cmp.Compare(m.Basis, n.Basis),
		cmp.Compare(m.WindowStart, n.WindowStart), cmp.Compare(n.PriorStart, m.PriorStart))
}
