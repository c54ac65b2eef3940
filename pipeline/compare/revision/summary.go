package revision

import (
	"cmp"
	"slices"

	"crossings/pipeline/stat"
)

// Summary says how often, how much and how late the figures of a series change.
type Summary struct {
	Series       stat.SeriesID
	Revisions    int // number of changes; a value may change more than once
	Observations int // number of values stated now
	Withdrawn    int // number of values that were stated and no longer are
	Revised      int // number of values, withdrawn or not, that changed at least once
	Silent       int // number of changes that the publisher did not mark
	Substantial  int // number of changes that alter a headline
	// Fall and Rise are the largest changes down and up, 0 if there was none. Fall is negative.
	Fall, Rise int64
	// Absolute is the sum of the sizes of the changes.
	Absolute int64
	// Lag is the largest number of days from the end of a period to the last release that
	// changed its value.
	Lag int
}

// Share returns the percentage of values, including withdrawn ones, that were revised. ok is
// false if there are no values.
func (s Summary) Share() (percent float64, ok bool) {
	all := s.Observations + s.Withdrawn
	if all == 0 {
		return 0, false
	}
	return 100 * float64(s.Revised) / float64(all), true
}

// Summarise sums up a ledger by series. The result is sorted by series. observations holds the
// number of values that each series states now. A withdrawal counts as a change of size 0.
func Summarise(ledger []Revision, observations map[stat.SeriesID]int) []Summary {
	type period struct {
		series     stat.SeriesID
		start, end stat.Date
	}
	sums := map[stat.SeriesID]*Summary{}
	seen := map[period]bool{} // true if the newest statement withdraws the value
	for _, r := range ledger {
		id := r.Series.ID
		s := sums[id]
		if s == nil {
			s = &Summary{Series: id, Observations: observations[id]}
			sums[id] = s
		}
		s.Revisions++
		p := period{id, r.Period.Start, r.Period.End}
		withdrawn, again := seen[p]
		if !again {
			s.Revised++
		}
		if withdrawn {
			s.Withdrawn--
		}
		if seen[p] = r.Kind == Withdrawn; seen[p] {
			s.Withdrawn++
		}
		if !r.Marked {
			s.Silent++
		}
		if r.Substantial {
			s.Substantial++
		}
		d, _ := r.New.Sub(r.Old).Get() // 0 if either is missing
		s.Fall, s.Rise = min(s.Fall, d), max(s.Rise, d)
		s.Absolute += max(d, -d)
		s.Lag = max(s.Lag, int(r.NewVintage-r.Period.End))
	}
	var out []Summary
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Summary) int { return cmp.Compare(a.Series, b.Series) })
	return out
}
