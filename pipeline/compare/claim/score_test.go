package claim

import (
	"math"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

func near(x, y float64) bool { return math.Abs(x-y) < 1e-9 }

// A window scores by how well its kind fits the words, and less without them.
func TestTheWordsNameAKindOfWindow(t *testing.T) {
	for _, c := range []struct {
		basis, words  string
		with, without float64
	}{
		{BasisYearToDate, "so far", 3, 1.5},
		{compare.BasisYear, "the whole of", 3, 1},
		{BasisHalf, "the first half", 4, -1},
		{compare.BasisRolling, "twelve months", 3.5, 0},
		{compare.BasisYearEnding, "the year ending", 3.5, 0},
		{compare.BasisQuarter, "a quarter", 3, -0.5},
		{compare.BasisMonth, "in August", 1, -0.5},
		{BasisWeek, "a week", 3, -2},
		{BasisSevenDays, "seven days", 3, -2},
		{BasisDay, "a record", 2, -2},
		{BasisSince, "since", 4, -1},
		{compare.BasisPolicyPeriod, "under the", 4, -1},
		{compare.BasisPoint, "so far", 0, 0},
	} {
		m := &Match{Basis: c.basis}
		if score, known := Parse("7 " + c.words).whole().windowScore(m); !near(score, c.with) || !known {
			t.Errorf("%s with %q: %v, known %v", c.basis, c.words, score, known)
		}
		if score, known := Parse("7 of them").whole().windowScore(m); !near(score, c.without) || known {
			t.Errorf("%s without a word: %v, known %v", c.basis, score, known)
		}
	}
	if score, known := Parse("half a week").whole().windowScore(&Match{Basis: BasisHalf}); score != 4 || !known {
		t.Errorf("two kinds: %v, known %v", score, known)
	}
}

// The rarer the word that names what is counted, the higher the score: 4 for the first of
// 13 in the list, 3/13 less for each after it.
func TestTheWordsNameWhatIsCounted(t *testing.T) {
	for _, c := range []struct {
		text, source, measure string
		want                  float64
	}{
		{"uncontrolled", "a", "uncontrolled-landings", 4},
		{"7 boats", "a", "boats", 4 - 6./13},
		{"drowned", "a", "dead-and-missing", 4 - 24./13},
		{"people in Italy", "it-interior-landings", "arrivals", 4 - 33./13},
		{"people in Italy", "ukho-small-boats", "arrivals", 4 - 36./13},
		{"people in Italy", "a", "arrivals", 0},
		{"people", "it-interior-landings", "arrivals", 0},
		{"7 boats", "a", "arrivals", 0},
		{"nothing", "a", "boats", 0},
	} {
		if got := measureScore(Parse(c.text).whole(), c.source, c.measure); !near(got, c.want) {
			t.Errorf("%q names %s of %s by %v, want %v", c.text, c.measure, c.source, got, c.want)
		}
	}
}

// A route scores 2 where the clause has a word of its name, 1.5 where the sentence has,
// and loses 1.5 where neither does. Words of fewer than five letters are not looked for.
func TestTheWordsNameARoute(t *testing.T) {
	for text, want := range map[string]float64{
		"7 in the Channel":               2,
		"7 to the English coast":         2,
		"The Channel: 7":                 1.5,
		"7 by sea":                       -1.5,
		"The Channel; 7 English arrived": 2,
	} {
		s := Parse(text)
		if got := s.routeScore(s.Numbers[0], "by-english-channel"); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := Parse("7 by sea").routeScore(Number{}, "sea-to-us"); got != -1.5 {
		t.Errorf("short words: %v", got)
	}
	if got := Parse("7 by land").routeScore(Number{}, "iland-land5"); got != -1.5 {
		t.Errorf("no word: %v", got)
	}
	for route, want := range map[string]float64{"lands": 1.5, "land": -1.5} {
		if got := Parse("7 by lands").routeScore(Number{}, route); got != want {
			t.Errorf("route %s: %v, want %v", route, got, want)
		}
	}
}

// Each hint adds to the score of a window, or takes from it.
func TestHints(t *testing.T) {
	day := stat.MustDate
	month := Match{Series: "a:b:M", Basis: compare.BasisPoint, WindowEnd: day("2025-03-31"), PriorEnd: day("2024-03-31"), back: 1}
	with := func(f func(*Match)) Match { m := month; f(&m); return m }
	series := func(id stat.SeriesID) Match { return with(func(m *Match) { m.Series = id }) }
	half := func(f func(*Match)) Match {
		return with(func(m *Match) { m.Basis = BasisHalf; f(m) })
	}
	for name, c := range map[string]struct {
		text string
		m    Match
		want float64
	}{
		"nothing":                        {"7", month, 0},
		"the main series":                {"7", series("ukho-small-boats:arrivals:W"), 1.5},
		"the main source":                {"7", series("ukho-small-boats:boats:W"), 0},
		"another source of arrivals":     {"7", series("a:arrivals:W"), 0},
		"daily":                          {"7", series("a:b:D"), 0.3},
		"a breakdown":                    {"7", series("a:b:M:age=adult"), -0.5},
		"a route that is not named":      {"7", series("a:b:M:route=channel"), -2},
		"a route":                        {"7 in the channel", series("a:b:M:route=channel"), 1.5},
		"named in the clause":            {"7 uncontrolled", series("a:uncontrolled-landings:M"), 4},
		"named elsewhere":                {"uncontrolled, 7", series("a:uncontrolled-landings:M"), 2},
		"named by a weaker word here":    {"uncontrolled boats, 7", series("a:boats:M"), (4 - 6./13) / 2},
		"a date":                         {"7 by 31 March 2025", month, 2},
		"another date":                   {"7 by 30 March 2025", month, 0},
		"a date of another clause":       {"by 31 March 2025, 7", month, 2},
		"a year":                         {"7 in 2025", month, 1},
		"a year of another clause":       {"in 2025, 7", month, 0.3},
		"another year":                   {"in 2025, 7 in 2023", month, 0},
		"a year that is not of a window": {"in 2023, 7", month, 0},
		"a year before":                  {"7", with(func(m *Match) { m.back = 2 }), -2},
		"three years before":             {"7", with(func(m *Match) { m.back = 3 }), -3},
		"that year before":               {"7 on 2024", with(func(m *Match) { m.back = 2 }), 0},
		"stale":                          {"7", with(func(m *Match) { m.stale = 0.5 }), -1.5},
		"a kind in the clause":           {"7 in the half", half(func(*Match) {}), 4},
		"a kind elsewhere":               {"in that half, 7", half(func(*Match) {}), 4},
		"another kind in the clause":     {"in that half, 7 a week", half(func(*Match) {}), 2.8},
		"no kind":                        {"7", half(func(*Match) {}), -0.7},
	} {
		s := Parse(c.text)
		if got := s.wordScore(s.Numbers[0], &c.m); !near(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Two points for each other number that rests on the window or on the year before it, up
// to three numbers.
func TestNumbersThatRestOnOneWindow(t *testing.T) {
	now, before, other := stat.MustDate("2025-03-01"), stat.MustDate("2024-03-01"), stat.MustDate("2020-03-01")
	window := func(id stat.SeriesID, d, prior stat.Date) Match {
		return Match{Series: id, WindowStart: d, WindowEnd: d.MonthEnd(), PriorStart: prior, PriorEnd: prior.MonthEnd()}
	}
	answer := func(list ...Match) Answer { return Answer{Matches: list} }
	x := window("a:b:M", now, before)
	shorter, apart := x, x
	shorter.WindowEnd--
	shorter.PriorEnd--
	apart.WindowStart++
	apart.PriorStart++
	for name, c := range map[string]struct {
		answers []Answer
		want    float64 // of the first window
	}{
		"one number":            {[]Answer{answer(x)}, 0},
		"twice in one answer":   {[]Answer{answer(x, x)}, 0},
		"two numbers":           {[]Answer{answer(x), answer(x)}, 2},
		"the year before":       {[]Answer{answer(x), answer(window("a:b:M", before, other))}, 2},
		"both":                  {[]Answer{answer(x), answer(x, window("a:b:M", before, other))}, 2},
		"four numbers":          {[]Answer{answer(x), answer(x), answer(x), answer(x)}, 6},
		"five numbers":          {[]Answer{answer(x), answer(x), answer(x), answer(x), answer(x)}, 6},
		"another series":        {[]Answer{answer(x), answer(window("a:c:M", now, before))}, 0},
		"another first day":     {[]Answer{answer(x), answer(apart)}, 0},
		"another last day":      {[]Answer{answer(x), answer(shorter)}, 0},
		"another window":        {[]Answer{answer(x), answer(window("a:b:M", other, now))}, 0},
		"the second of a list":  {[]Answer{answer(x), answer(window("a:c:M", now, before), x)}, 2},
		"a number without them": {[]Answer{answer(x), answer(), answer(x)}, 2},
	} {
		preferShared(c.answers)
		if got := c.answers[0].Matches[0].score; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Of equals the later window is first, then the first by name of series and kind, the
// longer window, and the nearer year before.
func TestTheOrderOfEquals(t *testing.T) {
	day := stat.MustDate
	a := Match{Series: "a:b:M", Basis: "month", WindowStart: day("2025-01-01"), WindowEnd: day("2025-03-31"), PriorStart: day("2024-01-01")}
	with := func(f func(*Match)) Match { m := a; f(&m); return m }
	for name, later := range map[string]Match{
		"an earlier window":    with(func(m *Match) { m.WindowEnd-- }),
		"a later series":       with(func(m *Match) { m.Series = "a:c:M" }),
		"a later kind":         with(func(m *Match) { m.Basis = "year" }),
		"a shorter window":     with(func(m *Match) { m.WindowStart++ }),
		"a farther year":       with(func(m *Match) { m.PriorStart-- }),
		"a lower score":        with(func(m *Match) { m.score = -0.1 }),
		"a lower score, near":  with(func(m *Match) { m.score, m.Off = -1, -0.095 }),
		"a number missed more": with(func(m *Match) { m.Off = 0.01 }),
		"higher, but missed":   with(func(m *Match) { m.score, m.Off = 1, 0.11 }),
	} {
		for _, list := range [][]Match{{a, later}, {later, a}} {
			rank(list)
			if list[0] != a || list[1] != later {
				t.Errorf("%s comes first", name)
			}
		}
	}
	if a.order(a) != 0 {
		t.Error("a window comes before itself")
	}
}
