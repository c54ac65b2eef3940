package figure

import (
	"fmt"

	"crossings/charts"
	"crossings/pipeline/publish/site/breakdown"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
)

// ranking draws the largest parts of a total next to the same a year before. All other parts are one
// bar, and so is what no part is stated of: the bars add up to the total. Ages stay in their order.
func ranking(index *content.Index, c charts.Chart) drawing {
	rows := content.NewestParts(index, c.Series[0], c.Dimension)
	if len(rows) == 0 || !rows[0].Value.IsKnown() {
		return drawing{}
	}
	total := rows[0]
	bars := breakdown.Bars(total, rows[1:])
	d := drawing{cutoff: total.PeriodEnd, statuses: statusSet{}, plot: plot.Plot{Unit: c.Unit, Flat: true}}
	now := plot.Trace{Name: wording.PeriodText(total.PeriodStart, total.PeriodEnd), Colour: plot.Strong, Bar: true}
	before := plot.Trace{Name: "A year before", Colour: plot.Muted, Bar: true}
	for _, b := range bars {
		d.statuses.add(b.Status)
	}
	d.table = listing.Table{Title: "Parts", Head: []string{wording.Spaced(breakdown.Kind(c.Dimension)), now.Name, before.Name, "Share, per cent", "Change"}}
	for _, b := range bars {
		value, text := drawn(b.Value, b.Status, d.statuses)
		prior, priorText := any(nil), wording.MarkNotAvailable
		if n, known := b.Prior.Get(); known {
			prior, priorText = n, wording.Thousands(n)
		}
		share := b.ShareText()
		now.Values, before.Values = append(now.Values, value), append(before.Values, prior)
		d.plot.Categories = append(d.plot.Categories, b.Label+", "+share+" %")
		d.parts = append(d.parts, [2]string{b.Code, b.Label})
		line := listing.Row{Name: b.Label, Cells: []string{text, priorText, share, b.Change()}}
		d.table.Rows = append(d.table.Rows, line)
	}
	d.plot.Traces = []plot.Trace{before, now}
	of := fmt.Sprintf("%s by %s, %s, next to the same a year before", index.Title(c.Series[0]), breakdown.Kind(c.Dimension), now.Name)
	d.shows = fmt.Sprintf("%s. Shares are of the total of %s %s.", of, wording.Count(total.Value), index.Unit(c.Series[0]))
	d.says = fmt.Sprintf("The total is %s. %s: %s, %s %%.", wording.Count(total.Value), bars[0].Label, wording.Count(bars[0].Value), bars[0].ShareText())
	d.alt = fmt.Sprintf("Bar chart. %s. %s", of, d.says)
	d.table.Caption = fmt.Sprintf("%s, in %s. The total is %s, and %s a year before.%s", of, index.Unit(c.Series[0]), wording.Count(total.Value), wording.Count(total.PriorValue), d.statuses.sentence())
	return d
}
