package words

import (
	"slices"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// span is a set of windows that words of a sentence may mean.
type span struct {
	start, end stat.Date
	open       bool     // ends up to Lookback days before end: "so far this year"
	inside     bool     // any window between start and end: "on a single day of 2022"
	ending     bool     // any window that ends on end: "to 7 November 2023"
	around     bool     // any window that contains start to end: what a part of is in it
	newest     bool     // it ends where the series does: "in 2024", of figures that stop in October
	bases      []string // the kinds of window that are meant; empty means any
}

// exactly returns the span of one window.
func exactly(start, end stat.Date) span { return span{start: start, end: end} }

// holds reports whether the span means a window. A weekly or monthly window that was cut back to
// whole periods is compared by the days that were asked for.
func (s span) holds(w Window) bool {
	overAYear := w.Basis == compare.BasisPoint && slices.Contains(s.bases, compare.BasisRolling) // a level is compared with that of a year before
	if len(s.bases) > 0 && !slices.Contains(s.bases, w.Basis) && !overAYear {
		return false
	}
	if s.newest && !w.Newest {
		return false
	}
	if w.Basis == compare.BasisPoint {
		return s.holdsPoint(w.End)
	}
	near := func(d stat.Date) bool { return d == s.end || s.open && d <= s.end && d > s.end-max(w.Slack, Lookback) }
	switch {
	case s.around:
		return w.Start <= s.start && w.End >= s.end
	case s.ending:
		return near(w.AskedEnd) || near(w.End)
	case s.inside:
		return w.Start >= s.start && w.End <= s.end
	}
	return (w.AskedStart == s.start || w.Start == s.start) && (near(w.AskedEnd) || near(w.End))
}

// holdsPoint reports whether the span means a level on a day.
func (s span) holdsPoint(day stat.Date) bool {
	switch {
	case s.ending && !s.open, s.start == s.end:
		return day == s.end
	case s.open:
		return day <= s.end && day > s.end-PointLookback
	}
	return day >= s.start && day <= s.end
}

// shift returns the span some years earlier.
func (s span) shift(years int) span {
	wasMonthEnd := s.end == s.end.MonthEnd() && !s.open
	s.start, s.end = s.start.AddYears(-years), s.end.AddYears(-years)
	if wasMonthEnd {
		s.end = s.end.MonthEnd()
	}
	return s
}

// shiftMonths returns the span some months earlier. Whole months stay so.
func (s span) shiftMonths(n int) span {
	earlier := func(d stat.Date) stat.Date {
		y, m, day := d.YMD()
		first := stat.NewDate(y, m-time.Month(n), 1)
		if d == d.MonthEnd() {
			return first.MonthEnd()
		}
		return min(first.AddDays(day-1), first.MonthEnd())
	}
	s.start, s.end = earlier(s.start), earlier(s.end)
	return s
}
