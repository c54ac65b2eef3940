package compare

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/pipeline/stat"
)

// Record is one of the highest values within a scope.
type Record struct {
	// Scope is "day", "week", "month", "quarter" or "year" for the whole
	// coverage, or "day-in-2025" for the days of one year.
	Scope  string
	Rank   int // competition ranking: 1, 2, 2, 4
	Period stat.Period
	Value  stat.Count
	Status stat.Status
}

// Records returns the records with ranks 1 to top in each scope, sorted by scope, rank and
// period. Because values may tie at the last rank, a scope may have more than top records. Zero
// is never a record. A period is ranked only if all its days are covered and known.
//
// A daily flow has the scopes day, day-in-YYYY, week (Monday to Sunday), month, quarter and
// year. A daily stock has the first two only, because it is not summed. Any other series has
// the scope of its own frequency.
func Records(p *Path, top int) []Record {
	var all []Record
	own := map[stat.Frequency]stat.Precision{stat.Daily: stat.PrecisionDay, stat.Weekly: stat.PrecisionWeek,
		stat.Monthly: stat.PrecisionMonth, stat.Quarterly: stat.PrecisionQuarter, stat.Annual: stat.PrecisionYear}[p.freq]
	for _, o := range p.obs {
		if o.Period.Precision != own && !p.isStock() {
			continue // a value over a range of days is not a value of one day
		}
		r := Record{Scope: string(own), Period: o.Period, Value: o.Value, Status: o.Status}
		all = append(all, r)
		if p.freq == stat.Daily {
			r.Scope = fmt.Sprintf("day-in-%d", o.Period.Start.Year())
			all = append(all, r)
		}
	}
	if p.freq == stat.Daily { // a stock has no sums
		all = append(all, p.longerRecords()...)
	}
	return rank(all, top)
}

// longerRecords returns the whole weeks, months, quarters and years of a daily
// flow, unranked.
func (p *Path) longerRecords() []Record {
	first, last := p.Coverage()
	periods := slices.Concat(
		wholeWeeks(first, last),
		wholeMonths(first, last, 1, 1, stat.PrecisionMonth),
		wholeMonths(first, last, 3, 3, stat.PrecisionQuarter),
		wholeMonths(first, last, 12, 12, stat.PrecisionYear))
	var out []Record
	for _, per := range periods {
		if w := p.Sum(per.Start, per.End); w.Complete {
			out = append(out, Record{Scope: string(per.Precision), Period: per, Value: w.Value, Status: w.Status})
		}
	}
	return out
}

// wholeWeeks returns the weeks, Monday to Sunday, inside first to last.
func wholeWeeks(first, last stat.Date) []stat.Period {
	var out []stat.Period
	// Sunday is weekday 0, so this is first itself or the next Monday.
	monday := first.AddDays((8 - int(first.Weekday())) % 7)
	for end := monday.AddDays(6); end <= last; end = end.AddDays(7) {
		out = append(out, stat.WeekEnding(end))
	}
	return out
}

// rank returns the records with a rank from 1 to top in their scope. The rank of a value is
// one more than the number of greater values.
func rank(all []Record, top int) []Record {
	number := func(r Record) int64 { n, _ := r.Value.Get(); return n }
	all = slices.DeleteFunc(all, func(r Record) bool { return number(r) <= 0 })
	slices.SortFunc(all, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(number(b), number(a)),
			cmp.Compare(a.Period.Start, b.Period.Start))
	})
	var out []Record
	var place int // in the scope, without regard to ties
	for i, r := range all {
		if i == 0 || all[i-1].Scope != r.Scope {
			place = 0
		}
		place++
		r.Rank = place
		if place > 1 && number(all[i-1]) == number(r) {
			r.Rank = all[i-1].Rank
		}
		all[i].Rank = r.Rank
		if r.Rank <= top {
			out = append(out, r)
		}
	}
	return out
}
