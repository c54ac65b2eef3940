package claim

import (
	"slices"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// finder collects the windows of one series.
type finder struct {
	on          stat.Date
	x           Series
	freq        stat.Frequency
	first, last stat.Date
	custom      []words.Span // windows that the sentence names
	backs       []int        // how many years earlier the windows are that others are compared with
	out         []Match
}

// slacks are the numbers of days before a sentence in which a window to date may end, by the
// frequency of a series: its newest period may be that old when the next is published.
var slacks = map[stat.Frequency]stat.Date{stat.Daily: words.Lookback, stat.Weekly: words.Lookback, stat.Monthly: 130, stat.Quarterly: words.PointLookback, stat.Annual: 600}

// windows returns the windows of a series that a sentence may mean, with their figures, each compared with the same of one
// to three years before and of so many more.
func windows(on stat.Date, x Series, custom []words.Span, since []stat.Date, backs ...int) []Match {
	first, last := x.Path.KnownCoverage()
	w := finder{on: on, x: x, freq: x.Path.Series().Frequency(), first: first, last: min(last, on), custom: custom, backs: append([]int{1, 2, years}, backs...)}
	if x.Path.Series().Kind == stat.Stock {
		w.points()
		return w.out
	}
	w.toDate(since)
	w.calendar()
	w.named()
	for _, o := range x.Path.Observations() {
		switch o.Period.Precision {
		case stat.PrecisionDay:
			w.add(words.BasisDay, o.Period.Start, o.Period.End)
		case stat.PrecisionWeek:
			w.add(words.BasisWeek, o.Period.Start, o.Period.End)
		case stat.PrecisionRange:
			w.add(words.BasisBetween, o.Period.Start, o.Period.End)
		}
	}
	return w.out
}

// ends returns the days to which a sentence may count: the last known days, and the days that it
// names.
func (w *finder) ends() []stat.Date {
	var out []stat.Date
	for d := w.last; d > w.last-words.Lookback; d-- {
		out = append(out, d)
	}
	for _, s := range w.custom {
		if !slices.Contains(out, s.End) {
			out = append(out, s.End)
		}
	}
	return out
}

// years is the number of years that a comparison may go back where the words name no other.
const years = 3

// toDate adds the windows that count to a day.
func (w *finder) toDate(since []stat.Date) {
	for _, end := range w.ends() {
		for y := end.Year(); y > end.Year()-years-2; y-- {
			w.add(words.BasisYearToDate, stat.NewDate(y, time.January, 1), end.InYear(y))
		}
		for back := 0; back <= years; back++ {
			per := compare.TwelveMonths(end, end.Year()-back)
			w.add(compare.BasisRolling, per.Start, per.End)
		}
		w.add(words.BasisSince, w.first, end) // since counting began
		for _, day := range since {
			if day < end {
				w.add(compare.BasisPolicyPeriod, day, end)
			}
		}
		if w.freq == stat.Daily {
			w.add(words.BasisSevenDays, end.AddDays(-6), end)
		}
	}
}

// calendar adds years, halves, quarters and months.
func (w *finder) calendar() {
	for y := w.first.Year(); y <= w.last.Year(); y++ {
		w.add(compare.BasisYear, stat.Year(y).Start, stat.Year(y).End)
		w.add(words.BasisHalf, stat.Year(y).Start, stat.NewDate(y, time.June, 30))
		w.add(words.BasisHalf, stat.NewDate(y, time.July, 1), stat.Year(y).End)
		for q := 1; q <= 4; q++ {
			w.add(compare.BasisQuarter, stat.Quarter(y, q).Start, stat.Quarter(y, q).End)
			w.add(compare.BasisYearEnding, stat.Quarter(y, q).End.AddDays(1).AddYears(-1), stat.Quarter(y, q).End)
		}
		for m := time.January; m <= time.December; m++ {
			w.add(compare.BasisMonth, stat.Month(y, m).Start, stat.Month(y, m).End)
		}
	}
}

// named adds the windows that the sentence names, unless they are of the calendar.
func (w *finder) named() {
	seen := map[[2]stat.Date]bool{}
	for _, s := range w.custom {
		key := [2]stat.Date{s.Start, s.End}
		if seen[key] && s.Basis == "" {
			continue
		}
		seen[key] = true
		basis := words.BasisBetween
		if s.Basis != "" {
			basis = s.Basis
		}
		first := s.End
		if s.Open {
			first = s.End - words.Lookback + 1
			basis = words.BasisSince
			if s.Start == stat.Year(s.Start.Year()).Start && s.End.Year() == s.Start.Year() {
				basis = words.BasisYearToDate
			}
		}
		for end := first; end <= s.End; end++ {
			if s.Start < end && !isCalendar(s.Start, end) || basis == words.BasisYearToDate {
				w.add(kindOfSpan(basis, s.Start, end), s.Start, end)
			}
		}
	}
}

// kindOfSpan returns the kind of a named window: twelve months to the end of one have a name.
func kindOfSpan(basis string, start, end stat.Date) string {
	if basis == words.BasisBetween && end == end.MonthEnd() && start == end.AddDays(1).AddYears(-1) {
		return compare.BasisYearEnding
	}
	if basis == words.BasisBetween && start == stat.Year(start.Year()).Start && end.Year() == start.Year() {
		return words.BasisYearToDate
	}
	if basis == words.BasisBetween && end-start == 6 {
		return words.BasisSevenDays
	}
	return basis
}

// isCalendar reports whether calendar adds a window.
func isCalendar(start, end stat.Date) bool {
	if start != start.MonthStart() || end != end.MonthEnd() {
		return false
	}
	y, m, _ := start.YMD()
	_, n, _ := end.YMD()
	if end.Year() != y {
		return false
	}
	return m == n || (m-1)%3 == 0 && n == m+2 || (m-1)%6 == 0 && n == m+5 || m == 1 && n == 12
}

// cuts lists the kinds of window that are cut back to whole periods.
var cuts = []string{words.BasisYearToDate, words.BasisSince, compare.BasisPolicyPeriod, words.BasisBetween, words.BasisWeeks, compare.BasisRolling, compare.BasisYear, words.BasisHalf}

// add adds a window, once for each earlier year with which it is compared. A window without a value is
// not added.
func (w *finder) add(basis string, start, end stat.Date) {
	freq := w.freq
	if end > w.on || end > w.last && (!w.mayCut(basis, freq) || end > w.last+unfinished[freq]) {
		return
	}
	asked := start
	if freq == stat.Monthly && start < w.first && start >= w.first-began && slices.Contains(cuts, basis) {
		start = w.first // the publisher counts from the first month in which there was anything
	}
	v := w.x.Path.Sum(start, min(end, w.last))
	if !v.Value.IsKnown() || !v.Complete && !w.mayCut(basis, freq) || basis == words.BasisWeeks && (freq != stat.Weekly || v.End != end) {
		return
	}
	m := Match{Series: w.x.Path.Series().ID, Basis: basis, WindowStart: v.Start, WindowEnd: v.End, Value: v.Value, AsOf: w.x.AsOf, Early: w.x.Early,
		askedStart: asked, askedEnd: end, slack: slacks[freq], newest: v.End == w.last, Cut: asked != v.Start || end != v.End}
	for _, back := range w.backs {
		n := m
		n.back = back
		prior := w.prior(m, basis, start, end, back)
		if prior.Value.IsKnown() && (prior.Complete || m.Cut && freq == stat.Weekly) {
			n.PriorStart, n.PriorEnd = prior.Start, prior.End
			n.compare(prior.Value)
		} else if back > 1 {
			continue
		}
		w.out = append(w.out, n)
	}
	w.preceding(m)
}

// began is the number of days before the first month of a series from which a sentence may count: an agreement
// comes into force some weeks before the first return.
const began stat.Date = 62

// unfinished is the number of days that a period may have that was not over, or not published, when a sentence
// was said.
var unfinished = map[stat.Frequency]stat.Date{stat.Weekly: 6, stat.Monthly: 30}

// mayCut reports whether a window may be cut back to the whole periods of a series.
func (w *finder) mayCut(basis string, freq stat.Frequency) bool {
	switch freq {
	case stat.Weekly:
		return slices.Contains(cuts, basis)
	case stat.Monthly:
		return slices.Contains(cuts, basis) && basis != compare.BasisRolling
	}
	return false
}

// prior returns the window with which one is compared. The weeks of a year to date are paired by number.
func (w *finder) prior(m Match, basis string, start, end stat.Date, back int) compare.Window {
	s, e := yearsEarlier(basis, start, end, back)
	if start == stat.Year(start.Year()).Start && basis != compare.BasisRolling && w.freq == stat.Weekly {
		first := w.x.Path.Sum(s, e.AddDays(7))
		return w.x.Path.Sum(first.Start, first.Start+m.WindowEnd-m.WindowStart)
	}
	return w.x.Path.Sum(s, e)
}

// preceding adds a month, quarter, half or week compared with the one before it.
func (w *finder) preceding(m Match) {
	months := map[string]int{compare.BasisMonth: 1, compare.BasisQuarter: 3, words.BasisHalf: 6}[m.Basis]
	switch {
	case months > 0:
		y, month, _ := m.WindowStart.YMD()
		m.PriorStart, m.PriorEnd = stat.NewDate(y, month-time.Month(months), 1), m.WindowStart.AddDays(-1)
	case m.Basis == words.BasisWeek:
		m.PriorStart, m.PriorEnd = m.WindowStart.AddDays(-7), m.WindowStart.AddDays(-1)
	default:
		return
	}
	if prior := w.x.Path.Sum(m.PriorStart, m.PriorEnd); prior.Complete {
		m.back = preceded
		m.compare(prior.Value)
		w.out = append(w.out, m)
	}
}

// yearsEarlier returns the same window some years earlier, by the rules of the published
// comparisons. In a window of whole months, the end of a month stays one. Otherwise
// 29 February becomes 28 February.
func yearsEarlier(basis string, start, end stat.Date, years int) (stat.Date, stat.Date) {
	s, e := start.AddYears(-years), end.AddYears(-years)
	switch basis {
	case compare.BasisRolling:
		per := compare.TwelveMonths(end, end.Year()-years)
		return per.Start, per.End
	case compare.BasisMonth, compare.BasisQuarter, words.BasisHalf, compare.BasisYear, compare.BasisYearEnding:
		return s, e.MonthEnd()
	}
	return s, e
}

// points adds the values of a stock, compared with a year before, three months before and the last
// value.
func (w *finder) points() {
	list := w.x.Path.Observations()
	for i, o := range list {
		if o.Period.End > w.last || !o.Value.IsKnown() {
			continue
		}
		m := Match{Series: o.Series.ID, Basis: compare.BasisPoint, WindowStart: o.Period.Start, WindowEnd: o.Period.End, Value: o.Value, AsOf: w.x.AsOf, Early: w.x.Early,
			askedStart: o.Period.Start, askedEnd: o.Period.End, slack: words.PointLookback, newest: o.Period.End == w.last}
		for _, back := range w.backs {
			n := m
			n.back = back
			if before := w.x.Path.Over(stat.Day(o.Period.End.AddYears(-back))); before.Value.IsKnown() {
				n.PriorStart, n.PriorEnd = before.Start, before.End
				n.compare(before.Value)
			} else if back > 1 {
				continue
			}
			w.out = append(w.out, n)
		}
		if i > 0 && list[i-1].Value.IsKnown() {
			m.back, m.PriorStart, m.PriorEnd = preceded, list[i-1].Period.Start, list[i-1].Period.End
			m.compare(list[i-1].Value)
			w.out = append(w.out, m)
		}
		if m.newest {
			w.sinceNamed(m, list[:i])
		}
	}
}

// sinceNamed adds the newest value of a stock, compared with the last one in each span that the sentence names: "it
// peaked in June 2023 and has since fallen by 63 %".
func (w *finder) sinceNamed(m Match, before []stat.Observation) {
	for _, s := range w.custom {
		end := s.End
		if s.Open && s.Start == s.Start.MonthStart() {
			end = s.Start.MonthEnd()
		} else if s.Open {
			end = s.Start
		}
		for _, o := range slices.Backward(before) {
			if o.Period.End > end || !o.Value.IsKnown() {
				continue
			}
			if o.Period.End >= s.Start {
				m.back, m.PriorStart, m.PriorEnd = sinceThen, o.Period.Start, o.Period.End
				m.compare(o.Value)
				w.out = append(w.out, m)
			}
			break
		}
	}
}

// compare sets the prior value and the change on it.
func (m *Match) compare(prior stat.Count) {
	m.Prior, m.Percent = prior, compare.PercentChange(m.Value, prior)
}
