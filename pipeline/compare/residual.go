package compare

import (
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Residual sets a total beside the sum of its breakdown, which may come from
// different records: both stand, and neither is scaled to fit. With a single
// part it is the bridge between two publishers' counts of one fact.
type Residual struct {
	Period     stat.Period // the days summed
	Total, Sum stat.Count  // as stated; the sum of the parts
	Difference stat.Count  // Total − Sum, may be negative
	Status     stat.Status // the strongest warning of all
	Note       note.List
}

// ResidualOf returns the residual of total over its parts for the days of per.
// Sum and Difference are missing where a part's days are not exactly the
// total's: days that one leaves out are no residual.
func ResidualOf(total *Path, per stat.Period, parts ...*Path) Residual {
	w := total.Sum(per.Start, per.End)
	r := Residual{Period: w.period(per), Total: w.Value, Sum: stat.Known(0), Status: w.Status, Note: w.Note}
	for _, p := range parts {
		v := p.Sum(w.Start, w.End)
		r.Status = stat.Worst(r.Status, v.Status)
		r.Note = slices.Concat(r.Note, v.Note.About(string(p.series.ID)))
		if !v.Complete {
			v.Value = stat.Count{}
		}
		r.Sum = r.Sum.Add(v.Value)
	}
	r.Difference = r.Total.Sub(r.Sum)
	return r
}
