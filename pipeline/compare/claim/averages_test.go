package claim

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

// An average is the count divided by the days, weeks, months or years of its window.
func TestAnAverageByTime(t *testing.T) {
	x := daily(t, channelArrivals, "2023-01-01", values(731, 10)...) // to 31 December 2024
	check(t, found, "2025-01-10", []Series{x}, map[string]string{
		"On average 10 people a day crossed the Channel in 2024":               "2024-01-01..2024-12-31 10",
		"In 2024, 10 people per day crossed the Channel":                       "2024-01-01..2024-12-31 10",
		"In 2024, 11 people per day crossed the Channel":                       "",
		"In 2024, an average of 70 people a week crossed the Channel":          "2024-01-01..2024-12-31 70",
		"In 2024, an average of 10 people a week crossed the Channel":          "",
		"An average of 305 people a month crossed the Channel in 2024":         "2024-01-01..2024-12-31 305",
		"An average of 305 people a month crossed the Channel in 2023":         "",
		"An average of 304 people a month crossed the Channel in 2024":         "",
		"An average of 305 boats a month crossed the Channel in 2024":          "",
		"An average of 305 people a week crossed the Channel in 2024":          "",
		"The monthly average for 2024 was 305 arrivals":                        "2024-01-01..2024-12-31 305",
		"An average of 3,655 people a year crossed between 2023 and 2024":      "2023-01-01..2024-12-31 3655",
		"An average of 3,670 people a year crossed between 2023 and 2024":      "",
		"The monthly average for 2024 was 305 arrivals, against 304 in 2023":   "2023-01-01..2023-12-31 304.1667",
		"An average of 305 people a month crossed between 1 and 29 March 2024": "",
		"An average of 304 people a month crossed between 3 and 29 March 2024": "2024-03-03..2024-03-29 304.375",
		"An average of 305 people a month crossed":                             "",
		"305 people crossed in a month of 2024":                                "",
		"310 people crossed in a month of 2024":                                strings.TrimSuffix("2024-12-01..2024-12-31 310; 2024-10-01..2024-10-31 310; 2024-08-01..2024-08-31 310; 2024-07-01..2024-07-31 310; 2024-05-01..2024-05-31 310; 2024-03-01..2024-03-31 310; 2024-01-01..2024-01-31 310; ", "; "),
	})
}

// The terminal has the average itself.
func TestTheLineOfAnAverage(t *testing.T) {
	a := answers("An average of 305 people a month crossed the Channel in 2024", "2025-01-10", daily(t, channelArrivals, "2023-01-01", values(731, 10)...))
	if got := a[0].Matches[0].Line(); !strings.Contains(got, ": 3660, 305.0 a month; release of") {
		t.Error(got)
	}
}

// A difference has a direction. Words that name only the earlier side mean that side.
func TestTheDirectionOfADifference(t *testing.T) {
	list := values(36, 100)
	list[16], list[28] = stat.Known(240), stat.Known(300) // May 2024, May 2025
	x := monthly(t, monthlyArrivals, 2023, list...)
	check(t, found, "2025-06-20", []Series{x}, map[string]string{
		"60 more people crossed in May 2025 than in May 2024":             "2025-05-01..2025-05-31 60",
		"60 fewer people crossed in May 2025 than in May 2024":            "",
		"60 fewer people crossed in May 2024 than in May 2025":            "2025-05-01..2025-05-31 60",
		"60 more people crossed in May 2024 than in May 2025":             "",
		"60 more people crossed than in May 2024":                         "2025-05-01..2025-05-31 60",
		"60 fewer people crossed than in May 2024":                        "",
		"60 fewer people crossed in May":                                  "",
		"60 more people crossed in May":                                   "2025-05-01..2025-05-31 60",
		"61 more people crossed in May":                                   "",
		"60 more people crossed in April":                                 "",
		"60 more boats crossed in May":                                    "",
		"In May 240 people crossed in 2024. In May 2025, 60 more did":     "2025-05-01..2025-05-31 60",
		"In May 2024 240 people crossed. In May 2025, 60 fewer did":       "",
		"12 boats crossed in May, 60 more":                                "",
		"300 people crossed in May, an increase of 60":                    "2025-05-01..2025-05-31 60",
		"300 people crossed in May, a fall of 60":                         "",
		"Crossings rose by 60 to 300 in May":                              "2025-05-01..2025-05-31 300",
		"In May crossings rose by 60":                                     "2025-05-01..2025-05-31 60",
		"In May crossings fell by 60":                                     "",
		"An extra 60 people crossed the Channel in May":                   "2025-05-01..2025-05-31 60",
		"Compared with May 2024, 60 more people crossed the Channel":      "2025-05-01..2025-05-31 60",
		"Compared with May 2024, 60 fewer people crossed the Channel":     "",
		"200 more people crossed in May 2025, compared with 100 in April": "2025-04-01..2025-04-30 100",
	})
}

// "More" people on a day are a count, and those of a longer window a difference.
func TestMorePeople(t *testing.T) {
	x := year2(t, channelArrivals, map[string]int64{"2025-06-18": 377})
	check(t, found, "2025-06-20", []Series{x}, map[string]string{
		"377 more people crossed on 18 June":        "2025-06-18..2025-06-18 377",
		"277 more people crossed on 18 June":        "",
		"3,277 more people crossed in June":         "",
		"277 more people crossed so far this month": "2025-06-01..2025-06-19 277; 2025-06-01..2025-06-18 277",
	})
}
