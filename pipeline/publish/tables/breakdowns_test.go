package tables

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// breakdowns adds the people of x and their parts up, in the periods that the table keeps.
func (w *world) breakdowns() (out []row.Row) {
	quarters := []stat.Period{stat.Quarter(2023, 2), stat.Quarter(2023, 3), stat.Quarter(2023, 4), stat.Quarter(2024, 1)}
	for _, q := range quarters {
		out = append(out, w.broken("quarter", q)...)
		out = append(out, w.broken("year-ending", stat.Period{Start: q.End.AddDays(1).AddYears(-1), End: q.End})...)
	}
	return append(append(out, w.broken("year", stat.Year(2022))...), w.broken("year", stat.Year(2023))...)
}

// broken returns the rows of one period: the total, its parts, and what they leave over.
func (w *world) broken(basis string, per stat.Period) (out []row.Row) {
	of := func(id stat.SeriesID) (now, before figure) {
		return w.sum(id, per.Start, per.End), w.sum(id, per.Start.AddYears(-1), per.End.AddYears(-1).MonthEnd())
	}
	total, _ := of(people)
	add := func(id stat.SeriesID, code, label string) row.Breakdown {
		now, before := of(id)
		r := row.Breakdown{Series: people, Dimension: "sex", Code: code, Label: label, Basis: basis, PeriodStart: per.Start, PeriodEnd: per.End,
			Value: now.value, Lower: now.lower, Upper: now.upper, SharePercent: percent(now.value, total.value), PriorValue: before.value,
			Status: now.status, Vintage: vintageIn(now, before)}
		r.Change, r.ChangePercent, r.Note = changeOn(now, before)
		return r
	}
	out = append(out, add(people, "_T", "total"))
	left, status := total.value, total.status
	for _, x := range parts {
		r := add(x.id, x.code, x.label)
		left, status = left.Sub(r.Value), stat.Worst(status, r.Status)
		if n, _ := r.Value.Get(); x.code == "F" || x.code == "M" {
			other := map[string]stat.SeriesID{"F": parts[1].id, "M": parts[0].id}[x.code]
			now, _ := of(other)
			m, _ := now.value.Get()
			r.Rank = stat.Known(1)
			if m > n {
				r.Rank = stat.Known(2)
			}
		}
		out = append(out, r)
	}
	r := row.Breakdown{Series: people, Dimension: "sex", Code: "_R", Label: "not in any part", Basis: basis, PeriodStart: per.Start, PeriodEnd: per.End,
		Value: left, SharePercent: percent(left, total.value), Status: status, Vintage: total.vintage}
	if n, _ := left.Get(); n < 0 {
		r.Note = note.List{{Code: note.PartsExceed}}
	}
	return append(out, r)
}
