package headline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/breakdown"
	"crossings/pipeline/stat"
)

// Parts are the rows of a breakdown in one period, and the words for them.
type Parts struct {
	Total     *stat.Series
	Dimension string
	Of        string // "people detected arriving in small boats"
	Were      string // "were nationals of"
	Rows      []breakdown.Row
	Label     func(code string) string
}

// named is how many parts a sentence names, and mostNamed how many if some are equal.
const (
	named     = 3
	mostNamed = 5
)

// kinds are the words for what a part is, by dimension.
var kinds = map[string]string{"origin": "nationality", "destination": "destination", "route": "route", "age": "age", "sex": "sex", "category": "category"}

// Largest returns the sentence on the largest parts of a total. ok is false if the total is not
// known or no part is ranked.
func Largest(p Parts, k Known) (h Headline, ok bool) {
	var total *breakdown.Row
	var top []*breakdown.Row
	rows, unstated := []string{""}, int64(0)
	for i := range p.Rows {
		r := &p.Rows[i]
		n, _ := r.Value.Get()
		switch {
		case r.Code == stat.Total:
			total = r
		case r.Code == stat.Unknown || r.Code == notStated:
			if unstated += n; n > 0 {
				rows = append(rows, p.ref(r))
			}
		case r.Rank > 0 && r.Rank <= named && n > 0:
			top = append(top, r)
		}
	}
	if total == nil || !total.Value.IsKnown() {
		return Headline{}, false
	}
	if top = largest(top); len(top) == 0 {
		return Headline{}, false
	}
	rows[0] = p.ref(total)
	lacks := total.Incomplete || total.PriorIncomplete
	var now, before []string
	for i, r := range top {
		lacks = lacks || r.Incomplete || r.PriorIncomplete
		now = append(now, p.part(r, i > 0))
		if text := bounded(r.Prior, r.PriorUpper, r.PriorIncomplete); text != "" && total.Prior.IsKnown() {
			before = append(before, text)
		}
		rows = append(rows, p.ref(r))
	}
	f := fields{"Total": bounded(total.Value, total.Upper, total.Incomplete), "Of": p.Of, "Largest": listed(now), "Before": "", "Unstated": "", "Kind": cmp.Or(kinds[p.Dimension], p.Dimension),
		"TotalBefore": bounded(total.Prior, total.PriorUpper, total.PriorIncomplete), "Late": k.reach(total.Period.End), "Young": youngAgainst(total.Young, "the total before"), "Lacking": lacking(lacks)}
	if len(before) == len(now) {
		f["Before"] = listed(before)
	}
	if unstated > 0 {
		f["Unstated"] = Number(unstated)
	}
	f["When"], f["WhenBefore"] = when(*total)
	return Headline{ID: id(p.Total, "largest-"+p.Dimension), Text: render("largest", f), Series: p.Total.ID, Cutoff: total.Period.End, Rows: withMaturity(p.Total.ID, total.Young, rows...), Status: total.Status, Vintage: total.Vintage}, true
}

// part writes a part with its share. A further one takes only the last word of Were: "9,088 of
// Afghanistan".
func (p Parts) part(r *breakdown.Row, further bool) string {
	were := p.Were
	if further {
		were = were[strings.LastIndexByte(were, ' ')+1:]
	}
	return fmt.Sprintf("%s %s %s (%s)", bounded(r.Value, r.Upper, r.Incomplete), were, p.Label(r.Code), strings.TrimPrefix(r.Share.Signed(), "+"))
}

// notStated is the code of what the publisher does not state.
const notStated = "_X"

// ref names the row of the table breakdowns.
func (p Parts) ref(r *breakdown.Row) string {
	return fmt.Sprintf("breakdowns/%s/%s/%s/%s/%s", p.Total.ID, p.Dimension, r.Code, r.Basis, r.Period.Start)
}

// largest returns the parts that a sentence names, the largest first. Of equal parts it names all or
// none.
func largest(top []*breakdown.Row) []*breakdown.Row {
	slices.SortStableFunc(top, func(a, b *breakdown.Row) int { return cmp.Compare(a.Rank, b.Rank) })
	if len(top) <= mostNamed {
		return top
	}
	last := top[mostNamed].Rank
	return slices.DeleteFunc(top, func(r *breakdown.Row) bool { return r.Rank >= last })
}

// when returns the words for a period and for the same a year before.
func when(r breakdown.Row) (now, before string) {
	switch {
	case r.Basis == compare.BasisPoint:
		return "on " + r.Period.End.Long(), "on " + r.PriorPeriod.End.Long()
	case r.Period.Start == stat.NewDate(r.Period.Start.Year(), 1, 1):
		return fmt.Sprintf("in %d", r.Period.Start.Year()), fmt.Sprintf("in %d", r.Period.Start.Year()-1)
	}
	return "in the twelve months to " + r.Period.End.Long(), "in the twelve months before"
}

// listed joins texts with commas and "and".
func listed(texts []string) string {
	if n := len(texts); n > 1 {
		return strings.Join(texts[:n-1], ", ") + " and " + texts[n-1]
	}
	return strings.Join(texts, "")
}
