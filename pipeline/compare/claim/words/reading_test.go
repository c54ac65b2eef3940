package words

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// read reads a text for somebody who spoke on 20 June 2025.
func read(text string) *Reading { return Parse(text).Read(stat.MustDate("2025-06-20")) }

// The spans of a reading are what its words name of all numbers. Inside a span, and up to a day, any first day will do.
func TestTheSpansOfAReading(t *testing.T) {
	check(t, func(text string) string {
		var out []string
		for _, s := range read(text).Spans() {
			out = append(out, strings.TrimSpace(fmt.Sprint(s.Start, "..", s.End, mark(s.Open, "~"), " ", s.Basis)))
		}
		return strings.Join(out, "; ")
	}, map[string]string{
		"500 people":                                    "",
		"500 crossed in May, 400 in April":              "2025-05-01..2025-05-31; 2025-04-01..2025-04-30",
		"500 crossed in a single day in May":            "..2025-05-31 day",
		"500 waited by 3 May":                           "..2025-05-03",
		"500 crossed in one week":                       "..2025-06-20",
		"500 crossed so far this year":                  "2025-01-01..2025-06-20~",
		"500 crossed between 5 January and 8 June":      "2025-01-05..2025-06-08; 2024-12-30..2025-06-08 weeks",
		"500 crossed since records began":               "..2025-06-20~ since; ..2025-06-20",
		"500 crossed on 3 May, 3 May being the busiest": "2025-05-03..2025-05-03",
	})
}

// Whether the words name the day of the sentence, a window of their own, a count from some day on.
func TestWhatTheWordsSayAboutTime(t *testing.T) {
	check(t, func(text string) string {
		r := read(text)
		return strings.TrimSuffix(mark(r.NamesDay(), "day, ")+mark(r.ToDate(0), "to date, ")+mark(r.CountsSince(), "since, "), ", ")
	}, map[string]string{
		"500 people":                            "to date",
		"500 crossed today":                     "day",
		"500 crossed yesterday":                 "",
		"500 crossed so far this year":          "to date, since",
		"500 crossed in 2024":                   "",
		"500 crossed in May":                    "",
		"500 crossed in a single day":           "",
		"500 waited by 20 June":                 "day, to date",
		"500 waited by 3 May":                   "to date",
		"500 crossed since 3 May 2025":          "to date, since",
		"500 crossed since January 2024":        "to date, since",
		"500 crossed since Labour took office":  "to date, since",
		"500 crossed in the past week":          "to date, since",
		"500 crossed since records began":       "to date",
		"400 crossed in May, 500 crossed today": "day",
		"500 crossed today, 400 in May":         "day",
	})
}

// A change may be on another year than the last if the words name that year, or several years.
func TestTheYearsThatAChangeMaySkip(t *testing.T) {
	check(t, func(text string) string {
		r := read(text)
		var out []string
		for y := 2017; y <= 2026; y++ {
			if r.MaySkip(0, y) {
				out = append(out, fmt.Sprint(y))
			}
		}
		return strings.Join(out, " ")
	}, map[string]string{
		"up 5%":                                  "",
		"up 5% on 2022":                          "2022",
		"up 5% on 2022, 9% on 2023":              "2022 2023",
		"up 5% in the years before":              "2017 2018 2019 2020 2021 2022 2023 2024 2025 2026",
		"up 5% on 3 May 2022":                    "2022",
		"up 5% by 3 May 2022":                    "2022",
		"up 5% on May 2022":                      "2022",
		"up 5% on the end of May 2022":           "2022",
		"up 5% on the first half of 2022":        "2022",
		"up 5% on the first 31 days of 2022":     "2022",
		"up 5% on the three months to May 2022":  "2022",
		"up 5% on the week to 8 May 2022":        "2022",
		"up 5% on the week beginning 8 May 2022": "2022",
		"up 5% on 3-9 May 2022":                  "2022",
		"up 5% from January 2021 to May 2022":    "2022",
		"up 5% so far in 2022":                   "2022",
		"up 5% since January 2022":               "2022",
		"up 5% since May 2022":                   "2022",
		"up 5% since records began in 2018":      "2018",
		"up 5% on the same point in 2022":        "2022",
	})
}

// A change may be on the period just before if its clause compares with it.
func TestWhatAClauseComparesWith(t *testing.T) {
	check(t, func(text string) bool { return read(text).ComparesWithLast(0) }, map[string]bool{
		"up 5% on the previous month":    true,
		"up 5% on the month before":      true,
		"up 5% on a month Earlier":       true,
		"up 5% on last month":            true,
		"down from 500":                  true,
		"up 5% from 500":                 true,
		"up 5% since May":                true,
		"up 5% on 500":                   false,
		"up 5%, said the previous chief": false,
	})
}

// The likeliest measure and source of a subject come first.
func TestTheRankOfASeries(t *testing.T) {
	for _, c := range []struct{ text, source, measure, want string }{
		{"500", "ukho-small-boats", "arrivals", "0 0 false"},
		{"500 hotels", "ukho-small-boats", "arrivals", "0 0 false"},
		{"500 crossed", "ukho-small-boats", "arrivals", "0 0 true"},
		{"500 crossed", "ukho-illegal-entry", "detections", "1 4 true"},
		{"500 crossed", "ukho-small-boats-weekly", "arrivals", "0 2 true"},
		{"500 crossed", "ukho-small-boat-asylum", "arrivals", "2 5 true"},
		{"500 crossed", "ukho-small-boat-asylum", "detections", "3 5 true"},
		{"500 crossed", "unheard-of", "unheard-of", "0 0 true"},
		{"500 bodies", "iom-missing-migrants", "dead-and-missing", "1 0 true"},
	} {
		m, s, named := read(c.text).Rank(0, c.source, c.measure)
		if got := fmt.Sprint(m, s, named); got != c.want {
			t.Errorf("%q, %s of %s: %s, want %s", c.text, c.measure, c.source, got, c.want)
		}
	}
}

// The facts of a window say what the words fix and whether the window has it. If it has everything but the year,
// the year is the fact that it breaks.
func TestTheFactsOfAWindow(t *testing.T) {
	day := stat.MustDate
	of := func(basis, start, end string) Window {
		return Window{Basis: basis, Start: day(start), End: day(end), AskedStart: day(start), AskedEnd: day(end)}
	}
	const arrivals, dead stat.SeriesID = "ukho-small-boats:arrivals:D", "iom-missing-migrants:dead-and-missing:M:route=central-mediterranean"
	may := of(compare.BasisMonth, "2025-05-01", "2025-05-31")
	for _, c := range []struct {
		text string
		id   stat.SeriesID
		w    Window
		want string
	}{
		{"500", arrivals, may, "number: 500 ok"},
		{"500 crossed", arrivals, may, "number: 500 ok, measure: crossed ok"},
		{"500 hotels", arrivals, may, "number: 500 ok, measure: hotels no"},
		{"500 in May", arrivals, may, "number: 500 ok, month: in May ok"},
		{"500 crossed in April", arrivals, may, "number: 500 ok, measure: crossed ok, month: in April no"},
		{"500 crossed in May 2024", arrivals, may, "number: 500 ok, measure: crossed ok, year: in May 2024 no"},
		{"500 crossed on 31 May 2024", arrivals, of(BasisDay, "2025-05-31", "2025-05-31"), "number: 500 ok, measure: crossed ok, year: on 31 May 2024 no"},
		{"500 crossed in February 2024", arrivals, of(compare.BasisMonth, "2025-02-01", "2025-02-28"), "number: 500 ok, measure: crossed ok, year: in February 2024 no"},
		{"500 crossed in February 2023", arrivals, of(compare.BasisMonth, "2024-02-01", "2024-02-29"), "number: 500 ok, measure: crossed ok, year: in February 2023 no"},
		{"500 crossed in 2023", arrivals, of(compare.BasisYear, "2024-01-01", "2024-12-31"), "number: 500 ok, measure: crossed ok, year: 2023 no"},
		{"500 crossed so far this year", arrivals, of(BasisYearToDate, "2024-01-01", "2024-06-20"), "number: 500 ok, measure: crossed ok, window: so far this year no"},
		{"500 waited by 3 May 2025", arrivals, of(compare.BasisPoint, "2024-05-03", "2024-05-03"), "number: 500 ok, year: by 3 May 2025 no"},
		{"500 crossed in a single day", arrivals, may, "number: 500 ok, measure: crossed ok, window: single day no"},
		{"500 died in the central Mediterranean", dead, may, "number: 500 ok, measure: died ok, place: central Mediterranean ok"},
		{"500 died in the Channel", dead, may, "number: 500 ok, measure: died ok, place: English Channel no"},
		{"500 Albanian men crossed", arrivals, may, "number: 500 ok, measure: crossed ok, people: Albania men no"},
		{"500 Albanians crossed", "ukho-illegal-entry:detections:Q:category=small-boat:origin=ALB", may, "number: 500 ok, measure: crossed ok, people: Albania ok"},
	} {
		r := read(c.text)
		var got []string
		for _, f := range r.Facts(0, c.id, c.w, true, r.TimeHolds(0, c.w)) {
			got = append(got, fmt.Sprint(f.Fact, ": ", f.Words, " ", map[bool]string{true: "ok", false: "no"}[f.Holds]))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.text, strings.Join(got, ", "), c.want)
		}
	}
	if f := read("500").Facts(0, arrivals, may, false, false); f[0].Holds {
		t.Error("a number that does not hold does")
	}
}

// Where the words name no window, every window holds. Names says what they name.
func TestWhatTheWordsName(t *testing.T) {
	w := Window{Basis: BasisDay, Start: stat.MustDate("2020-05-03"), End: stat.MustDate("2020-05-03"), AskedStart: stat.MustDate("2020-05-03"), AskedEnd: stat.MustDate("2020-05-03")}
	check(t, func(text string) string {
		r := read(text)
		measure, time := r.Names(0)
		return strings.TrimSpace(mark(measure, "measure ") + mark(time, "time ") + mark(r.TimeHolds(0, w), "holds"))
	}, map[string]string{
		"500":                         "holds",
		"500 crossed":                 "measure holds",
		"500 crossed on 3 May 2020":   "measure time holds",
		"500 on 4 May 2020":           "time",
		"500 hotels":                  "measure holds",
		"500 crossed in a single day": "measure time holds",
	})
}

// A change is one of the count just before it, if both are of one sentence, one subject and one window.
func TestWhatAChangeIsOf(t *testing.T) {
	check(t, func(text string) int {
		r := read(text)
		return r.ChangeOf(len(r.Numbers) - 1)
	}, map[string]int{
		"500 crossed in May, up 5%":                       0,
		"400 crossed in April. 500 crossed in May, up 5%": 1,
		"Up 5% in May": -1,
		"500 crossed in May, 400 crossed in April": -1,
		"500 crossed in May, 400 in May":           -1,
		"50% of those in May were men, up 5%":      -1,
		"500 crossed in May, against 400, up 5%":   -1,
		"500 crossed in May. Up 5%":                -1,
		"500 crossed in May, deaths up 5%":         -1,
		"500 crossed in May, in April up 5%":       -1,
		"500 crossed, up 5%":                       -1,
	})
}
