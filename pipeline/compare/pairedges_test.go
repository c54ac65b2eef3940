package compare

import (
	"fmt"
	"slices"
	"testing"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// rangeOf is the days from start to end.
func rangeOf(start, end string) stat.Period {
	return stat.Period{Start: stat.MustDate(start), End: stat.MustDate(end), Precision: stat.PrecisionRange}
}

// weeklyStock returns a stock stated for each of some weeks.
func weeklyStock(t *testing.T, first stat.Date, n int) *Path {
	t.Helper()
	var obs []stat.Observation
	for i := range n {
		obs = append(obs, stat.Observation{Period: stat.WeekEnding(first.AddDays(7 * i)), Value: stat.Known(int64(1000 + i))})
	}
	return pathOf(t, stat.Series{Measure: "people", Kind: stat.Stock}, stat.Weekly, obs...)
}

// TestOnlySumsOfWeeksArePaired checks what is paired with a window: nothing with none, as many weeks
// with weeks, and the whole span with anything else.
func TestOnlySumsOfWeeksArePaired(t *testing.T) {
	before := rangeOf("2024-01-01", "2024-01-31")
	weeks := weeksFrom(t, stat.MustDate("2024-01-07"), 8)
	if w := pairOf(weeks, Window{}, before); w.Value.IsKnown() || w.Status != stat.NotExisting || w.Days != 0 {
		t.Errorf("a pair for no window: %+v", w)
	}
	two := weeks.Sum(stat.MustDate("2024-02-05"), stat.MustDate("2024-02-18"))
	if w := pairOf(weeks, two, before); w.Days != 14 || w.Start != before.Start || w.Value != stat.Known(2001) || !w.Complete {
		t.Errorf("a pair for two weeks: %+v", w)
	}
	stock := weeklyStock(t, stat.MustDate("2024-01-07"), 8)
	if w, want := pairOf(stock, two, before), stock.Sum(before.Start, before.End); fmt.Sprint(w) != fmt.Sprint(want) {
		t.Errorf("a pair for a stock: %+v, want %+v", w, want)
	}
}

// TestNotesOnPairs checks what is said of two windows of a weekly series and of others.
func TestNotesOnPairs(t *testing.T) {
	weeks := weeksFrom(t, stat.MustDate("2024-01-07"), 8)
	window := func(days int) Window {
		start := stat.MustDate("2024-01-01")
		return Window{Value: stat.Known(1), Start: start, End: start.AddDays(days - 1), Days: days}
	}
	for _, c := range []struct {
		p        *Path
		w, prior Window
		paired   int
		spanned  bool
	}{
		{weeks, window(14), window(14), 2, true},
		{weeks, window(14), window(21), 0, true},
		{weeks, window(10), window(10), 0, true}, // of weeks that the publisher cut
		{weeks, window(14), Window{Days: 14}, 0, false},
		{weeklyStock(t, stat.MustDate("2024-01-07"), 8), window(14), window(14), 0, true},
	} {
		notes := pairNotes(c.p, c.w, c.prior, nil)
		paired := 0
		for _, n := range notes {
			if n.Code == note.WeeksPaired {
				paired = n.N
			}
		}
		if paired != c.paired || notes.Has(note.PriorSpan) != c.spanned {
			t.Errorf("%d and %d days: %q", c.w.Days, c.prior.Days, notes)
		}
	}
}

// TestPoliciesOfWeeks lists the weeks on both sides of a rule: paired from the same date a year
// before, and a week earlier if they would reach its start.
func TestPoliciesOfWeeks(t *testing.T) {
	p := weeksFrom(t, stat.MustDate("2018-01-07"), 52*8) // Monday to Sunday
	for _, c := range []struct{ start, cutoff, want string }{
		{"2020-03-02", "2020-03-01", "[]"}, // it has not begun
		{"2020-03-02", "2020-03-07", "[]"}, // no whole week
		{"2020-03-02", "2020-03-15", "[policy-period 2020-03-02 2020-03-15 2019-03-04 2019-03-17]"},
		{"2020-03-04", "2020-03-15", "[policy-period 2020-03-09 2020-03-15 2019-03-04 2019-03-10]"},
		{"2020-03-03", "2021-03-02", "[policy-period 2020-03-09 2021-02-28 2019-03-04 2020-02-23]"},
		{"2020-03-02", "2021-02-28", "[policy-period 2020-03-02 2021-02-28 2019-03-04 2020-03-01]"},
		{"2020-03-02", "2021-03-01", "[policy-period 2020-03-02 2021-02-28 2019-03-04 2020-03-01]"},
		{"2020-01-04", "2021-01-03", "[policy-period 2020-01-06 2021-01-03 2018-12-31 2019-12-29]"},
		{"2020-02-01", "2021-01-31", "[policy-period 2020-02-03 2021-01-31 2019-01-28 2020-01-26]"},
		{"2020-03-02", "2021-03-14", "[first-twelve-months 2020-03-02 2021-02-28 2019-03-04 2020-03-01 newest-twelve-months 2020-03-16 2021-03-14 2019-03-04 2020-03-01]"},
	} {
		var got []string
		for _, x := range PolicyPeriods(p, stat.MustDate(c.start), stat.MustDate(c.cutoff)) {
			got = append(got, fmt.Sprint(x.Basis, " ", x.Period.Start, " ", x.Period.End, " ", x.PriorPeriod.Start, " ", x.PriorPeriod.End))
		}
		if s := fmt.Sprint(got); s != c.want {
			t.Errorf("%s to %s: %s; want %s", c.start, c.cutoff, s, c.want)
		}
	}
}

// TestPoliciesOfWeeksAtTheirEdges knows the weeks before a rule also where the series begins with them, and where it leaves
// out the week after them.
func TestPoliciesOfWeeksAtTheirEdges(t *testing.T) {
	obs := slices.Clone(weeksFrom(t, stat.MustDate("2019-02-03"), 105).obs)
	obs = slices.DeleteFunc(obs, func(o stat.Observation) bool { return o.Period == stat.WeekEnding(stat.MustDate("2020-02-02")) })
	p := pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Weekly, obs...)
	list := PolicyPeriods(p, stat.MustDate("2020-02-01"), stat.MustDate("2021-01-31"))
	if len(list) != 1 || list[0].PriorPeriod != rangeOf("2019-01-28", "2020-01-26") || !list[0].Prior.IsKnown() {
		t.Errorf("%+v", list)
	}
}
