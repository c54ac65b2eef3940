package claim

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// variant is a plain window with changes.
type variant struct {
	name   string
	change func(m *Match)
}

// of returns a variant whose series is changed.
func of(name string, id stat.SeriesID) variant {
	return variant{name, func(m *Match) { m.Series = id }}
}

// and joins changes.
func and(name string, list ...variant) variant {
	return variant{name, func(m *Match) {
		for _, v := range list {
			v.change(m)
		}
	}}
}

// preferred writes windows in the order in which they fit a sentence: the best first, > before a worse one, = before one
// that is as good. Plain is arrivals on the day of the sentence, 20 June 2025.
func preferred(text string, list ...variant) string {
	r := newSearch(words.Parse(text).Read(stat.MustDate("2025-06-20")))
	type scored struct {
		name  string
		score float64
	}
	var all []scored
	for _, v := range list {
		m := Match{Series: channelArrivals, Basis: words.BasisDay, WindowStart: r.On, WindowEnd: r.On, Figure: r.Numbers[0].Value, back: 1}
		v.change(&m)
		all = append(all, scored{v.name, math.Round(1e6*r.score(0, &m)) / 1e6})
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	out := ""
	for i, x := range all {
		switch {
		case i > 0 && x.score == all[i-1].score:
			out += " = "
		case i > 0:
			out += " > "
		}
		out += x.name
	}
	return out
}

var (
	plain    = variant{"plain", func(*Match) {}}
	cut      = variant{"cut", func(m *Match) { m.Cut = true }}
	rounded  = variant{"rounded", func(m *Match) { m.Figure++ }}
	week     = of("week", "ukho-small-boats:arrivals:W")
	part     = of("part", "ukho-small-boats:arrivals:D:category=a")
	small    = of("small part", "ukho-small-boats:arrivals:D:category=a.b")
	second   = of("second measure", "ukho-small-boats:detections:D")
	old      = variant{"300 days", func(m *Match) { m.WindowEnd -= 300 }}
	days45   = variant{"45 days", func(m *Match) { m.WindowEnd -= 45 }}
	toDate   = variant{"to date", func(m *Match) { m.Basis = words.BasisYearToDate }}
	years2   = variant{"on 2 years before", func(m *Match) { m.back = 2 }}
	years3   = variant{"on 3 years before", func(m *Match) { m.back = 3 }}
	previous = variant{"on the one before", func(m *Match) { m.back = preceded }}
	named    = variant{"on a named one", func(m *Match) { m.back = sinceThen }}
)

// Where the words leave the kind of window open, some are meant more often.
func TestWhichKindOfWindowIsPreferred(t *testing.T) {
	var list []variant
	for _, basis := range []string{words.BasisDay, words.BasisSevenDays, words.BasisWeek, compare.BasisMonth, compare.BasisQuarter, words.BasisWeeks, words.BasisBetween, words.BasisSince, words.BasisHalf,
		compare.BasisPolicyPeriod, compare.BasisRolling, compare.BasisYearEnding, compare.BasisPoint, compare.BasisYear, words.BasisYearToDate} {
		list = append(list, variant{basis, func(m *Match) { m.Basis = basis }})
	}
	const want = "point = year = year-to-date > year-ending > half-year = policy-period = rolling-12-months > since > weeks = between > month = quarter > week > day = seven-days"
	if got := preferred("500 crossed", list...); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The likeliest measure and source, the whole before its parts, days before weeks, the newest, and what is not cut or rounded.
func TestWhichSeriesIsPreferred(t *testing.T) {
	asylum, asylum2 := of("asylum", "ukho-small-boat-asylum:arrivals:D"), of("second of asylum", "ukho-small-boat-asylum:detections:D")
	second2 := of("second by week", "ukho-small-boats:detections:W")
	got := preferred("500 crossed", plain, cut, rounded, week, part, small, second, old, days45, asylum, second2,
		of("second source", "ukho-small-boats-last7days:arrivals:D"), of("month", "ukho-small-boats:arrivals:M"), of("quarter", "ukho-small-boats:arrivals:Q"), of("year", "ukho-small-boats:arrivals:A"),
		variant{"9 days", func(m *Match) { m.WindowEnd -= 9 }},
		of("second by week of second source", "ukho-small-boats-last7days:detections:W"),
		of("second of asylum by week", "ukho-small-boat-asylum:detections:W"), and("rounded asylum", asylum, rounded), asylum2,
		of("small part of second", "ukho-small-boats:detections:D:category=a.b"),
		and("cut small part of second by week", of("", "ukho-small-boats:detections:W:category=a.b"), cut))
	const want = "plain > second source > month = quarter > year > cut > 9 days > week = part > small part > second measure > second by week > 45 days > second by week of second source > " +
		"small part of second > rounded > asylum > cut small part of second by week > second of asylum > second of asylum by week > 300 days > rounded asylum"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A figure written to its last digit is worth more than one that is rounded: it outweighs age and a less likely measure.
func TestAFigureInFullIsPreferred(t *testing.T) {
	got := preferred("512 crossed", plain, rounded, and("old second", second, old), and("old small part of second", of("", "ukho-small-boats:detections:D:category=a.b"), old))
	if want := "plain > old second > rounded > old small part of second"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Without words a number is people who arrived in small boats.
func TestWithoutWordsArrivalsArePreferred(t *testing.T) {
	boats, other := of("boats", "ukho-small-boats:boats:D"), of("another source", "ukho-illegal-entry:arrivals:D")
	got := preferred("500", plain, boats, other, and("boats to date", boats, toDate), days45, and("cut small part by week", of("", "ukho-small-boats:arrivals:W:category=a.b"), cut))
	if want := "plain > cut small part by week > boats to date > 45 days > boats = another source"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A window to date is not meant where the words name another window.
func TestAWindowToDateIsPreferredOnlyIfMeant(t *testing.T) {
	for text, want := range map[string]string{
		"500 crossed so far this year": "to date > plain > small part",
		"500 crossed in May":           "plain > to date = small part",
	} {
		if got := preferred(text, plain, toDate, small); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// Of named windows one of whole years is meant more often.
func TestWholeYearsArePreferred(t *testing.T) {
	window := func(basis, start, end string) variant {
		return variant{basis + " " + start + " " + end, func(m *Match) { m.Basis, m.WindowStart, m.WindowEnd = basis, date(start), date(end) }}
	}
	got := preferred("500 crossed", window(words.BasisBetween, "2022-01-01", "2023-12-31"), window(words.BasisSince, "2022-01-01", "2023-12-31"),
		window(words.BasisBetween, "2022-01-02", "2023-12-31"), window(words.BasisBetween, "2022-01-01", "2023-12-30"))
	if want := "between 2022-01-01 2023-12-31 > since 2022-01-01 2023-12-31 > between 2022-01-02 2023-12-31 > between 2022-01-01 2023-12-30"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A change is on the year before, unless the words compare with the period before.
func TestWhichComparisonIsPreferred(t *testing.T) {
	on2023 := variant{"on 2023", func(m *Match) { m.PriorStart, m.PriorEnd = stat.Year(2023).Start, stat.Year(2023).End }}
	on2022 := variant{"on 2022", func(m *Match) { m.PriorStart, m.PriorEnd = stat.Year(2022).Start, stat.Year(2022).End }}
	list := []variant{plain, rounded, part, small, years2, years3, previous, named, on2023, on2022}
	for text, want := range map[string]string{
		"crossed: up 5%":                       "plain = rounded = on 2023 = on 2022 > part = on a named one > small part = on 2 years before > on 3 years before = on the one before",
		"crossed: up 5% on the previous month": "plain = rounded = on 2023 = on 2022 > part = on the one before = on a named one > small part = on 2 years before > on 3 years before",
		"crossed: up 5% on 2023":               "on 2023 > plain = rounded = on 2022 > part = on a named one > small part = on 2 years before > on 3 years before = on the one before",
		"500 more crossed than before":         "plain = rounded = on a named one = on 2023 = on 2022 > part = on 2 years before > small part = on 3 years before = on the one before",
		"500 crossed in 2023":                  "plain = on 2 years before = on 3 years before = on the one before = on a named one = on 2023 = on 2022 > part > small part > rounded",
		"crossed: up 5% in a single day":       "on 2023 = on 2022 > plain = rounded > part = on a named one > small part = on 2 years before > on 3 years before = on the one before",
	} {
		if got := preferred(text, list...); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
