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
	check(t, found, "2025-06-20", []Series{x}, map[string]string{
		"777 people crossed":            "2025-06-19..2025-06-19 777",
		"888 people crossed":            "",
		"999 people crossed":            "",
		"888 people crossed today":      "2025-06-20..2025-06-20 888",
		"999 people crossed on 21 June": "",
	})
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
	x := monthly(t, monthlyArrivals, 2023, list...)
	check(t, found, "2025-06-20", []Series{x}, map[string]string{
		"arrivals in May 2025 were up 25%":                    "2025-05-01..2025-05-31 25",
		"arrivals in May 2025 were up 50%":                    "",
		"arrivals in May 2025 were up 50% on May 2023":        "2025-05-01..2025-05-31 50",
		"arrivals are up 25% on May 2024":                     "2025-05-01..2025-05-31 25",
		"arrivals are up 30% on May 2024":                     "",
		"60 more people crossed than in May 2024":             "2025-05-01..2025-05-31 60",
		"100 more people crossed in May 2025 than in 2023":    "2025-05-01..2025-05-31 100",
		"100 fewer people crossed in June 2024 than in 2025":  "",
		"In January 2023 100 more people crossed than before": "",
		"300 people crossed in May 2025":                      "2025-05-01..2025-05-31 300",
	})
}

// Where nothing is known of the year before, nothing has changed by nought per cent.
func TestAChangeOnNothing(t *testing.T) {
	if got := found("arrivals on 3 May 2025 were up 0%", "2025-06-20", daily(t, channelArrivals, "2025-05-03", stat.Known(7))); got != "" {
		t.Errorf("%s", got)
	}
}

// The numbers of a sentence count different things.
func TestEachNumberHasItsOwnSeries(t *testing.T) {
	people, boats := dailyOf(t, channelArrivals, 170, 200), dailyOf(t, "ukho-small-boats:boats:D", 170, 100)
	a := answers("In January 2025 3,100 people crossed in 3,100 boats and 6,200 people in 6,200 boats", "2025-06-20", people, boats)
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
	a := answers("100 people crossed", "2025-06-20", x)[0]
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
	a = answers("3,100 people crossed in January 2025", "2025-06-20", x)[0]
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
func near(text, on string, list ...Series) string {
	a := answers(text, on, list...)
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
	people := year2(t, channelArrivals, map[string]int64{"2024-02-25": 777, "2024-09-09": 777, "2024-10-10": 777, "2025-02-25": 605, "2025-03-02": 105, "2025-03-03": 12, "2025-03-04": 99})
	boats := year2(t, "ukho-small-boats:boats:D", map[string]int64{"2025-02-25": 777, "2024-09-09": 77})
	check(t, near, "2025-06-20", []Series{people, boats}, map[string]string{
		"500 hotels on 25 February 2025":                                          "",
		"6,000 people crossed on 25 February 2025":                                "arrivals 2025-02-25..2025-02-25 605 off 0.899",
		"777 people crossed on 25 February 2025":                                  "arrivals 2025-02-25..2025-02-25 605 off 0.221; arrivals 2024-10-10..2024-10-10 777 off 0; arrivals 2024-09-09..2024-09-09 777 off 0",
		"777 people crossed on 25 February 2025, in 12 boats":                     "arrivals 2025-02-25..2025-02-25 605 off 0.221; arrivals 2024-10-10..2024-10-10 777 off 0; arrivals 2024-09-09..2024-09-09 777 off 0",
		"77 people crossed on 25 February 2025, in 12 boats":                      "arrivals 2025-02-25..2025-02-25 605 off 6.857",
		"12 people crossed on 25 February 2025":                                   "arrivals 2025-02-25..2025-02-25 605 off 49.417",
		"600 people crossed on 3 May 2019":                                        "arrivals 2025-02-25..2025-02-25 605 off 0.008",
		"99,999 people crossed so far this year":                                  "arrivals 2025-01-01..2025-06-19 17421 off 0.826; arrivals 2025-01-01..2025-06-18 17321 off 0.827; arrivals 2025-01-01..2025-06-17 17221 off 0.828",
		"777 hotels on 9 September 2024; 999 people crossed":                      "",
		"777 people were prevented on 9 September 2024; 999 people crossed":       "arrivals 2024-09-09..2024-09-09 777 off 0",
		"777 people were prevented on 8 September 2024; 999 people crossed":       "",
		"600 people were prevented on 3 May 2019; 999 people crossed":             "",
		"100 people crossed on 25 February 2025":                                  "arrivals 2025-02-25..2025-02-25 605 off 5.05; arrivals 2025-06-19..2025-06-19 100 off 0; arrivals 2025-06-18..2025-06-18 100 off 0",
		"99 people crossed on 25 February 2025":                                   "arrivals 2025-02-25..2025-02-25 605 off 5.111",
		"51 people per boat on 3 May 2019":                                        "",
		"99,999 people were in hotels":                                            "",
		"On 25 February 2025, 777 people crossed so bravely: nobody saw 12 boats": "arrivals 2025-02-25..2025-02-25 605 off 0.221; arrivals 2024-10-10..2024-10-10 777 off 0; arrivals 2024-09-09..2024-09-09 777 off 0",
	})
}

// A change that no window has is shown with the window that the words name, on the year before; others show the number on
// another window.
func TestTheNearestChanges(t *testing.T) {
	list := values(30, 100)
	list[16], list[27], list[28] = stat.Known(240), stat.Known(250), stat.Known(300) // May 2024, April and May 2025
	x := monthly(t, monthlyArrivals, 2023, list...)
	check(t, near, "2025-06-20", []Series{x}, map[string]string{
		"arrivals in May 2025 were up 90%":                            "arrivals 2025-05-01..2025-05-31 25 off 0.65",
		"arrivals in May 2025 were up 140%":                           "arrivals 2025-05-01..2025-05-31 25 off 1.15; arrivals 2024-05-01..2024-05-31 140 off 0; arrivals 2024-05-01..2024-05-31 140 off 0",
		"arrivals in May 2025 were up 200%":                           "arrivals 2025-05-01..2025-05-31 25 off 1.75",
		"arrivals in May 2020 were up 199%":                           "arrivals 2025-04-01..2025-04-30 150 off 0.49",
		"arrivals in April 2025 were up 200%, as in the years before": "arrivals 2025-04-01..2025-04-30 150 off 0.5; arrivals 2025-05-01..2025-05-31 200 off 0",
		"arrivals in May 2020 were up 26%":                            "arrivals 2025-05-01..2025-05-31 25 off 0.01",
	})
}

// A difference that no window has when the words say is shown where it has the same direction.
func TestTheNearestDifference(t *testing.T) {
	list := values(30, 1000)
	list[27], list[28] = stat.Known(840), stat.Known(1160) // April and May 2025
	x := monthly(t, monthlyArrivals, 2023, list...)
	check(t, near, "2025-06-20", []Series{x}, map[string]string{
		"160 fewer people crossed in May 2020 than in May 2019": "arrivals 2025-04-01..2025-04-30 160 off 0", // on April 2024
		"160 more people crossed in May 2020 than in May 2019":  "arrivals 2025-05-01..2025-05-31 160 off 0",
	})
}

// Of windows that the words name the likelier series is nearer, unless its figure is farther from the number. What else has
// the number comes between the first of them and the others.
func TestWhichNamedWindowIsNearer(t *testing.T) {
	on := func(id stat.SeriesID, day string, v int64) Series { return daily(t, id, day, stat.Known(v)) }
	const other, part stat.SeriesID = "ukho-small-boats-last7days:arrivals:D", "ukho-small-boats-last7days:arrivals:D:category=a"
	for _, c := range []struct {
		main, second int64
		id           stat.SeriesID
		want         string
	}{
		{1143, 1004, other, "1004 1143"}, // 14 points farther
		{1084, 1004, other, "1084 1004"}, // 8 points farther
		{4012, 1004, part, "4012 1004"},  // three times as many, but all and not a part
		{1503, 1004, part, "1503 1004"},
	} {
		a := answers("1,003 people crossed on 3 May 2025", "2025-06-20", on(c.id, "2025-05-03", c.second), on(channelArrivals, "2025-05-03", c.main))
		var got []string
		for _, m := range a[0].Nearest {
			got = append(got, fmt.Sprint(m.Figure))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d and %d: %v, want %s", c.main, c.second, got, c.want)
		}
	}
	x := daily(t, channelArrivals, "2025-05-03", stat.Known(1143), stat.Known(1003))
	y := on(other, "2025-05-03", 1304)
	if got, want := near("1,003 people crossed on 3 May 2025", "2025-06-20", x, y), "arrivals 2025-05-03..2025-05-03 1143 off 0.14; arrivals 2025-05-04..2025-05-04 1003 off 0; arrivals 2025-05-03..2025-05-03 1304 off 0.3"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	a, b := daily(t, channelArrivals, "2024-10-10", stat.Known(1003)), on(other, "2025-01-10", 1003)
	if got, want := near("1,003 people crossed on 3 May 2025", "2025-06-20", b, a), "arrivals 2024-10-10..2024-10-10 1003 off 0; arrivals 2025-01-10..2025-01-10 1003 off 0"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	stopped := daily(t, "ukho-small-boats-weekly:prevented-persons:D", "2024-10-10", stat.Known(1003))
	if got, want := near("1,003 people were prevented on 10 June 2025; 999 people crossed", "2025-06-20", on(channelArrivals, "2025-06-10", 1003), stopped), "prevented-persons 2024-10-10..2024-10-10 1003 off 0; arrivals 2025-06-10..2025-06-10 1003 off 0"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := near("150 boats a day arrived in January 2025; 4,650 people crossed", "2025-06-20", dailyOf(t, channelArrivals, 31, 150)); got != "" {
		t.Errorf("people for boats: %s", got)
	}
}

// A change, or a difference, that the words say little about counts if another number that says enough has the same window, or
// one of the windows that it compares.
func TestTheCompanyOfANumber(t *testing.T) {
	list := values(30, 5000)
	list[15], list[16], list[27], list[28], list[26], list[29] = stat.Known(7000), stat.Known(1000), stat.Known(9000), stat.Known(1300), stat.Known(5500), stat.Known(6000)
	x := monthly(t, monthlyArrivals, 2023, list...) // 1,300 in May 2025 and 1,000 in May 2024
	more := func(of, on int64) Series {
		return monthly(t, monthlyArrivals, 2024, append(append(values(4, 5000), stat.Known(on)), append(values(11, 5000), stat.Known(of))...)...)
	}
	for _, c := range []struct {
		text, want string
		x          Series
	}{
		{"up 30%", "0", x},
		{"1,300 people, up 30%", "1 1", x},
		{"1,300 people, up 31%", "1 0", x},
		{"1,300 people, up 30%, yes 30%", "1 1 1", x},
		{"up 30%, from 1,000", "1 1", x},
		{"up 30%, yes 30%", "0 0", x},
		{"300 more than before, up 30%", "0 1", x},
		{"100 more than before, up 10%", "0 1", more(1100, 1000)},
		{"99 more than before, up 9.9%", "0 0", more(1099, 1000)},
		{"up 150%, yes 150%", "0 0", more(2500, 1000)},
		{"1,300 people, against 12", "1 1", more(1300, 12)},
	} {
		var got []string
		for _, a := range answers(c.text, "2025-06-20", c.x) {
			n := 0
			for _, m := range a.Matches {
				if m.WindowEnd == date("2025-05-31") || m.WindowEnd == date("2024-05-31") {
					n = 1
				}
			}
			got = append(got, fmt.Sprint(n))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %v, want %s", c.text, got, c.want)
		}
	}
}

// A window that another number shares is preferred to a newer one, but not to one that is much newer.
func TestASharedWindowIsPreferred(t *testing.T) {
	for day, want := range map[string]string{"2025-05-18": "2025-05-18", "2025-04-20": "2025-06-19"} {
		x := year2(t, channelArrivals, map[string]int64{date(day).AddYears(-1).String(): 67})
		if got := found("up 49%, 100 people crossed", "2025-06-20", x); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", day, got)
		}
	}
}

// Of windows that round to a number the nearer one is preferred, and of two as good ones that of the series that comes first.
func TestTheNearerOfTwoWindows(t *testing.T) {
	for day, other := range map[string]string{"2025-06-18": "2025-06-19", "2025-06-19": "2025-06-18"} {
		x := year2(t, channelArrivals, map[string]int64{other: 1049, day: 1001})
		if got := found("about 1,000 people crossed", "2025-06-20", x); !strings.HasPrefix(got, day) {
			t.Errorf("%s: %s", day, got)
		}
	}
	a, b := dailyOf(t, "tidy:b:arrivals:D", 5, 500), dailyOf(t, "tidy:a:arrivals:D", 5, 500)
	for _, list := range [][]Series{{a, b}, {b, a}} {
		if m := answers("500 people crossed on 3 January", "2025-06-20", list...)[0].Matches; len(m) != 2 || m[0].Series != "tidy:a:arrivals:D" {
			t.Errorf("%v", m)
		}
	}
}
