package figure

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// rankedParts is how many parts a ranking draws by themselves.
const rankedParts = 10

// bar is what a ranking draws of one part, or of several together.
type bar struct {
	code, label  string
	value, prior stat.Count
	status       stat.Status
	share        row.Number
	of           *row.Breakdown // nil for several together
}

// ranking draws the largest parts of a total next to the same a year before. All other parts are one
// bar, and so is what no part is stated of: the bars add up to the total. Ages stay in their order.
func ranking(index *content.Index, c charts.Chart) drawing {
	rows := content.NewestParts(index, c.Series[0], c.Dimension)
	if len(rows) == 0 || !rows[0].Value.IsKnown() {
		return drawing{}
	}
	total := rows[0]
	bars := barsOf(total, rows[1:])
	d := drawing{cutoff: total.PeriodEnd, statuses: statusSet{}, plot: plot.Plot{Unit: c.Unit, Flat: true}}
	now := plot.Trace{Name: wording.PeriodText(total.PeriodStart, total.PeriodEnd), Colour: plot.Strong, Bar: true}
	before := plot.Trace{Name: "A year before", Colour: plot.Muted, Bar: true}
	for _, b := range bars {
		d.statuses.add(b.status)
	}
	d.table = listing.Table{Title: "Parts", Head: []string{wording.Spaced(kindOf(c.Dimension)), now.Name, before.Name, "Share, per cent", "Change"}}
	for _, b := range bars {
		value, text := drawn(b.value, b.status, d.statuses)
		prior, priorText := any(nil), wording.MarkNotAvailable
		if n, known := b.prior.Get(); known {
			prior, priorText = n, wording.Thousands(n)
		}
		share := shareText(b.share)
		now.Values, before.Values = append(now.Values, value), append(before.Values, prior)
		d.plot.Categories = append(d.plot.Categories, b.label+", "+share+" %")
		d.parts = append(d.parts, [2]string{b.code, b.label})
		line := listing.Row{Name: b.label, Cells: []string{text, priorText, share, b.change()}}
		d.table.Rows = append(d.table.Rows, line)
	}
	d.plot.Traces = []plot.Trace{before, now}
	of := fmt.Sprintf("%s by %s, %s, next to the same a year before", index.Title(c.Series[0]), kindOf(c.Dimension), now.Name)
	d.shows = fmt.Sprintf("%s. Shares are of the total of %s %s.", of, wording.Count(total.Value), index.Unit(c.Series[0]))
	d.says = fmt.Sprintf("The total is %s. %s: %s, %s %%.", wording.Count(total.Value), bars[0].label, wording.Count(bars[0].value), shareText(bars[0].share))
	d.alt = fmt.Sprintf("Bar chart. %s. %s", of, d.says)
	d.table.Caption = fmt.Sprintf("%s, in %s. The total is %s, and %s a year before.%s", of, index.Unit(c.Series[0]), wording.Count(total.Value), wording.Count(total.PriorValue), d.statuses.sentence())
	return d
}

// kindOf returns the word for a part.
func kindOf(dimension string) string {
	if dimension == "origin" {
		return "nationality"
	}
	return dimension
}

// change writes the change of a bar on the year before.
func (b bar) change() string {
	if b.of != nil {
		return listing.Percent(b.of.ChangePercent, b.of.PriorValue, b.of.Note)
	}
	n, known := b.value.Sub(b.prior).Get()
	base, _ := b.prior.Get()
	if known && base < lowBase {
		return wording.MarkLowBase
	}
	return wording.PercentText(100*float64(n)/float64(max(base, 1)), known)
}

// lowBase is the smallest figure of the year before for a change in per cent.
const lowBase = 30

// shareText writes a share of the total in per cent.
func shareText(share row.Number) string {
	if f, known := share.Get(); known {
		return wording.Decimal(f)
	}
	return wording.MarkNotAvailable
}

// The labels of bars that are no row of the table.
const (
	allOthers = "all others"
	notStated = "not stated"
)

// barsOf returns the bars of the parts of a total.
func barsOf(total *row.Breakdown, parts []*row.Breakdown) []bar {
	var ranked []*row.Breakdown
	unstated := bar{code: stat.Unknown, label: notStated, value: stat.Known(0), prior: stat.Known(0)}
	for _, r := range parts {
		switch n, known := r.Rank.Get(); {
		case known && n <= rankedParts && len(ranked) < rankedParts:
			ranked = append(ranked, r)
		case r.Code == stat.Unknown || r.Code == "_X":
			unstated.value, unstated.prior = unstated.value.Add(r.Value), unstated.prior.Add(r.PriorValue)
			unstated.status = stat.Worst(unstated.status, r.Status)
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
	others := bar{code: "_O", label: allOthers, value: total.Value.Sub(unstated.value), prior: total.PriorValue.Sub(unstated.prior), status: total.Status}
	var out []bar
	for _, r := range ranked {
		out = append(out, bar{r.Code, r.Label, r.Value, r.PriorValue, r.Status, r.SharePercent, r})
		others.value, others.prior = others.value.Sub(r.Value), others.prior.Sub(r.PriorValue)
	}
	for _, b := range []bar{others, unstated} {
		if b.value != stat.Known(0) || b.prior.IsKnown() && b.prior != stat.Known(0) {
			n, known := b.value.Get()
			t, _ := total.Value.Get()
			b.share = row.Num(100*float64(n)/float64(max(t, 1)), known && t > 0)
			out = append(out, b)
		}
	}
	return out
}
