package claim

import (
	"slices"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// windows returns the windows of a series that a sentence may mean.
func windows(s Sentence, on stat.Date, x Series, since []stat.Date) []Match {
	p := x.Path
	first, last := p.KnownCoverage()
	last = min(last, on-1) // the day of the claim was not over yet
	w := windowFinder{s: s, on: on, x: x, first: first, last: last, years: 3}
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

// windowFinder collects the windows of one series.
type windowFinder struct {
	s           Sentence
	on          stat.Date
	x           Series
	first, last stat.Date
	years       int // number of years back that a comparison may go
	stale       float64
	out         []Match
}

// ends returns the days to which a sentence may count: the last known days, and the days that it
// names.
func (w *windowFinder) ends() []stat.Date {
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

// add adds a window, once for each earlier year with which it is compared. A window that is cut
// back to whole periods, or not over yet, is not added.
func (w *windowFinder) add(basis string, start, end stat.Date) {
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
		n.PriorStart, n.PriorEnd = yearsEarlier(basis, start, end, back)
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

// yearsEarlier returns the same window some years earlier, by the rules of the published
// comparisons. In a window of whole months, the end of a month stays one. Otherwise
// 29 February becomes 28 February.
func yearsEarlier(basis string, start, end stat.Date, years int) (stat.Date, stat.Date) {
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

// points adds the values of a stock.
func (w *windowFinder) points() {
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
