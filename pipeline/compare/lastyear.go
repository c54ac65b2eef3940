package compare

import (
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// PassedOn returns the day on which last year's cumulative first reached this year's
// cumulative at the cut-off: the first day d of the year before with
//
//	Σ 1 January … d  >=  YTD(year of the cut-off)
//
// For a series of longer periods it is the last day of the period in which that happened.
// The result is false in three cases: this year's cumulative is missing or not above zero,
// last year's never reached it, or last year has a missing day before it did.
func PassedOn(p *Path, cutoff stat.Date) (stat.Date, bool) {
	target, _ := p.toDate(cutoff.Year(), cutoff).Value.Get()
	if target <= 0 {
		return 0, false
	}
	last := stat.Year(cutoff.Year() - 1)
	next, _, lo, hi := p.span(last.Start, last.End)
	var sum int64
	for _, o := range p.obs[lo:hi] {
		n, known := o.Value.Get()
		if !known || o.Period.Start != next {
			return 0, false
		}
		if sum += n; sum >= target {
			return o.Period.End, true
		}
		next = o.Period.End.AddDays(1)
	}
	return 0, false
}

// Share is the part of a whole year's total that was reached by a date.
type Share struct {
	Year   int
	Cutoff stat.Date  // the month and day of the cut-off, in Year
	Value  stat.Count // from 1 January to Cutoff
	Total  stat.Count // the whole of Year
	Share  Percent    // of Total, 0 to 100
	Note   note.List  // what was cut back
}

// ShareReached returns the share of the whole year that was reached by the cut-off's month
// and day, for each complete earlier year, oldest first:
//
//	share = 100 × YTD(y, C) ÷ year(y)
//
// Years without a known total above zero are left out. The shares give context; they are
// not a forecast.
func ShareReached(p *Path, cutoff stat.Date) []Share {
	first, _ := p.Coverage()
	var out []Share
	for y := first.Year(); y < cutoff.Year(); y++ {
		w, whole := p.toDate(y, cutoff), p.wholeYear(y)
		part, known := w.Value.Get()
		total, _ := whole.Value.Get()
		if !known || total <= 0 || part < 0 {
			continue
		}
		out = append(out, Share{Year: y, Cutoff: cutoff.InYear(y), Value: w.Value, Total: whole.Value,
			Share: KnownPercent(100 * float64(part) / float64(total)), Note: slices.Concat(w.Note, span(note.YearSpan, whole))})
	}
	return out
}
