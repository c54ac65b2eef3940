package content

import (
	"cmp"
	"math"
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Breakdowns returns the rows of a total in the table breakdowns, in one dimension or, for "", in all.
// They are read when they are asked for, because the table is long.
func Breakdowns(x *Index, id stat.SeriesID, dimension string) []*row.Breakdown {
	t := x.published[row.Breakdown{}.Table()]
	if t == nil {
		return nil
	}
	rows := pointers(row.All[row.Breakdown](t.Of(id)))
	return slices.DeleteFunc(rows, func(r *row.Breakdown) bool { return dimension != "" && r.Dimension != dimension })
}

// NewestParts returns the rows of a total in its newest twelve months that end with a quarter, on its
// newest date, or in its newest year: the total, the ranked parts from the largest on, the others, and
// what they leave over.
func NewestParts(x *Index, id stat.SeriesID, dimension string) []*row.Breakdown {
	rows := Breakdowns(x, id, dimension)
	var newest *row.Breakdown
	for _, r := range rows {
		if r.Basis != "quarter" && (newest == nil || r.PeriodEnd > newest.PeriodEnd || r.PeriodEnd == newest.PeriodEnd && r.Basis == "year-ending") {
			newest = r
		}
	}
	if newest == nil {
		return nil
	}
	rows = slices.DeleteFunc(rows, func(r *row.Breakdown) bool { return r.Basis != newest.Basis || r.PeriodEnd != newest.PeriodEnd })
	place := func(r *row.Breakdown) int64 {
		n, ranked := r.Rank.Get()
		switch {
		case r.Code == stat.Total:
			return 0
		case ranked:
			return n
		}
		return math.MaxInt64
	}
	slices.SortStableFunc(rows, func(a, b *row.Breakdown) int { return cmp.Compare(place(a), place(b)) })
	return rows
}
