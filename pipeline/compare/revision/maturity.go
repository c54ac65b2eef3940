package revision

import (
	"math"
	"slices"

	"crossings/pipeline/stat"
)

// Maturity says when the periods of a series stop moving. A period is young while it has both
// fewer releases and fewer days than those after which earlier periods stopped moving.
type Maturity struct {
	Releases int // after which the value did not change any more; 0 if new periods do not move
	// Settled says whether enough older periods were seen, without any change. Otherwise values
	// move for at least as many releases.
	Settled bool
	Days    int // age of a period at the last release that changed it
	// Periods is how many periods were stated again while they were young, and Moved how many of
	// them changed then.
	Periods, Moved int
	Late           int // number of changes of older periods
	Wholesale      int // number of releases left out because they restated the series as a whole
	Ranges         []Range
}

// Range is how far the values of one age have moved since.
type Range struct {
	Lag     int // releases
	Periods int // stated at this lag and again later
	Moved   int // of those, how many have another value now
	// Fall and Rise are the largest differences from the value at this lag to the newest one, down
	// and up, and FallPercent and RisePercent the largest relative ones. They are 0 if there is none.
	Fall, Rise               int64
	FallPercent, RisePercent float64
}

const (
	// quietLags is how many releases must pass, at least, without a change of any period before
	// periods count as mature. The longer they move, the longer it must be.
	quietLags = 4
	// leastMoved and leastShare are how many young periods must have moved, and which part of all,
	// for the series to be one that matures. A correction now and then is not that.
	leastMoved = 2
	leastShare = 0.1
	// wholesalePeriods is how many of the older half of its periods a release must change, at
	// least, to restate the series as a whole; half of them must change, too.
	wholesalePeriods = 4
)

// step is a value that a release states again.
type step struct {
	lag, age int
	moved    bool
	release  *stat.Release
	period   int // index
}

// steps returns every restatement of a value that was known.
func (h *History) steps() []step {
	var out []step
	for i, v := range h.Periods {
		for j := 1; j < len(v.Statements); j++ {
			was, is := v.Statements[j-1], v.Statements[j]
			if was.Value.IsKnown() {
				out = append(out, step{is.Lag, is.Age, was.Value != is.Value, is.Release, i})
			}
		}
	}
	return out
}

// wholesale returns the releases that change at least half of the older half of the periods that
// they state again, such as after a new definition. They say nothing about age.
func wholesale(steps []step) map[*stat.Release]bool {
	moved := map[*stat.Release][]bool{} // by period
	for _, s := range steps {
		moved[s.release] = append(moved[s.release], s.moved)
	}
	out := map[*stat.Release]bool{}
	for release, list := range moved {
		older := list[:len(list)/2]
		n := 0
		for _, m := range older {
			if m {
				n++
			}
		}
		if n >= wholesalePeriods && 2*n >= len(older) {
			out[release] = true
		}
	}
	return out
}

// Maturity finds the age at which the periods of the series stop moving. ok is false if that is
// not known: no release states a period again, or every one restates the series as a whole, or
// no release adds a period, so that the age in releases is unknown.
func (h *History) Maturity() (m Maturity, ok bool) {
	steps := h.steps()
	left := wholesale(steps)
	m.Wholesale = len(left)
	steps = slices.DeleteFunc(steps, func(s step) bool { return left[s.release] || s.lag < 0 })
	if len(steps) == 0 {
		return m, false
	}
	m.Releases = quietAfter(steps)
	m.Settled = h.oldest() >= m.Releases+quiet(m.Releases)
	again, moved := map[int]int{}, map[int]int{}
	for _, s := range steps {
		switch {
		case s.lag > m.Releases && s.moved:
			m.Late++
		case s.lag <= m.Releases:
			again[s.period]++
			if s.moved {
				moved[s.period]++
				m.Days = max(m.Days, s.age)
			}
		}
	}
	m.Periods, m.Moved = len(again), len(moved)
	if m.Moved < leastMoved || float64(m.Moved) < leastShare*float64(m.Periods) {
		m.Late += movesUpTo(steps, m.Releases)
		m.Releases, m.Days, m.Periods, m.Moved, m.Settled = 0, 0, 0, 0, true
	}
	m.Ranges = h.ranges(m.Releases, left)
	return m, true
}

// movesUpTo counts the changes up to a lag.
func movesUpTo(steps []step, lag int) int {
	n := 0
	for _, s := range steps {
		if s.moved && s.lag <= lag {
			n++
		}
	}
	return n
}

// quietAfter returns the last lag at which periods moved before a quiet stretch: as many releases
// as they had moved for, and at least quietLags, in which none changed.
func quietAfter(steps []step) int {
	var order []int
	for _, s := range steps {
		if s.moved {
			order = append(order, s.lag)
		}
	}
	if len(order) == 0 {
		return 0
	}
	slices.Sort(order)
	last := order[0]
	for _, lag := range order {
		if lag > last+quiet(last) {
			break
		}
		last = lag
	}
	return last
}

// quiet returns how many releases without a change make periods mature that moved for n releases.
func quiet(n int) int { return max(n, quietLags) }

// oldest returns the largest lag that a period of the series has by now. Lags must be known.
func (h *History) oldest() (lag int) {
	for _, v := range h.Periods {
		lag = max(lag, v.Statements[0].Lag+len(h.Releases)-1-v.first)
	}
	return lag
}

// ranges returns how far values have moved between each lag below n and n itself, or the newest
// one if that is sooner, up to a release that restates the series as a whole.
func (h *History) ranges(n int, wholesale map[*stat.Release]bool) []Range {
	out := make([]Range, n)
	for lag := range out {
		out[lag].Lag = lag
	}
	for _, v := range h.Periods {
		last := slices.IndexFunc(v.Statements, func(s Statement) bool { return s.Lag > n || wholesale[s.Release] }) - 1
		if last < -1 {
			last = len(v.Statements) - 1
		}
		for _, s := range v.Statements[:max(last, 0)] {
			if s.Value.IsKnown() {
				out[s.Lag].add(s.Value, v.Statements[last].Value)
			}
		}
	}
	return out
}

// add counts a value that was followed to its newest one.
func (r *Range) add(was, now stat.Count) {
	r.Periods++
	if was != now {
		r.Moved++
	}
	d, known := now.Sub(was).Get()
	if !known {
		return
	}
	r.Fall, r.Rise = min(r.Fall, d), max(r.Rise, d)
	if n, _ := was.Get(); n != 0 {
		percent := 100 * float64(d) / math.Abs(float64(n))
		r.FallPercent, r.RisePercent = min(r.FallPercent, percent), max(r.RisePercent, percent)
	}
}

// Age is how old a period is as of the newest release of its series. It does not depend on the
// day on which somebody looks.
type Age struct {
	Releases int // of the series, since the one in which the period could first be stated
	Days     int // from its end to the newest of them
}

// AgeOf returns the age of a period as of a day. ok is false if no release had stated it by then,
// or if the releases do not tell.
func (h *History) AgeOf(p stat.Period, asOf stat.Date) (age Age, ok bool) {
	i, found := h.find(p)
	newest := h.newest(asOf)
	if !found || newest < h.Periods[i].first || h.Periods[i].Statements[0].Lag < 0 {
		return Age{}, false
	}
	v := h.Periods[i]
	return Age{v.Statements[0].Lag + newest - v.first, int(h.Releases[newest].Vintage - p.End)}, true
}

// newest returns the index of the newest release up to a day, or -1.
func (h *History) newest(asOf stat.Date) int {
	n := slices.IndexFunc(h.Releases, func(r *stat.Release) bool { return r.Vintage > asOf })
	if n < 0 {
		n = len(h.Releases)
	}
	return n - 1
}

// find returns the index of a period.
func (h *History) find(p stat.Period) (int, bool) {
	return slices.BinarySearchFunc(h.Periods, p, func(v Vintages, p stat.Period) int {
		return comparePeriods(v.Period, p)
	})
}

// Young reports whether a period of this age still moves.
func (m Maturity) Young(a Age) bool { return a.Releases < m.Releases && a.Days < m.Days }

// FirstImmature returns the first period that is immature as of a day: everything from its start
// on may still move. ok is false if there is none, or if the maturity of the series is unknown.
func (h *History) FirstImmature(asOf stat.Date) (first stat.Period, ok bool) {
	m, _ := h.Maturity()
	for _, v := range h.Periods {
		if a, known := h.AgeOf(v.Period, asOf); known && m.Young(a) {
			return v.Period, true
		}
	}
	return
}
