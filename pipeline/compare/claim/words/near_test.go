package words

import (
	"strings"
	"testing"
)

// each writes the windows of all numbers of a text, for somebody who spoke on 20 June 2025.
func each(text string) string {
	r := read(text)
	var out []string
	for i := range r.Numbers {
		out = append(out, meantBy(r, i))
	}
	return strings.Join(out, " | ")
}

// A date without a year is in the year that its clause names, else in one that the sentence named before.
func TestTheYearIsThatOfTheClause(t *testing.T) {
	const may2025, toDate = "2025-05-01..2025-05-31", "2025-01-01..2025-06-20~"
	check(t, each, map[string]string{
		"500 crossed in May of the busy 2023":                           "2023-05-01..2023-05-31",
		"2023 saw 500 cross in May":                                     "2023-05-01..2023-05-31",
		"2023 was bad, 500 crossed in May":                              "2023-05-01..2023-05-31",
		"In 2023 500 crossed in May or in 2022":                         "2023-05-01..2023-05-31",
		"In 2022, 500 crossed in May of the busy 2023":                  "2023-05-01..2023-05-31",
		"After 2021, 2022 was bad, 500 crossed in May":                  "2022-05-01..2022-05-31",
		"2023 was bad. 500 crossed in May":                              may2025,
		"500 crossed in May, it fell after 2023":                        may2025,
		"In May 500 crossed as in the same month of 2022":               may2025,
		"Last year was bad, 500 crossed in May":                         "2024-05-01..2024-05-31",
		"After 2023, when many crossed, 500 crossed on 3 May this year": "2025-01-01..2025-05-03; 2025-05-03..2025-05-03",
		"500 crossed so far this year, we were told, by 3 May":          toDate,
		"500 crossed so far this year, 3 May being the busiest":         toDate,
		"500 crossed so far this year, by the end of May":               "2025-01-01..2025-05-31",
		"500 crossed so far this year - by 3 May":                       toDate,
		"500 crossed in 2023, by 3 May":                                 in2023,
		"500 crossed, by 3 May":                                         "",
		"500 crossed in 2022, 400 in May 2023":                          in2022 + " | 2023-05-01..2023-05-31",
	})
}

// Of several moments in a clause the nearest counts, and a bare year only if there is no other.
func TestTheNearestMomentCounts(t *testing.T) {
	const day = "2025-05-03..2025-05-03"
	check(t, each, map[string]string{
		"In April 500 crossed after the calm of March":      "2025-04-01..2025-04-30",
		"In 2023 500 crossed since January 2022":            "2022-01-01..2025-06-20~",
		"On 3 May 500 crossed after those of 9 March":       day,
		"On 3 May 500 crossed in a single day":              day,
		"In April 500 crossed on 3 May":                     day,
		"In a single day in April 500 crossed":              "in 2025-04-01..2025-04-30 day",
		"In a record month in 2023 500 crossed":             "in 2023-01-01..2023-12-31 month",
		"In one week so far this year 500 crossed":          "in 2025-01-01..2025-06-20 week,seven-days",
		"In a single day or a record month 500 crossed":     "in ..2025-06-20 month",
		"This year to date by 3 May 500 crossed":            "2025-01-01..2025-05-03",
		"This year, on 3 May 500 crossed":                   day,
		"So far this year on 3 May 500 crossed":             "2025-01-01..2025-05-03; 2025-05-03..2025-05-03",
		"So far this year by 3 August 2024 500 crossed":     "2024-01-01..2024-08-03",
		"This year to date by 31 December 2024 500 crossed": "2024-01-01..2024-12-31",
		"Since 3 May 2025 by 9 March 2025 500 crossed":      "to 2025-03-09",
		"Since 3 May 2025 by 3 May 2025 500 crossed":        day,
	})
}

// What the own clause leaves open is taken from the clauses before, nearest first, then from those behind, then
// from the sentences before.
func TestAWindowIsBorrowed(t *testing.T) {
	const april, march = "2025-04-01..2025-04-30", "2025-03-01..2025-03-31"
	check(t, each, map[string]string{
		"500 crossed, a 13% rise on 2024":                                           " | " + in2024,
		"500 crossed, a 13% rise on 2024 and a 41% on 2023":                         " | " + in2024 + " | 2023-01-01..2023-12-31; 2023-01-01..2023-12-31~ newest year-to-date",
		"In April, it was said, 500 crossed":                                        april,
		"In March, then in April, it was said, 500 crossed":                         april,
		"It was said, 500 crossed, as we saw in April":                              april,
		"It was said, 500 crossed, in April, not in March":                          april,
		"In March, it was said, 500 crossed, less than April":                       march,
		"In April they came. 500 crossed":                                           april,
		"In March they came. In April, too. 500 crossed":                            april,
		"In March they came. 500 crossed, as in April":                              april,
		"500 crossed. They came in April":                                           "",
		"500 crossed, by 3 May":                                                     "",
		"It was said, 500 crossed, as at the same point last year, in April":        april,
		"By 3 May, it was said, 500 crossed":                                        "to 2025-05-03",
		"500 crossed, on 3 May":                                                     "2025-05-03..2025-05-03",
		"It was said, 500 waited, at the end of 2024":                               "",
		"In 2023 many came, 500, in 2024, crossed":                                  in2024,
		"400 came in May. It was said, 500 crossed, as at the same point last year": "2025-05-01..2025-05-31 | 2025-05-01..2025-05-31",
		"400 came in May, as in the same month last year. 500 crossed":              "2025-05-01..2025-05-31 | 2025-05-01..2025-05-31",
		"At the same point last year, it was said, 500 came, as in April":           april,
		"On a record day, it was said, 500 crossed":                                 "in ..2025-06-20 day",
		"At the same point last year, it was said, 500 came":                        "",
		"It was said, 500 crossed, as at the same point last year":                  "",
		"At the same point last year they came. 500 crossed":                        "",
	})
}
