package compare

import (
	"cmp"
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Rate is a ratio of two sums over the same days.
type Rate struct {
	Name                   string
	Numerator, Denominator stat.SeriesID
	// Period holds the days that both sums cover, after cutting back to whole
	// periods of both. A year to date is a range.
	Period stat.Period
	// Value is missing if the denominator is 0 or missing, or if the numerator is missing.
	// Lower and Upper are its bounds: in Ratio from the ends of the numerator's range, in
	// PerThousand a 95 % interval.
	Value, Lower, Upper Float
	Note                note.List // why there is no value, or what was cut back
}

// Ratio returns the ratio of two sums over the days of per:
//
//	value = Σ numerator ÷ Σ denominator
//
// It is never a mean of ratios. If a period of one straddles an edge, both are cut back to the
// same days. If the numerator has a range, each end gives an end of the rate.
func Ratio(name string, num, den *Path, per stat.Period) Rate {
	n, d := sameDays(num, den, per)
	r := newRate(name, num, den, n, d, per)
	r.Value = quotient(n.Value, d.Value)
	// If the denominator has a range too, we cannot know which of its ends belongs to which
	// end of the numerator, so the rate has no range.
	if !d.Lower.IsKnown() {
		r.Lower, r.Upper = quotient(n.Lower, d.Value), quotient(n.Upper, d.Value)
	}
	return r
}

// PerThousand returns the numerator per 1,000 of the denominator over the days
// of per, such as deaths per 1,000 arrivals, with the exact Poisson 95 %
// interval of the numerator:
//
//	value = 1,000 × Σ numerator ÷ Σ denominator
//
// If the range lies between two series, such as dead and dead and missing, the caller computes
// a rate for each.
func PerThousand(name string, num, den *Path, per stat.Period) Rate {
	n, d := sameDays(num, den, per)
	r := newRate(name, num, den, n, d, per)
	events, known := n.Value.Get()
	base, _ := d.Value.Get()
	if !known || base <= 0 {
		return r
	}
	if events < 0 {
		r.Note = slices.Concat(note.List{{Code: note.NumeratorNegative}}, r.Note)
		return r
	}
	lower, upper := PoissonInterval(events)
	r.Value = KnownFloat(1000 * float64(events) / float64(base))
	r.Lower = KnownFloat(1000 * lower / float64(base))
	r.Upper = KnownFloat(1000 * upper / float64(base))
	return r
}

// newRate returns a rate without its values.
func newRate(name string, num, den *Path, n, d Window, per stat.Period) Rate {
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
	return Rate{Name: name, Numerator: num.series.ID, Denominator: den.series.ID, Period: n.period(per), Note: why}
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

// Ratios returns Ratio for every whole month and year that both cover, up to the cut-off, and
// for the year to date of each of these years. The rates are sorted by period, and no two cover
// the same days.
func Ratios(name string, num, den *Path, cutoff stat.Date) []Rate {
	return rates(Ratio, name, num, den, cutoff)
}

// RatesPerThousand returns PerThousand for the same periods as Ratios.
func RatesPerThousand(name string, num, den *Path, cutoff stat.Date) []Rate {
	return rates(PerThousand, name, num, den, cutoff)
}

// rates calls f for the whole months, whole years and years to date; see Ratios.
func rates(f func(string, *Path, *Path, stat.Period) Rate, name string, num, den *Path, cutoff stat.Date) []Rate {
	a, b := num.Coverage()
	c, d := den.Coverage()
	first, last := max(a, c), min(b, d, cutoff)
	periods := append(wholeMonths(first, last, 1, 1, stat.PrecisionMonth),
		wholeMonths(first, last, 12, 12, stat.PrecisionYear)...)
	for y := first.Year(); y <= last.Year(); y++ {
		per := stat.Period{Start: stat.Year(y).Start, End: cutoff.InYear(y), Precision: stat.PrecisionRange}
		if per.Start >= first && per.End <= last {
			periods = append(periods, per)
		}
	}
	var out []Rate
	for _, per := range periods {
		n, d := sameDays(num, den, per)
		toDate := per.Precision == stat.PrecisionRange
		if n.Days <= 0 || !toDate && !(num.publishable(n, per) && den.publishable(d, per)) {
			continue
		}
		out = append(out, f(name, num, den, per))
	}
	slices.SortStableFunc(out, func(x, y Rate) int {
		return cmp.Or(cmp.Compare(x.Period.Start, y.Period.Start), cmp.Compare(x.Period.End, y.Period.End))
	})
	return slices.CompactFunc(out, func(x, y Rate) bool {
		return x.Period.Start == y.Period.Start && x.Period.End == y.Period.End
	})
}
