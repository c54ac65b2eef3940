package section

import (
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Context returns what may explain a part of the changes of a series.
func (t Tables) Context(id stat.SeriesID) listing.Table {
	rows := t.index.Tables.Context.Of(id)
	newestFirst(rows, func(r *row.Context) stat.Date { return r.PeriodEnd })
	per := listing.Decimals(rows, func(r *row.Context) row.Number { return r.ValuePerContext })
	priorPer := listing.Decimals(rows, func(r *row.Context) row.Number { return r.PriorValuePerContext })
	return listing.Anchored(listing.Lay("context", "Another figure in exactly the same two windows, and the value per unit of it. It is context and not an adjustment: nothing is corrected by it.", rows, newestOfEach,
		listing.Plain("Context", func(r *row.Context) string { return wording.Spaced(r.Context) }),
		listing.Plain("Period", func(r *row.Context) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }),
		listing.Main("Value", func(r *row.Context) string { return wording.Thousands(int64(r.Value)) }),
		listing.Plain("A year before", func(r *row.Context) string { return wording.Thousands(int64(r.PriorValue)) }),
		listing.Plain("Per cent", func(r *row.Context) string { return wording.PercentText(r.ChangePercent.Get()) }),
		listing.Plain("Other figure", func(r *row.Context) string { return wording.Thousands(int64(r.ContextValue)) }),
		listing.Plain("Other figure a year before", func(r *row.Context) string { return wording.Thousands(int64(r.PriorContextValue)) }),
		listing.Plain("Value per other figure", per),
		listing.Plain("The same a year before", priorPer),
		listing.Plain("Change of it, per cent", func(r *row.Context) string { return wording.PercentText(r.PerContextChangePercent.Get()) }),
		listing.Text("Status", func(r *row.Context) string { return wording.Marked(r.Status) })), rows)
}
