package compare

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/pipeline/stat"
)

// Record is one of the highest values of a scope.
type Record struct {
	// Scope is "day", "week", "month", "quarter" or "year" over the whole
	// coverage, or "day-in-2025" for the days of one year.
	Scope  string
	Rank   int // competition ranking: 1, 2, 2, 4
	Period stat.Period
	Value  stat.Count
	Status stat.Status
}

// Records returns the highest values of each scope, ranks 1 to top, sorted by
// scope, rank and period. Ties are kept: all of them at the last rank stay, so
// a scope may have more than top records. A value of zero is never a record,
// and a period is ranked only where all of its days are covered and known.
//
// A daily flow has the scopes day, day-in-YYYY, week (Monday to Sunday), month,
// quarter and year; a daily stock, which is not summed, the first two; any
// other series the one of its own frequency.
func Records(p *Path, top int) []Record {
	var all []Record
	own := map[stat.Frequency]stat.Precision{stat.Daily: stat.PrecisionDay, stat.Weekly: stat.PrecisionWeek,
		stat.Monthly: stat.PrecisionMonth, stat.Quarterly: stat.PrecisionQuarter, stat.Annual: stat.PrecisionYear}[p.freq]
	for _, o := range p.obs {
		if o.Period.Precision != own && !p.isStock() {
			continue // an incident over a range is not a day's
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
	// The weekday of a Sunday is 0, so this is first itself or the next Monday.
	monday := first.AddDays((8 - int(first.Weekday())) % 7)
	for end := monday.AddDays(6); end <= last; end = end.AddDays(7) {
		out = append(out, stat.WeekEnding(end))
	}
	return out
}

// rank keeps the records that have a rank from 1 to top in their scope. The rank
// of a value is one more than the number of greater ones.
func rank(all []Record, top int) []Record {
	number := func(r Record) int64 { n, _ := r.Value.Get(); return n }
	all = slices.DeleteFunc(all, func(r Record) bool { return number(r) <= 0 })
	slices.SortFunc(all, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(number(b), number(a)),
			cmp.Compare(a.Period.Start, b.Period.Start))
	})
	var out []Record
	var place int // in the scope, ties counted
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
