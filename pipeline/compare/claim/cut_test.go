package claim

import (
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// A window to date is cut back to the whole months or weeks that are known; a month or a quarter never is.
func TestAWindowIsCutToWholePeriods(t *testing.T) {
	span := func(start, end string) words.Span { return words.Span{Start: date(start), End: date(end)} }
	months := madeOf(t, "ukho-france-exchange:exchange-out:M", stat.Flow, stat.Month(2025, time.March), nextMonth, values(3, 10)...) // to 31 May 2025
	weeks := weekly(t, "ukho-small-boats:prevented-persons:W", "2024-01-07", values(75, 10)...)                                      // to 8 June 2025
	quarters := madeOf(t, "ukho-asylum:asylum-claims:Q", stat.Flow, stat.Quarter(2024, 1), nextQuarter, values(5, 10)...)
	for _, c := range []struct {
		name   string
		x      Series
		on     string
		custom words.Span
		basis  string
		want   string // the windows that are cut
	}{
		{"months to a day", months, "2025-07-05", span("2025-03-01", "2025-05-20"), words.BasisBetween, "2025-03-01..2025-04-30 cut from 2025-03-01..2025-05-20"},
		{"a month not over", months, "2025-07-05", span("2025-04-01", "2025-06-30"), words.BasisBetween, ""},
		{"30 days of it", months, "2025-07-05", span("2025-04-02", "2025-06-30"), words.BasisBetween, "2025-05-01..2025-05-31 cut from 2025-04-02..2025-06-30"},
		{"31 days of it", months, "2025-07-05", span("2025-04-02", "2025-07-01"), words.BasisBetween, ""},
		{"not yet over on the day", months, "2025-06-19", span("2025-04-02", "2025-06-20"), words.BasisBetween, ""},
		{"62 days before the first", months, "2025-07-05", span("2024-12-29", "2025-05-31"), words.BasisBetween, "2025-03-01..2025-05-31 cut from 2024-12-29..2025-05-31"},
		{"63 days before the first", months, "2025-07-05", span("2024-12-28", "2025-05-31"), words.BasisBetween, ""},
		{"weeks to a day", weeks, "2025-07-05", span("2025-05-05", "2025-06-04"), words.BasisBetween, "2025-05-05..2025-06-01 cut from 2025-05-05..2025-06-04"},
		{"6 days of a week", weeks, "2025-07-05", span("2025-05-06", "2025-06-14"), words.BasisBetween, "2025-05-12..2025-06-08 cut from 2025-05-06..2025-06-14"},
		{"7 days of a week", weeks, "2025-07-05", span("2025-05-06", "2025-06-15"), words.BasisBetween, ""},
		{"before the first week", weeks, "2025-07-05", span("2023-12-20", "2024-03-05"), words.BasisBetween, ""},
		{"no first day", months, "2025-07-05", words.Span{End: date("2025-05-20")}, words.BasisBetween, ""},
		{"quarters", quarters, "2025-07-05", span("2024-01-01", "2024-08-05"), words.BasisYearToDate, ""},
	} {
		var got []string
		for _, line := range written(windows(date(c.on), c.x, []words.Span{c.custom}, nil), c.basis) {
			line, _, _ = strings.Cut(line, " on ")
			if strings.HasSuffix(line, c.custom.Start.String()+".."+c.custom.End.String()) {
				got = append(got, line)
			}
		}
		if strings.Join(slices.Compact(got), "; ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
	for _, x := range []Series{months, weeks, quarters} {
		for _, basis := range []string{compare.BasisMonth, compare.BasisQuarter, compare.BasisYearEnding, words.BasisWeek} {
			for _, line := range written(windows(date("2025-07-05"), x, nil, nil), basis) {
				if strings.Contains(line, "cut") {
					t.Errorf("%s: %s", basis, line)
				}
			}
		}
	}
	cutKinds := func(x Series) (out []string) {
		for _, m := range windows(date("2025-06-20"), x, nil, []stat.Date{date("2024-07-05")}) {
			if m.Cut && !slices.Contains(out, m.Basis) {
				out = append(out, m.Basis)
			}
		}
		slices.Sort(out)
		return out
	}
	if got := strings.Join(cutKinds(weeks), " "); got != "half-year policy-period rolling-12-months since year year-to-date" {
		t.Errorf("kinds of window that are cut to weeks: %s", got)
	}
	whole := monthly(t, "ukho-france-exchange:exchange-out:M", 2023, values(29, 10)...)
	if got := strings.Join(cutKinds(whole), " "); got != "policy-period since year-to-date" {
		t.Errorf("kinds of window that are cut to months: %s", got)
	}
}

// The weeks that end between two days are meant as a whole: the last week ends on the last day.
func TestWeeksBetweenTwoDays(t *testing.T) {
	weeks := weekly(t, "ukho-small-boats:prevented-persons:W", "2024-01-07", values(75, 10)...)
	of := func(x Series, end string) []string {
		return written(windows(date("2025-07-05"), x, []words.Span{{Start: date("2025-05-05"), End: date(end), Basis: words.BasisWeeks}}, nil), words.BasisWeeks)
	}
	if got := of(weeks, "2025-06-01"); len(got) == 0 || !strings.HasPrefix(got[0], "2025-05-05..2025-06-01") {
		t.Errorf("to the end of a week: %v", got)
	}
	if got := of(weeks, "2025-06-04"); len(got) > 0 {
		t.Errorf("to another day: %v", got)
	}
	if got := of(year2(t, channelArrivals, nil), "2025-06-01"); len(got) > 0 {
		t.Errorf("of days: %v", got)
	}
}

// A week is compared with the one before it, and the weeks of a year to date with as many of the year before.
func TestWhatWeeksAreComparedWith(t *testing.T) {
	x := weekly(t, "ukho-small-boats:prevented-persons:W", "2024-01-07", values(75, 10)...)
	all := windows(date("2025-06-20"), x, nil, nil)
	for basis, want := range map[string][]string{
		words.BasisWeek:       {"2025-06-02..2025-06-08 after 2025-05-26..2025-06-01", "2024-01-01..2024-01-07"},
		words.BasisYearToDate: {"2025-01-06..2025-06-08 cut from 2025-01-01..2025-06-08 on 2024-01-01..2024-06-02"},
	} {
		got := written(all, basis)
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: no %s in %v", basis, w, got)
			}
		}
	}
	between := func(x Series, start, end string) string {
		got := written(windows(date("2025-07-05"), x, []words.Span{{Start: date(start), End: date(end)}}, nil), words.BasisBetween)
		return strings.Join(got, "; ")
	}
	const cut = "2025-05-05..2025-06-01 cut from 2025-05-05..2025-06-04"
	if got := between(x, "2025-05-05", "2025-06-04"); got != cut+" on 2024-05-06..2024-06-02" {
		t.Errorf("weeks that are cut: %s", got)
	}
	if got := between(x, "2025-05-05", "2025-06-01"); got != "2025-05-05..2025-06-01" {
		t.Errorf("whole weeks: %s", got)
	}
	months := monthly(t, "ukho-france-exchange:exchange-out:M", 2023, values(29, 10)...)
	if got := between(months, "2025-02-06", "2025-05-31"); got != "2025-03-01..2025-05-31 cut from 2025-02-06..2025-05-31" {
		t.Errorf("months that are cut: %s", got)
	}
	if got := written(all, words.BasisSevenDays); len(got) > 0 {
		t.Errorf("weeks have seven days of their own: %v", got)
	}
}

// A level is compared with the same day of up to three years before and with the level before it. What is missing is left out.
func TestTheLevelsOfAStock(t *testing.T) {
	quarter := func(p stat.Period) stat.Period { return stat.Day(stat.QuarterOf(p.End.AddDays(1)).End) }
	list := oneTo(20) // from 30 June 2020
	for i := range 3 {
		list[i] = stat.Count{}
	}
	list[6], list[11] = stat.Count{}, stat.Count{}
	x := madeOf(t, "ukho-asylum:in-hotels:Q", stat.Stock, stat.Day(date("2020-06-30")), quarter, list...) // to 31 March 2025
	got := written(windows(date("2025-01-31"), x, nil, nil), compare.BasisPoint)
	for _, want := range []string{
		"2021-06-30..2021-06-30", "2021-09-30..2021-09-30 after 2021-06-30..2021-06-30", "2022-06-30..2022-06-30 on 2021-06-30..2021-06-30",
		"2024-06-30..2024-06-30 on 2023-06-30..2023-06-30", "2024-06-30..2024-06-30 on 2022-06-30..2022-06-30", "2024-06-30..2024-06-30 on 2021-06-30..2021-06-30",
		"2024-06-30..2024-06-30 after 2024-03-31..2024-03-31", "2024-03-31..2024-03-31", "2024-12-31..2024-12-31 on 2022-12-31..2022-12-31", "2023-06-30..2023-06-30 on 2022-06-30..2022-06-30", "2022-12-31..2022-12-31",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %v", want, got)
		}
	}
	for _, line := range got {
		if strings.HasPrefix(line, "2021-12-31") || strings.HasPrefix(line, "2023-03-31") || strings.HasPrefix(line, "2025") || strings.Contains(line, " after 2021-12-31") || strings.Contains(line, " on 2021-12-31") {
			t.Errorf("%s", line)
		}
	}
	windowsOn := map[string]int{}
	for _, m := range windows(date("2025-01-31"), x, nil, nil) {
		if windowsOn[m.WindowEnd.String()]++; m.back == preceded && m.Prior != list[slices.IndexFunc(list, func(c stat.Count) bool { return c == m.Value })-1] {
			t.Errorf("%s", m.Line())
		}
	}
	for day, want := range map[string]int{"2021-03-31": 1, "2021-06-30": 2, "2021-09-30": 2, "2022-03-31": 1, "2024-06-30": 4} {
		if windowsOn[day] != want {
			t.Errorf("%d windows on %s, want %d", windowsOn[day], day, want)
		}
	}
	for _, m := range windows(date("2025-05-31"), x, nil, nil) {
		if m.newest != (m.WindowEnd == date("2025-03-31")) || m.askedStart != m.WindowStart || m.askedEnd != m.WindowEnd || m.slack != words.PointLookback || m.back == 0 || m.PriorEnd != 0 && m.PriorEnd < m.WindowEnd.AddYears(-3) {
			t.Fatalf("%+v", m)
		}
	}
}

// The second level of a stock is compared with the first.
func TestTheSecondLevelOfAStock(t *testing.T) {
	x := madeOf(t, "ukho-asylum:in-hotels:Q", stat.Stock, stat.Day(date("2025-03-30")), nextDay, oneTo(2)...)
	if got, want := strings.Join(written(windows(date("2025-04-20"), x, nil, nil), compare.BasisPoint), ", "), "2025-03-30..2025-03-30, 2025-03-31..2025-03-31, 2025-03-31..2025-03-31 after 2025-03-30..2025-03-30"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A figure that a release gives for a range of days is a window of its own.
func TestARangeIsAWindow(t *testing.T) {
	x := madeOf(t, "ukho-small-boats:arrivals:D", stat.Flow, stat.Period{Start: date("2025-03-03"), End: date("2025-03-12"), Precision: stat.PrecisionRange}, nextDay, stat.Known(7), stat.Known(1))
	got := written(windows(date("2025-06-20"), x, nil, nil), words.BasisBetween)
	if len(got) != 1 || got[0] != "2025-03-03..2025-03-12" {
		t.Errorf("%v", got)
	}
}
