package compare

import "crossings/pipeline/stat"

// spans are two spans of days to compare.
type spans struct {
	basis       string
	now, before stat.Period
}

// PolicyPeriods compares a series since a rule began with the time before, up to the cut-off. No day
// is ever on both sides:
//
//   - Until a year after the start: the days from the start to the cut-off, with the same span one
//     calendar year earlier.
//   - From then on: the first twelve months with the twelve before the start, and the newest twelve
//     months with these same twelve before the start.
//
// Before the start, and before a whole period since it, there is no comparison. A month, quarter or year in which the rule begins is on
// neither side; the twelve months then follow or precede it. Weeks are paired by number, and those
// before the start end before it.
func PolicyPeriods(p *Path, start, cutoff stat.Date) []Comparison {
	first, last, end := wholeAround(p, start, cutoff)
	var out []Comparison
	for _, x := range policySpans(first, last, end) {
		if isLong(p) && x.basis == BasisPolicyPeriod {
			x.before = yearEarlier(x.now) // whole months
		}
		w := p.Sum(x.now.Start, x.now.End)
		if w.Days <= 0 {
			continue // no whole period since the start
		}
		prior := pairOf(p, w, x.before)
		if prior.End >= start { // a week more than before holds
			prior = p.Sum(prior.Start.AddDays(-daysPerWeek), prior.End.AddDays(-daysPerWeek))
		}
		out = append(out, p.comparison(x.basis, w, prior, x.now, x.before))
	}
	return out
}

// wholeAround returns the first day that counts as after a start, the last day that counts as before
// it, and the cut-off. They leave out a period longer than a week in which the start or the cut-off
// lies.
func wholeAround(p *Path, start, cutoff stat.Date) (first, last, end stat.Date) {
	if !isLong(p) {
		return start, start.AddDays(-1), cutoff
	}
	first, end, _, _ = p.span(start, cutoff)
	_, last, _, _ = p.span(first.AddYears(-1), start.AddDays(-1))
	return first, last, end
}

// isLong reports whether the periods of a flow are whole months, quarters or years.
func isLong(p *Path) bool {
	return !p.isStock() && p.freq != stat.Daily && p.freq != stat.Weekly
}

// policySpans returns the spans that are compared on a cut-off. first is the first day after the
// start of the rule, and last is the last day before it.
func policySpans(first, last, cutoff stat.Date) []spans {
	between := func(start, end stat.Date) stat.Period {
		return stat.Period{Start: start, End: end, Precision: stat.PrecisionRange}
	}
	if cutoff.AddYears(-1) <= last {
		return []spans{{BasisPolicyPeriod, between(first, cutoff), between(first.AddYears(-1), cutoff.AddYears(-1))}}
	}
	before := between(inOtherYear(last.AddDays(1), -1), last)
	return []spans{
		{BasisFirstTwelve, between(first, inOtherYear(first, 1).AddDays(-1)), before},
		{BasisNewestTwelve, TwelveMonths(cutoff, cutoff.Year()), before},
	}
}

// inOtherYear returns the same day some years later. A common year has 1 March for 29 February, so
// that a year that begins on 29 February ends on 28 February.
func inOtherYear(d stat.Date, years int) stat.Date {
	y, m, day := d.YMD()
	return stat.NewDate(y+years, m, day)
}
