package check

import (
	"fmt"
	"maps"
	"slices"

	"crossings/pipeline/stat"
)

// Implausible is the code of the finding about a figure that is larger than can be.
const Implausible = "implausible"

// Bounds is how many a measure can have at most, by its name: in a year, or on a day for a level.
// They are set far above what was ever seen, so that they show another unit, not a record.
type Bounds map[string]int64

// Rule checks that no figure is above the bound of its measure, and no year's sum either. Each
// series has at most one finding.
func (b Bounds) Rule(bySeries map[stat.SeriesID][]stat.Observation) (r Result) {
	for _, id := range slices.Sorted(maps.Keys(bySeries)) {
		list := bySeries[id]
		most, bounded := b[list[0].Series.Measure]
		if !bounded {
			continue
		}
		if o, n := exceeds(list, most); n > 0 {
			r.Findings = append(r.Findings, stat.Finding{Code: Implausible, Severity: stat.SeverityError, Where: o.Locator, Message: fmt.Sprintf(
				"%s is %s from %s to %s, and so %d in a year or at a time; more than %d cannot be. It may be in another unit, or have digits too many", id, o.Value, o.Period.Start, o.Period.End, n, most)})
		}
	}
	return r
}

// exceeds returns the first observation with which a series, in order of time, is above a bound, by
// itself or in its year, and how much it then is. n is 0 if none is.
func exceeds(list []stat.Observation, most int64) (at stat.Observation, n int64) {
	var sum stat.Count
	var year int
	end := list[0].Period.Start - 1 // of the last period in the sum
	for _, o := range list {
		value, known := o.Value.Get()
		switch {
		case !known:
			continue
		case value > most:
			return o, value
		case o.Series.Kind != stat.Flow || o.Period.Start <= end:
			continue
		}
		if y := o.Period.Start.Year(); y != year {
			sum, year = stat.Known(0), y
		}
		sum, end = sum.Add(o.Value), o.Period.End
		if n, _ := sum.Get(); n > most {
			return o, n
		}
	}
	return at, n
}
