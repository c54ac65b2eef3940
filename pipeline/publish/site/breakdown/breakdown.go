// Package breakdown brings together the largest parts of a total, all others and what is not stated, so
// that they add up to the total, and draws them as bars without the chart library.
package breakdown

import (
	"cmp"
	"slices"

	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// maxRanked is how many parts have a bar of their own.
const maxRanked = 10

// Bar is one part of a total, or several together.
type Bar struct {
	Code, Label  string
	Value, Prior stat.Count // of the year before
	Status       stat.Status
	Share        row.Number     // in per cent of the total
	of           *row.Breakdown // nil for several together
}

// Kind returns the word for a part of a dimension.
func Kind(dimension string) string {
	if dimension == "origin" {
		return "nationality"
	}
	return dimension
}

// Change writes the change of a bar on the year before in per cent.
func (b Bar) Change() string {
	if b.of != nil {
		return listing.Percent(b.of.ChangePercent, b.of.PriorValue, b.of.Note)
	}
	n, known := b.Value.Sub(b.Prior).Get()
	base, _ := b.Prior.Get()
	if known && base < stat.LowBase {
		return wording.MarkLowBase
	}
	return wording.PercentText(100*float64(n)/float64(max(base, 1)), known)
}

// ShareText writes the share of the total in per cent, without the sign.
func (b Bar) ShareText() string {
	if f, known := b.Share.Get(); known {
		return wording.Decimal(f)
	}
	return wording.MarkNotAvailable
}

// Unstated reports whether a row of a breakdown counts those of whom the part is not stated.
func Unstated(r *row.Breakdown) bool { return r.Code == stat.Unknown || r.Code == "_X" }

// The labels of bars that are no row of the table.
const (
	allOthers = "all others"
	notStated = "not stated"
)

// Bars returns the bars of the parts of a total.
func Bars(total *row.Breakdown, parts []*row.Breakdown) []Bar {
	var ranked []*row.Breakdown
	unstated := Bar{Code: stat.Unknown, Label: notStated, Value: stat.Known(0), Prior: stat.Known(0)}
	for _, r := range parts {
		switch n, known := r.Rank.Get(); {
		case known && n <= maxRanked && len(ranked) < maxRanked:
			ranked = append(ranked, r)
		case Unstated(r):
			unstated.Value, unstated.Prior = unstated.Value.Add(r.Value), unstated.Prior.Add(r.PriorValue)
			unstated.Status = stat.Worst(unstated.Status, r.Status)
		}
	}
	slices.SortStableFunc(ranked, func(a, b *row.Breakdown) int {
		if x, _, ok := stat.Ages(a.Code); ok {
			if y, _, also := stat.Ages(b.Code); also {
				return cmp.Compare(x, y)
			}
		}
		return 0
	})
	others := Bar{Code: "_O", Label: allOthers, Value: total.Value.Sub(unstated.Value), Prior: total.PriorValue.Sub(unstated.Prior), Status: total.Status}
	var out []Bar
	for _, r := range ranked {
		out = append(out, Bar{r.Code, r.Label, r.Value, r.PriorValue, r.Status, r.SharePercent, r})
		others.Value, others.Prior = others.Value.Sub(r.Value), others.Prior.Sub(r.PriorValue)
	}
	for _, b := range []Bar{others, unstated} {
		if b.Value != stat.Known(0) || b.Prior.IsKnown() && b.Prior != stat.Known(0) {
			n, known := b.Value.Get()
			t, _ := total.Value.Get()
			b.Share = row.Num(100*float64(n)/float64(max(t, 1)), known && t > 0)
			out = append(out, b)
		}
	}
	return out
}
