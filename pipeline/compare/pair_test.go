package compare

import (
	"testing"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// weeksFrom returns a weekly series: week i after the one that ends on end has i persons.
func weeksFrom(t *testing.T, end stat.Date, n int, gaps ...int) *Path {
	t.Helper()
	var obs []stat.Observation
	for i := range n {
		d := end.AddDays(7 * i)
		o := stat.Observation{Period: stat.WeekEnding(d), Value: stat.Known(int64(1000 + i)), Status: stat.Normal}
		for _, g := range gaps {
			if g == i {
				o.Value, o.Status = stat.Count{}, stat.Missing
			}
		}
		obs = append(obs, o)
	}
	return pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Weekly, obs...)
}

// TestWeeksArePairedByNumber checks each cut-off of nine years, for weeks that end on each day of
// the week: both windows have as many weeks, the first that lie wholly in their years, and no day is
// in both.
func TestWeeksArePairedByNumber(t *testing.T) {
	longer := 0
	for weekday := range 7 {
		first := stat.NewDate(2017, time.January, 1).AddDays(weekday)
		p := weeksFrom(t, first, 52*11)
		for c := stat.NewDate(2018, time.January, 1); c <= stat.NewDate(2026, time.December, 31); c++ {
			rows, err := YearToDate(p, c)
			if err != nil {
				t.Fatal(err)
			}
			y := rows[len(rows)-1]
			var want, prior, last int64
			weeks, longest := 0, 0
			for _, o := range p.obs { // all whole weeks of the year to c
				if n, _ := o.Value.Get(); o.Period.Start.Year() == c.Year() && o.Period.End <= c {
					want += n
					weeks++
				}
			}
			for _, o := range p.obs { // as many of the year before
				if n, _ := o.Value.Get(); o.Period.Start.Year() == c.Year()-1 && longest < weeks {
					prior += n
					if longest++; o.Period.End.Year() == c.Year() {
						last++
					}
				}
			}
			if weeks == 0 {
				if y.Value.IsKnown() || y.Prior.IsKnown() || y.Change.IsKnown() {
					t.Fatalf("to %s: %v and %v without a week", c, y.Value, y.Prior)
				}
				continue
			}
			longer += int(last)
			if y.Value != stat.Known(want) || y.Prior != stat.Known(prior) || y.Change != stat.Known(want-prior) || !y.ChangePercent.IsKnown() {
				t.Fatalf("to %s: %v and %v, change %v; want %d and %d", c, y.Value, y.Prior, y.Change, want, prior)
			}
			if y.Days != 7*weeks || y.PriorWindow.Days != y.Days || y.PriorWindow.End >= y.Start || y.PriorWindow.Start.Year() != c.Year()-1 {
				t.Fatalf("to %s: %s to %s against %s to %s", c, y.Start, y.End, y.PriorWindow.Start, y.PriorWindow.End)
			}
			if !y.Note.Has(note.WeeksPaired) || !y.Note.Has(note.PriorSpan) || y.Note.Has(note.NotCompared) {
				t.Fatalf("to %s: notes %q", c, y.Note)
			}
		}
	}
	if longer == 0 {
		t.Error("no year before lacks a week, so nothing checks the last one")
	}
}

// TestWeeksOfAllSpansArePaired checks that no comparison of complete weeks lacks a change because
// one side has a week more, and that no day is on both sides.
func TestWeeksOfAllSpansArePaired(t *testing.T) {
	p := weeksFrom(t, stat.MustDate("2017-01-08"), 52*9)
	for _, c := range []string{"2025-12-31", "2024-02-29", "2025-01-01", "2025-06-22"} {
		rows, err := YearOnYear(p, stat.MustDate(c))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.PriorPeriod.Start >= stat.MustDate("2017-01-02") && !r.Change.IsKnown() || r.Prior.IsKnown() && r.PriorPeriod.Days() != r.Period.Days() {
				t.Errorf("%s, %v against %v: %q", r.Basis, r.Period, r.PriorPeriod, r.Note)
			}
			if r.PriorPeriod.End >= r.Period.Start {
				t.Errorf("%s: %v overlaps %v", r.Basis, r.Period, r.PriorPeriod)
			}
		}
	}
}

// TestAPairWithAGapHasNoChange checks a missing week on either side, and a series that begins within
// the year before: missing is never zero, and no other week takes its place.
func TestAPairWithAGapHasNoChange(t *testing.T) {
	c := stat.MustDate("2026-02-15")
	for name, x := range map[string]struct {
		p            *Path
		value, prior bool
	}{
		"complete":             {weeksFrom(t, stat.MustDate("2025-01-05"), 60), true, true},
		"begins after week 1":  {weeksFrom(t, stat.MustDate("2025-01-19"), 60), true, false},
		"ends before":          {weeksFrom(t, stat.MustDate("2025-01-05"), 58), false, true},
		"begins in the middle": {weeksFrom(t, stat.MustDate("2025-05-18"), 60), true, false},
		"gap in the prior":     {weeksFrom(t, stat.MustDate("2025-01-05"), 60, 4), true, false},
		"gap after the prior":  {weeksFrom(t, stat.MustDate("2025-01-05"), 60, 7), true, true},
		"gap in the value":     {weeksFrom(t, stat.MustDate("2025-01-05"), 60, 54), false, true},
	} {
		rows, err := YearToDate(x.p, c)
		if err != nil {
			t.Fatal(err)
		}
		y := rows[len(rows)-1]
		if y.Value.IsKnown() != x.value || y.Prior.IsKnown() != x.prior || y.Change.IsKnown() != (x.value && x.prior) {
			t.Errorf("%s: %v against %v, change %v, %q", name, y.Value, y.Prior, y.Change, y.Note)
		}
	}
}
