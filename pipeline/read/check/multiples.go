package check

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"crossings/pipeline/stat"
)

// AllMultiples is the code of the finding about figures that were all multiplied.
const AllMultiples = "all-multiples"

// runs are the numbers that figures may all be multiples of, the largest first, and how many
// figures in a row show that it is no coincidence: counts come so by chance once in 10^12 times.
var runs = func() (out []run) {
	for _, of := range []int64{1000, 100, 10, 7, 5, 3, 2} {
		out = append(out, run{of: of, least: int(math.Ceil(12 / math.Log10(float64(of))))})
	}
	return out
}()

// run is the longest run of multiples of a number in a list of counts.
type run struct {
	of                int64
	least, n, longest int
	start             counted // of the current run
	first, last       counted // of the longest
}

// counted is a count and where it is.
type counted struct {
	value int64
	where string
}

// Counts looks at counts one after another, in which several in a row are all multiples of a number.
// Such figures were multiplied, as a column in thousands, or rounded. Zeros show nothing, and neither
// does a count that is the same as the one before it.
type Counts struct {
	last int64
	runs []run
}

// NewCounts returns an empty list of counts that their publisher rounds to multiples of a number, or
// does not if it is 1.
func NewCounts(rounded int64) *Counts {
	c := &Counts{runs: slices.Clone(runs)}
	for i := range c.runs {
		c.runs[i].of *= rounded
	}
	return c
}

// Add adds the next count. where is its place in the file.
func (c *Counts) Add(value int64, where string) {
	if value == 0 || value == c.last {
		return
	}
	c.last = value
	x := counted{value, where}
	for i := range c.runs {
		r := &c.runs[i]
		if value%r.of != 0 {
			r.n = 0
			continue
		}
		if r.n++; r.n == 1 {
			r.start = x
		}
		if r.n > r.longest {
			r.longest, r.first, r.last = r.n, r.start, x
		}
	}
}

// Findings returns what the counts show: at most one finding. what names them.
func (c *Counts) Findings(what string, severity stat.Severity) []stat.Finding {
	for _, r := range c.runs {
		if r.longest >= r.least {
			return []stat.Finding{{Code: AllMultiples, Severity: severity, Where: r.first.where, Message: fmt.Sprintf(
				"%s: %d figures, one after another, are multiples of %d, from %d to %d at %s; counts are not. They may be in another unit, or rounded: compare them with what the publisher says elsewhere",
				what, r.longest, r.of, r.first.value, r.last.value, r.last.where)}}
		}
	}
	return nil
}

// Multiples returns the rule that the figures of a measure are not all multiples of the same number:
// series by series, and period by period. A column in thousands where persons are expected shows so,
// even if nothing else is known. The findings have the given severity; see NewCounts for rounded.
func Multiples(severity stat.Severity, rounded int64) Rule {
	return func(bySeries map[stat.SeriesID][]stat.Observation) (r Result) {
		byMeasure := map[string][]stat.Observation{}
		for _, id := range slices.Sorted(maps.Keys(bySeries)) {
			byMeasure[id.Measure()] = append(byMeasure[id.Measure()], bySeries[id]...)
		}
		for _, measure := range slices.Sorted(maps.Keys(byMeasure)) {
			list := byMeasure[measure]
			found := multiplied(list, measure, severity, rounded)
			if found == nil {
				slices.SortStableFunc(list, func(a, b stat.Observation) int { return cmp.Compare(a.Period.Start, b.Period.Start) })
				found = multiplied(list, measure, severity, rounded)
			}
			r.Findings = append(r.Findings, found...)
		}
		return r
	}
}

// multiplied returns what some figures show, in their order.
func multiplied(list []stat.Observation, measure string, severity stat.Severity, rounded int64) []stat.Finding {
	c := NewCounts(rounded)
	for _, o := range list {
		value, _ := o.Value.Get() // 0 if it is missing
		c.Add(value, o.Locator)
	}
	return c.Findings(measure, severity)
}
