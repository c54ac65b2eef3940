package compare

import (
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Residual compares a total with the sum of its parts, which may come from different records.
// Both are published, and neither is scaled to fit. With a single part it is a bridge: the
// difference between two publishers' counts of one fact.
type Residual struct {
	Period     stat.Period // the days summed
	Total      stat.Count  // as stated
	Sum        stat.Count  // the sum of the parts
	Difference stat.Count  // Total − Sum, may be negative
	Status     stat.Status // the strongest warning of all
	Note       note.List
}

// ResidualOf returns the residual of total over its parts for the days of per. Sum and
// Difference are missing if a part does not cover exactly the total's days, because days that
// one of them leaves out are not a residual.
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
