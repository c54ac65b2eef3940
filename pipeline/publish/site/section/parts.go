package section

import (
	"fmt"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// partsShown is how many ranked parts a page shows of a total.
const partsShown = 25

// Parts returns the parts of a series in its newest twelve months or on its newest date, a table for
// each dimension.
func (t Tables) Parts(id stat.SeriesID) []listing.Table {
	all := map[string]bool{}
	for _, r := range content.Breakdowns(t.index, id, "") {
		all[r.Dimension] = true
	}
	var out []listing.Table
	for _, dimension := range []string{"origin", "destination", "route", "category", "sex", "age"} {
		if all[dimension] {
			out = append(out, t.parts(id, dimension))
		}
	}
	return out
}

func (t Tables) parts(id stat.SeriesID, dimension string) listing.Table {
	var rows []*row.Breakdown
	left := 0
	newest := content.NewestParts(t.index, id, dimension)
	for _, r := range newest {
		if n, ranked := r.Rank.Get(); ranked && n > partsShown {
			left++
			continue
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return listing.Table{}
	}
	caption := fmt.Sprintf("%s by %s, in %s, %s: value, share of the total, rank, and change on the year before.", t.index.Title(id), dimension, t.index.Unit(id),
		wording.PeriodText(newest[0].PeriodStart, newest[0].PeriodEnd))
	x := listing.Anchored(listing.Lay("By "+dimension, caption, rows, len(rows),
		listing.Plain("Part", func(r *row.Breakdown) string { return r.Label }),
		listing.Main("Value", func(r *row.Breakdown) string { return ofPart(r).valueText() }),
		listing.Plain("Share, per cent", func(r *row.Breakdown) string {
			if f, known := r.SharePercent.Get(); known {
				return wording.Decimal(f)
			}
			return wording.MarkNotAvailable
		}),
		listing.Plain("Rank", func(r *row.Breakdown) string {
			if n, ranked := r.Rank.Get(); ranked {
				return wording.Thousands(n)
			}
			return string(stat.MarkNotApplicable)
		}),
		listing.Plain("Year before", func(r *row.Breakdown) string { return ofPart(r).priorText() }),
		listing.Plain("Change", func(r *row.Breakdown) string { return wording.Change(r.Change) }),
		listing.Plain("Per cent", func(r *row.Breakdown) string { return ofPart(r).percent() }),
		listing.Notes(func(r *row.Breakdown) note.List { return r.Note })), rows)
	if left > 0 {
		x.More, x.MoreIn = wording.Thousands(int64(left)), row.Breakdown{}.Table()
	}
	return x
}
