package words

import (
	"slices"
	"testing"

	"crossings/pipeline/stat"
)

// "Last year" fixes the year of the days and months in front of it, with "of" or without, also where a comma parts them from
// the number.
func TestLastYearFixesTheMonthsInFrontOfIt(t *testing.T) {
	check(t, meant, map[string]string{
		"Between January and May of last year, 9,607 arrived": "2024-01-01..2024-05-31",
		"In June last year, 3,139 crossed":                    "2024-06-01..2024-06-30",
		"On 3 June last year, 139 crossed":                    "2024-06-03..2024-06-03",
		"Between 3 and 9 May of last year, 139 crossed":       "2024-05-03..2024-05-09",
		"Between January and May in this year, 9,607 arrived": "2025-01-01..2025-05-31",
		"9,607 arrived in June of last year":                  "2024-06-01..2024-06-30",
	})
}

// Days are written in many ways: the month first, digits alone.
func TestTheFormsOfADay(t *testing.T) {
	check(t, meant, map[string]string{
		"500 crossed between May 10 and 18":       "2025-05-10..2025-05-18",
		"500 crossed between May 10th and 18th":   "2025-05-10..2025-05-18",
		"500 crossed on May 10-18, 2024":          "2024-05-10..2024-05-18",
		"500 crossed from May 10 to 18 last year": "2024-05-10..2024-05-18",
		"500 crossed on 15/06/2024":               "2024-06-15..2024-06-15",
		"500 crossed on the 15th of May":          "2025-05-15..2025-05-15",
		"500 crossed on 5/6/2024":                 "2024-06-05..2024-06-05",
		"500 crossed on 06/15/2024":               "2024-06-15..2024-06-15",
		"500 crossed on 15.06.2024":               "2024-06-15..2024-06-15",
		"500 crossed on 15/06/24":                 "2024-06-15..2024-06-15",
		"500 crossed on 06/13/2024":               "2024-06-13..2024-06-13",
		"500 crossed on 5/12/2024":                "2024-12-05..2024-12-05",
		"500 crossed on 13/13/2024":               "2024-12-13..2024-12-13",
		"500 crossed between 1/5/25 and 3/5/25":   "2025-05-01..2025-05-03; 2025-04-25..2025-05-03 weeks",
		"On May 10, 18 boats crossed":             "2025-05-10..2025-05-10",
	})
}

// A day may be named by the one before it.
func TestTheDayBefore(t *testing.T) {
	check(t, meant, map[string]string{
		"55 came on 16 May. The day before, 292 migrants came":          "2025-05-15..2025-05-15",
		"55 came on 16 May. A day earlier 292 migrants came":            "2025-05-15..2025-05-15",
		"55 came on 16 May and 292 on the following day":                "2025-05-17..2025-05-17",
		"55 came on Monday and 292 the next day":                        "2025-06-17..2025-06-17",
		"None on 16 or 17 May, but 392 came on the 18th":                "2025-05-18..2025-05-18",
		"392 came on the 18th":                                          "",
		"None on 30 May, but 55 came on the 1st":                        "2025-05-01..2025-05-01",
		"None on 3 June, but 55 came on the 31st":                       "2025-06-30..2025-06-30",
		"55 came on 16 May, 2,000 so far. The day before, 292 came":     "2025-05-15..2025-05-15",
		"55 came on 16 May, 2,000 by end of May. The day before, 292":   "2025-05-15..2025-05-15",
		"55 came on 16 May, 2,000 in April. The day before, 292 came":   "2025-05-15..2025-05-15",
		"55 on 16 May, the most in a single day. The day before, 292":   "2025-05-15..2025-05-15",
		"55 on 16 May 2023. On the day before 292, and 30 on 3 June":    "2023-06-03..2023-06-03",
		"392 came on 16 or 17 May":                                      "2025-05-16..2025-05-17",
		"The day before, 292 migrants came":                             "",
		"55 came on 1 January 2024. On the previous day 292 people did": "2023-12-31..2023-12-31",
	})
}

const in2024part = "2024-01-01..2024-12-31; 2024-01-01..2024-06-20~"

// A day since which there was something is the day of what happened on it.
func TestSinceADay(t *testing.T) {
	check(t, meant, map[string]string{
		"None since January 2, when 44 people came":      "2025-01-02..2025-01-02",
		"The most since 3 May 2025, when 44 people came": "2025-05-03..2025-05-03",
		"500 crossed since January 2":                    "2025-01-02..2025-06-20~",
		"500 crossed since the start of 2024":            in2024part + "; 2024-01-01..2025-06-20~",
		"500 crossed since January 1":                    "2025-01-01..2025-06-20~",
		"Under this government 500 have crossed":         "2024-07-05..2025-06-20~; 2024-07-04..2025-06-20~; 2024-07-06..2025-06-20~",
		"Since Labour took office in July, 500 crossed":  "2024-07-05..2025-06-20~; 2024-07-04..2025-06-20~; 2024-07-06..2025-06-20~",
	})
}

// So many days end a day or some days before the sentence. A weekend is two days.
func TestTheLastDays(t *testing.T) {
	for _, text := range []string{"1,193 came in the past three days", "1,193 came over the last 3 days", "The three-day total is 1,193"} {
		spans := Parse(text).Read(stat.MustDate("2025-06-20")).Spans()
		for _, want := range []Span{{Start: stat.MustDate("2025-06-17"), End: stat.MustDate("2025-06-19")}, {Start: stat.MustDate("2025-06-18"), End: stat.MustDate("2025-06-20")}} {
			if !slices.Contains(spans, want) {
				t.Errorf("%s: %v", text, spans)
			}
		}
	}
	check(t, meant, map[string]string{
		"500 crossed over the weekend": "2025-06-14..2025-06-15",
		"500 crossed at the weekend":   "2025-06-14..2025-06-15",
		"Last weekend 500 crossed":     "2025-06-14..2025-06-15",
	})
}

// A last day in front of the clause belongs to its window.
func TestALastDayInFront(t *testing.T) {
	check(t, meant, map[string]string{
		"As of 3 May, 500 people have crossed in 2025":  "to 2025-05-03",
		"By 3 May, 500 people had crossed in 2024":      "to 2024-05-03",
		"400 waited by 3 May while 500 crossed in 2024": in2024 + "; to 2024-05-03",
		"By 3 May 2025 or so, 500 crossed in 2024":      in2024,
		"As of 3 May, 500 people had come in April":     "2025-04-01..2025-04-30",
		"500 crossed in 2024. As of 3 May, up 5%":       "to 2025-05-03",
	})
}

// "The same point last year" without another window is that of the year so far.
func TestTheSamePointOfWhat(t *testing.T) {
	check(t, meant, map[string]string{
		"Arrivals are down 37% on the same point last year":      "2025-01-01..2025-06-20~",
		"Arrivals are down 37% on this stage in 2023":            "2025-01-01..2025-06-20~",
		"Arrivals are down 37% on 2024 to date":                  "2025-01-01..2025-06-20~",
		"179 boats so far this year, 322 by this date in 2024":   "2024-01-01..2024-06-20~",
		"Arrivals are down 37% on a year earlier":                "",
		"Arrivals in May are down 37% on the same month of 2024": "2025-05-01..2025-05-31",
	})
}

// What is counted follows from words such as these.
func TestOtherWordsForWhatIsCounted(t *testing.T) {
	last := func(text string) string {
		r := read(text)
		x := r.numbers[len(r.numbers)-1].series
		if x.subject == nil {
			return ""
		}
		return x.subject.name + " " + x.subject.measures[0] + " " + kinds[r.Numbers[len(r.numbers)-1].Kind]
	}
	check(t, last, map[string]string{
		"1,087 were returned, but 1,117 people were brought to Britain under the same deal":                      "transfers from France exchange-in count",
		"The Channel claimed at least 82 lives in May":                                                           "dead and missing dead-and-missing count",
		"1,117 people risked their lives in May":                                                                 "",
		"Of the 45,774 people detected in May, 9,088 were Afghan":                                                "detections detections count",
		"46,000 people were detected crossing the Channel in May":                                                "arrivals in small boats arrivals count",
		"1,709 people have been brought to the UK so far in August":                                              "arrivals in small boats arrivals count",
		"Under the deal with France, 300 people were brought to the UK":                                          "transfers from France exchange-in count",
		"1,087 people had been returned to France and 1,117 had come the other way":                              "transfers from France exchange-in count",
		"The number of boats is down 44%, but the number of people only 37%":                                     "arrivals in small boats arrivals change",
		"So far 179 boats have made the crossing, against 322 by this date in 2024":                              "boats boats count",
		"7,349 people made asylum claims in May, having crossed the Channel by small boat. In June it was 5,000": "asylum claims of those who came in small boats arrivals count",
		"In May, 50% of initial decisions were refusals, up from 41% in April":                                   "refusals initial-refusals share",
		"In May, 50% of initial decisions were grants of asylum":                                                 "grants initial-grants share",
		"In May, of 500 initial decisions 200 were grants":                                                       "grants initial-grants count",
		"29% of those receiving support were in hotels in May":                                                   "people in hotels in-hotels share",
		"Decisions have gone up by 43% in May":                                                                   "initial decisions initial-decisions change",
		"500 came from France and we sent 1,087 the other way":                                                   "returns to France exchange-out count",
		"Britain took in 1,117 people from France":                                                               "transfers from France exchange-in count",
		"We returned 1,087 people to France":                                                                     "returns to France exchange-out count",
		"The grant rate was 34% in May, down from 36% in April":                                                  "grants initial-grants share",
		"The grant rate was 34% in 2024, down from 36% in 2023 and 50% in 2022":                                  "grants initial-grants share",
		"The refusal rate rose to 50% in May":                                                                    "refusals initial-refusals share",
		"500 people were detained in May":                                                                        "detention in-detention count",
		"France took 300 people, and 1,117 were accepted in return":                                              "transfers from France exchange-in count",
		"Italy: 47,263 arrivals by sea in May":                                                                   "landings in Italy arrivals count",
		"In Italy, 500 arrivals were counted, 40 more than in May":                                               "landings in Italy arrivals difference",
		"The average boat has carried 65 people so far in 2025":                                                  "arrivals in small boats arrivals per boat",
		"7,349 people made asylum claims in May, having crossed the Channel by small boat":                       "asylum claims of those who came in small boats arrivals count",
		"7,349 claims for asylum were made by people who arrived by small boat":                                  "asylum claims of those who came in small boats arrivals count",
		"Asylum claims rose by 4 % to 7,349, while small boat arrivals fell":                                     "claims for asylum asylum-claims count",
	})
}

// A number after "from … to" or "on" has the year next to it, and the people of its clause.
func TestTheWordsNextToANumber(t *testing.T) {
	check(t, meant, map[string]string{
		"It rose from 53 in 2023 to 62 in 2024":                                    in2024,
		"On 3 May, 163 people came on three boats":                                 "2025-05-03..2025-05-03",
		"Arrivals are 500 so far this year, half as many as last year":             "2025-01-01..2025-06-20~",
		"Arrivals are 500 so far this year, twice as many as at this time in 2023": "2025-01-01..2025-06-20~",
	})
	r := read("More than a quarter of those who came by small boat in 2024 were Albanian")
	if got := r.People(0)["origin"]; got != "ALB" {
		t.Errorf("people %q", got)
	}
}
