package claim

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// written writes the windows of a kind, each once, with what they are compared with: "on" the years before, or "after" the
// period before.
func written(all []Match, basis string) []string {
	var out []string
	for _, m := range all {
		if m.Basis != basis {
			continue
		}
		line := fmt.Sprint(m.WindowStart, "..", m.WindowEnd)
		if m.Cut {
			line += fmt.Sprint(" cut from ", m.askedStart, "..", m.askedEnd)
		}
		word := " on "
		if m.back == preceded {
			word = " after "
		}
		if m.Prior.IsKnown() {
			line += fmt.Sprint(word, m.PriorStart, "..", m.PriorEnd)
		}
		if !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// counted writes how many windows of a kind there are, whatever they are compared with, and the first and the last.
func counted(all []Match, basis string) string {
	var out []string
	for _, m := range all {
		if line := fmt.Sprint(m.WindowStart, "..", m.WindowEnd); m.Basis == basis && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	if len(out) == 0 {
		return "none"
	}
	return fmt.Sprint(len(out), " from ", out[0], " to ", out[len(out)-1])
}

func date(s string) stat.Date { return stat.MustDate(s) }

// A sentence may count to each of the last 45 known days, in this year and four before, over twelve months, from the first day
// known and from the days since when it may count; and it may mean each period of the calendar that is known.
func TestTheWindowsOfADailySeries(t *testing.T) {
	x := daily(t, channelArrivals, "2020-01-01", values(2000, 1)...) // to 22 June 2025
	since := []stat.Date{date("2024-07-05"), date("2025-06-10"), date("2025-06-20"), date("2025-06-25")}
	all := windows(date("2025-06-20"), x, nil, since)
	for basis, want := range map[string]string{
		words.BasisYearToDate:     "225 from 2021-01-01..2021-05-07 to 2025-01-01..2025-06-20",
		compare.BasisRolling:      "180 from 2021-05-08..2022-05-07 to 2024-06-21..2025-06-20",
		words.BasisSince:          "45 from 2020-01-01..2025-05-07 to 2020-01-01..2025-06-20",
		compare.BasisPolicyPeriod: "55 from 2024-07-05..2025-05-07 to 2025-06-10..2025-06-20",
		words.BasisSevenDays:      "45 from 2025-05-01..2025-05-07 to 2025-06-14..2025-06-20",
		compare.BasisYear:         "5 from 2020-01-01..2020-12-31 to 2024-01-01..2024-12-31",
		words.BasisHalf:           "10 from 2020-01-01..2020-06-30 to 2024-07-01..2024-12-31",
		compare.BasisQuarter:      "21 from 2020-01-01..2020-03-31 to 2025-01-01..2025-03-31",
		compare.BasisYearEnding:   "18 from 2020-01-01..2020-12-31 to 2024-04-01..2025-03-31",
		compare.BasisMonth:        "65 from 2020-01-01..2020-01-31 to 2025-05-01..2025-05-31",
		words.BasisDay:            "1998 from 2020-01-01..2020-01-01 to 2025-06-20..2025-06-20",
		words.BasisBetween:        "none",
		words.BasisWeek:           "none",
	} {
		if got := counted(all, basis); got != want {
			t.Errorf("%s: %s, want %s", basis, got, want)
		}
	}
}

// A window is compared with the same one of up to three years before, as far as they are known; a period of the calendar and a
// week also with the one before it.
func TestWhatAWindowIsComparedWith(t *testing.T) {
	x := daily(t, channelArrivals, "2022-03-01", values(1200, 1)...)
	all := windows(date("2025-05-31"), x, nil, nil)
	has := func(basis string, want ...string) {
		t.Helper()
		got := written(all, basis)
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: no %s in %d: %s …", basis, w, len(got), strings.Join(got[:min(len(got), 8)], ", "))
			}
		}
	}
	not := func(basis, part string) {
		t.Helper()
		for _, line := range written(all, basis) {
			if strings.Contains(line, part) {
				t.Errorf("%s: %s", basis, line)
			}
		}
	}
	has(compare.BasisMonth, "2025-02-01..2025-02-28 on 2024-02-01..2024-02-29", "2025-02-01..2025-02-28 on 2023-02-01..2023-02-28", "2025-02-01..2025-02-28 after 2025-01-01..2025-01-31",
		"2025-05-01..2025-05-31 on 2022-05-01..2022-05-31", "2022-03-01..2022-03-31", "2022-04-01..2022-04-30 after 2022-03-01..2022-03-31")
	not(compare.BasisMonth, "on 2022-02")
	not(compare.BasisMonth, "2022-03-01..2022-03-31 after")
	has(compare.BasisQuarter, "2025-01-01..2025-03-31 after 2024-10-01..2024-12-31", "2025-01-01..2025-03-31 on 2024-01-01..2024-03-31")
	has(words.BasisHalf, "2024-01-01..2024-06-30 after 2023-07-01..2023-12-31", "2024-07-01..2024-12-31 after 2024-01-01..2024-06-30")
	has(compare.BasisYear, "2024-01-01..2024-12-31 on 2023-01-01..2023-12-31")
	not(compare.BasisYear, "after")
	has(words.BasisDay, "2024-02-29..2024-02-29 on 2023-02-28..2023-02-28", "2025-05-31..2025-05-31 on 2024-05-31..2024-05-31", "2022-03-01..2022-03-01")
	not(words.BasisDay, "after")
	has(words.BasisYearToDate, "2025-01-01..2025-05-31 on 2024-01-01..2024-05-31", "2025-01-01..2025-05-31 on 2023-01-01..2023-05-31", "2023-01-01..2023-05-31")
	has(compare.BasisRolling, "2024-06-01..2025-05-31 on 2023-06-01..2024-05-31", "2024-06-01..2025-05-31 on 2022-06-01..2023-05-31")
	has(compare.BasisYearEnding, "2024-04-01..2025-03-31 on 2023-04-01..2024-03-31", "2023-04-01..2024-03-31 on 2022-04-01..2023-03-31")
}

// Windows that the sentence names are added unless they are of the calendar; those to date end up to 45 days before.
func TestTheWindowsThatASentenceNames(t *testing.T) {
	x := daily(t, channelArrivals, "2022-01-01", values(1266, 1)...) // to 19 June 2025
	span := func(start, end string) words.Span { return words.Span{Start: date(start), End: date(end)} }
	open := func(start, end string) words.Span { return words.Span{Start: date(start), End: date(end), Open: true} }
	of := func(basis, start, end string) words.Span {
		return words.Span{Start: date(start), End: date(end), Basis: basis}
	}
	for _, c := range []struct {
		basis, want string
		custom      []words.Span
	}{
		{words.BasisBetween, "1 from 2024-03-03..2024-03-12 to 2024-03-03..2024-03-12", []words.Span{span("2024-03-03", "2024-03-12"), span("2024-03-03", "2024-03-12")}},
		{words.BasisBetween, "1 from 2024-03-03..2024-03-04 to 2024-03-03..2024-03-04", []words.Span{span("2024-03-03", "2024-03-04")}},
		{words.BasisBetween, "none", []words.Span{span("2024-03-03", "2024-03-03"), span("2024-03-12", "2024-03-03"), {End: date("2024-03-12")}, span("2025-06-03", "2025-06-20"), span("2021-12-01", "2022-03-05")}},
		{words.BasisBetween, "none", []words.Span{span("2024-03-01", "2024-03-31"), span("2024-04-01", "2024-06-30"), span("2024-07-01", "2024-12-31"), span("2024-01-01", "2024-12-31")}},
		{words.BasisSevenDays, "46 from 2024-03-04..2024-03-10 to 2025-06-13..2025-06-19", []words.Span{span("2024-03-04", "2024-03-10")}},
		{compare.BasisYearEnding, "11 from 2022-01-01..2022-12-31 to 2024-04-01..2025-03-31", []words.Span{span("2023-05-01", "2024-04-30")}},
		{words.BasisYearToDate, "183 from 2022-01-01..2022-03-10 to 2025-01-01..2025-06-19", []words.Span{span("2024-01-01", "2024-03-10")}},
		{words.BasisBetween, "1 from 2023-05-11..2024-05-10 to 2023-05-11..2024-05-10", []words.Span{span("2023-05-11", "2024-05-10")}},
		{words.BasisBetween, "1 from 2023-01-01..2024-03-10 to 2023-01-01..2024-03-10", []words.Span{span("2023-01-01", "2024-03-10")}},
		{words.BasisWeek, "1 from 2024-03-03..2024-03-12 to 2024-03-03..2024-03-12", []words.Span{span("2024-03-03", "2024-03-12"), of(words.BasisWeek, "2024-03-03", "2024-03-12")}},
		{words.BasisWeek, "1 from 2024-03-03..2024-03-12 to 2024-03-03..2024-03-12", []words.Span{of(words.BasisWeek, "2024-03-03", "2024-03-12")}},
		{words.BasisSince, "90 from 2022-01-01..2025-05-06 to 2024-03-03..2025-06-19", []words.Span{open("2024-03-03", "2025-06-19")}},
		{words.BasisSince, "90 from 2022-01-01..2025-05-06 to 2023-01-01..2025-06-19", []words.Span{open("2023-01-01", "2025-06-19")}},
		{words.BasisSince, "90 from 2022-01-01..2025-05-06 to 2025-01-02..2025-06-19", []words.Span{open("2025-01-02", "2025-06-19")}},
		{words.BasisYearToDate, "227 from 2022-01-01..2022-03-04 to 2025-01-01..2025-06-19", []words.Span{open("2024-01-01", "2024-03-04")}},
	} {
		got := counted(windows(date("2025-06-19"), x, c.custom, nil), c.basis)
		if got != c.want {
			t.Errorf("%s, %v: %s, want %s", c.basis, c.custom, got, c.want)
		}
	}
}

// A month, a quarter, a half and a year are windows of the calendar.
func TestAWindowOfTheCalendar(t *testing.T) {
	for window, want := range map[string]bool{
		"2024-03-01 2024-03-31": true, "2024-02-01 2024-02-29": true, "2024-12-01 2024-12-31": true,
		"2024-01-01 2024-03-31": true, "2024-10-01 2024-12-31": true, "2024-02-01 2024-04-30": false, "2024-03-01 2024-05-31": false,
		"2024-01-01 2024-06-30": true, "2024-07-01 2024-12-31": true, "2024-04-01 2024-09-30": false,
		"2024-01-01 2024-12-31": true, "2024-02-01 2024-12-31": false, "2024-01-01 2024-11-30": false,
		"2024-01-01 2024-02-29": false, "2024-03-02 2024-03-31": false, "2024-03-01 2024-03-30": false,
		"2023-03-01 2024-03-31": false, "2023-01-01 2024-12-31": false, "2023-01-01 2024-03-31": false, "2024-04-01 2024-05-31": false,
	} {
		start, end, _ := strings.Cut(window, " ")
		if got := isCalendar(date(start), date(end)); got != want {
			t.Errorf("%s: %v", window, got)
		}
	}
}

// A window that is named twice is tried once. Another kind that the words fix stays what it is.
func TestAWindowIsNamedOnce(t *testing.T) {
	x := daily(t, channelArrivals, "2024-01-01", values(366, 1)...)
	span := words.Span{Start: date("2024-03-03"), End: date("2024-03-12")}
	once, twice := windows(date("2025-06-19"), x, []words.Span{span}, nil), windows(date("2025-06-19"), x, []words.Span{span, span}, nil)
	if len(once) != len(twice) {
		t.Errorf("%d windows, %d if one is named twice", len(once), len(twice))
	}
	for _, c := range [][3]string{{words.BasisWeeks, "2023-05-01", "2024-04-30"}, {words.BasisWeeks, "2024-01-01", "2024-04-10"}, {words.BasisWeeks, "2024-04-01", "2024-04-07"}} {
		if got := kindOfSpan(c[0], date(c[1]), date(c[2])); got != c[0] {
			t.Errorf("%v: %s", c, got)
		}
	}
}

// A window is not compared with one that lacks a day. What is missing in one year does not hide an earlier one.
func TestAWindowIsNotComparedWithWhatIsMissing(t *testing.T) {
	list := values(1642, 1) // from 1 January 2021 to 30 June 2025
	for _, day := range []string{"2024-05-07", "2025-04-07"} {
		list[date(day)-date("2021-01-01")] = stat.Count{}
	}
	x := daily(t, channelArrivals, "2021-01-01", list...)
	var got []string
	first := 0
	for _, m := range windows(date("2025-06-20"), x, nil, nil) {
		if m.Basis == compare.BasisMonth && m.WindowStart == date("2025-05-01") {
			got = append(got, fmt.Sprint(m.PriorStart, " ", m.back))
		}
		if m.Basis == compare.BasisMonth && m.WindowStart == date("2021-01-01") {
			first++
		}
	}
	if want := " 1, 2023-05-01 2, 2022-05-01 3"; strings.Join(got, ", ") != want {
		t.Errorf("May 2025 is compared with %q, want %q", strings.Join(got, ", "), want)
	}
	if first != 1 {
		t.Errorf("the first month is %d windows", first)
	}
}

// Twelve months to the end of February are compared with twelve whole months.
func TestTwelveMonthsToFebruary(t *testing.T) {
	x := daily(t, channelArrivals, "2022-01-01", values(1155, 1)...) // to 28 February 2025
	if got := written(windows(date("2025-03-05"), x, nil, nil), compare.BasisRolling); !slices.Contains(got, "2024-03-01..2025-02-28 on 2023-03-01..2024-02-29") {
		t.Errorf("%v", got[:5])
	}
}

// A window to date may end as long before the sentence as the newest period of the series is old when the next is published.
func TestHowOldTheNewestPeriodMayBe(t *testing.T) {
	months := monthly(t, "ukho-france-exchange:exchange-out:M", 2025, stat.Known(140))
	year := madeOf(t, "ukho-resettlement:resettled:A", stat.Flow, stat.Year(2023), nextDay, stat.Known(1400))
	for _, c := range []struct {
		text, on string
		x        Series
		want     bool
	}{
		{"140 people were returned to France so far this year", "2025-06-09", months, true},
		{"140 people were returned to France so far this year", "2025-06-10", months, false},
		{"1,400 people were resettled since 2023", "2025-08-21", year, true},
		{"1,400 people were resettled since 2023", "2025-08-22", year, false},
	} {
		if got := found(c.text, c.on, c.x); (got != "") != c.want {
			t.Errorf("%q on %s: %s", c.text, c.on, got)
		}
	}
}
