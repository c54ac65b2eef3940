package claim

import (
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// measures lists the words that name what a series counts, the rarest first.
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

// wordScore scores how well a window fits the words around a number. If these say nothing, it
// uses the whole sentence.
func (s Sentence) wordScore(n Number, m *Match) float64 {
	source, measure, freq, dims, _ := m.Series.Parse()
	score := max(measureScore(n.clause, source, measure), measureScore(s.whole(), source, measure)/2)
	if source == "ukho-small-boats" && measure == "arrivals" {
		score += 1.5 // most sentences are about this series
	}
	if freq == stat.Daily {
		score += 0.3 // prefer the daily series to the weekly one with the same figures
	}
	if dims != stat.AllTotal {
		score -= 0.5
	}
	if dims.Route != stat.Total {
		score += s.routeScore(n, dims.Route)
	}
	near, known := n.clause.windowScore(m)
	far, _ := s.whole().windowScore(m)
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
	// A sentence compares with the year before unless it names another year.
	if m.back > 1 && !slices.Contains(s.Years, m.PriorEnd.Year()) {
		score -= float64(m.back)
	}
	return score
}

// routeScore scores whether the words name a route, by a word of its code: "channel" of
// english-channel. A route that nobody names is unlikely to be meant.
func (s Sentence) routeScore(n Number, route string) float64 {
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

// measureScore scores whether a phrase names what a series counts. A rarer word scores higher
// than people and boats.
func measureScore(p phrase, source, measure string) float64 {
	for i, x := range measures {
		if x.measure == measure && (x.source == "" || x.source == source) && p.has(x.words...) {
			return 4 - 3*float64(i)/float64(len(measures))
		}
	}
	return 0
}

// windowWords lists the words that name a kind of window, and the scores of the window with and
// without them.
var windowWords = []struct {
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

// windowScore scores the kind of a window. known says whether the phrase names any kind.
func (p phrase) windowScore(m *Match) (score float64, known bool) {
	for _, k := range windowWords {
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
