package revision

import (
	"cmp"
	"slices"

	"crossings/pipeline/stat"
)

// Summary says how often, how much and how late the figures of a series change.
type Summary struct {
	Series       stat.SeriesID
	Revisions    int // changes; a value may change more than once
	Observations int // values stated now
	Withdrawn    int // values that were stated and no longer are
	Revised      int // of all these, those that have changed at least once
	Silent       int // changes without the publisher's mark
	Substantial  int
	// Fall and Rise are the largest changes, 0 where there was none of the kind.
	Fall, Rise int64
	// Absolute is the sum of the changes without their signs.
	Absolute int64
	// Lag is the largest number of days from the end of a period to the release
	// that changed its value last.
	Lag int
}

// Share returns the percentage of values, withdrawn ones included, that were revised. ok
// is false where there are none.
func (s Summary) Share() (percent float64, ok bool) {
	all := s.Observations + s.Withdrawn
	if all == 0 {
		return 0, false
	}
	return 100 * float64(s.Revised) / float64(all), true
}

// Summarise sums up a ledger by series, in order of series. observations holds the
// number of values that each series states now. Withdrawn values count as changes
// without a size.
func Summarise(ledger []Revision, observations map[stat.SeriesID]int) []Summary {
	type period struct {
		series     stat.SeriesID
		start, end stat.Date
	}
	sums := map[stat.SeriesID]*Summary{}
	seen := map[period]bool{} // whether its newest value is withdrawn
	for _, r := range ledger {
		id := r.Series.ID
		s := sums[id]
		if s == nil {
			s = &Summary{Series: id, Observations: observations[id]}
			sums[id] = s
		}
		s.Revisions++
		p := period{id, r.Period.Start, r.Period.End}
		gone, again := seen[p]
		if !again {
			s.Revised++
		}
		if gone {
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
		d, _ := r.New.Sub(r.Old).Get() // 0 where either is missing
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
