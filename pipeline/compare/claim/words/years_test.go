package words

import (
	"slices"
	"testing"

	"crossings/pipeline/stat"
)

// So many years end with the last day known, or with the last year that is over.
func TestTheLastYears(t *testing.T) {
	for text, want := range map[string][]string{
		"182,006 crossed in the last five years":            {"2020-06-20..2025-06-19", "2020-01-01..2024-12-31", "2020-06-01..2025-05-31", "2020-04-01..2025-03-31"},
		"182,006 crossed over the past 3 years":             {"2022-06-20..2025-06-19", "2022-01-01..2024-12-31"},
		"In two years 182,006 crossed":                      {"2023-06-20..2025-06-19", "2023-01-01..2024-12-31"},
		"Over the past decade 182,006 crossed":              {"2015-06-20..2025-06-19", "2015-01-01..2024-12-31"},
		"182,006 crossed in the three years to March 2025":  {"2022-04-01..2025-03-31"},
		"182,006 crossed in the two years to 15 March 2025": {"2023-03-16..2025-03-15"},
	} {
		r := read(text)
		var got []string
		for _, s := range r.Spans() {
			got = append(got, s.Start.String()+".."+s.End.String())
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: no %s in %v", text, w, got)
			}
		}
		for _, not := range []string{"2019-06-20..2025-06-19", "2020-01-01..2025-06-19", "2025-01-01..2025-06-20"} {
			if slices.Contains(got, not) {
				t.Errorf("%s: %s", text, not)
			}
		}
	}
}

// "The lowest in five years" is no window.
func TestARecordInSoManyYearsIsNoWindow(t *testing.T) {
	check(t, meant, map[string]string{
		"500 crossed in May, the fewest in five years":            "2025-05-01..2025-05-31",
		"In May, for the first time in two years, 500 crossed":    "2025-05-01..2025-05-31",
		"May had the lowest total for three years, 500 crossings": "2025-05-01..2025-05-31",
	})
}

// A change in so many years is on the newest figures, or on those that the words name, so many years before.
func TestAChangeInSomeYears(t *testing.T) {
	const newest = "to 2025-06-20~ newest rolling-12-months,year-ending,year-to-date,point; 2024-01-01..2024-12-31"
	check(t, func(text string) string {
		r := read(text)
		i := len(r.numbers) - 1
		return meantBy(r, i) + " " + string('0'+rune(r.YearsBack(i)))
	}, map[string]string{
		"Arrivals have risen by 41% in two years":                          newest + " 2",
		"Arrivals have risen by 41% over the last five years":              newest + " 5",
		"Arrivals are up 41% on two years ago":                             newest + " 2",
		"The backlog has halved in two years":                              newest + " 2",
		"500 crossed in 2024, up 41% in two years":                         in2024 + " 2",
		"500 crossed in 2024, up 41% on three years earlier":               in2024 + " 3",
		"500 crossed in 2024, 50 more than two years before":               in2024 + " 2",
		"Arrivals in 2024 were up 41% on the year before":                  in2024 + " 0",
		"500 crossed in 2024, and two years earlier 400":                   "2022-01-01..2022-12-31; 2022-01-01..2022-12-31~ newest year-to-date 0",
		"500 crossed in May, against 400 a month earlier":                  "2025-04-01..2025-04-30 0",
		"500 crossed in March, against 400 the month before":               "2025-02-01..2025-02-28 0",
		"500 were in hotels at the end of March, 400 three months earlier": "to 2024-12-31 0",
	})
}

// The years back that a comparison needs are those that the words name.
func TestTheYearsBack(t *testing.T) {
	for text, want := range map[string][]int{
		"500 crossed": nil,
		"500 crossed in 2022, 5% fewer than in 2015": {7, 10},
		"up 5% in six years":                         {6},
		"up 5% on 1999":                              nil,
	} {
		if got := Parse(text).Read(stat.MustDate("2025-06-20")).Backs(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
