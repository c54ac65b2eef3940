package card

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// The most values in a small picture.
const maxBars = 26

// basis fills the card from one basis of the table year-on-year.
func (c *Card) basis(index *content.Index, id stat.SeriesID, basis string) {
	rows := slices.DeleteFunc(index.YearOnYear.Of(id), func(r *row.YearOnYear) bool { return r.Basis != basis || !r.Value.IsKnown() })
	if len(rows) == 0 {
		return
	}
	slices.SortFunc(rows, func(a, b *row.YearOnYear) int { return cmp.Compare(a.PeriodEnd, b.PeriodEnd) })
	r := rows[len(rows)-1]
	ranged := wording.IsRange(r.Lower, r.Upper)
	c.Value, c.When = wording.Figure{Value: r.Value, Status: r.Status, AtLeast: ranged}.String(), wording.During(r.PeriodStart, r.PeriodEnd)
	before := "of the year before"
	switch basis {
	case "point":
		c.When, before = "on "+r.PeriodEnd.Long(), "of a year before"
	case "year-ending":
		c.When, before = "in the twelve months to "+wording.MonthYear(r.PeriodEnd), "of the twelve months before"
	}
	if r.PriorValue.IsKnown() {
		prior := wording.Figure{Value: r.PriorValue, Status: stat.Missing, AtLeast: ranged}.String()
		c.Against = against(r.ChangePercent.Value, r.ChangePercent.Known, prior, before)
	}
	rows = rows[max(len(rows)-maxBars, 0):]
	bars, step := []bar{}, 1
	for i, x := range rows {
		n, _ := x.Value.Get()
		bars = append(bars, bar{value: float64(n), known: true})
		if x.PeriodStart == r.PeriodStart.AddYears(-1) {
			step = len(rows) - 1 - i
		}
	}
	c.draw(bars, step, ends(rows[0].PeriodStart, rows[0].PeriodEnd, r.PeriodStart, r.PeriodEnd))
}

// ends says the first and the last period of a picture. Long periods are named by their last days.
func ends(firstStart, firstEnd, lastStart, lastEnd stat.Date) string {
	first, last := wording.PeriodText(firstStart, firstEnd), wording.PeriodText(lastStart, lastEnd)
	if strings.Contains(first+last, " to ") {
		return "Periods that end from " + wording.MonthYear(firstEnd) + " to " + wording.MonthYear(lastEnd)
	}
	return first + " to " + last
}

// mean fills the card with the newest mean of seven days.
func (c *Card) mean(index *content.Index, id stat.SeriesID) {
	rows := index.Daily.Of(id)
	known := slices.DeleteFunc(slices.Clone(rows), func(r *row.Day) bool { return !r.Rolling7DayMean.Known })
	if len(known) == 0 {
		return
	}
	r := known[len(known)-1]
	c.Value, c.When = wording.Decimal(r.Rolling7DayMean.Value), "a day in the seven days to "+r.Date.Long()
	for _, x := range known {
		if x.Date == r.Date.AddYears(-1) {
			c.Against = fmt.Sprintf("against %s in the seven days to %s", wording.Decimal(x.Rolling7DayMean.Value), x.Date.Long())
		}
	}
	var bars []bar
	for i := maxBars - 1; i >= 0; i-- {
		at := len(rows) - 1
		for at >= 0 && rows[at].Date > r.Date.AddDays(-7*i) {
			at--
		}
		if at >= 0 {
			bars = append(bars, bar{value: rows[at].Rolling7DayMean.Value, known: rows[at].Rolling7DayMean.Known})
		}
	}
	c.draw(bars, maxBars, fmt.Sprintf("%d weeks to %s", len(bars), r.Date.Long()))
}

// rate fills the card with the newest value of a rate, the longest period of those that end last.
func (c *Card) rate(index *content.Index, name string) {
	var rows []*row.Rate
	for _, r := range index.Rates {
		if r.Rate == name && r.Value.Known {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	r := slices.MaxFunc(rows, func(a, b *row.Rate) int {
		return cmp.Or(cmp.Compare(a.PeriodEnd, b.PeriodEnd), cmp.Compare(b.PeriodStart, a.PeriodStart))
	})
	c.Value, c.When = wording.Decimal(r.Value.Value), wording.During(r.PeriodStart, r.PeriodEnd)
	days := r.PeriodEnd - r.PeriodStart
	rows = slices.DeleteFunc(rows, func(x *row.Rate) bool {
		return max(x.PeriodEnd-x.PeriodStart, days)-min(x.PeriodEnd-x.PeriodStart, days) > 3
	})
	slices.SortFunc(rows, func(a, b *row.Rate) int { return cmp.Compare(a.PeriodEnd, b.PeriodEnd) })
	rows = rows[max(len(rows)-maxBars, 0):]
	bars, step := []bar{}, len(rows)
	for i, x := range rows {
		bars = append(bars, bar{value: x.Value.Value, known: true})
		if x.PeriodStart == r.PeriodStart.AddYears(-1) {
			step = len(rows) - 1 - i
			c.Against = fmt.Sprintf("against %s %s", wording.Decimal(x.Value.Value), wording.During(x.PeriodStart, x.PeriodEnd))
		}
	}
	c.draw(bars, step, ends(rows[0].PeriodStart, rows[0].PeriodEnd, r.PeriodStart, r.PeriodEnd))
}

// balance fills the card with what went out since an agreement began, and with its share of all
// arrivals up to the last day for which both are known.
func (c *Card) balance(index *content.Index, name string) {
	var since, shared *row.Balance
	var months []bar
	for _, r := range index.Balances {
		if r.Balance != name {
			continue
		}
		switch n, known := r.Out.Get(); {
		case r.Basis == "month":
			months = append(months, bar{value: float64(n), known: known})
		case known && (since == nil || r.PeriodEnd > since.PeriodEnd):
			since = r
		}
		if r.Basis != "month" && r.OutPercent.Known && (shared == nil || r.PeriodEnd > shared.PeriodEnd) {
			shared = r
		}
	}
	if since == nil {
		return
	}
	c.Value, c.When = wording.Count(since.Out), "since "+since.PeriodStart.Long()+", to "+since.PeriodEnd.Long()
	if shared != nil {
		c.Against = wording.Decimal(shared.OutPercent.Value) + " returned per 100 arrivals to " + shared.PeriodEnd.Long()
		if shared.PeriodEnd != since.PeriodEnd {
			c.Against += " (" + wording.Count(shared.Out) + " of " + wording.Count(shared.Base) + ")"
		}
	}
	c.draw(months, len(months), strconv.Itoa(len(months))+" months to "+wording.MonthYear(since.PeriodEnd))
}
