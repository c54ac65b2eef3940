package claim

import (
	"testing"

	"crossings/pipeline/stat"
)

// last writes the best window of the last number of a text, first of the one before it.
func lastOf(n int) func(text, on string, list ...Series) string {
	return func(text, on string, list ...Series) string {
		a := answers(text, on, list...)
		if m := a[len(a)-n].Matches; len(m) > 0 {
			return m[0].WindowStart.String() + ".." + m[0].WindowEnd.String() + " " + m[0].Value.String()
		}
		return ""
	}
}

// A whole is in a window around that of its part, unless its own words name one.
func TestTheWholeOfAPart(t *testing.T) {
	const returns = stat.SeriesID("ukho-france-exchange:exchange-out:M")
	x := madeOf(t, returns, stat.Flow, stat.Month(2025, 9), nextMonth, stat.Known(17), stat.Known(58), stat.Known(178), stat.Known(164))
	check(t, lastOf(1), "2026-01-20", []Series{x}, map[string]string{
		"178 of the 417 returns to France took place in November 2025": "2025-09-01..2025-12-31 417",
		"178 of the 418 returns to France took place in November 2025": "",
		"178 of the 417 returns to France took place in August 2025":   "",
		"178 of the 417 returns to France in October took place early": "",
	})
	check(t, lastOf(2), "2026-01-20", []Series{x}, map[string]string{
		"178 of the 417 returns to France took place in November 2025": "2025-11-01..2025-11-30 178",
		"178 of the 417 returns to France took place in December 2025": "",
		"179 of the 417 returns to France took place in November 2025": "",
	})
}

// A share of a whole that has a window of its own is one of that window.
func TestAShareOfAWhole(t *testing.T) {
	x := daily(t, channelArrivals, "2023-01-01", values(731, 10)...) // to 31 December 2024
	check(t, found, "2025-01-10", []Series{x}, map[string]string{
		"In 2024 3,660 crossed, and half of those were men": "",
	})
	check(t, lastOf(2), "2025-01-10", []Series{x}, map[string]string{
		"One in twelve of the 3,660 arrivals of 2024 came in May":  "2024-05-01..2024-05-31 310",
		"One in ten of the 3,660 arrivals of 2024 came in May":     "",
		"A quarter of the 3,660 arrivals of 2024 came in May":      "",
		"8% of the 3,660 arrivals of 2024 came in May":             "2024-05-01..2024-05-31 310",
		"9% of the 3,660 arrivals of 2024 came in May":             "",
		"8% of the 3,660 arrivals of 2024 came in May 2023":        "",
		"All 100% of the 3,660 arrivals of 2024 came in that year": "",
	})
}

// Years that are named by their number end with the newest figures, or with the last whole year.
func TestTheLastYears(t *testing.T) {
	list := values(1461, 10) // to 31 December 2025
	x := daily(t, channelArrivals, "2022-01-01", list...)
	check(t, found, "2026-01-10", []Series{x}, map[string]string{
		"10,950 people crossed the Channel in the last five years":           "",
		"14,610 people crossed the Channel in the last four years":           "2022-01-01..2025-12-31 14610",
		"14,610 people crossed the Channel in the last three years":          "",
		"14,611 people crossed the Channel in the last four years":           "",
		"7,310 people crossed the Channel in the two years to December 2025": "2024-01-01..2025-12-31 7310",
		"7,310 people crossed the Channel in the year to December 2025":      "",
	})
}

// A change in some years is one on so many years before, and on no other.
func TestAChangeInSomeYears(t *testing.T) {
	list := values(60, 100)
	for i := range 12 {
		list[i], list[36+i], list[48+i] = stat.Known(400), stat.Known(150), stat.Known(200)
	}
	x := monthly(t, monthlyArrivals, 2021, list...)
	check(t, found, "2026-01-20", []Series{x}, map[string]string{
		"Arrivals have doubled in two years":                          "2025-01-01..2025-12-31 100",
		"Arrivals have doubled in one year":                           "",
		"Arrivals have doubled in three years":                        "2025-01-01..2025-12-31 100",
		"Arrivals have halved in four years":                          "2025-01-01..2025-12-31 -50",
		"Arrivals have halved in two years":                           "",
		"Arrivals have risen by a third in two years":                 "",
		"In 2025 there were 50% fewer arrivals than in 2021":          "2025-01-01..2025-12-31 -50",
		"2,400 people crossed in 2025, 1,200 more than two years ago": "2025-01-01..2025-12-31 1200",
		"2,400 people crossed in 2025, 1,200 more than a year ago":    "",
	})
}

// A month without anybody is no part of a whole that can be told as one in so many.
func TestAnEmptyPart(t *testing.T) {
	list := values(731, 10)
	for i := range 31 {
		list[365+121+i] = stat.Known(0) // May 2024
	}
	a := answers("One in five of the 3,350 arrivals of 2024 came in May", "2025-01-10", daily(t, channelArrivals, "2023-01-01", list...))
	for _, m := range append(a[0].Matches, a[0].Nearest...) {
		if _, err := m.MarshalJSON(); err != nil {
			t.Errorf("%s: %v", m.Line(), err)
		}
	}
	if len(a[0].Matches) > 0 || len(a[1].Matches) == 0 {
		t.Errorf("%+v", a)
	}
}
