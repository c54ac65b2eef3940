package claim

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// values returns the same value n times.
func values(n int, v int64) []stat.Count {
	out := make([]stat.Count, n)
	for i := range out {
		out[i] = stat.Known(v)
	}
	return out
}

// year2 returns two years of days from 2024 on with the value 100, except on days that are given.
func year2(t testing.TB, id stat.SeriesID, special map[string]int64) Series {
	t.Helper()
	list := values(731, 100)
	for day, v := range special {
		list[stat.MustDate(day)-stat.MustDate("2024-01-01")] = stat.Known(v)
	}
	return daily(t, id, "2024-01-01", list...)
}

// weekly makes a weekly flow from the week that ends on a day.
func weekly(t *testing.T, id stat.SeriesID, ending string, list ...stat.Count) Series {
	t.Helper()
	return madeOf(t, id, stat.Flow, stat.WeekEnding(stat.MustDate(ending)), nextWeek, list...)
}

// answers searches series for the numbers of a text, for somebody who spoke on a day.
func answers(text, on string, list ...Series) []Answer {
	return Search(words.Parse(text).Read(stat.MustDate(on)), list, nil)
}

// check compares what a function writes of texts with what it should, for somebody who spoke on a day.
func check(t *testing.T, f func(text, on string, list ...Series) string, on string, list []Series, cases map[string]string) {
	t.Helper()
	for text, want := range cases {
		if got := f(text, on, list...); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// best writes the first window of the last number of a text, or the verdict on the nearest.
func best(text, on string, list ...Series) string {
	a := answers(text, on, list...)
	if len(a) == 0 {
		return "no number"
	}
	last := a[len(a)-1]
	if len(last.Matches) > 0 {
		m := last.Matches[0]
		return fmt.Sprint(m.Series, " ", m.Basis, " ", m.WindowStart, " ", m.WindowEnd, " ", math.Round(1e4*m.Figure)/1e4)
	}
	var out []string
	for _, m := range last.Nearest {
		out = append(out, m.Verdict)
	}
	return "nearest: " + strings.Join(out, "; ")
}

// A window that breaks a word is no match. The nearest ones say which fact fails.
func TestAWindowThatBreaksAWordIsNoMatch(t *testing.T) {
	x := year2(t, channelArrivals, map[string]int64{"2024-02-25": 777, "2025-02-25": 605, "2025-03-02": 888})
	check(t, best, "2025-12-31", []Series{x}, map[string]string{
		"777 people crossed on 25 February 2024":               "ukho-small-boats:arrivals:D day 2024-02-25 2024-02-25 777",
		"777 people crossed on 25 February 2025":               "nearest: the measure and the date hold, the number does not (off by 22.1 %); the number and the measure hold, the year does not",
		"888 people crossed on 25 February 2025":               "nearest: the measure and the date hold, the number does not (off by 31.9 %); the number and the measure hold, the date does not",
		"788 more people crossed in March 2025 than in 2024":   "ukho-small-boats:arrivals:D month 2025-03-01 2025-03-31 788",
		"888 people crossed":                                   "ukho-small-boats:arrivals:D day 2025-03-02 2025-03-02 888",
		"888 people crossed in 2024":                           "nearest: the measure and the year hold, the number does not (off by 4097.9 %); the number and the measure hold, the year does not",
		"3,100 crossed in January 2025":                        "ukho-small-boats:arrivals:D month 2025-01-01 2025-01-31 3100",
		"5,900 crossed in the first two months of 2025":        "nearest: the measure and the window hold, the number does not (off by 8.6 %)",
		"6,405 crossed in the first two months of 2025":        "ukho-small-boats:arrivals:D year-to-date 2025-01-01 2025-02-28 6405",
		"6,405 crossed between 1 January and 28 February 2025": "ukho-small-boats:arrivals:D year-to-date 2025-01-01 2025-02-28 6405",
		"1,205 crossed from 20 to 26 February 2025":            "ukho-small-boats:arrivals:D seven-days 2025-02-20 2025-02-26 1205",
		"1,205 crossed in the week to 26 February 2025":        "ukho-small-boats:arrivals:D seven-days 2025-02-20 2025-02-26 1205",
		"1,505 crossed between 20 February and 1 March 2025":   "ukho-small-boats:arrivals:D between 2025-02-20 2025-03-01 1505",
		"38,500 crossed in the year ending May 2025, in all":   "nearest: the measure and the window hold, the number does not (off by 1.8 %)",
		"37,793 crossed in the year ending May 2025":           "ukho-small-boats:arrivals:D year-ending 2024-06-01 2025-05-31 37793",
	})
}

// People who were prevented are never people who arrived, and the Channel is not Italy.
func TestAMeasureIsNotAnother(t *testing.T) {
	came := year2(t, channelArrivals, map[string]int64{"2025-05-31": 195})
	italy := year2(t, "it-interior-landings:arrivals:D", map[string]int64{"2025-05-31": 1195})
	stopped := weekly(t, "ukho-small-boats:prevented-persons:W", "2025-01-05", values(26, 70)...)
	all := []Series{came, italy, stopped}
	for text, want := range map[string]string{
		"1,195 people arrived on 31 May":                                          "nearest: the measure and the date hold, the number does not (off by 83.7 %)",
		"1,195 people landed in Italy on 31 May":                                  "it-interior-landings:arrivals:D day 2025-05-31 2025-05-31 1195",
		"1,195 people":                                                            "nearest: the number holds; the sentence fixes nothing else",
		"3,100 people were prevented from crossing in January 2025":               "nearest: the measure and the month hold, the number does not (off by 93.2 %)",
		"1,820 people were prevented from crossing between 5 January and 29 June": "ukho-small-boats:prevented-persons:W weeks 2024-12-30 2025-06-29 1820",
		"1,750 people were prevented between 6 January and 1 July":                "ukho-small-boats:prevented-persons:W between 2025-01-06 2025-06-29 1750",
		"1,750 people were prevented so far this year":                            "ukho-small-boats:prevented-persons:W year-to-date 2025-01-06 2025-06-29 1750",
	} {
		got := best(text, "2025-07-05", all...)
		if text == "1,195 people" {
			if strings.Contains(got, "italy") || strings.Contains(got, "it-interior") {
				t.Errorf("%q: %s", text, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// A small number or a change needs its measure and its window, or a count with the same window.
func TestASmallNumberNeedsItsMeasureAndItsWindow(t *testing.T) {
	x := year2(t, "ukho-small-boats:boats:D", map[string]int64{"2025-02-25": 12})
	y := year2(t, channelArrivals, nil)
	for text, found := range map[string]bool{
		"12 boats arrived on 25 February 2025":        true,
		"12 boats arrived":                            false,
		"12 on 25 February 2025":                      false,
		"twelve boats came on 25 February 2025":       true,
		"up 0 %":                                      false,
		"arrivals are up 0 % in January 2025":         true,
		"3,100 people in January 2025, up 0 %":        true,
		"3,101 people in January 2025, up 0 %":        false,
		"arrivals are down 20 % in January 2025":      false,
		"31 boats a day in January 2025":              false,
		"100 people a day crossed in January 2025":    true,
		"one person per boat crossed in January 2025": false,
	} {
		got := best(text, "2025-12-31", x, y)
		if is := !strings.HasPrefix(got, "nearest") && got != "no number"; is != found {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// People by boats, a part of a total, one in so many.
func TestQuotients(t *testing.T) {
	people, boats := year2(t, channelArrivals, nil), daily(t, "ukho-small-boats:boats:D", "2024-01-01", values(731, 2)...)
	out := monthly(t, "ukho-france-exchange:exchange-out:M", 2025, values(12, 50)...)
	detected := func(id stat.SeriesID, v int64) Series {
		return madeOf(t, id, stat.Flow, stat.Quarter(2024, 1), nextQuarter, values(4, v)...)
	}
	const total stat.SeriesID = "ukho-illegal-entry:detections:Q:category=small-boat"
	all := []Series{people, boats, out, detected(total, 1000), detected(total+":origin=ALB", 250), detected(total+":origin=_U", 200)}
	check(t, best, "2026-01-10", all, map[string]string{
		"50 people per boat in 2024":                                             "ukho-small-boats:arrivals:D year 2024-01-01 2024-12-31 50",
		"51 people per boat in 2024":                                             "nearest: the measure and the year hold, the number does not (off by 2.0 %)",
		"The average was 50 people on each boat in 2024":                         "ukho-small-boats:arrivals:D year 2024-01-01 2024-12-31 50",
		"one in every 61 people who crossed in 2025 has been returned to France": "ukho-france-exchange:exchange-out:M year 2025-01-01 2025-12-31 60.8333",
		"one in 50 people who crossed in 2025 has been returned to France":       "nearest: the measure and the year hold, the number does not (off by 21.7 %)",
		"A quarter of small boat arrivals in 2024 were Albanian":                 string(total) + ":origin=ALB year 2024-01-01 2024-12-31 25",
		"31% of small boat arrivals in 2024 were Albanian":                       string(total) + ":origin=ALB year 2024-01-01 2024-12-31 31.25",
		"40% of small boat arrivals in 2024 were Albanian":                       "nearest: the measure and the people and the year hold, the number does not (off by 8.8 %); the measure and the people and the year hold, the number does not (off by 15.0 %)",
		"1,000 Albanians crossed in 2024":                                        string(total) + ":origin=ALB year 2024-01-01 2024-12-31 1000",
	})
}

// The weeks of a year to date are paired by number.
func TestWeeksArePairedByNumber(t *testing.T) {
	list := append(values(53, 10), values(24, 5)...)
	x := weekly(t, "ukho-small-boats:prevented-persons:W", "2025-01-05", list...)
	a := answers("120 people were prevented so far this year, to 21 June 2026", "2026-06-27", x)
	if len(a[0].Matches) == 0 {
		t.Fatalf("%+v", a[0].Nearest)
	}
	if m := a[0].Matches[0]; m.WindowStart.String() != "2026-01-05" || m.PriorStart.String() != "2025-01-06" || m.PriorEnd.String() != "2025-06-22" || m.Prior != stat.Known(240) || !m.Cut {
		t.Errorf("%s", m.Line())
	}
}

// vintages is a source of one series with a release a day.
type vintages []Series

func (v vintages) ID() string       { return "ukho-small-boats" }
func (v vintages) Restates() string { return "" }

func (v vintages) Vintages() (out []stat.Date, err error) {
	for _, x := range v {
		out = append(out, x.AsOf)
	}
	return out, nil
}

func (v vintages) Paths(_ *words.Reading, at stat.Date) ([]*compare.Path, error) {
	i := slices.IndexFunc(v, func(x Series) bool { return x.AsOf == at })
	return []*compare.Path{v[i].Path}, nil
}

// of returns the series as a release of a day states it.
func (x Series) of(t testing.TB, day stat.Date) Series {
	t.Helper()
	list := slices.Clone(x.Path.Observations())
	for i := range list {
		list[i].Release = &stat.Release{Vintage: day}
	}
	p, err := compare.NewPath(x.Path.Series(), list)
	if err != nil {
		t.Fatal(err)
	}
	return Series{Path: p, AsOf: day}
}

// What no release known on the day states and a later one does is said with the first such release. A release
// of the day itself is known.
func TestWhatWasNotKnownOnTheDay(t *testing.T) {
	var archive vintages
	for i := range 20 {
		x := daily(t, channelArrivals, "2025-01-01", oneTo(100+i)...)
		archive = append(archive, x.of(t, stat.MustDate("2025-04-12").AddDays(i)))
	}
	for _, c := range []struct {
		text, on, matches, later string
	}{
		{"on 10 April 2025, 100 people crossed", "2025-04-12", "2025-04-12", ""},
		{"on 11 April 2025, 101 people crossed", "2025-04-12", "", "2025-04-13"},
		{"on 11 April 2025, 101 people crossed", "2025-04-13", "2025-04-13", ""},
		{"on 12 April 2025, 102 people crossed", "2025-04-12", "", "2025-04-14"},
		{"on 12 April 2025, 999 people crossed", "2025-04-12", "", ""},
		{"on 9 April 2025, 99 people crossed", "2025-04-10", "2025-04-12", "2025-04-12"},
	} {
		got, err := Check(t.Context(), Archive{archive}, c.text, stat.MustDate(c.on), nil)
		if err != nil || len(got.Numbers) != 1 {
			t.Fatalf("%+v, error %v", got, err)
		}
		first := func(list []Match) string {
			if len(list) == 0 {
				return ""
			}
			return list[0].AsOf.String()
		}
		if n := got.Numbers[0]; first(n.Matches) != c.matches || first(n.Later) != c.later {
			t.Errorf("%q on %s: matches of %s, later of %s, want %s and %s", c.text, c.on, first(n.Matches), first(n.Later), c.matches, c.later)
		}
		lines := strings.Join(got.Lines(), "\n")
		if c.matches == "" && c.later != "" && !strings.Contains(lines, "was not known on "+c.on+": the release of "+c.later+" states it") {
			t.Errorf("%q: %s", c.text, lines)
		}
	}
}

// The first release that states a number is found among many, too.
func TestTheFirstOfManyLaterReleases(t *testing.T) {
	for first := 1; first < 40; first++ {
		var archive vintages
		for i := range 40 {
			v := int64(500)
			if i >= first {
				v = 777
			}
			x := daily(t, channelArrivals, "2024-05-01", stat.Known(v), stat.Known(500))
			archive = append(archive, x.of(t, stat.MustDate("2026-01-02").AddDays(i)))
		}
		got, err := Check(t.Context(), Archive{archive}, "777 people crossed on 1 May 2024", stat.MustDate("2026-01-02"), nil)
		if err != nil || len(got.Numbers[0].Later) == 0 || got.Numbers[0].Later[0].AsOf != stat.MustDate("2026-01-02").AddDays(first) {
			t.Fatalf("%d: %+v, error %v", first, got.Numbers, err)
		}
		if first > 10 {
			first += 6
		}
	}
}

// A verdict counts the facts that hold, or names those that do not.
func TestVerdicts(t *testing.T) {
	yes := func(name string) words.Fact { return words.Fact{Fact: name, Holds: true} }
	no := func(name string) words.Fact { return words.Fact{Fact: name} }
	for want, list := range map[string][]words.Fact{
		"the number holds; the sentence fixes nothing else":                 {yes("number")},
		"both facts of the sentence hold: number, year":                     {yes("number"), yes("year")},
		"all four facts of the sentence hold: number, measure, place, year": {yes("number"), yes("measure"), yes("place"), yes("year")},
		"the number holds, the year does not":                               {yes("number"), no("year")},
		"the year holds, the number does not (off by 12.5 %)":               {no("number"), yes("year")},
		"the number and the year do not (off by 12.5 %)":                    {no("number"), no("year")},
		"the number and the place hold, the measure and the year do not":    {yes("number"), yes("place"), no("measure"), no("year")},
	} {
		if got := verdict(list, 0.125); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A missing figure is null, a change has four decimals, and what a reader must know is a note.
func TestAMatchAsJSON(t *testing.T) {
	day := stat.MustDate
	m := Match{Series: "a:b:M", Basis: "month", WindowStart: day("2025-03-01"), WindowEnd: day("2025-03-31"), Value: stat.Known(7), AsOf: day("2025-04-02")}
	const head, tail = `{"series":"a:b:M","basis":"month","window_start":"2025-03-01","window_end":"2025-03-31",`, `"as_of":"2025-04-02","prior_start":`
	const end = `"figure":0,"off":0,"verdict":"","facts":[]}`
	compared, early, cut, unknown, per := m, m, m, m, m
	compared.PriorStart, compared.PriorEnd, compared.Prior = day("2024-03-01"), day("2024-03-31"), stat.Known(3)
	compared.Percent = compare.KnownPercent(133.333333)
	early.Early, cut.Cut = true, true
	unknown.Value = stat.Count{}
	per.Per, per.PerValue = "a:c:M", stat.Known(2)
	for want, m := range map[string]Match{
		`"value":7,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":"",` + end:                             m,
		`"value":7,"prior_value":3,"change_percent":133.3333,` + tail + `"2024-03-01","prior_end":"2024-03-31",` + end:        compared,
		`"value":null,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":"",` + end:                          unknown,
		`"value":7,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":"","note":"` + noteEarly + `",` + end:  early,
		`"value":7,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":"","note":"` + noteCut + `",` + end:    cut,
		`"value":7,"prior_value":null,"change_percent":null,` + tail + `"","prior_end":"","per":"a:c:M","per_value":2,` + end: per,
	} {
		if got, err := json.Marshal(m); err != nil || string(got) != head+want {
			t.Errorf("got %s, %v; want %s", got, err, head+want)
		}
	}
}

// The same sentence gets the same answer in whatever order the series come.
func TestTheOrderOfSeriesDoesNotMatter(t *testing.T) {
	list := []Series{year2(t, channelArrivals, nil), year2(t, "ukho-small-boats:boats:D", nil), weekly(t, "ukho-small-boats:arrivals:W", "2024-01-07", values(100, 700)...)}
	const text = "3,100 crossed in January 2025, up 0 % on 3,100 in 2024; 36,600 in the whole of 2024"
	first, _ := json.Marshal(answers(text, "2025-12-31", list...))
	slices.Reverse(list)
	second, _ := json.Marshal(answers(text, "2025-12-31", list...))
	if string(first) != string(second) {
		t.Errorf("%s\n%s", first, second)
	}
}

// Where a daily series counts the same, no window of whole weeks replaces the one that is named.
func TestAWeeklySeriesIsNotCutWhereDaysAreKnown(t *testing.T) {
	days, weeks := year2(t, channelArrivals, map[string]int64{"2025-04-30": 1100}), weekly(t, "ukho-small-boats:arrivals:W", "2024-01-07", values(100, 700)...)
	const text, cut = "11,200 people crossed by 30 April 2025, this year", "ukho-small-boats:arrivals:W year-to-date 2025-01-06 2025-04-27 11200"
	if got := best(text, "2025-05-05", weeks); got != cut {
		t.Errorf("weeks only: %s", got)
	}
	if got := best(text, "2025-05-05", days, weeks); !strings.HasPrefix(got, "nearest: the measure and the date hold, the number does not") {
		t.Errorf("days, too: %s", got)
	}
}
