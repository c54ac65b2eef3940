package compare

import (
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// The bases of a comparison with the year before.
const (
	BasisMonth        = "month"
	BasisQuarter      = "quarter"
	BasisYear         = "year"
	BasisYearEnding   = "year-ending"          // 12 months to the end of a month
	BasisRolling      = "rolling-12-months"    // 12 months to the cut-off's month and day
	BasisPoint        = "point"                // a stock on a date
	BasisPolicyPeriod = "policy-period"        // from the start of a rule to the cut-off
	BasisFirstTwelve  = "first-twelve-months"  // since the start of a rule, against the twelve before it
	BasisNewestTwelve = "newest-twelve-months" // to the cut-off, against the twelve before a rule began
)

// Comparison compares a value with the one a year before.
type Comparison struct {
	Basis string
	// Period holds the days of Value, PriorPeriod those of Prior. If weeks were cut off, it is
	// a range and Note says so.
	Period, PriorPeriod stat.Period
	Value, Prior        stat.Count
	// The bounds of Value and Prior; see Window.
	Lower, Upper, PriorLower, PriorUpper stat.Count

	// Incomplete and PriorIncomplete say that a value is a sum that lacks rows.
	Incomplete, PriorIncomplete bool

	Change        stat.Count // may be negative
	ChangePercent Percent
	Status        stat.Status // of Value
	Vintage       stat.Date   // the newest vintage among the parts of both

	// Young is set by the caller if the value may still move.
	Young *Young
	Note  note.List
}

// YearOnYear compares periods with the same periods a year before. The bases come in this
// order: every whole month, every whole quarter, every whole year, the year ending with every
// month, and in every year the 12 months to the cut-off's month and day. Within a basis the
// oldest comes first. A stock has only the basis "point": its value on a date against that on
// the same date a year before.
//
// A period after the cut-off, or only partly inside coverage, has no row. A period inside
// coverage with a missing day has a row without a value. A zero cut-off is an error.
func YearOnYear(p *Path, cutoff stat.Date) ([]Comparison, error) {
	if cutoff.IsZero() {
		return nil, fmt.Errorf("year on year of %s: no cut-off", p.series.ID)
	}
	if p.isStock() {
		return p.points(cutoff), nil
	}
	first, last := p.Coverage()
	last = min(last, cutoff)
	var out []Comparison
	months := basisPeriods{BasisMonth, wholeMonths(first, last, 1, 1, stat.PrecisionMonth)}
	for _, b := range append([]basisPeriods{months}, quartersAndYears(first, last, 1)...) {
		for _, per := range b.periods {
			out = p.appendComparison(out, b.basis, per, yearEarlier(per))
		}
	}
	for y := first.Year(); y <= cutoff.Year(); y++ {
		if per := TwelveMonths(cutoff, y); per.Start >= first && per.End <= last {
			out = p.appendComparison(out, BasisRolling, per, TwelveMonths(cutoff, y-1))
		}
	}
	return out, nil
}

// basisPeriods are the periods of one basis.
type basisPeriods struct {
	basis   string
	periods []stat.Period
}

// quartersAndYears returns the whole quarters and years between two days, and the twelve months that
// end with every step months.
func quartersAndYears(first, last stat.Date, step int) []basisPeriods {
	return []basisPeriods{
		{BasisQuarter, wholeMonths(first, last, 3, 3, stat.PrecisionQuarter)},
		{BasisYear, wholeMonths(first, last, 12, 12, stat.PrecisionYear)},
		{BasisYearEnding, wholeMonths(first, last, step, 12, stat.PrecisionRange)},
	}
}

// wholeMonths returns the periods of length months between first and last whose last month is
// a multiple of step: 3 for ends of quarters, 12 for ends of years.
func wholeMonths(first, last stat.Date, step, length int, precision stat.Precision) []stat.Period {
	var out []stat.Period
	for d := first.MonthStart(); d.MonthEnd() <= last; d = d.MonthEnd().AddDays(1) {
		y, m, _ := d.YMD()
		start := stat.NewDate(y, m-time.Month(length-1), 1)
		if int(m)%step == 0 && start >= first {
			out = append(out, stat.Period{Start: start, End: d.MonthEnd(), Precision: precision})
		}
	}
	return out
}

// yearEarlier moves a period of whole months back by a year. It still ends with a month.
func yearEarlier(per stat.Period) stat.Period {
	return stat.Period{Start: per.Start.AddYears(-1), End: per.End.AddYears(-1).MonthEnd(), Precision: per.Precision}
}

// TwelveMonths returns the 12 months that end in year y on the month and day of the
// cut-off. They begin the day after the same date of the year before. If the cut-off is the
// last day of its month, they are 12 whole months. This matters in February: to
// 28 February 2025 they begin on 1 March 2024, not on 29 February.
func TwelveMonths(cutoff stat.Date, y int) stat.Period {
	per := stat.Period{Start: cutoff.InYear(y - 1).AddDays(1), End: cutoff.InYear(y), Precision: stat.PrecisionRange}
	if cutoff == cutoff.MonthEnd() {
		m := cutoff.Month()
		per.Start, per.End = stat.NewDate(y-1, m+1, 1), stat.NewDate(y, m+1, 0)
	}
	return per
}

// appendComparison adds the comparison of per with before, unless the series has no value that
// may be published for per.
func (p *Path) appendComparison(out []Comparison, basis string, per, before stat.Period) []Comparison {
	w := p.Sum(per.Start, per.End)
	if !p.publishable(w, per) {
		return out
	}
	return append(out, p.comparison(basis, w, pairOf(p, w, before), per, before))
}

// comparison compares w, the sum over per, with prior, the sum over before.
func (p *Path) comparison(basis string, w, prior Window, per, before stat.Period) Comparison {
	c := Comparison{Basis: basis, Period: w.period(per), PriorPeriod: prior.period(before),
		Value: w.Value, Lower: w.Lower, Upper: w.Upper, Prior: prior.Value, PriorLower: prior.Lower, PriorUpper: prior.Upper,
		Incomplete: w.Incomplete(), PriorIncomplete: prior.Incomplete(), Status: w.Status, Vintage: max(w.Vintage, prior.Vintage)}
	var why note.List
	c.Change, c.ChangePercent, why = compare(w, prior)
	c.Note = pairNotes(p, w, prior, why)
	return c
}

// points compares every value of a stock up to the cut-off with the value on the same date a
// year before. If there is none on that date and the date ends a month, points takes the last
// day of that month: 28 February 2025 against 29 February 2024.
func (p *Path) points(cutoff stat.Date) []Comparison {
	var out []Comparison
	for _, o := range p.obs {
		if o.Period.End > cutoff {
			break
		}
		d := o.Period.End
		before, ok := p.endingOn(d.AddYears(-1))
		if !ok && d == d.MonthEnd() {
			before, _ = p.endingOn(d.AddYears(-1).MonthEnd())
		}
		now, prior := partOf(o), partOf(before)
		c := Comparison{Basis: BasisPoint, Period: o.Period, PriorPeriod: before.Period, Value: o.Value,
			Lower: o.Lower, Upper: o.Upper, Prior: before.Value, PriorLower: before.Lower, PriorUpper: before.Upper, Status: o.Status, Vintage: max(now.vintage, prior.vintage)}
		var why note.List
		c.Change, c.ChangePercent, why = change(c.Value, c.Prior)
		own := Window{Value: o.Value, incomplete: o.Incomplete()}
		earlier := Window{Value: before.Value, Status: before.Status, incomplete: before.Incomplete()}
		c.Incomplete, c.PriorIncomplete = own.Incomplete(), earlier.Incomplete()
		c.Note = slices.Concat(own.incompleteNote(), why, priorWarning(o.Status, earlier), earlier.priorIncompleteNote())
		out = append(out, c)
	}
	return out
}
