package claim

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// The day of the sentence was not over: its figure is meant only if the words name the day, and a later one never.
func TestTheDayOfTheSentence(t *testing.T) {
	x := year2(t, channelArrivals, map[string]int64{"2025-06-19": 777, "2025-06-20": 888, "2025-06-21": 999})
	for text, want := range map[string]string{
		"777 people crossed":            "2025-06-19..2025-06-19 777",
		"888 people crossed":            "",
		"999 people crossed":            "",
		"888 people crossed today":      "2025-06-20..2025-06-20 888",
		"999 people crossed on 21 June": "",
	} {
		if got := found(text, "2025-06-20", x); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// The days on which rules began count only where the sentence counts since a day.
func TestADayOnWhichARuleBegan(t *testing.T) {
	x := year2(t, channelArrivals, map[string]int64{"2025-06-10": 107})
	for text, want := range map[string]int{"2,107 people crossed since the court ruled": 1, "2,107 people crossed": 0} {
		a := Search(words.Parse(text).Read(date("2025-06-20")), []Series{x}, []stat.Date{date("2025-05-30")})
		if got := len(a[0].Matches); got != want {
			t.Errorf("%q: %d matches", text, got)
		}
	}
}

// A change is on the year before, or on an earlier one that the words name. The words may name either side of it.
func TestTheYearThatAChangeIsOn(t *testing.T) {
	list := values(30, 100)
	list[4], list[5], list[16], list[28] = stat.Known(200), stat.Known(130), stat.Known(240), stat.Known(300) // May and June 2023, May 2024, May 2025
	x := monthly(t, channelArrivals[:len(channelArrivals)-1]+"M", 2023, list...)
	for text, want := range map[string]string{
		"arrivals in May 2025 were up 25%":                   "2025-05-01..2025-05-31 25",
		"arrivals in May 2025 were up 50%":                   "",
		"arrivals in May 2025 were up 50% on May 2023":       "2025-05-01..2025-05-31 50",
		"arrivals are up 25% on May 2024":                    "2025-05-01..2025-05-31 25",
		"arrivals are up 30% on May 2024":                    "",
		"60 more people crossed than in May 2024":            "2025-05-01..2025-05-31 60",
		"100 more people crossed in May 2025 than in 2023":   "2025-05-01..2025-05-31 100",
		"100 fewer people crossed in June 2024 than in 2025": "",
		"300 people crossed in May 2025":                     "2025-05-01..2025-05-31 300",
	} {
		if got := found(text, "2025-06-20", x); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// The numbers of a sentence count different things.
func TestEachNumberHasItsOwnSeries(t *testing.T) {
	people, boats := dailyOf(t, channelArrivals, 170, 200), dailyOf(t, "ukho-small-boats:boats:D", 170, 100)
	a := Search(words.Parse("In January 2025 3,100 people crossed in 3,100 boats and 6,200 people in 6,200 boats").Read(date("2025-06-20")), []Series{people, boats}, nil)
	for i, want := range []int{0, 1, 1, 0} {
		if got := len(a[i].Matches); got != want {
			t.Errorf("number %d: %d matches, want %d", i, got, want)
		}
	}
}

// A number below 100, or a difference, needs its measure and its window.
func TestANumberThatSaysLittle(t *testing.T) {
	x := year2(t, channelArrivals, map[string]int64{"2025-05-03": 99, "2025-05-05": 1888})
	y := year2(t, "ukho-small-boats:boats:D", nil)
	for text, want := range map[string]bool{
		"99 people crossed":                              false,
		"99 people crossed on 3 May":                     true,
		"99 people on 3 May":                             false,
		"100 people":                                     true,
		"100 people crossed":                             true,
		"1,788 more people crossed than before":          false,
		"1,788 more people crossed on 5 May than before": true,
		"1,888 people crossed":                           true,
	} {
		if got := found(text, "2025-06-20", x, y); (got != "") != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// An answer has up to ten windows, each once, with facts and a verdict.
func TestTheMatchesOfAnAnswer(t *testing.T) {
	x := year2(t, channelArrivals, nil)
	a := Search(words.Parse("100 people crossed").Read(date("2025-06-20")), []Series{x}, nil)[0]
	if len(a.Matches) != 10 || a.Nearest != nil {
		t.Errorf("%d matches, %d near ones", len(a.Matches), len(a.Nearest))
	}
	seen := map[string]bool{}
	for _, m := range a.Matches {
		key := fmt.Sprint(m.WindowStart, m.WindowEnd, m.PriorStart)
		if seen[key] || len(m.Facts) != 2 || m.Verdict != "both facts of the sentence hold: number, measure" {
			t.Errorf("%s: %v, %s", m.Line(), m.Facts, m.Verdict)
		}
		seen[key] = true
	}
	if m := a.Matches[0]; m.WindowEnd != date("2025-06-19") {
		t.Errorf("the newest is not first: %s", m.Line())
	}
	a = Search(words.Parse("3,100 people crossed in January 2025").Read(date("2025-06-20")), []Series{x}, nil)[0]
	if len(a.Matches) != 1 {
		t.Errorf("%d matches of one month", len(a.Matches))
	}
}

// A week that is whole stays, also where days are known.
func TestAWholeWeekStays(t *testing.T) {
	days, weeks := year2(t, channelArrivals, nil), weekly(t, "ukho-small-boats:arrivals:W", "2025-04-27", values(3, 771)...)
	if got, want := found("771 people crossed in the week to 27 April 2025", "2025-06-20", days, weeks), "2025-04-21..2025-04-27 771"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	months, more := monthly(t, "ukho-france-exchange:exchange-out:M", 2025, values(5, 41)...), daily(t, "ukho-france-exchange:exchange-out:D", "2025-01-01", values(5, 1)...)
	if got, want := found("205 people were returned to France this year to 10 June", "2025-06-20", months, more), "2025-01-01..2025-05-31 205"; got != want {
		t.Errorf("months: %s, want %s", got, want)
	}
}

// near writes the windows nearest to the first number of a text, the nearest first.
func near(text string, list ...Series) string {
	a := Search(words.Parse(text).Read(date("2025-06-20")), list, nil)
	var out []string
	for _, m := range a[0].Nearest {
		if m.Verdict == "" || len(m.Facts) == 0 {
			out = append(out, "no facts")
		}
		out = append(out, fmt.Sprint(strings.Split(string(m.Series), ":")[1], " ", m.WindowStart, "..", m.WindowEnd, " ", math.Round(100*m.Figure)/100, " off ", math.Round(1000*m.Off)/1000))
	}
	return strings.Join(out, "; ")
}

// Where no window has a number, the nearest are the one that the words name, those that have the number but break a word, then
// others that the words name; where there are none of these, the one with the nearest figure.
func TestTheNearestWindows(t *testing.T) {
	people := year2(t, channelArrivals, map[string]int64{"2024-02-25": 777, "2024-09-09": 777, "2024-10-10": 777, "2025-02-25": 605, "2025-03-02": 105, "2025-03-03": 12})
	boats := year2(t, "ukho-small-boats:boats:D", map[string]int64{"2025-02-25": 777, "2024-09-09": 77})
	for text, want := range map[string]string{
		"500 hotels on 25 February 2025":                                          "",
		"6,000 people crossed on 25 February 2025":                                "arrivals 2025-02-25..2025-02-25 605 off 0.899",
		"777 people crossed on 25 February 2025":                                  "arrivals 2025-02-25..2025-02-25 605 off 0.221; arrivals 2024-10-10..2024-10-10 777 off 0; arrivals 2024-09-09..2024-09-09 777 off 0",
		"777 people crossed on 25 February 2025, in 12 boats":                     "arrivals 2025-02-25..2025-02-25 605 off 0.221; arrivals 2024-10-10..2024-10-10 777 off 0; arrivals 2024-09-09..2024-09-09 777 off 0",
		"77 people crossed on 25 February 2025, in 12 boats":                      "arrivals 2025-02-25..2025-02-25 605 off 6.857",
		"12 people crossed on 25 February 2025":                                   "arrivals 2025-02-25..2025-02-25 605 off 49.417",
		"600 people crossed on 3 May 2019":                                        "arrivals 2025-02-25..2025-02-25 605 off 0.008",
		"99,999 people crossed so far this year":                                  "arrivals 2025-01-01..2025-06-19 17422 off 0.826; arrivals 2025-01-01..2025-06-18 17322 off 0.827; arrivals 2025-01-01..2025-06-17 17222 off 0.828",
		"99,999 people were in hotels":                                            "",
		"On 25 February 2025, 777 people crossed so bravely: nobody saw 12 boats": "arrivals 2025-02-25..2025-02-25 605 off 0.221; arrivals 2024-10-10..2024-10-10 777 off 0; arrivals 2024-09-09..2024-09-09 777 off 0",
	} {
		if got := near(text, people, boats); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// A change that no window has is shown with the window that the words name, on the year before; others show the number on
// another window.
func TestTheNearestChanges(t *testing.T) {
	list := values(30, 100)
	list[16], list[27], list[28] = stat.Known(240), stat.Known(250), stat.Known(300) // May 2024, April and May 2025
	x := monthly(t, channelArrivals[:len(channelArrivals)-1]+"M", 2023, list...)
	for text, want := range map[string]string{
		"arrivals in May 2025 were up 90%":  "arrivals 2025-05-01..2025-05-31 25 off 0.65",
		"arrivals in May 2025 were up 140%": "arrivals 2025-05-01..2025-05-31 25 off 1.15; arrivals 2024-05-01..2024-05-31 140 off 0; arrivals 2024-05-01..2024-05-31 140 off 0",
		"arrivals in May 2025 were up 200%": "arrivals 2025-05-01..2025-05-31 25 off 1.75",
		"arrivals in May 2020 were up 26%":  "arrivals 2025-05-01..2025-05-31 25 off 0.01",
	} {
		if got := near(text, x); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
