package claim

import (
	"cmp"
	"slices"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// Answer is the result for one number.
type Answer struct {
	words.Number
	Matches []Match // best first
	Nearest []Match // nearest first; empty if there are matches
}

// The largest numbers of windows in an answer.
const (
	maxMatches = 10
	maxNearest = 3
)

// search is a sentence with what is asked of each series again and again.
type search struct {
	*words.Reading
	series  map[stat.SeriesID]parsed
	allowed map[asked]bool
	exact   map[int]bool // the count is written in full, and a window has it
}

// parsed is the identifier of a series in its parts.
type parsed struct {
	source, measure string
	frequency       stat.Frequency
	stat.Dimensions
}

// asked is a number of the sentence and a series.
type asked struct {
	number int
	series stat.SeriesID
}

func newSearch(r *words.Reading) *search {
	return &search{r, map[stat.SeriesID]parsed{}, map[asked]bool{}, map[int]bool{}}
}

// parts returns the parts of a series' identifier. They are empty if it is none.
func (r *search) parts(id stat.SeriesID) parsed {
	p, known := r.series[id]
	if !known {
		p.source, p.measure, p.frequency, p.Dimensions, _ = id.Parse()
		r.series[id] = p
	}
	return p
}

// allows reports whether the words allow a series for a number.
func (r *search) allows(i int, id stat.SeriesID) bool {
	yes, known := r.allowed[asked{i, id}]
	if !known {
		measure, place, who := r.Allows(i, id)
		yes = measure && place && who
		r.allowed[asked{i, id}] = yes
	}
	return yes
}

// Search returns an answer for each number of the sentence: the windows of the series that
// reproduce it, up to the day on which it was said. The series must be as known on that day. since lists the
// days on which rules began, courts ruled or governments changed; a sentence with a word such as
// "since" may count from any of them.
func Search(reading *words.Reading, series []Series, since []stat.Date) []Answer {
	r := newSearch(reading)
	answers, all, paths := r.found(series, since)
	for i := range answers {
		if len(answers[i].Matches) == 0 {
			answers[i].Nearest = r.nearest(i, all, paths)
		}
	}
	return answers
}

// found returns the matches of each number, and all windows with the paths of their series.
func (r *search) found(series []Series, since []stat.Date) ([]Answer, []Match, map[stat.SeriesID]*compare.Path) {
	custom, backs, on := r.Spans(), r.Backs(), r.On
	if !r.NamesDay() {
		on-- // the day was not over yet
	}
	if !r.CountsSince() {
		since = nil
	}
	var all []Match
	paths := map[stat.SeriesID]*compare.Path{}
	for _, x := range series {
		id := x.Path.Series().ID
		paths[id] = x.Path
		if r.anyAllows(id) {
			all = append(all, windows(on, x, custom, since, backs...)...)
		}
	}
	all = slices.DeleteFunc(all, func(m Match) bool { return m.Cut && paths[byDay(m.Series)] != nil })
	answers := make([]Answer, len(r.Numbers))
	for i := range r.Numbers {
		answers[i] = Answer{Number: r.Numbers[i], Matches: r.matches(i, all, paths)}
		r.exact[i] = r.Numbers[i].Unrounded() && len(answers[i].Matches) > 0
	}
	r.share(answers)
	for i := range answers {
		a := &answers[i]
		rank(a.Matches)
		a.Matches = distinct(a.Matches)
		a.Matches = a.Matches[:min(len(a.Matches), maxMatches)]
		for j := range a.Matches {
			m := &a.Matches[j]
			m.Facts, m.Verdict = r.facts(i, m, true)
		}
	}
	return answers, all, paths
}

// byDay returns the daily series of what a weekly one counts. Where there is one, no week is cut off.
func byDay(id stat.SeriesID) stat.SeriesID {
	source, measure, f, d, _ := id.Parse()
	if f != stat.Weekly {
		return ""
	}
	return stat.NewSeriesID(source, measure, stat.Daily, d)
}

// anyAllows reports whether a number may be of a series, or near to it.
func (r *search) anyAllows(id stat.SeriesID) bool {
	for i := range r.Numbers {
		if r.allows(i, id) {
			return true
		}
	}
	return false
}

// fits reports whether the words allow a window for a number.
func (r *search) fits(i int, m *Match) (series, time bool) {
	return r.allows(i, m.Series), r.timeHolds(i, m)
}

// timeHolds reports whether a window is when the words say. The words about a change may name either
// side of it.
func (r *search) timeHolds(i int, m *Match) bool {
	if r.TimeHolds(i, m.window()) {
		return true
	}
	n := r.Numbers[i]
	return (n.Kind == numbers.Change || n.Kind == numbers.Difference) && r.TimeHolds(i, m.prior())
}

// matches returns the windows that give a number and have everything that the words fix.
func (r *search) matches(i int, all []Match, paths map[stat.SeriesID]*compare.Path) []Match {
	n := r.Numbers[i]
	var out []Match
	for _, m := range r.figures(i, all, paths) {
		if !n.Holds(m.Figure) {
			continue
		}
		series, time := r.fits(i, &m)
		if !series || !time || !r.goesBack(i, &m) {
			continue
		}
		if !r.isOfCount(i, &m) {
			continue
		}
		m.Off, m.score = n.Off(m.Figure), r.score(i, &m)
		out = append(out, m)
	}
	if !r.isNamed(i) {
		// A small number, or a change, says little: one window in many has it by chance. It
		// counts where another number of the sentence has the same window.
		for j := range out {
			out[j].needsCompany = true
		}
	}
	return out
}

// goesBack reports whether a change may be on the year of the prior window: the one before, one that the words name, or the
// one so many years ago.
func (r *search) goesBack(i int, m *Match) bool {
	if k := r.Numbers[i].Kind; (k == numbers.Change || k == numbers.Difference) && !words.MayBeOn(r.Reading, i, m.PriorEnd, m.WindowEnd) {
		return false
	}
	if n := r.YearsBack(i); n > 0 {
		return m.back == n
	}
	return m.back <= 1 || r.MaySkip(i, m.PriorEnd.Year())
}

// nearCount is how far a count may be from the value of the window that a change of it is in: it may be of another release.
const nearCount = 0.05

// isOfCount reports whether a change is one of the count that the sentence states it of: "13,300, up 40 %" is no window
// with 9,638, and none that is compared with it.
func (r *search) isOfCount(i int, m *Match) bool {
	k := r.ChangeOf(i)
	if k < 0 {
		return true
	}
	count := r.Numbers[k]
	return slices.ContainsFunc([]stat.Count{m.Value, m.Prior}, func(c stat.Count) bool {
		v, known := c.Get()
		return known && (count.Holds(float64(v)) || !r.exact[k] && count.Off(float64(v)) <= nearCount)
	})
}

// isNamed reports whether the words name enough for a number: a small one needs its measure and its window.
func (r *search) isNamed(i int) bool {
	n := r.Numbers[i]
	measure, time := r.Names(i)
	return n.Kind == numbers.Count && n.Value >= 100 || measure && time
}

// figures returns the windows with the figure that a number is compared with. A count does not depend on
// the prior window, so only one of its windows has it.
func (r *search) figures(i int, all []Match, paths map[stat.SeriesID]*compare.Path) []Match {
	n := r.Numbers[i]
	var out []Match
	for _, m := range all {
		v, _ := m.Value.Get() // every window has one
		if n.Kind != numbers.Change && n.Kind != numbers.Difference && m.back != 1 {
			continue
		}
		switch n.Kind {
		case numbers.Change:
			var known bool
			if m.Figure, known = m.Percent.Get(); known {
				out = append(out, m)
			}
		case numbers.Difference:
			if prior, ok := m.Prior.Get(); ok {
				m.Figure = r.difference(i, &m, float64(v-prior))
				out = append(out, m)
			}
		case numbers.Count:
			m.Figure = float64(v)
			out = append(out, m)
		default:
			out = append(out, r.quotients(i, m, paths)...)
		}
	}
	return out
}

// difference returns the difference of a window to the prior one as the words state it: of a fall the size. The words may
// name the prior window as the one that has more or fewer.
func (r *search) difference(i int, m *Match, d float64) float64 {
	fall := r.Numbers[i].Direction == -1
	if !r.NamesBase(i) && !r.TimeHolds(i, m.window()) && r.TimeHolds(i, m.prior()) {
		fall = !fall
	}
	if fall {
		return -d
	}
	return d
}

// share raises the score of windows that several numbers of the sentence share.
// "26,699, down 33 %" is one window and its change; another number may be the value of the
// year before.
func (r *search) share(answers []Answer) {
	type key struct {
		series     stat.SeriesID
		start, end stat.Date
	}
	used, priors := map[key]map[int]bool{}, map[key]map[int]bool{}
	mark := func(in map[key]map[int]bool, k key, i int) {
		if in[k] == nil {
			in[k] = map[int]bool{}
		}
		in[k][i] = true
	}
	for i, a := range answers {
		for _, m := range a.Matches {
			mark(used, key{m.Series, m.WindowStart, m.WindowEnd}, i)
			mark(priors, key{m.Series, m.PriorStart, m.PriorEnd}, i)
		}
	}
	for i := range answers {
		kept := answers[i].Matches[:0]
		for _, m := range answers[i].Matches {
			own, prior, of := used[key{m.Series, m.WindowStart, m.WindowEnd}], used[key{m.Series, m.PriorStart, m.PriorEnd}], priors[key{m.Series, m.WindowStart, m.WindowEnd}]
			var shared int
			var counts bool
			for k := range answers {
				if k != i && (own[k] || prior[k] || of[k]) {
					shared++
					counts = counts || r.isNamed(k) || own[k] && answers[k].Value >= 100 && !answers[k].Percent
				}
			}
			m.score += 2 * float64(min(shared, 3))
			if !m.needsCompany || counts {
				kept = append(kept, m)
			}
		}
		answers[i].Matches = kept
	}
}

// rank sorts matches, best first.
func rank(list []Match) {
	slices.SortStableFunc(list, func(x, y Match) int {
		return cmp.Or(cmp.Compare(y.score-y.Off, x.score-x.Off), x.order(y))
	})
}

// distinct keeps the first of windows that differ only in what they are called.
func distinct(list []Match) []Match {
	type key struct {
		series, per          stat.SeriesID
		start, end           stat.Date
		priorStart, priorEnd stat.Date
		perValue             stat.Count
	}
	seen := map[key]bool{}
	out := list[:0]
	for _, m := range list {
		k := key{m.Series, m.Per, m.WindowStart, m.WindowEnd, m.PriorStart, m.PriorEnd, m.PerValue}
		if !seen[k] {
			out = append(out, m)
		}
		seen[k] = true
	}
	return out
}

// order compares two equally good matches. The later window comes first.
func (m Match) order(n Match) int {
	return cmp.Or(cmp.Compare(n.WindowEnd, m.WindowEnd), cmp.Compare(m.Series, n.Series), cmp.Compare(m.Basis, n.Basis),
		cmp.Compare(m.WindowStart, n.WindowStart), cmp.Compare(n.PriorStart, m.PriorStart))
}
