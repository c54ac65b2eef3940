package compare

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"

	"crossings/pipeline/stat"
)

// Path is one series as known at one moment: its observations in order of
// period, without overlaps. It is immutable and safe for concurrent use.
type Path struct {
	series *stat.Series
	freq   stat.Frequency
	obs    []stat.Observation
	// tree is a segment tree of the sums of observations. Leaf i, the part of obs[i], is
	// tree[len(obs)+i], and node k joins nodes 2k and 2k+1.
	tree    []part
	vintage stat.Date // the newest vintage among obs
}

// NewPath builds the path of s from its observations, in any order. It copies obs. Days
// between two observations may be left out; they are missing. It is an error if an observation
// contradicts itself or belongs to another series, or if two observations overlap. A path
// without observations is valid and covers nothing.
func NewPath(s *stat.Series, obs []stat.Observation) (*Path, error) {
	if s == nil {
		return nil, errors.New("path without a series")
	}
	p := &Path{series: s, freq: s.Frequency(), obs: slices.Clone(obs)}
	if !p.freq.Valid() {
		return nil, fmt.Errorf("series %q has no frequency", s.ID)
	}
	for _, o := range p.obs {
		if o.Series == nil || o.Series.ID != s.ID {
			return nil, fmt.Errorf("path of %s: observation of another series at %s", s.ID, o.Period.Start)
		}
		if err := o.Validate(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(p.obs, func(a, b stat.Observation) int {
		return cmp.Or(cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(a.Period.End, b.Period.End))
	})
	for i := 1; i < len(p.obs); i++ {
		if a, b := p.obs[i-1].Period, p.obs[i].Period; b.Start <= a.End {
			return nil, fmt.Errorf("%s: %s to %s overlaps %s to %s", s.ID, b.Start, b.End, a.Start, a.End)
		}
	}
	n := len(p.obs)
	p.tree = make([]part, 2*n)
	for i, o := range p.obs {
		p.tree[n+i] = partOf(o)
		p.vintage = max(p.vintage, p.tree[n+i].vintage)
	}
	for k := n - 1; k > 0; k-- {
		p.tree[k] = p.tree[2*k].join(p.tree[2*k+1])
	}
	return p, nil
}

// Series returns the series of the path.
func (p *Path) Series() *stat.Series { return p.series }

// Observations returns the observations in order of period. The caller must not
// change them.
func (p *Path) Observations() []stat.Observation { return p.obs }

// Coverage returns the first day of the first period and the last day of the last period, even
// if these have no values. Both are zero if there are no observations.
func (p *Path) Coverage() (start, end stat.Date) {
	if len(p.obs) == 0 {
		return 0, 0
	}
	return p.obs[0].Period.Start, p.obs[len(p.obs)-1].Period.End
}

// KnownCoverage returns the first day of the first period that has a value and the last day of
// the last period that has one. Both are zero if no period has a value.
func (p *Path) KnownCoverage() (start, end stat.Date) {
	for _, o := range p.obs {
		if o.Value.IsKnown() {
			if start.IsZero() {
				start = o.Period.Start
			}
			end = o.Period.End
		}
	}
	return start, end
}

// Vintage returns the newest vintage among the observations. It is zero if there are none.
func (p *Path) Vintage() stat.Date { return p.vintage }

// CommonCutoff returns the last day on which every path has a value: the cut-off of a
// comparison of all of them. It is zero if there is no such day. A period with a value counts
// for all its days; sums to a day within it are cut back to whole periods. A stock has values
// only on its own dates.
func CommonCutoff(paths ...*Path) stat.Date {
	if len(paths) == 0 {
		return 0
	}
	_, day := paths[0].KnownCoverage()
	for settled := false; !settled; {
		settled = true
		for _, p := range paths {
			if d := p.lastKnown(day); d != day {
				day, settled = d, false
			}
		}
	}
	return day
}

// lastKnown returns the last day up to d on which p has a value, or zero.
func (p *Path) lastKnown(d stat.Date) stat.Date {
	for i := p.after(d) - 1; i >= 0; i-- {
		if p.obs[i].Value.IsKnown() {
			return min(d, p.obs[i].Period.End)
		}
	}
	return 0
}

// after returns the index of the first observation that begins after d.
func (p *Path) after(d stat.Date) int {
	return sort.Search(len(p.obs), func(i int) bool { return p.obs[i].Period.Start > d })
}

// from returns the index of the first observation that ends on d or later.
func (p *Path) from(d stat.Date) int {
	return sort.Search(len(p.obs), func(i int) bool { return p.obs[i].Period.End >= d })
}

// endingOn returns the observation whose period ends on d.
func (p *Path) endingOn(d stat.Date) (o stat.Observation, ok bool) {
	if i := p.from(d); i < len(p.obs) && p.obs[i].Period.End == d {
		return p.obs[i], true
	}
	return stat.Observation{}, false
}

// on returns the value and the status of the single day d. The value is missing if d has no
// observation of its own.
func (p *Path) on(d stat.Date) (stat.Count, stat.Status) {
	if o, _ := p.endingOn(d); o.Period.Start == d {
		return o.Value, o.Status
	}
	return stat.Count{}, stat.Missing
}

// isStock reports whether the series is a stock, whose values are never added up over time.
func (p *Path) isStock() bool { return p.series.Kind == stat.Stock }

// unit returns the word for the periods of the series, in the plural, for notes.
func (p *Path) unit() string {
	switch p.freq {
	case stat.Daily:
		return "days"
	case stat.Weekly:
		return "weeks"
	case stat.Monthly:
		return "months"
	case stat.Quarterly:
		return "quarters"
	}
	return "years"
}
