// Package card makes the cards of a site: one figure, what it is compared with in the fair form, and a
// small picture. Every number on a card is a cell of a published table.
package card

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Card is a card as a page shows it.
type Card struct {
	ID, Title string
	Value     string        // "11,638"
	When      string        // what the value covers: "so far in 2026, to 25 June"
	Against   string        // what it is compared with, or ""
	Spark     template.HTML // the small picture, or ""
	Shown     string        // what the picture shows, or ""
	Chip      string        // that its source is late or has stopped, or ""
	stopped   bool          // whether what it shows is of the past
	Href      string        // the page of its series
}

// Of returns the cards that wanted reports true for and that have a figure, in the order of the site.
func Of(index *content.Index, wanted func(charts.Card) bool) []Card {
	var out []Card
	for _, c := range index.Site.Cards {
		if !wanted(c) {
			continue
		}
		if x := made(index, c); x.Value != "" {
			out = append(out, x)
		}
	}
	return out
}

// made makes a card. It has no value if there is no figure for it.
func made(index *content.Index, c charts.Card) Card {
	id := c.Series[0]
	out := Card{ID: c.ID, Title: c.Title, Chip: calendar.Chip(index, index.SourceOf(id).ID), stopped: index.Stopped(id), Href: index.SeriesPage(id)}
	switch c.Shows {
	case charts.CardYearToDate:
		out.yearToDate(index, id)
	case charts.CardMean:
		out.mean(index, id)
	case charts.CardRate:
		out.rate(index, c.Rate)
	case charts.CardBalance:
		out.balance(index, c.Balance)
	default:
		out.basis(index, id, string(c.Shows))
	}
	return out
}

// yearToDate fills the card from the table year-to-date: the newest year, by the same date of the
// year before, and the whole of that year, in this order only.
func (c *Card) yearToDate(index *content.Index, id stat.SeriesID) {
	rows := index.YearToDate.Of(id)
	r := newest(rows)
	if r == nil || !r.Value.IsKnown() {
		return
	}
	ranged := wording.IsRange(r.Lower, r.Upper)
	c.Value = wording.Figure{Value: r.Value, Status: r.Status, AtLeast: ranged}.String()
	c.When = window(index, r)
	if r.PriorValue.IsKnown() {
		prior := wording.Figure{Value: r.PriorValue, Status: stat.Missing, AtLeast: ranged}.String()
		by := "by " + wording.DayMonth(r.Cutoff) + " " + fmt.Sprint(r.Year-1)
		if whole(r.Cutoff) {
			by = "in " + fmt.Sprint(r.Year-1)
		}
		c.Against = against(r.ChangePercent.Value, r.ChangePercent.Known, prior, by)
		if n, known := r.PriorYearValue.Get(); known && !whole(r.Cutoff) {
			c.Against += fmt.Sprintf(" (%s in the whole of %d)", wording.Thousands(n), r.Year-1)
		}
	}
	var bars []bar
	for y := r.Year - 8; y <= r.Year; y++ {
		b := bar{}
		for _, x := range rows {
			if n, known := x.Value.Get(); known && x.Year == y {
				b = bar{value: float64(n), known: true}
			}
		}
		if b.known || len(bars) > 0 {
			bars = append(bars, b)
		}
	}
	c.draw(bars, 1, fmt.Sprintf("Each year to %s, %d to %d", wording.DayMonth(r.Cutoff), r.Year-len(bars)+1, r.Year))
}

// newest returns the row of the last year, or nil if there is none.
func newest(rows []*row.YearToDate) *row.YearToDate {
	if len(rows) == 0 {
		return nil
	}
	return slices.MaxFunc(rows, func(a, b *row.YearToDate) int { return cmp.Compare(a.Year, b.Year) })
}

// window says what part of a year a figure covers: "so far in 2026, to 25 June", "in 2025, to 31 March"
// if that year is over, or "in 2024" for a whole year.
func window(index *content.Index, r *row.YearToDate) string {
	known := cmp.Or(index.Site.AsOf, index.Site.Vintage)
	switch {
	case whole(r.Cutoff):
		return fmt.Sprintf("in %d", r.Year)
	case known.Year() > r.Year:
		return fmt.Sprintf("in %d, to %s", r.Year, wording.DayMonth(r.Cutoff))
	}
	return fmt.Sprintf("so far in %d, to %s", r.Year, wording.DayMonth(r.Cutoff))
}

// whole reports whether a year to date ends with its year.
func whole(cutoff stat.Date) bool {
	return cutoff == stat.Year(cutoff.Year()).End
}

// against says the figure that a card's is compared with, and the change if that is known.
func against(percent float64, known bool, prior, when string) string {
	if !known {
		return fmt.Sprintf("against %s %s", prior, when)
	}
	return fmt.Sprintf("%s than the %s %s", wording.More(percent), prior, when)
}

// draw adds the small picture.
func (c *Card) draw(bars []bar, step int, shown string) {
	if c.Spark = spark(paint(bars, step, c.stopped)); c.Spark != "" {
		c.Shown = shown
	}
}
