package claim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// facts returns what the words fix for a number, whether a window has it, and the same in a sentence.
func (r *search) facts(i int, m *Match, number bool) ([]words.Fact, string) {
	list := r.Facts(i, m.Series, m.window(), number, r.timeHolds(i, m))
	return list, verdict(list, m.Off)
}

// whyNot says what the facts of a window that does not count leave open, or "". last is the day on which its
// series ends.
func (r *search) whyNot(m *Match, last stat.Date) string {
	breaks := func(f words.Fact) bool { return !f.Holds }
	switch {
	case !slices.ContainsFunc(m.Facts, breaks):
		return "; but a small number or a change counts only where the sentence says of what and when"
	case r.On-last > m.slack && m.WindowEnd > last-m.slack && slices.ContainsFunc(m.Facts[1:], breaks):
		return "; the figures known then end on " + last.String()
	}
	return ""
}

// countWords has a word for each number of facts that a sentence may fix: five at most.
var countWords = []string{"no", "the one", "both", "all three", "all four", "all five"}

// verdict says in words which facts hold.
func verdict(list []words.Fact, off float64) string {
	var holds, breaks []string
	for _, f := range list {
		if f.Holds {
			holds = append(holds, f.Fact)
		} else {
			breaks = append(breaks, f.Fact)
		}
	}
	if len(breaks) == 0 {
		if len(list) == 1 {
			return "the number holds; the sentence fixes nothing else"
		}
		return fmt.Sprintf("%s facts of the sentence hold: %s", countWords[len(list)], strings.Join(holds, ", "))
	}
	var text []string
	if len(holds) > 0 {
		text = append(text, "the "+strings.Join(holds, " and the ")+verb(holds, " holds", " hold"))
	}
	text = append(text, "the "+strings.Join(breaks, " and the ")+verb(breaks, " does not", " do not"))
	out := strings.Join(text, ", ")
	if slices.Contains(breaks, "number") {
		out += fmt.Sprintf(" (off by %.1f %%)", 100*off)
	}
	return out
}

func verb(list []string, one, many string) string {
	if len(list) == 1 {
		return one
	}
	return many
}

// score says how well a window that has all facts fits the words in other ways.
func (r *search) score(i int, m *Match) float64 {
	n := r.Numbers[i]
	p := r.parts(m.Series)
	var score float64
	if measures, sources, named := r.Rank(i, p.source, p.measure); named {
		score -= 1.5*float64(measures) + 0.05*float64(sources)
	} else if p.source == "ukho-small-boats" && p.measure == "arrivals" {
		score += 3
	}
	score -= frequencyScores[p.frequency]
	if depth := strings.Count(p.Category, "."); p.Category != stat.Total {
		score -= 0.5 * float64(depth+1)
	}
	age := float64(r.On - m.WindowEnd)
	score -= min(2*age/float64(words.Lookback), 6) + age/3650
	if n.Kind == numbers.Count && m.Figure == n.Value {
		score += 3 // not by rounding
		if n.Unrounded() {
			score += 5
		}
	}
	if m.Basis == words.BasisBetween && m.WindowStart == stat.Year(m.WindowStart.Year()).Start && m.WindowEnd == stat.Year(m.WindowEnd.Year()).End {
		score++ // whole years
	}
	if m.Cut {
		score -= 0.4
	}
	if m.Basis == words.BasisYearToDate && !r.ToDate(i) {
		score -= 2 // the words name a window of its own
	}
	switch {
	case n.Kind == numbers.Change && m.back == 1, n.Kind == numbers.Count:
	case m.back == sinceThen:
		score -= 0.5
	case m.back == preceded:
		score -= 0.5
		if !r.ComparesWithLast(i) {
			score--
		}
	default:
		score -= float64(m.back) / 2
	}
	if _, time := r.Names(i); n.Kind == numbers.Change && time && m.PriorEnd != 0 && r.TimeHolds(i, m.prior()) {
		score++
	}
	return score + basisScores[m.Basis]
}

// frequencyScores prefers series whose windows can begin and end anywhere.
var frequencyScores = map[stat.Frequency]float64{stat.Daily: 0, stat.Weekly: 0.5, stat.Monthly: 0.1, stat.Quarterly: 0.1, stat.Annual: 0.3}

// basisScores prefers what sentences mean more often where the words leave the kind of window open.
var basisScores = map[string]float64{words.BasisYearToDate: 1, compare.BasisYear: 1, compare.BasisPoint: 1, compare.BasisYearEnding: 0.6, compare.BasisRolling: 0.5, compare.BasisPolicyPeriod: 0.5, words.BasisSince: 0.4,
	words.BasisHalf: 0.5, words.BasisBetween: 0.3, words.BasisWeeks: 0.3, compare.BasisQuarter: 0.2, compare.BasisMonth: 0.2, words.BasisWeek: 0.1, words.BasisSevenDays: 0, words.BasisDay: 0}

// nearest returns windows that miss the number or one of the facts. First comes what the words name with
// its own figure, then windows that have the number and break a word.
func (r *search) nearest(i int, all []Match, paths map[stat.SeriesID]*compare.Path) []Match {
	n := r.Numbers[i]
	if r.Elsewhere(i) {
		return nil
	}
	var named, other, rest []Match
	for _, m := range r.figures(i, all, paths) {
		series, time := r.fits(i, &m)
		holds := n.Holds(m.Figure) && r.goesBack(i, &m)
		m.Off = n.Off(m.Figure)
		switch {
		case series && time && m.back == 1:
			m.score = r.score(i, &m) - min(m.Off, 1)/2
			named = append(named, m)
		case holds && (series || time) && n.Value >= 100:
			m.score = r.score(i, &m) / 100
			if !series {
				m.score -= 10
			}
			other = append(other, m)
		case series && m.back == 1:
			m.score = r.score(i, &m)/100 - m.Off
			rest = append(rest, m)
		}
	}
	for _, list := range [][]Match{named, other, rest} {
		slices.SortStableFunc(list, func(x, y Match) int { return cmp.Or(cmp.Compare(y.score, x.score), x.order(y)) })
	}
	named, other = distinct(named), distinct(other)
	first := min(len(named), 1)
	out := slices.Concat(named[:first], other[:min(len(other), maxNearest-1)])
	out = append(out, named[first:min(len(named), first+maxNearest-len(out))]...)
	if len(out) == 0 {
		out = rest[:min(len(rest), 1)]
	}
	for j := range out {
		m := &out[j]
		m.Facts, m.Verdict = r.facts(i, m, n.Holds(m.Figure))
		_, last := paths[m.Series].KnownCoverage()
		m.Verdict += r.whyNot(m, last)
	}
	return out
}
