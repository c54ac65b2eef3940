package tables

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// contextRows are the people of the newest year to date per day and per boat.
func (w *world) contextRows() (out []row.Row) {
	now, prior := w.sum(people, stat.NewDate(2024, 1, 1), lastDay), w.sum(people, stat.NewDate(2023, 1, 1), lastDay.AddYears(-1))
	add := func(id string, by stat.SeriesID, of, priorOf stat.Count, vintage stat.Date) {
		per := func(n, d stat.Count) row.Number {
			r := percent(n, d)
			r.Value /= 100
			return r
		}
		change := percent(now.value.Sub(prior.value), prior.value)
		r := row.Context{Series: people, Context: id, ContextSeries: by, PeriodStart: now.start, PeriodEnd: now.end, PriorStart: prior.start, PriorEnd: prior.end,
			Value: whole(now.value), PriorValue: whole(prior.value), ChangePercent: change, ContextValue: whole(of), PriorContextValue: whole(priorOf),
			ValuePerContext: per(now.value, of), PriorValuePerContext: per(prior.value, priorOf), Status: now.status, Vintage: vintage}
		before := r.PriorValuePerContext.Value
		r.PerContextChangePercent = row.Num(100*(r.ValuePerContext.Value-before)/before, true)
		out = append(out, r)
	}
	add("days", "", stat.Known(int64(now.days())), stat.Known(int64(prior.days())), vintageIn(now, prior))
	b, priorB := w.sum(boats, now.start, now.end), w.sum(boats, prior.start, prior.end)
	add("boats", boats, b.value, priorB.value, vintageIn(now, prior, b, priorB))
	return out
}
