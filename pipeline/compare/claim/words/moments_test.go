package words

import "testing"

// The windows of a whole year.
const in2022, in2023, in2024 = "2022-01-01..2022-12-31; 2022-01-01..2022-12-31~ newest year-to-date", "2023-01-01..2023-12-31; 2023-01-01..2023-12-31~ newest year-to-date",
	"2024-01-01..2024-12-31; 2024-01-01..2024-12-31~ newest year-to-date"

// A day, month or part of a year without a year is the last one that has begun or is over; "this year" and "last
// year" fix it, and so does a year that the sentence names.
func TestTheYearOfAMoment(t *testing.T) {
	check(t, meant, map[string]string{
		"500 waited by 3 May":                                 "to 2025-05-03",
		"500 waited by 3 May last year":                       "to 2024-05-03",
		"500 waited by 3 May this year":                       "2025-01-01..2025-05-03",
		"500 waited by 3 August":                              "to 2024-08-03",
		"500 waited by 2025-05-03":                            "to 2025-05-03",
		"In 2023, 500 waited by 3 May":                        "to 2023-05-03",
		"500 waited at the end of March":                      "to 2025-03-31",
		"500 waited at the end of March last year":            "to 2024-03-31",
		"500 waited at the end of August":                     "to 2024-08-31",
		"500 waited at the end of June":                       "to 2024-06-30",
		"500 waited at the end of June 2025":                  "to 2025-06-30",
		"500 waited at the end of December 2025":              "to 2025-12-31",
		"In 2023, 500 waited at the end of June":              "to 2023-06-30",
		"End of March: 500 people":                            "to 2025-03-31",
		"500 waited at the end of last year":                  "2024-12-31..2024-12-31; 2024-01-01..2024-12-31",
		"500 waited at the end of 2023":                       "2023-12-31..2023-12-31; 2023-01-01..2023-12-31",
		"500 crossed on 3 May last year":                      "2024-05-03..2024-05-03",
		"In 2023, 500 crossed on 3 May this year":             "2025-01-01..2025-05-03; 2025-05-03..2025-05-03",
		"500 crossed on 20 June":                              "2025-06-20..2025-06-20",
		"500 crossed on 21 June":                              "2024-06-21..2024-06-21",
		"500 crossed in May last year":                        "2024-05-01..2024-05-31",
		"500 crossed in May this year":                        "2025-05-01..2025-05-31",
		"500 crossed last May":                                "2025-05-01..2025-05-31",
		"500 crossed last June":                               "2024-06-01..2024-06-30",
		"500 crossed last August":                             "2024-08-01..2024-08-31",
		"500 crossed this June":                               "2025-06-01..2025-06-20~",
		"In 2023, 500 crossed in May":                         "2023-05-01..2023-05-31",
		"500 crossed in the first half of last year":          "2024-01-01..2024-06-30",
		"500 crossed in the first half":                       "2024-01-01..2024-06-30",
		"500 crossed in the first half of this year":          "2025-01-01..2025-06-30",
		"500 crossed in H1 last year":                         "2024-01-01..2024-06-30",
		"500 crossed in H1 2023":                              "2023-01-01..2023-06-30",
		"In 2025, 500 crossed in the first half":              "2025-01-01..2025-06-30",
		"In 2023, 500 crossed in the first half of this year": "2025-01-01..2025-06-30",
		"500 crossed in the final six months of 2023":         "2023-07-01..2023-12-31",
		"500 crossed in the first quarter of last year":       "2024-01-01..2024-03-31",
		"500 crossed in the Second quarter of 2023":           "2023-04-01..2023-06-30",
		"500 crossed in the second quarter":                   "2024-04-01..2024-06-30",
		"500 crossed in the third quarter":                    "2024-07-01..2024-09-30",
		"500 crossed in the fourth quarter of 2023":           "2023-10-01..2023-12-31",
		"500 crossed in the final quarter of 2023":            "2023-10-01..2023-12-31",
		"500 crossed in the first two months of last year":    "2024-01-01..2024-02-29",
		"The first 31 days of 2024 were calm. 500 crossed":    "2024-01-01..2024-01-31",
		"The third quarter of 2025 was good. 500 crossed":     "2025-07-01..2025-09-30",
		"The 12 months to May 2026 will be good. 500 crossed": "2025-06-01..2026-05-31",
		"500 crossed in Q3 last year":                         "2024-07-01..2024-09-30",
		"500 crossed in Q2 2023":                              "2023-04-01..2023-06-30",
		"500 crossed in the first 9 months of last year":      "2024-01-01..2024-09-30",
		"500 crossed in the first Two months of this year":    "2025-01-01..2025-02-28",
		"500 crossed in the final two months of 2023":         "2023-11-01..2023-12-31",
		"500 crossed in the first 31 days of last year":       "2024-01-01..2024-01-31",
		"In 2023, 500 crossed in the first 31 days":           "2023-01-01..2023-01-31",
		"500 crossed in the week to 2025-06-08":               "2025-06-02..2025-06-08",
		"500 crossed in the week to 8 September":              "2024-09-02..2024-09-08",
		"500 crossed in the week beginning 2025-06-02":        "2025-06-02..2025-06-08",
		"500 crossed since the start of 2023":                 "2023-01-01..2023-12-31; 2023-01-01..2023-06-20~; 2023-01-01..2025-06-20~",
		"500 crossed so far in 2023":                          "2023-01-01..2023-12-31; 2023-01-01..2023-06-20~",
		"500 crossed since January 2023":                      "2023-01-01..2025-06-20~",
		"500 crossed since 2025-05-03":                        "2025-05-03..2025-06-20~",
		"500 crossed this year to 3 May":                      "2025-01-01..2025-05-03",
		"500 crossed this year to 2025-05-03":                 "2025-01-01..2025-05-03",
		"500 crossed in 2025":                                 "2025-01-01..2025-06-20~",
		"2023's toll of 500 people":                           in2023,
	})
}

// checkMeantOn compares what texts mean on a day; each case is the day, the text and what it means.
func checkMeantOn(t *testing.T, cases [][3]string) {
	t.Helper()
	for _, c := range cases {
		if got := meantOn(c[0], c[1]); got != c[2] {
			t.Errorf("%q on %s: got %s, want %s", c[1], c[0], got, c[2])
		}
	}
}

// What is not over on the day of the sentence is the year before, and counts to the day where it is named.
func TestWhatIsOverOnTheDay(t *testing.T) {
	checkMeantOn(t, [][3]string{
		{"2025-06-30", "500 waited at the end of June", "to 2025-06-30"},
		{"2025-06-30", "500 crossed last June", "2024-06-01..2024-06-30"},
		{"2025-06-30", "500 crossed in June", "2025-06-01..2025-06-30~"},
		{"2025-07-01", "500 crossed in June", "2025-06-01..2025-06-30"},
		{"2025-07-01", "500 crossed last June", "2025-06-01..2025-06-30"},
		{"2025-06-30", "500 crossed in the second quarter", "2024-04-01..2024-06-30"},
		{"2025-07-01", "500 crossed in the second quarter", "2025-04-01..2025-06-30"},
		{"2025-06-30", "500 crossed in the 12 months to June", "2024-07-01..2025-06-30"},
		{"2025-06-29", "500 crossed in the 12 months to June", "2023-07-01..2024-06-30"},
		{"2024-12-31", "500 crossed in 2024", "2024-01-01..2024-12-31~"},
		{"2025-01-01", "500 crossed in 2024", in2024},
		{"2025-02-28", "500 crossed so far this year, 400 a year earlier", "2024-01-01..2024-02-28~"},
		{"2025-03-31", "500 crossed in February 2025, 400 a year earlier", "2024-02-01..2024-02-29"},
		{"2025-06-20", "500 crossed on Friday", "2025-06-13..2025-06-13"},
		{"2025-06-20", "500 crossed on Thursday", "2025-06-19..2025-06-19"},
		{"2025-06-20", "500 crossed on Saturday", "2025-06-14..2025-06-14"},
		{"2025-06-20", "500 crossed Yesterday", "2025-06-19..2025-06-19"},
	})
}

// Two points fix the days between them. From two days the weeks between may be meant, too.
func TestFromOnePointToAnother(t *testing.T) {
	check(t, meant, map[string]string{
		"500 crossed from January to May last year":           "2024-01-01..2024-05-31",
		"500 crossed from 2018 to 2020":                       "2018-01-01..2020-12-31",
		"500 crossed from November 2023 to February 2025":     "2023-11-01..2025-02-28",
		"500 crossed between 3 May and today":                 "2025-05-03..2025-06-20",
		"500 crossed between the start of the year and 3 May": "2025-01-01..2025-05-03",
		"500 crossed from 20 June to 10 June":                 "2024-06-20..2025-06-10; 2024-06-14..2025-06-10 weeks",
		"500 crossed from 10 June to 10 June":                 "2025-06-10..2025-06-10; 2025-06-04..2025-06-10 weeks",
		"500 crossed from 20 May to 10 June":                  "2025-05-20..2025-06-10; 2025-05-14..2025-06-10 weeks",
		"500 crossed from 3 May to May 2025":                  "2025-05-03..2025-05-31",
		"500 crossed from 3 March to May 2025":                "2025-03-03..2025-05-31",
		"500 crossed from January to 9 March":                 "2025-01-01..2025-03-09",
		"500 crossed between 3 and 9 May":                     "2025-05-03..2025-05-09",
		"500 crossed from 3 to 9 May last year":               "2024-05-03..2024-05-09",
		"500 crossed on 3-9 May 2023":                         "2023-05-03..2023-05-09",
		"500 crossed from 9 to 3 May":                         "2025-05-03..2025-05-03",
		"500 expected from 3 to 9 August this year":           "2025-08-03..2025-08-09",
		"In 2023, 500 crossed between 3 and 9 May":            "2023-05-03..2023-05-09",
		"In 2023, 500 crossed between 3 and 9 May this year":  "2025-05-03..2025-05-09",
		"500 crossed in the 12 months to June 2025":           "2024-07-01..2025-06-30",
		"500 crossed in the 12 months to June":                "2023-07-01..2024-06-30",
		"In 2025, 500 crossed in the 12 months to June":       "2024-07-01..2025-06-30",
		"500 crossed in the 12 months to 31 May 2025":         "2024-06-01..2025-05-31",
		"500 crossed in the 12 months to 28 February 2025":    "2024-03-01..2025-02-28",
		"500 crossed in the 12 months to 28 February 2024":    "2023-03-01..2024-02-28",
		"500 crossed in the three months to 7 May 2025":       "2025-02-08..2025-05-07",
		"500 crossed in the three months to 30 May 2025":      "2025-03-01..2025-05-30",
		"500 crossed in the 3 months to 31 May 2025":          "2025-03-01..2025-05-31",
		"500 crossed in the two months to 30 April 2025":      "2025-03-01..2025-04-30",
		"500 crossed in the two months to 7 January 2025":     "2024-11-08..2025-01-07",
		"500 crossed in the year ending 7 May 2025":           "2024-05-08..2025-05-07",
		"500 crossed on Thursday and Friday":                  "2025-06-12..2025-06-13",
	})
}

// A number that holds the words of a day is no day.
func TestANumberIsNoDay(t *testing.T) {
	check(t, meant, map[string]string{
		"In June 3,299 crossed":             "2025-06-01..2025-06-20~",
		"In June 9.5 crossed":               "2025-06-01..2025-06-20~",
		"In June 20% crossed":               "2025-06-01..2025-06-20~",
		"In June 78 crossed":                "2025-06-01..2025-06-20~",
		"In May,300 crossed":                "2025-05-01..2025-05-31",
		"Arrivals: 500 2018-2020":           "2018-01-01..2020-12-31",
		"2018 people crossed in 2024":       in2024,
		"In May 31,500 crossed":             "2025-05-01..2025-05-31",
		"Arrivals were 3,212 June 2024 saw": "2024-06-01..2024-06-30",
	})
}

// Days of a government, of an agreement and of the records.
func TestSinceAnEvent(t *testing.T) {
	const sunak = "2022-10-25..2024-07-04; 2022-10-25..2024-07-03; 2022-10-25..2025-06-20~; 2022-10-24..2024-07-04; 2022-10-24..2024-07-03; 2022-10-24..2025-06-20~"
	checkMeantOn(t, [][3]string{
		{"2025-06-20", "500 crossed since Sunak took office", sunak},
		{"2025-06-20", "500 crossed under Sunak", sunak},
		{"2023-06-01", "500 crossed under Sunak", "2022-10-25..2023-06-01; 2022-10-25..2024-07-03; 2022-10-25..2023-06-01~; 2022-10-24..2023-06-01; 2022-10-24..2024-07-03; 2022-10-24..2023-06-01~"},
		{"2025-06-20", "500 crossed under Liz Truss", "2022-09-06..2022-10-24; 2022-09-06..2022-10-23; 2022-09-06..2025-06-20~"},
		{"2025-06-20", "500 crossed under Labour", "2024-07-05..2025-06-20~; 2024-07-04..2025-06-20~; 2024-07-06..2025-06-20~"},
		{"2025-12-01", "500 were returned since the treaty came into force", "2025-08-06..2025-12-01~; 2025-09-18..2025-12-01~"},
		{"2025-06-20", "500 crossed since records began", "to 2025-06-20~ since; in ..2025-06-20"},
		{"2025-06-20", "500 crossed since records began in 2018", "to 2025-06-20~ since; in ..2025-06-20"},
		{"2025-06-20", "In 2023 500 crossed, the most since records began", in2023},
		{"2025-06-20", "500 crossed in the past 12 months, by 3 May", "to 2025-05-03 rolling-12-months,year-ending"},
		{"2025-06-20", "500 crossed since the last general election", "2024-07-05..2025-06-20~; 2024-07-04..2025-06-20~; 2024-07-06..2025-06-20~"},
		{"2025-06-20", "500 is the most on record for last May", "2025-05-01..2025-05-31"},
		{"2025-06-20", "500 crossed since records began, by 3 May 2025", "to 2025-05-03 since; in ..2025-05-03"},
		{"2025-06-20", "500 crossed under Sunak, by 3 August 2024", "2022-10-25..2024-08-03; 2022-10-24..2024-08-03"},
		{"2025-06-20", "500 crossed since Labour took office, to 3 May", "2024-07-05..2025-05-03; 2024-07-04..2025-05-03; 2024-07-06..2025-05-03"},
	})
}

// The stop behind the whole name of a month ends the sentence; behind a short name it may not.
func TestAStopBehindAMonth(t *testing.T) {
	check(t, each, map[string]string{
		"Many came in May. 15 people died":       "2025-05-01..2025-05-31",
		"500 crossed in May. 400 crossed":        "2025-05-01..2025-05-31 | 2025-05-01..2025-05-31",
		"Many came in May. In 2024 500 crossed":  in2024,
		"500 crossed on 25 Feb. 2025":            "2025-02-25..2025-02-25",
		"On Feb. 25, 2025 500 people crossed":    "2025-02-25..2025-02-25",
		"Many came in 2023. In May. 500 crossed": "2025-05-01..2025-05-31",
	})
}
