package compare

import (
	"cmp"
	"slices"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// The bases of a rate that no comparison has.
const (
	BasisWeek       = "week"
	BasisYearToDate = "year-to-date" // 1 January to the cut-off's month and day
)

// The methods by which a rate gets its limits.
const (
	MethodNone    = "none"          // the sums are complete counts
	MethodPoisson = "exact-poisson" // see PoissonInterval
)

// The smallest sums on which a rate per 1,000 is published.
const (
	leastBase   = 1000
	leastEvents = 5
)

// Rate is a ratio of two sums over the same days.
type Rate struct {
	Name                   string
	Numerator, Denominator stat.SeriesID
	// Period holds the days that both sums cover, after cutting back to whole
	// periods of both. A year to date is a range.
	Period stat.Period
	Basis  string // of Ratios and RatesPerThousand
	// End is the rate of the numerator's value. Low and High are those of the ends of its range,
	// such as the dead, and the dead and missing; without a range they are missing.
	End
	Low, High End
	Base      stat.Count // the sum below the line
	Method    string
	Level     Percent // of the limits; missing without a method
	Status    stat.Status
	Vintage   stat.Date
	Note      note.List // why there is no value, or what was cut back
}

// End is a number above the line, and its rate.
type End struct {
	Count stat.Count
	// Value is missing if the denominator is 0 or missing, or if Count is missing. A rate per
	// 1,000 is also missing on sums that are too small.
	Value Float
	// Lower and Upper are the limits of Value by the rate's method, and missing without a method.
	Lower, Upper Float
}

// Ratio returns the ratio of two sums over the days of per:
//
//	value = Σ numerator ÷ Σ denominator
//
// It is never a mean of ratios. If a period of one straddles an edge, both are cut back to the
// same days. If the numerator has a range, each end gives an end of the rate.
func Ratio(name string, num, den *Path, per stat.Period) Rate {
	r := newRate(name, num, den, per)
	for _, e := range r.ends() {
		e.Value = quotient(e.Count, r.Base)
	}
	return r
}

// PerThousand returns the numerator per 1,000 of the denominator over the days
// of per, such as deaths per 1,000 arrivals, with the exact Poisson 95 %
// interval of the numerator:
//
//	value = 1,000 × Σ numerator ÷ Σ denominator
//
// If the numerator has a range, each end gives an end of the rate, with an interval of its own.
// There is no rate on a denominator below leastBase, nor of a numerator below leastEvents; the
// note then says "low base".
func PerThousand(name string, num, den *Path, per stat.Period) Rate {
	r := newRate(name, num, den, per)
	r.Method, r.Level = MethodPoisson, KnownPercent(100*(1-2*tail))
	base, _ := r.Base.Get()
	if base <= 0 {
		return r
	}
	var others note.List
	for i, e := range r.ends() {
		switch why := e.perThousand(base); {
		case i == 0:
			r.Note = slices.Concat(why, r.Note)
			if why.Has(note.LowBase) {
				r.Status = stat.Suppressed
			}
		case e.Count != r.Count: // else the note on the value says it
			others = slices.Concat(others, why.About([]string{note.LowEnd, note.HighEnd}[i-1]))
		}
	}
	r.Note = slices.Concat(r.Note, others)
	return r
}

// perThousand fills in the rate per 1,000 of base, or says why there is none.
func (e *End) perThousand(base int64) note.List {
	events, known := e.Count.Get()
	switch {
	case !known:
		return nil
	case events < 0:
		return note.List{{Code: note.NumeratorNegative}}
	case events < leastEvents || base < leastBase:
		return note.List{{Code: note.LowBase}}
	}
	lower, upper := PoissonInterval(events)
	per := func(n float64) Float { return KnownFloat(1000 * n / float64(base)) }
	e.Value, e.Lower, e.Upper = per(float64(events)), per(lower), per(upper)
	return nil
}

// ends returns the value and the ends of its range.
func (r *Rate) ends() []*End { return []*End{&r.End, &r.Low, &r.High} }

// newRate returns the sums of a rate without their ratio.
func newRate(name string, num, den *Path, per stat.Period) Rate {
	n, d := sameDays(num, den, per)
	var why note.List
	if n.incomplete || d.incomplete {
		why = note.List{{Code: note.Incomplete}}
	}
	switch base, known := d.Value.Get(); {
	case !known:
		why = slices.Concat(why, note.List{{Code: note.NoDenominator}}, d.Note)
	case base <= 0:
		why = append(why, note.Note{Code: note.ZeroDenominator})
	case !n.Value.IsKnown():
		why = slices.Concat(why, note.List{{Code: note.NoNumerator}}, n.Note)
	case n.period(per) != per:
		why = append(why, note.Note{Code: note.CutBack, Words: "periods", From: per.Start, To: per.End})
	}
	if days := idleDays(num, den, n); days > 0 {
		why = append(why, note.Note{Code: note.WithoutNumerator, N: days, Of: n.Days})
	}
	if !n.Value.IsKnown() || !d.Value.IsKnown() {
		n.Status = stat.Missing
	}
	r := Rate{Name: name, Numerator: num.series.ID, Denominator: den.series.ID, Period: n.period(per), End: End{Count: n.Value}, Base: d.Value,
		Method: MethodNone, Status: stat.Worst(n.Status, d.Status), Vintage: max(n.Vintage, d.Vintage), Note: why}
	// If the denominator has a range too, we cannot know which of its ends belongs to which
	// end of the numerator, so the rate has no range.
	if !d.Lower.IsKnown() {
		r.Low.Count, r.High.Count = n.Lower, n.Upper
	}
	return r
}

// idleDays returns how many days of w have something below the line and nothing above it, such as
// boats without people. They are in both sums. Only daily figures tell.
func idleDays(num, den *Path, w Window) (days int) {
	if den.freq != stat.Daily {
		return 0
	}
	for _, o := range den.obs[den.from(w.Start):den.after(w.End)] {
		if base, _ := o.Value.Get(); base > 0 {
			if n, _ := num.on(o.Period.Start); n == stat.Known(0) {
				days++
			}
		}
	}
	return days
}

// quotient returns n ÷ d. It is missing if n or d is, or if d is not positive.
func quotient(n, d stat.Count) Float {
	a, known := n.Get()
	b, _ := d.Get()
	if !known || b <= 0 {
		return Float{}
	}
	return KnownFloat(float64(a) / float64(b))
}

// sameDays sums both over the days of per, cut back until no period of either straddles an
// edge. Each round shortens the span, so the loop ends.
func sameDays(num, den *Path, per stat.Period) (n, d Window) {
	start, end := per.Start, per.End
	for {
		n = num.Sum(start, end)
		if n.Days <= 0 {
			return Window{}, Window{Note: n.Note}
		}
		d = den.Sum(n.Start, n.End)
		if d.Days <= 0 {
			return Window{}, d
		}
		if d.Start == n.Start && d.End == n.End {
			return n, d
		}
		start, end = d.Start, d.End
	}
}

// Ratios returns Ratio for every whole week, month and year that both cover, up to the cut-off,
// and in each year for the year to date and the 12 months to the cut-off's month and day. The
// rates are sorted by period.
func Ratios(name string, num, den *Path, cutoff stat.Date) []Rate {
	bases := []string{BasisMonth, BasisYear, BasisRolling, BasisYearToDate}
	if num.hasWeeks() && den.hasWeeks() {
		bases = append(bases, BasisWeek)
	}
	return rates(Ratio, name, num, den, cutoff, bases...)
}

// RatesPerThousand returns PerThousand for every whole year, and in each year for the 12 months to
// the cut-off's month and day. A month is there only if its sums are large enough for a rate.
func RatesPerThousand(name string, num, den *Path, cutoff stat.Date) []Rate {
	all := rates(PerThousand, name, num, den, cutoff, BasisMonth, BasisYear, BasisRolling)
	return slices.DeleteFunc(all, func(r Rate) bool { return r.Basis == BasisMonth && !r.Value.IsKnown() })
}

// hasWeeks reports whether the periods of the series add up to weeks.
func (p *Path) hasWeeks() bool { return p.freq == stat.Daily || p.freq == stat.Weekly }

// rates calls f for the periods of each basis; see Ratios.
func rates(f func(string, *Path, *Path, stat.Period) Rate, name string, num, den *Path, cutoff stat.Date, bases ...string) []Rate {
	a, b := num.Coverage()
	c, d := den.Coverage()
	first, last := max(a, c), min(b, d, cutoff)
	var out []Rate
	for _, basis := range bases {
		for _, per := range periodsOf(basis, first, last, cutoff) {
			n, d := sameDays(num, den, per)
			toDate := basis == BasisYearToDate || basis == BasisRolling
			if n.Days <= 0 || !toDate && !(num.publishable(n, per) && den.publishable(d, per)) {
				continue
			}
			r := f(name, num, den, per)
			r.Basis = basis
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y Rate) int {
		return cmp.Or(cmp.Compare(x.Period.Start, y.Period.Start), cmp.Compare(x.Period.End, y.Period.End))
	})
	return out
}

// periodsOf returns the periods of a basis that lie between first and last.
func periodsOf(basis string, first, last, cutoff stat.Date) []stat.Period {
	switch basis {
	case BasisMonth:
		return wholeMonths(first, last, 1, 1, stat.PrecisionMonth)
	case BasisYear:
		return wholeMonths(first, last, 12, 12, stat.PrecisionYear)
	}
	var out []stat.Period
	add := func(per stat.Period) {
		if per.Start >= first && per.End <= last {
			out = append(out, per)
		}
	}
	if basis == BasisWeek {
		for d := first; d <= last; d++ {
			if d.Weekday() == time.Sunday {
				add(stat.WeekEnding(d))
			}
		}
		return out
	}
	for y := first.Year(); y <= last.Year(); y++ {
		if basis == BasisRolling {
			add(TwelveMonths(cutoff, y))
		} else {
			add(stat.Period{Start: stat.Year(y).Start, End: cutoff.InYear(y), Precision: stat.PrecisionRange})
		}
	}
	return out
}
