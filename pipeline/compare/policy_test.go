package compare

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// TestNoDayIsOnBothSidesOfAPolicy checks each start of a rule and each cut-off of eight years.
func TestNoDayIsOnBothSidesOfAPolicy(t *testing.T) {
	from, to := stat.NewDate(2019, time.January, 1), stat.NewDate(2026, time.December, 31)
	step := stat.Date(1)
	if testing.Short() {
		step = 7
	}
	for start := from; start <= to; start++ {
		year := inOtherYear(start, 1) // the day on which the rule is a year old
		for cutoff := start; cutoff <= to; cutoff += step {
			list := policySpans(start, start-1, cutoff)
			if want := 1; cutoff >= year {
				want = 2
				if len(list) != want || list[0].now.End != year-1 || list[1].now.End != cutoff || list[0].before != list[1].before || list[0].before.End != start-1 {
					t.Fatalf("%s to %s: %v", start, cutoff, list)
				}
			} else if len(list) != want || list[0].now.End != cutoff {
				t.Fatalf("%s to %s: %v", start, cutoff, list)
			}
			for _, x := range list {
				days := x.now.Days() - x.before.Days()
				if x.before.End >= start || x.now.Start < start || x.now.End > cutoff || days < -1 || days > 1 || x.now.Days() > 366 {
					t.Fatalf("%s to %s, %s: %v against %v", start, cutoff, x.basis, x.now, x.before)
				}
			}
		}
	}
}

// ones returns a series with one in each of its periods.
func ones(t *testing.T, f stat.Frequency, first, last stat.Date) *Path {
	t.Helper()
	var list []stat.Observation
	for d := first; d <= last; {
		per := map[stat.Frequency]stat.Period{stat.Daily: stat.Day(d), stat.Weekly: stat.WeekEnding(d.AddDays(6)), stat.Monthly: stat.Month(d.Year(), d.Month()),
			stat.Quarterly: stat.QuarterOf(d), stat.Annual: stat.Year(d.Year())}[f]
		if per.End <= last {
			list = append(list, stat.Observation{Period: per, Value: stat.Known(1)})
		}
		d = per.End + 1
	}
	return pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, f, list...)
}

// TestPoliciesOfAllFrequencies checks what is added up: whole periods only, as many on each side, all of
// one side before the start and all of the other after it.
func TestPoliciesOfAllFrequencies(t *testing.T) {
	last := stat.MustDate("2024-12-31")
	for _, f := range []stat.Frequency{stat.Daily, stat.Weekly, stat.Monthly, stat.Quarterly, stat.Annual} {
		monday := stat.MustDate("2018-01-01")
		p := ones(t, f, monday, last)
		_, known := p.Coverage()
		for start := stat.MustDate("2020-02-20"); start <= stat.MustDate("2021-03-05"); start += 3 {
			for cutoff := start; cutoff <= known; cutoff += 5 {
				for _, c := range PolicyPeriods(p, start, cutoff) {
					at := fmt.Sprintf("%s, %s to %s, %s: %v against %v", f, start, cutoff, c.Basis, c.Period, c.PriorPeriod)
					if c.Period.Start < start || c.Period.End > cutoff || c.PriorPeriod.End >= start || c.PriorPeriod.End >= c.Period.Start {
						t.Fatal(at, "overlap")
					}
					if n, ok := c.Change.Get(); !ok || n < -1 || n > 1 || f != stat.Daily && n != 0 {
						t.Fatal(at, c.Value, c.Prior, c.Note)
					}
				}
			}
		}
	}
}

// TestPolicyForms lists the forms on the days around which they change.
func TestPolicyForms(t *testing.T) {
	p := ones(t, stat.Daily, stat.MustDate("2018-01-01"), stat.MustDate("2026-12-31"))
	quarters := ones(t, stat.Quarterly, stat.MustDate("2018-01-01"), stat.MustDate("2026-12-31"))
	for _, c := range []struct {
		p             *Path
		start, cutoff string
		want          []string
	}{
		{p, "2025-08-06", "2025-08-05", nil}, // it begins in the future
		{p, "2025-08-06", "2025-08-06", []string{"policy-period 2025-08-06 2025-08-06 2024-08-06 2024-08-06"}},
		{p, "2025-08-06", "2026-08-05", []string{"policy-period 2025-08-06 2026-08-05 2024-08-06 2025-08-05"}},
		{p, "2025-08-06", "2026-08-20", []string{"first-twelve-months 2025-08-06 2026-08-05 2024-08-06 2025-08-05", "newest-twelve-months 2025-08-21 2026-08-20 2024-08-06 2025-08-05"}},
		{p, "2024-02-29", "2025-02-28", []string{"policy-period 2024-02-29 2025-02-28 2023-02-28 2024-02-28"}},
		{p, "2024-02-29", "2025-03-01", []string{"first-twelve-months 2024-02-29 2025-02-28 2023-03-01 2024-02-28", "newest-twelve-months 2024-03-02 2025-03-01 2023-03-01 2024-02-28"}},
		{p, "2023-03-01", "2024-02-29", []string{"policy-period 2023-03-01 2024-02-29 2022-03-01 2023-02-28"}},
		{p, "2023-02-28", "2024-02-29", []string{"first-twelve-months 2023-02-28 2024-02-27 2022-02-28 2023-02-27", "newest-twelve-months 2023-03-01 2024-02-29 2022-02-28 2023-02-27"}},
		{p, "2024-01-01", "2024-12-31", []string{"policy-period 2024-01-01 2024-12-31 2023-01-01 2023-12-31"}},
		{p, "2024-01-01", "2025-01-01", []string{"first-twelve-months 2024-01-01 2024-12-31 2023-01-01 2023-12-31", "newest-twelve-months 2024-01-02 2025-01-01 2023-01-01 2023-12-31"}},
		{quarters, "2024-08-06", "2024-09-30", nil}, // no whole quarter yet
		{quarters, "2024-08-06", "2024-12-31", []string{"policy-period 2024-10-01 2024-12-31 2023-10-01 2023-12-31"}},
		{quarters, "2024-08-06", "2025-12-31", []string{"first-twelve-months 2024-10-01 2025-09-30 2023-07-01 2024-06-30", "newest-twelve-months 2025-01-01 2025-12-31 2023-07-01 2024-06-30"}},
		{quarters, "2024-07-01", "2025-06-30", []string{"policy-period 2024-07-01 2025-06-30 2023-07-01 2024-06-30"}}, // it begins with a quarter
		{quarters, "2024-07-01", "2025-09-30", []string{"first-twelve-months 2024-07-01 2025-06-30 2023-07-01 2024-06-30", "newest-twelve-months 2024-10-01 2025-09-30 2023-07-01 2024-06-30"}},
		{quarters, "2018-01-01", "2018-12-31", []string{"policy-period 2018-01-01 2018-12-31 2017-01-01 2017-12-31"}}, // nothing is known before
	} {
		var got []string
		for _, x := range PolicyPeriods(c.p, stat.MustDate(c.start), stat.MustDate(c.cutoff)) {
			got = append(got, fmt.Sprint(x.Basis, " ", x.Period.Start, " ", x.Period.End, " ", x.PriorPeriod.Start, " ", x.PriorPeriod.End))
			if covered := x.PriorPeriod.Start >= stat.MustDate("2018-01-01"); x.Prior.IsKnown() != covered || x.Change.IsKnown() != covered {
				t.Errorf("%s to %s: %v against %v, change %v", c.start, c.cutoff, x.Value, x.Prior, x.Change)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s to %s: %q; want %q", c.start, c.cutoff, got, c.want)
		}
	}
	stock := pathOf(t, stat.Series{Measure: "people", Kind: stat.Stock}, stat.Quarterly, stat.Observation{Period: stat.Day(stat.MustDate("2024-12-31")), Value: stat.Known(7)})
	for _, x := range PolicyPeriods(stock, stat.MustDate("2023-06-01"), stat.MustDate("2024-12-31")) {
		if x.Value.IsKnown() || x.Prior.IsKnown() {
			t.Errorf("a stock is added up: %+v", x)
		}
	}
}

// TestPoliciesUpToACutOffAfterTheData keeps the newest twelve months those to the cut-off, also where
// figures end before it. They are stated and not compared.
func TestPoliciesUpToACutOffAfterTheData(t *testing.T) {
	p := ones(t, stat.Daily, stat.MustDate("2018-01-01"), stat.MustDate("2022-06-30"))
	list := PolicyPeriods(p, stat.MustDate("2020-01-01"), stat.MustDate("2022-08-31"))
	if len(list) != 2 || list[1].Period.Start != stat.MustDate("2021-09-01") || list[1].Change.IsKnown() {
		t.Errorf("%+v", list)
	}
}

// TestPoliciesOfAStock has the days themselves for a stock, not whole quarters.
func TestPoliciesOfAStock(t *testing.T) {
	p := levels(t, stat.Quarterly, "2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31")
	list := PolicyPeriods(p, stat.MustDate("2023-05-10"), stat.MustDate("2023-11-20"))
	if len(list) != 1 || list[0].Period != rangeOf("2023-05-10", "2023-11-20") || list[0].PriorPeriod != rangeOf("2022-05-10", "2022-11-20") {
		t.Errorf("%+v", list)
	}
}
