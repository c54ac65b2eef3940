package claim

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// spans writes each window: basis, first and last day.
func spans(list []Match) []string {
	var out []string
	for _, m := range list {
		if m.back < 2 { // the others compare the same window with other years
			out = append(out, fmt.Sprint(m.Basis, " ", m.WindowStart, " ", m.WindowEnd))
		}
	}
	return out
}

// same compares windows with those expected, in any order.
func same(t *testing.T, list []Match, want []string) {
	t.Helper()
	got := spans(list)
	for _, s := range want {
		if !slices.Contains(got, s) {
			t.Error("lacks ", s)
		}
	}
	for _, s := range got {
		if !slices.Contains(want, s) {
			t.Error("has ", s)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d windows, want %d", len(got), len(want))
	}
}

// eachPair calls f with all first and last days of spans within a to b.
func eachPair(a, b string, f func(start, end stat.Date)) {
	for start := stat.MustDate(a); start <= stat.MustDate(b); start++ {
		for end := start; end <= stat.MustDate(b); end++ {
			f(start, end)
		}
	}
}

// A daily series has the windows to each of the last 45 days and to each day that is
// named, the days, and the whole months and quarters. The day of the claim is not over.
func TestWindowsOfDays(t *testing.T) {
	x := daily(t, arrivals, "2023-12-20", upTo(120)...) // to 17 April 2024
	s := Parse("7 since 15 January 2024, 1 May 2024 and 19 December 2023; by 10 April 2024")
	since := []stat.Date{stat.MustDate("2024-01-15"), stat.MustDate("2024-02-01"), stat.MustDate("2024-04-09")}
	named := stat.MustDate("2024-01-15")
	var want []string
	eachPair("2023-12-20", "2024-04-10", func(start, end stat.Date) {
		recent := end >= stat.MustDate("2024-02-26") || end == named // the 44 days before 10 April
		for basis, is := range map[string]bool{
			"year-to-date":  recent && start == stat.MustDate("2024-01-01"),
			"since":         recent && (start == stat.MustDate("2023-12-20") || start == named && end > named),
			"policy-period": recent && (start == stat.MustDate("2024-02-01") || start == stat.MustDate("2024-04-09")) && end > start,
			"seven-days":    recent && end == start.AddDays(6),
			"day":           start == end,
			"month":         start == start.MonthStart() && end == start.MonthEnd(),
			"quarter":       start == stat.MustDate("2024-01-01") && end == stat.MustDate("2024-03-31"),
		} {
			if is {
				want = append(want, fmt.Sprint(basis, " ", start, " ", end))
			}
		}
	})
	same(t, windows(s, stat.MustDate("2024-04-11"), x, since), want)
}

// A monthly series has windows to ends of months only: five years to date, four times
// twelve months, and the calendar's parts of every year.
func TestWindowsOfMonths(t *testing.T) {
	x := monthly(t, "a:deaths:M", 2016, upTo(120)...) // to December 2025
	want := []string{"since 2016-01-01 2025-11-30", "since 2016-01-01 2025-12-31"}
	add := func(basis string, start, end stat.Date) { want = append(want, fmt.Sprint(basis, " ", start, " ", end)) }
	for _, y := range []int{2021, 2022, 2023, 2024, 2025} {
		add("year-to-date", stat.NewDate(y, 1, 1), stat.NewDate(y, 11, 30))
		add("year-to-date", stat.NewDate(y, 1, 1), stat.NewDate(y, 12, 31))
	}
	for _, y := range []int{2022, 2023, 2024, 2025} {
		add("rolling-12-months", stat.NewDate(y-1, 12, 1), stat.NewDate(y, 11, 30))
		add("rolling-12-months", stat.NewDate(y, 1, 1), stat.NewDate(y, 12, 31))
	}
	for y := 2016; y <= 2025; y++ {
		add("year", stat.NewDate(y, 1, 1), stat.NewDate(y, 12, 31))
		add("half-year", stat.NewDate(y, 1, 1), stat.NewDate(y, 6, 30))
		add("half-year", stat.NewDate(y, 7, 1), stat.NewDate(y, 12, 31))
		for m := time.January; m <= time.December; m++ {
			add("month", stat.NewDate(y, m, 1), stat.NewDate(y, m+1, 0))
			if m%3 == 0 {
				add("quarter", stat.NewDate(y, m-2, 1), stat.NewDate(y, m+1, 0))
			}
			if m%3 == 0 && (y > 2016 || m == 12) {
				add("year-ending", stat.NewDate(y-1, m+1, 1), stat.NewDate(y, m+1, 0))
			}
		}
	}
	same(t, windows(Parse("7"), stat.MustDate("2026-01-10"), x, nil), want)
}

// A series has its weeks, and of days no sums that lack a value.
func TestWindowsHaveAValue(t *testing.T) {
	weeks := series(t, "a:boats:W", stat.Flow, stat.WeekEnding(stat.MustDate("2025-06-08")), nextWeek, upTo(2)...)
	same(t, windows(Parse("7"), stat.MustDate("2025-07-01"), weeks, nil), []string{
		"week 2025-06-02 2025-06-08", "week 2025-06-09 2025-06-15", "since 2025-06-02 2025-06-08", "since 2025-06-02 2025-06-15"})
	gap := daily(t, "a:boats:D", "2025-06-02", stat.Known(5), stat.Count{}, stat.Known(6), stat.Count{})
	same(t, windows(Parse("7"), stat.MustDate("2025-07-01"), gap, nil), []string{
		"day 2025-06-02 2025-06-02", "day 2025-06-04 2025-06-04", "since 2025-06-02 2025-06-02"})
	for _, on := range []string{"2025-06-01", "2025-06-02"} {
		same(t, windows(Parse("7"), stat.MustDate(on), gap, nil), nil)
	}
	same(t, windows(Parse("7"), stat.MustDate("2025-06-03"), gap, nil), []string{
		"day 2025-06-02 2025-06-02", "since 2025-06-02 2025-06-02"})
	same(t, windows(Parse("7"), stat.MustDate("2025-06-03"), daily(t, "a:boats:D", "2025-06-02"), nil), nil)
}

// The same window of up to three years before is what a figure is compared with. Whole
// months stay whole months; other windows keep their calendar dates.
func TestTheWindowOfAYearBefore(t *testing.T) {
	x := daily(t, arrivals, "2021-01-01", upTo(365*4+100)...)
	all := windows(Parse("7 by 29 February 2024"), stat.MustDate("2025-03-01"), x, nil)
	day := func(d string) int64 { return int64(stat.MustDate(d)-stat.MustDate("2021-01-01")) + 1 }
	for window, priors := range map[string][]string{
		"month 2024-02-01 2024-02-29":             {"2023-02-01 2023-02-28", "2022-02-01 2022-02-28", "2021-02-01 2021-02-28"},
		"month 2025-02-01 2025-02-28":             {"2024-02-01 2024-02-29", "2023-02-01 2023-02-28", "2022-02-01 2022-02-28"},
		"year-to-date 2025-01-01 2025-02-28":      {"2024-01-01 2024-02-28", "2023-01-01 2023-02-28", "2022-01-01 2022-02-28"},
		"year-to-date 2024-01-01 2024-02-29":      {"2023-01-01 2023-02-28", "2022-01-01 2022-02-28", "2021-01-01 2021-02-28"},
		"rolling-12-months 2024-03-01 2025-02-28": {"2023-03-01 2024-02-29", "2022-03-01 2023-02-28", "2021-03-01 2022-02-28"},
		"rolling-12-months 2024-02-28 2025-02-27": {"2023-02-28 2024-02-27", "2022-02-28 2023-02-27", "2021-02-28 2022-02-27"},
		"quarter 2024-01-01 2024-03-31":           {"2023-01-01 2023-03-31", "2022-01-01 2022-03-31", "2021-01-01 2021-03-31"},
		"half-year 2022-07-01 2022-12-31":         {"2021-07-01 2021-12-31"},
		"year 2023-01-01 2023-12-31":              {"2022-01-01 2022-12-31", "2021-01-01 2021-12-31"},
		"year-ending 2023-04-01 2024-03-31":       {"2022-04-01 2023-03-31", "2021-04-01 2022-03-31"},
		"day 2022-01-01 2022-01-01":               {"2021-01-01 2021-01-01"},
		"year 2021-01-01 2021-12-31":              {" "},
		"seven-days 2025-02-22 2025-02-28":        {"2024-02-22 2024-02-28", "2023-02-22 2023-02-28", "2022-02-22 2022-02-28"},
	} {
		var got []string
		for _, m := range all {
			if fmt.Sprint(m.Basis, " ", m.WindowStart, " ", m.WindowEnd) != window {
				continue
			}
			got = append(got, fmt.Sprint(m.PriorStart, " ", m.PriorEnd))
			if m.back != len(got) || m.Series != arrivals || m.AsOf != x.AsOf || m.Early {
				t.Errorf("%s: %+v", window, m)
			}
			if n := day(m.WindowEnd.String()) - day(m.WindowStart.String()) + 1; m.Value != stat.Known(n*(day(m.WindowStart.String())+day(m.WindowEnd.String()))/2) {
				t.Errorf("%s: value %s", window, m.Value)
			}
			prior := stat.Count{}
			if m.PriorStart != 0 {
				n := day(m.PriorEnd.String()) - day(m.PriorStart.String()) + 1
				prior = stat.Known(n * (day(m.PriorStart.String()) + day(m.PriorEnd.String())) / 2)
			}
			if m.Prior != prior || m.Percent.IsKnown() != prior.IsKnown() {
				t.Errorf("%s: prior %s, %s", window, m.Prior, m.Percent)
			}
		}
		if strings.Join(got, ", ") != strings.Join(priors, ", ") {
			t.Errorf("%s: got %s, want %s", window, strings.Join(got, ", "), strings.Join(priors, ", "))
		}
	}
}

// A year that lacks a value ends the comparison with the years before it, except the first.
func TestAYearWithoutAValueBefore(t *testing.T) {
	values := upTo(48)
	values[25], values[13] = stat.Count{}, stat.Known(0) // February 2024 and February 2023
	for window, want := range map[string]string{
		"month 2025-02-01": "1   , 2 2023-02-01 0 , 3 2022-02-01 2 1800",
		"month 2025-01-01": "1 2024-01-01 25 48, 2 2023-01-01 13 184.6154, 3 2022-01-01 1 3600",
	} {
		var got []string
		for _, m := range windows(Parse("7"), stat.MustDate("2026-01-10"), monthly(t, "a:b:M", 2022, values...), nil) {
			if fmt.Sprint(m.Basis, " ", m.WindowStart) == window {
				got = append(got, fmt.Sprint(m.back, " ", m.PriorStart, " ", m.Prior, " ", m.Percent))
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", window, strings.Join(got, ", "), want)
		}
	}
	values = upTo(48)
	values[13] = stat.Count{} // February 2023: 2022 is not reached
	n := 0
	for _, m := range windows(Parse("7"), stat.MustDate("2026-01-10"), monthly(t, "a:b:M", 2022, values...), nil) {
		if m.Basis == "month" && m.WindowStart == stat.MustDate("2025-02-01") {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d comparisons, want 1", n)
	}
}

// A window to date ends the longer ago, the staler it is, unless its end is named.
func TestStale(t *testing.T) {
	x := daily(t, arrivals, "2025-01-01", upTo(90)...) // to 31 March
	for end, want := range map[string]float64{"2025-03-31": 0, "2025-03-30": 1. / 45, "2025-02-15": 44. / 45, "2025-03-15": 0} {
		for _, m := range windows(Parse("7 by 15 March 2025"), stat.MustDate("2025-05-01"), x, nil) {
			if m.Basis == BasisYearToDate && m.WindowEnd == stat.MustDate(end) && m.stale != want {
				t.Errorf("to %s: %v, want %v", end, m.stale, want)
			}
			if (m.Basis == BasisDay || m.Basis == "month") && m.stale != 0 {
				t.Errorf("%s to %s: stale %v", m.Basis, m.WindowEnd, m.stale)
			}
		}
	}
}

// A stock has its known values up to the claim, each next to the one on the same date of
// the year before.
func TestPointsOfAStock(t *testing.T) {
	quarter := func(p stat.Period) stat.Period {
		return stat.Day(p.End.AddDays(1).MonthEnd().AddDays(1).MonthEnd().AddDays(1).MonthEnd())
	}
	x := series(t, "a:in-hotels:Q", stat.Stock, stat.Day(stat.MustDate("2024-03-31")), quarter,
		stat.Known(200), stat.Known(0), stat.Count{}, stat.Known(7), stat.Known(150), stat.Known(9), stat.Known(10), stat.Known(11))
	x.Early = true
	var got []string
	for _, m := range windows(Parse("7 since 31 March 2024"), stat.MustDate("2025-12-31"), x, nil) {
		got = append(got, fmt.Sprint(m.Basis, " ", m.WindowStart, " ", m.WindowEnd, " ", m.Value, " on ", m.PriorStart, " ", m.PriorEnd, " ", m.Prior, " ", m.Percent))
		if m.Series != "a:in-hotels:Q" || m.AsOf != x.AsOf || !m.Early {
			t.Errorf("%+v", m)
		}
	}
	want := []string{
		"point 2024-03-31 2024-03-31 200 on    ",
		"point 2024-06-30 2024-06-30 0 on    ",
		"point 2024-12-31 2024-12-31 7 on    ",
		"point 2025-03-31 2025-03-31 150 on 2024-03-31 2024-03-31 200 -25",
		"point 2025-06-30 2025-06-30 9 on 2024-06-30 2024-06-30 0 ",
		"point 2025-09-30 2025-09-30 10 on    ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// There is no per cent of a year before that is not above zero.
func TestAChangeOnNothing(t *testing.T) {
	values := append(upTo(12), stat.Known(5), stat.Known(6), stat.Known(7))
	values[0], values[1] = stat.Known(0), stat.Known(-3)
	s := stat.NewSeries(stat.Series{Source: "a", Measure: "missing", Flow: "fatality", Kind: stat.Flow}, stat.Monthly)
	x := seriesOf(t, &s, stat.Month(2024, time.January), nextMonth, values...)
	var got []string
	for _, m := range windows(Parse("7"), stat.MustDate("2026-01-10"), x, nil) {
		if m.Basis == "month" && m.WindowStart.Year() == 2025 {
			got = append(got, fmt.Sprint(m.Value, " on ", m.Prior, ": ", m.Percent))
		}
	}
	if want := []string{"5 on 0: ", "6 on -3: ", "7 on 3: 133.3333"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
