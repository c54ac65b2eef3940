package compare

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Window is the sum of a flow over a span of days.
type Window struct {
	// Start and End are the first and last day after cutting back to whole periods, and Days
	// is the number of days. All are zero if no whole period fits.
	Start, End stat.Date
	Days       int

	// Value is missing if any day from Start to End is outside coverage or has no value.
	// Lower and Upper are the sums of the ends of the ranges that the publisher states. A
	// value without a range counts as both ends. They are missing if no part has a range.
	Value, Lower, Upper stat.Count

	Status  stat.Status // the strongest warning among the parts
	Vintage stat.Date   // the newest vintage among the parts
	// Complete says that Value is known and nothing was cut back.
	Complete bool
	Note     note.List // that it is incomplete, what was cut back, or why there is no value; else ""

	incomplete bool // a part is a sum that lacks rows
}

// Sum adds up the days from start to end, both included, in O(log n). Periods that straddle an
// edge are not shared out by days: the window is cut back to whole periods and Note says so.
// Outside coverage the periods are unknown, so the edge is not moved and the value is missing.
// The sum of a stock is missing with status M, because it cannot exist.
func (p *Path) Sum(start, end stat.Date) Window {
	if p.isStock() {
		return Window{Start: start, End: end, Days: max(0, int(end-start)+1), Status: stat.NotExisting,
			Note: note.List{{Code: note.StockNotSummed}}}
	}
	s, e, lo, hi := p.span(start, end)
	if e < s {
		return Window{Status: stat.NotExisting, Note: note.List{{Code: note.NoWholePeriod, From: start, To: end}}}
	}
	t := p.total(lo, hi)
	w := Window{Start: s, End: e, Days: int(e-s) + 1, Status: t.status, Vintage: t.vintage, incomplete: t.incomplete}
	cut, gap := s != start || e != end, w.Days-t.days
	if gap > 0 {
		w.Status = stat.Worst(w.Status, stat.Missing)
	}
	if gap <= 0 && t.blank == 0 {
		w.Value, w.Complete = stat.Known(t.sum), !cut
		if t.ranged {
			w.Lower, w.Upper = stat.Known(t.lower), stat.Known(t.upper)
		}
	}
	w.Note = w.incompleteNote()
	if cut {
		w.Note = append(w.Note, note.Note{Code: note.CutBack, Words: p.unit(), From: start, To: end})
	}
	if gap > 0 {
		w.Note = append(w.Note, note.Note{Code: note.OutsideCoverage, N: gap, Of: w.Days})
	}
	if t.blank > 0 {
		w.Note = append(w.Note, note.Note{Code: note.WithoutValue, N: t.blank, Of: w.Days})
	}
	return w
}

// Incomplete reports whether the value is a sum that lacks rows.
func (w Window) Incomplete() bool { return w.incomplete && w.Value.IsKnown() }

// incompleteNote returns the note on a window that is incomplete, if it is.
func (w Window) incompleteNote() note.List {
	if w.Incomplete() {
		return note.List{{Code: note.Incomplete}}
	}
	return nil
}

// Over returns the value for exactly the days of per: the sum of a flow, or the level of a
// stock on the last day. It is missing if periods straddle an edge.
func (p *Path) Over(per stat.Period) Window {
	if p.isStock() {
		w := Window{Start: per.End, End: per.End, Days: 1, Status: stat.Missing, Note: note.List{{Code: note.NoValueOn, From: per.End}}}
		if o, ok := p.endingOn(per.End); ok {
			w.Value, w.Lower, w.Upper, w.Status, w.Vintage = o.Value, o.Lower, o.Upper, o.Status, partOf(o).vintage
			w.incomplete = o.Incomplete()
			w.Complete, w.Note = o.Value.IsKnown(), w.incompleteNote()
		}
		return w
	}
	w := p.Sum(per.Start, per.End)
	if w.Start != per.Start || w.End != per.End {
		w.Value, w.Lower, w.Upper = stat.Count{}, stat.Count{}, stat.Count{}
	}
	return w
}

// span cuts the days from start to end back to whole periods. It returns the new edges and the
// observations obs[lo:hi] between them. If no whole period fits, e is before s.
func (p *Path) span(start, end stat.Date) (s, e stat.Date, lo, hi int) {
	lo, hi = p.from(start), p.after(end)
	if lo < len(p.obs) && p.obs[lo].Period.Start < start {
		start = p.obs[lo].Period.End.AddDays(1)
		lo++
	}
	if hi > lo && p.obs[hi-1].Period.End > end {
		end = p.obs[hi-1].Period.Start.AddDays(-1)
		hi--
	}
	return start, end, lo, max(lo, hi)
}

// part is the sum of some observations. NewPath has checked that none is above stat.MaxCount,
// so an int64 can hold the sum of nine billion of them.
type part struct {
	days  int   // number of days stated
	blank int   // number of days stated without a value
	sum   int64 // of the values
	// lower and upper are the sums of the ends of ranges.
	lower, upper int64
	ranged       bool // an observation has a range
	incomplete   bool // an observation is a sum that lacks rows
	status       stat.Status
	vintage      stat.Date
}

// partOf returns one observation as a part.
func partOf(o stat.Observation) part {
	t := part{days: o.Period.Days(), status: o.Status, incomplete: o.Incomplete()}
	if o.Release != nil {
		t.vintage = o.Release.Vintage
	}
	n, known := o.Value.Get()
	if !known {
		t.blank = t.days
		return t
	}
	t.sum, t.lower, t.upper = n, n, n
	if lower, ok := o.Lower.Get(); ok {
		t.lower, t.ranged = lower, true
	}
	if upper, ok := o.Upper.Get(); ok {
		t.upper, t.ranged = upper, true
	}
	return t
}

// join returns the sum of t and u. It is commutative, and the zero part is neutral.
func (t part) join(u part) part {
	return part{
		days: t.days + u.days, blank: t.blank + u.blank, sum: t.sum + u.sum,
		lower: t.lower + u.lower, upper: t.upper + u.upper, ranged: t.ranged || u.ranged, incomplete: t.incomplete || u.incomplete,
		status: stat.Worst(t.status, u.status), vintage: max(t.vintage, u.vintage),
	}
}

// total returns the sum of obs[lo:hi]. It climbs the tree from both edges.
func (p *Path) total(lo, hi int) part {
	var t part
	n := len(p.obs)
	for lo, hi = lo+n, hi+n; lo < hi; lo, hi = lo/2, hi/2 {
		if lo%2 == 1 {
			t = t.join(p.tree[lo])
			lo++
		}
		if hi%2 == 1 {
			hi--
			t = t.join(p.tree[hi])
		}
	}
	return t
}

// period returns the window's days as a period: per itself if nothing was cut off, else a
// range.
func (w Window) period(per stat.Period) stat.Period {
	if w.Start == per.Start && w.End == per.End {
		return per
	}
	return stat.Period{Start: w.Start, End: w.End, Precision: stat.PrecisionRange}
}

// publishable reports whether w, the sum of p over per, may be published for per. A daily or
// weekly series may be cut back, and the note says so. For longer periods a cut would leave a
// part period, which is never published.
func (p *Path) publishable(w Window, per stat.Period) bool {
	if p.freq == stat.Daily || p.freq == stat.Weekly {
		return w.Days > 0
	}
	return w.Start == per.Start && w.End == per.End
}
