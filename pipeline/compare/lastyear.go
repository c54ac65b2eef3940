package compare

import (
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// PassedOn returns the date on which last year's cumulative first reached (>=)
// this year's at the cut-off: the first d of the year before with
//
//	Σ 1 January … d  >=  YTD(year of the cut-off)
//
// For a series of longer periods it is the last day of the period in which it
// did. It is false where this year's is missing or not above zero, where last
// year's never reached it, or has a missing day first.
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

// Share is how much of a whole year was reached by a date of it.
type Share struct {
	Year   int
	Cutoff stat.Date  // the month and day of the cut-off, in Year
	Value  stat.Count // from 1 January to Cutoff
	Total  stat.Count // the whole of Year
	Share  Percent    // of Total, 0 to 100
	Note   note.List  // what was cut back
}

// ShareReached returns, oldest first, the share of the whole year that was
// reached by the cut-off's month and day in each earlier year that is complete:
//
//	share = 100 × YTD(y, C) ÷ year(y)
//
// Years without a known total above zero are left out. The shares are a range
// for context; they forecast nothing.
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
