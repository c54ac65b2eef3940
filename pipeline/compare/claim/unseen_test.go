package claim

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// A change belongs to the count that it is stated of: in a year with two numbers no other day's total has it.
func TestAChangeIsOfItsCount(t *testing.T) {
	days := values(900, 100) // from 1 January 2023
	for d := stat.MustDate("2025-03-01"); d <= stat.MustDate("2025-04-15"); d++ {
		days[d-stat.MustDate("2023-01-01")] = stat.Known(200)
	}
	x := daily(t, channelArrivals, "2023-01-01", days...)
	check(t, found, "2025-05-25", []Series{x}, map[string]string{
		"5,000 people have crossed so far this year, up 40%":               "",
		"19,000 people crossed so far this year, up 32%":                   "2025-01-01..2025-05-21 31.6901; 2025-01-01..2025-05-20 31.9149; 2025-01-01..2025-05-19 32.1429; 2025-01-01..2025-05-18 32.3741",
		"Arrivals are up 40% so far this year":                             "2025-01-01..2025-04-22 39.823; 2025-01-01..2025-04-21 40.1786; 2025-01-01..2025-04-11 40.1961",
		"Boats are at 500 so far this year. Arrivals are up 32% this year": "2025-01-01..2025-05-21 31.6901; 2025-01-01..2025-05-20 31.9149; 2025-01-01..2025-05-19 32.1429; 2025-01-01..2025-05-18 32.3741",
	})
}

// A change is of the same window as its count, where the count is written in full and a window has it.
func TestAChangeIsOfTheWindowOfItsCount(t *testing.T) {
	x := year2(t, channelArrivals, map[string]int64{"2025-03-01": 5151})
	check(t, found, "2025-05-25", []Series{x}, map[string]string{
		"19,451 people crossed so far this year, up 34%": "2025-01-01..2025-05-24 34.1448",
		"18,951 people crossed so far this year, up 34%": "",
		"18,952 people crossed so far this year, up 34%": "2025-01-01..2025-05-24 34.1448; 2025-01-01..2025-05-23 34.3819",
	})
}

// Why a window with all facts does not count is said, and so is where the figures of a series end.
func TestWhyAWindowDoesNotCount(t *testing.T) {
	x := daily(t, channelArrivals, "2023-01-01", values(900, 100)...) // to 18 June 2025
	verdictOf := func(text, on string) string {
		a := answers(text, on, x)
		return a[len(a)-1].Nearest[0].Verdict
	}
	if got := verdictOf("Arrivals are down 1%", "2025-06-19"); got != "both facts of the sentence hold: number, measure; but a small number or a change counts only where the sentence says of what and when" {
		t.Error(got)
	}
	if got := verdictOf("16,900 people have crossed so far this year", "2025-11-20"); !strings.HasSuffix(got, "the window does not; the figures known then end on 2025-06-18") {
		t.Error(got)
	}
	if got := verdictOf("17,000 people crossed in May 2025", "2025-11-20"); strings.Contains(got, "end on") {
		t.Error(got)
	}
}

// The newest level of a stock is compared with one that the sentence names.
func TestALevelSinceANamedDay(t *testing.T) {
	levels := []stat.Count{stat.Known(100), stat.Known(400), stat.Known(300), stat.Known(200), stat.Known(150), stat.Known(100)}
	start := stat.Day(stat.MustDate("2024-03-31"))
	next := func(p stat.Period) stat.Period {
		return stat.Day(p.End.AddDays(1).MonthEnd().AddDays(1).MonthEnd().AddDays(1).MonthEnd())
	}
	x := madeOf(t, "ukho-asylum:awaiting-initial-decision:Q", stat.Stock, start, next, levels...)
	check(t, found, "2025-07-20", []Series{x}, map[string]string{
		"The backlog peaked at 400 at the end of June 2024 and has since fallen by 75%": "2025-06-30..2025-06-30 -75",
		"The backlog peaked at 400 at the end of June 2024 and has since fallen by 74%": "",
		"The backlog peaked at 400 at the end of June 2024 and has since risen by 75%":  "",
		"The backlog has fallen by 50% since the end of December 2024":                  "2025-06-30..2025-06-30 -50",
	})
}
