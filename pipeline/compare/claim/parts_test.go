package claim

import (
	"math"
	"testing"

	"crossings/pipeline/stat"
)

// The part of a whole lies within it: it may begin or end with the whole, and not both.
func TestAPartLiesWithinItsWhole(t *testing.T) {
	x := daily(t, channelArrivals, "2023-01-01", values(731, 10)...) // to 31 December 2024
	check(t, lastOf(2), "2025-01-10", []Series{x}, map[string]string{
		"8.5% of the 3,660 arrivals of 2024 came in May":       "2024-05-01..2024-05-31 310",
		"8.5% of the 3,660 arrivals of 2024 came in January":   "2024-01-01..2024-01-31 310",
		"8.5% of the 3,660 arrivals of 2024 came in December":  "2024-12-01..2024-12-31 310",
		"8.5% of the 3,650 arrivals of 2023 came in May 2024":  "",
		"8.5% of the 3,660 arrivals of 2024 came in July 2023": "",
	})
}

// positive checks that each window near to the first number of a text has a figure above zero, and not an infinite one.
func positive(t *testing.T, text, on string, x Series) {
	t.Helper()
	for _, m := range answers(text, on, x)[0].Nearest {
		if math.IsInf(m.Figure, 0) || math.IsNaN(m.Figure) || m.Figure <= 0 {
			t.Errorf("%q: %s of %v", text, m.Line(), m.Figure)
		}
	}
}

// A whole that is counted so far ends with the newest figures; one that is named has to be known.
func TestAWholeSoFar(t *testing.T) {
	x := daily(t, channelArrivals, "2024-01-01", values(182, 10)...) // to 30 June 2024
	const known, unknown = " of the 1,820 arrivals between 1 January and 30 June 2024 came in May", " of the 1,820 arrivals between 1 January and 10 July 2024 came in May"
	check(t, lastOf(2), "2024-07-20", []Series{x}, map[string]string{
		"17% of the 1,820 arrivals so far this year came in May": "2024-05-01..2024-05-31 310",
		"17%" + known:   "2024-05-01..2024-05-31 310",
		"17%" + unknown: "",
	})
	positive(t, "17%"+unknown, "2024-07-20", x)
	positive(t, "One in twelve"+unknown, "2024-07-20", x)
}

// One of one is all, and nobody is no part.
func TestAPartOfOneAndOfNobody(t *testing.T) {
	year := func(may int64) Series {
		list := values(12, 0)
		list[4] = stat.Known(may)
		return monthly(t, monthlyArrivals, 2024, list...)
	}
	if got := lastOf(2)("100% of the 1 arrivals of 2024 came in May", "2025-01-10", year(1)); got != "2024-05-01..2024-05-31 1" {
		t.Errorf("one of one: %q", got)
	}
	for _, text := range []string{"8% of the 1 arrivals of 2024 came in May", "One in twelve of the 1 arrivals of 2024 came in May", "8% of the 1 arrivals of 2024 came in June", "One in twelve of the 1 arrivals of 2024 came in June"} {
		positive(t, text, "2025-01-10", year(0))
		positive(t, text, "2025-01-10", year(1))
	}
}

// A share of people of one nationality is one of all people in the same window, not of those of this nationality in another.
func TestAShareOfPeopleIsNoPartOfTheirWhole(t *testing.T) {
	const total stat.SeriesID = "ukho-illegal-entry:detections:Q:category=small-boat"
	q := func(id stat.SeriesID, v int64) Series {
		return madeOf(t, id, stat.Flow, stat.Quarter(2024, 1), nextQuarter, values(4, v)...)
	}
	check(t, lastOf(2), "2025-01-10", []Series{q(total, 1000), q(total+":origin=ALB", 100)}, map[string]string{
		"25% of the 4,000 small boat arrivals of 2024 were Albanian in the first quarter of 2024": "",
		"10% of the 4,000 small boat arrivals of 2024 were Albanian in the first quarter of 2024": "2024-01-01..2024-03-31 100",
	})
}

// An average by month counts whole months, and parts of a year where the window has others.
func TestAnAverageByWholeMonths(t *testing.T) {
	x := daily(t, channelArrivals, "2024-01-01", values(366, 10)...)
	check(t, found, "2025-01-10", []Series{x}, map[string]string{
		"An average of 310 people a month crossed between 1 and 31 March 2024": "2024-03-01..2024-03-31 310",
		"An average of 290 people a month crossed between 1 and 29 March 2024": "",
		"An average of 290 people a month crossed between 3 and 31 March 2024": "",
	})
}
