package tables

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// The rows below are added up from the observations one by one, without package compare.

// figure is the sum of a series over a span of whole periods.
type figure struct {
	start, end          stat.Date
	asked               stat.Period // before it is cut back to whole periods
	value, lower, upper stat.Count
	status              stat.Status
	vintage             stat.Date
	gap, blank          int // days that nothing is stated of, and that are stated without a value
	weeks               int // of a figure that is paired with another by its weeks
}

// sum adds up the observations of a series inside a span, without those that straddle its edges.
func sum(obs []stat.Observation, id stat.SeriesID, from, to stat.Date) figure {
	f := figure{start: from, end: to, asked: stat.Period{Start: from, End: to}, status: stat.Normal}
	for _, o := range obs {
		if per := o.Period; o.Series.ID == id && per.Start < from && from <= per.End {
			f.start = per.End + 1
		} else if o.Series.ID == id && per.Start <= to && to < per.End {
			f.end = per.Start - 1
		}
	}
	f.gap = f.days()
	var value, lower, upper int64
	ranged := false
	for _, o := range obs {
		if o.Series.ID != id || o.Period.Start < from || o.Period.End > to {
			continue
		}
		f.gap -= o.Period.Days()
		f.status, f.vintage = stat.Worst(f.status, o.Status), max(f.vintage, o.Release.Vintage)
		n, known := o.Value.Get()
		if !known {
			f.blank += o.Period.Days()
		}
		l, hasLower := o.Lower.Get()
		u, _ := o.Upper.Get()
		if !hasLower {
			l, u = n, n
		}
		ranged = ranged || hasLower
		value, lower, upper = value+n, lower+l, upper+u
	}
	if f.gap > 0 {
		f.status = stat.Missing
	}
	if f.gap == 0 && f.blank == 0 {
		f.value = stat.Known(value)
		if ranged {
			f.lower, f.upper = stat.Known(lower), stat.Known(upper)
		}
	}
	return f
}

func (w *world) sum(id stat.SeriesID, from, to stat.Date) figure { return sum(w.now[id], id, from, to) }

func (f figure) days() int { return int(f.end-f.start) + 1 }

// percent returns n in per cent of a base.
func percent(n, base stat.Count) row.Number {
	x, ok := n.Get()
	y, known := base.Get()
	if !ok || !known || y == 0 {
		return row.Number{}
	}
	return row.Num(100*float64(x)/float64(y), true)
}

// notes returns the notes on a figure by itself.
func (f figure) notes() (notes note.List) {
	if f.days() != f.asked.Days() {
		notes = append(notes, note.Note{Code: note.CutBack, Words: "weeks", From: f.asked.Start, To: f.asked.End})
	}
	if f.gap > 0 {
		notes = append(notes, note.Note{Code: note.OutsideCoverage, N: f.gap, Of: f.days()})
	}
	if f.blank > 0 {
		notes = append(notes, note.Note{Code: note.WithoutValue, N: f.blank, Of: f.days()})
	}
	return notes
}

// span returns a note with the days of a figure that does not cover all that were asked for.
func (f figure) span(c note.Code) (notes note.List) {
	if f.value.IsKnown() && f.days() != f.asked.Days() {
		notes = append(notes, note.Note{Code: c, From: f.start, To: f.end})
	}
	return notes
}

// changeOn returns the change of a figure on the one a year before, and its notes.
func changeOn(f, prior figure) (change stat.Count, pct row.Number, notes note.List) {
	notes = f.notes()
	n, known := prior.value.Get()
	if !known {
		return stat.Count{}, row.Number{}, append(notes, note.Note{Code: note.NoPriorValue})
	}
	change = f.value.Sub(prior.value)
	if n < 30 {
		notes = append(notes, note.Note{Code: note.LowBase})
	} else {
		pct = percent(change, prior.value)
	}
	if d := f.days() - prior.days(); d < -1 || d > 1 {
		change, pct = stat.Count{}, row.Number{}
		notes = append(notes, note.Note{Code: note.NotCompared, N: f.days(), Of: prior.days()})
	}
	if stat.Worst(f.status, prior.status) != f.status {
		notes = append(notes, note.Note{Code: note.PriorStatus, Status: prior.status})
	}
	if prior.weeks == 0 {
		return change, pct, append(notes, prior.span(note.PriorSpan)...)
	}
	return change, pct, append(notes, note.Note{Code: note.WeeksPaired, N: prior.weeks}, note.Note{Code: note.PriorSpan, From: prior.start, To: prior.end})
}

// before sums a span that is compared with now: of weeks as many as now has.
func (w *world) before(id stat.SeriesID, now figure, from, to stat.Date) figure {
	if id != weeks {
		return w.sum(id, from, to)
	}
	from = w.sum(id, from, to).start
	f := w.sum(id, from, from+stat.Date(now.days()-1))
	f.weeks = now.days() / 7
	return f
}

// vintageIn returns the newest vintage of some figures, or that of the newest release if they rest
// on nothing.
func vintageIn(list ...figure) (v stat.Date) {
	for _, f := range list {
		v = max(v, f.vintage)
	}
	return cmp.Or(v, otherRel.Vintage)
}

// compared are the series with the last day that they are compared on.
var compared = map[stat.SeriesID]stat.Date{people: lastDay, boats: lastDay, sightings: lastDay.AddDays(4), weeks: stat.NewDate(2024, 5, 26),
	returns: stat.NewDate(2024, 4, 30), transfers: stat.NewDate(2024, 4, 30)}

// immature returns the note on the newest boats. The first two days that were stated last changed in
// the next release, one of them from 1 to 12.
func immature(id stat.SeriesID, f figure) note.List {
	if id != boats || f.end != lastDay {
		return nil
	}
	return note.List{{Code: note.Immature, N: 1, Words: "0.0 % to +1100.0 %"}}
}

func (w *world) yearsToDate() (out []row.Row) {
	for id, cutoff := range compared {
		first, last := w.now[id][0].Period.Start.Year(), cutoff.Year()
		for y := first; y <= last; y++ {
			at := func(y int) stat.Date { return cutoff.AddYears(y - last) }
			whole := func(y int) figure { return w.sum(id, stat.NewDate(y, 1, 1), stat.NewDate(y, 12, 31)) }
			now := w.sum(id, stat.NewDate(y, 1, 1), at(y))
			prior := w.before(id, now, stat.NewDate(y-1, 1, 1), at(y-1))
			r := row.YearToDate{Series: id, Year: y, Cutoff: at(y), WindowStart: now.start, WindowEnd: now.end, Days: stat.Known(int64(now.days())),
				Value: now.value, Lower: now.lower, Upper: now.upper, PriorValue: prior.value, PriorLower: prior.lower, PriorUpper: prior.upper,
				PriorStart: prior.start, PriorEnd: prior.end, Status: now.status, Vintage: vintageIn(now, prior)}
			r.Change, r.ChangePercent, r.Note = changeOn(now, prior)
			if prior.value.IsKnown() {
				r.PriorYearValue = whole(y - 1).value
				r.Vintage = vintageIn(now, prior, whole(y-1))
				r.Note = append(r.Note, whole(y-1).span(note.PriorYearSpan)...)
			}
			r.Note = append(r.Note, immature(id, now)...)
			if y < last {
				r.SharePercent = percent(now.value, whole(y).value)
			} else {
				r.PriorPassedOn = w.passedOn(id, now.value, y-1)
			}
			out = append(out, r)
		}
	}
	return out
}

// passedOn returns the first day of a year whose sum since 1 January is at least a value.
func (w *world) passedOn(id stat.SeriesID, value stat.Count, year int) stat.Date {
	target, _ := value.Get()
	for _, o := range w.now[id] {
		if n, known := w.sum(id, stat.NewDate(year, 1, 1), o.Period.End).value.Get(); known && o.Period.End.Year() == year && n >= target {
			return o.Period.End
		}
	}
	return 0
}

func (w *world) yearsOnYear() (out []row.Row) {
	for id, cutoff := range compared {
		first, last := w.now[id][0].Period.Start, cutoff
		add := func(basis string, from, to, priorFrom, priorTo stat.Date) {
			if from < first || to > last {
				return
			}
			now := w.sum(id, from, to)
			prior := w.before(id, now, priorFrom, priorTo)
			r := row.YearOnYear{Series: id, Basis: basis, PeriodStart: now.start, PeriodEnd: now.end, Value: now.value, Lower: now.lower, Upper: now.upper,
				PriorValue: prior.value, PriorLower: prior.lower, PriorUpper: prior.upper, Status: now.status, Vintage: vintageIn(now, prior)}
			r.Change, r.ChangePercent, r.Note = changeOn(now, prior)
			r.Note = append(r.Note, immature(id, now)...)
			out = append(out, r)
		}
		for y := first.Year(); y <= last.Year(); y++ {
			for m := time.January; m <= time.December; m++ {
				months := func(n int) { // the n months to the end of this one
					basis := map[int]string{1: "month", 3: "quarter"}[n]
					if n == 12 {
						basis = "year-ending"
					}
					add(basis, stat.NewDate(y, m+1-time.Month(n), 1), stat.NewDate(y, m+1, 0), stat.NewDate(y-1, m+1-time.Month(n), 1), stat.NewDate(y-1, m+1, 0))
				}
				months(1)
				months(12)
				if m%3 == 0 {
					months(3)
				}
			}
			add("year", stat.NewDate(y, 1, 1), stat.NewDate(y, 12, 31), stat.NewDate(y-1, 1, 1), stat.NewDate(y-1, 12, 31))
			at := func(y int) stat.Date { return cutoff.AddYears(y - last.Year()) }
			add("rolling-12-months", at(y-1)+1, at(y), at(y-2)+1, at(y-1))
		}
	}
	return out
}

func (w *world) policyPeriods() []row.Row {
	now, prior := w.sum(people, agreed, lastDay), w.sum(people, agreed.AddYears(-1), lastDay.AddYears(-1))
	r := row.PolicyPeriod{Policy: "pact", Series: people, PeriodStart: now.start, PeriodEnd: now.end, Days: now.days(), Value: now.value, PriorValue: prior.value,
		Basis: "policy-period", PriorStart: prior.start, PriorEnd: prior.end, Status: now.status, Vintage: vintageIn(now, prior)}
	r.Change, r.ChangePercent, r.Note = changeOn(now, prior)
	return []row.Row{r}
}

func (w *world) days() (out []row.Row) {
	for _, id := range []stat.SeriesID{people, boats, sightings} {
		cumulative := func(d stat.Date) stat.Count {
			if d.Year() == firstDay.Year() {
				return stat.Count{} // 1 January is before the first day
			}
			return w.sum(id, stat.NewDate(d.Year(), 1, 1), d).value
		}
		last := w.now[id][len(w.now[id])-1].Period.End
		for d := firstDay; d <= last; d++ {
			on := w.sum(id, d, d)
			r := row.Day{Series: id, Date: d, Value: on.value, Status: on.status, Cumulative: cumulative(d), PriorCumulative: cumulative(d.AddYears(-1))}
			if n, known := w.sum(id, d-6, d).value.Get(); known {
				r.Rolling7DayMean = row.Num(float64(n)/7, true)
			}
			out = append(out, r)
		}
	}
	return out
}

func (w *world) records() (out []row.Row) {
	scopes := map[string][]row.Record{}
	add := func(id stat.SeriesID, scope string, from, to stat.Date) {
		obs := w.now[id]
		if f := w.sum(id, from, to); f.value.IsKnown() && from >= obs[0].Period.Start && to <= obs[len(obs)-1].Period.End {
			key := string(id) + scope
			scopes[key] = append(scopes[key], row.Record{Series: id, Scope: scope, PeriodStart: from, PeriodEnd: to, Value: f.value, Status: f.status})
		}
	}
	for id := range compared {
		obs := w.now[id]
		for d := stat.NewDate(2021, 11, 1); d <= obs[len(obs)-1].Period.End; d++ {
			if id == weeks && d.Weekday() == time.Monday {
				add(id, "week", d, d+6)
			}
			if id.Frequency() == stat.Daily {
				add(id, "day", d, d)
				add(id, fmt.Sprintf("day-in-%d", d.Year()), d, d)
				if d.Weekday() == time.Monday {
					add(id, "week", d, d+6)
				}
				if d == d.MonthStart() && (d.Month()-1)%3 == 0 {
					add(id, "quarter", d, stat.NewDate(d.Year(), d.Month()+3, 0))
				}
				if d.Month() == 1 && d == d.MonthStart() {
					add(id, "year", d, stat.NewDate(d.Year(), 12, 31))
				}
			}
			if d == d.MonthStart() && id != weeks {
				add(id, "month", d, d.MonthEnd())
			}
		}
	}
	for _, list := range scopes {
		for _, r := range list {
			r.Rank = 1
			mine, _ := r.Value.Get()
			for _, other := range list {
				if n, _ := other.Value.Get(); n > mine {
					r.Rank++
				}
			}
			if r.Rank <= 10 && mine > 0 {
				out = append(out, r)
			}
		}
	}
	return out
}

func (w *world) rates() (out []row.Row) {
	add := func(basis string, from, to stat.Date) {
		if from < firstDay || to > lastDay {
			return
		}
		above, below := w.sum(people, from, to), w.sum(boats, from, to)
		per := func(c stat.Count) row.Number {
			r := percent(c, below.value)
			r.Value /= 100
			return r
		}
		r := row.Rate{Rate: "people-per-boat", Numerator: people, Denominator: boats, PeriodStart: from, PeriodEnd: to,
			Value: per(above.value), LowValue: per(above.lower), HighValue: per(above.upper), Basis: basis, Unit: "people per boat", Method: "none",
			NumeratorValue: above.value, DenominatorValue: below.value, LowNumeratorValue: above.lower, HighNumeratorValue: above.upper,
			Status: stat.Worst(above.status, below.status), Vintage: vintageIn(above, below)}
		if !below.value.IsKnown() {
			r.Note = slices.Concat(note.List{{Code: note.NoDenominator}}, below.notes())
		}
		many := r
		r.Note = append(r.Note, note.Note{Code: note.Text, Words: "two counts"})
		out = append(out, r)
		if basis == "year" || basis == "rolling-12-months" {
			out = append(out, perThousand(many))
		}
	}
	for y := 2021; y <= 2024; y++ {
		for m := time.January; m <= time.December; m++ {
			add("month", stat.NewDate(y, m, 1), stat.NewDate(y, m+1, 0))
		}
		add("year", stat.NewDate(y, 1, 1), stat.NewDate(y, 12, 31))
		add("rolling-12-months", lastDay.AddYears(y-2025).AddDays(1), lastDay.AddYears(y-2024))
		add("year-to-date", stat.NewDate(y, 1, 1), lastDay.AddYears(y-2024))
	}
	for d := stat.NewDate(2021, 1, 3); d <= lastDay; d += 7 { // a Sunday
		add("week", d.AddDays(-6), d)
	}
	return out
}

// perThousand returns a rate as one per 1,000, with limits.
func perThousand(r row.Rate) row.Rate {
	r.Rate, r.Unit, r.Method, r.LevelPercent = "people-per-1000-boats", "people per 1,000 boats", "exact-poisson", row.Num(95, true)
	base, _ := r.DenominatorValue.Get()
	limits := func(c stat.Count) (value, lower, upper row.Number) {
		n, _ := c.Get()
		if base == 0 || !c.IsKnown() {
			return value, lower, upper
		}
		per := func(x float64) row.Number { return row.Num(1000*x/float64(base), true) }
		low, high := compare.PoissonInterval(n)
		return per(float64(n)), per(low), per(high)
	}
	r.Value, r.Lower, r.Upper = limits(r.NumeratorValue)
	r.LowValue, r.LowLower, r.LowUpper = limits(r.LowNumeratorValue)
	r.HighValue, r.HighLower, r.HighUpper = limits(r.HighNumeratorValue)
	return r
}

func (w *world) balances() (out []row.Row) {
	add := func(basis string, from, counted, to stat.Date) {
		o, i, base := w.sum(returns, counted, to), w.sum(transfers, from, to), w.sum(people, from, to)
		r := row.Balance{Balance: "pact", Basis: basis, PeriodStart: from, PeriodEnd: to, Out: o.value, In: i.value, Difference: o.value.Sub(i.value), Base: base.value,
			OutPercent: percent(o.value, base.value), Days: int(to-from) + 1, Status: o.status, Vintage: vintageIn(o, i, base)}
		n, known := o.value.Get()
		r.OutPerDay = row.Num(float64(n)/float64(r.Days), known)
		if counted > from {
			r.Note = append(r.Note, note.Note{Code: note.OutFrom, From: counted})
		}
		if !i.value.IsKnown() {
			r.Note = append(r.Note, note.Note{Code: note.InUnknown})
		}
		out = append(out, r)
	}
	for _, o := range w.now[returns] {
		add("month", o.Period.Start, o.Period.Start, o.Period.End)
		add("cumulative", agreed, w.now[returns][0].Period.Start, o.Period.End)
	}
	return out
}
