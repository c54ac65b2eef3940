package words

import (
	"strings"
	"testing"
)

// ofYears writes the same days of some years, the newest first.
func ofYears(from, to string, years ...string) string {
	var out []string
	for _, y := range years {
		out = append(out, y+"-"+from+".."+y+"-"+to)
	}
	return strings.Join(out, "; ")
}

// A number that is compared with another has its window in an earlier year: in one that is named, else in any of five.
func TestWhatANumberIsComparedWith(t *testing.T) {
	five := func(from, to string) string { return ofYears(from, to, "2024", "2023", "2022", "2021", "2020") }
	const may, half = "2025-05-01..2025-05-31", "2024-01-01..2024-06-30"
	mays := five("05-01", "05-31")
	gap := func(n int) string { return strings.Repeat(" ", n) }
	check(t, each, map[string]string{
		"500 crossed in May, against 400":                                      may + " | " + mays,
		"500 crossed in May, against 400, 300 and 200":                         may + " | " + mays + " | " + mays + " | " + mays,
		"500 crossed in May, against 400; 300 is what we say":                  may + " | " + mays + " | " + may,
		"500 crossed in May, against three hundred":                            may + " | " + mays,
		"500 crossed in May, against" + gap(33) + "400":                        may + " | " + mays,
		"500 crossed in May, against" + gap(34) + "400":                        may + " | " + may,
		"In May 500, 400 crossed":                                              may + " | " + may,
		"500 to 600 crossed in the first half of 2024":                         half + " | " + half,
		"from 500 to 600 in the first half of 2024":                            "2023-01-01..2023-06-30 | " + half,
		"from 28% to 31% in the first half of 2024":                            "2023-01-01..2023-06-30 | " + half,
		"500 came from 400 places in the first half of 2024":                   half + " | " + half,
		"500 crossed in 2024, against 400 in May 2023, and 300 a year earlier": in2024 + " | 2023-05-01..2023-05-31 | 2023-01-01..2023-12-31; 2023-01-01..2023-12-31~ newest year-to-date",
		"500 crossed in 2024, in May 2025 up 5%, and 300 a year earlier":       in2024 + " | 2025-05-01..2025-05-31 | 2023-01-01..2023-12-31; 2023-01-01..2023-12-31~ newest year-to-date",
		"500 crossed so far this year, 400 did in 2022, 300 a year earlier":    "2025-01-01..2025-06-20~ | " + in2022 + "; 2022-01-01..2022-06-20~ | 2024-01-01..2024-06-20~",
		"Up 5% in May, 400 a year earlier":                                     may + " | 2024-05-01..2024-05-31",
	})
}

// A change is of the window before it, unless its own words name another.
func TestTheWindowOfAChange(t *testing.T) {
	const half, may, toDate = "2024-01-01..2024-06-30", "2025-05-01..2025-05-31", "2025-01-01..2025-06-20~"
	check(t, each, map[string]string{
		"500 crossed in the first half of 2024, up 5%":                                    half + " | " + half,
		"500 crossed in the first half of 2024, it has since risen 5%":                    half + " | " + half,
		"500 crossed by 3 May, against 400":                                               "to 2025-05-03 | to 2024-05-03; to 2023-05-03; to 2022-05-03; to 2021-05-03; to 2020-05-03",
		"500 crossed in the first half of 2024, 5% more in May":                           half + " | " + "2024-05-01..2024-05-31",
		"500 crossed in the first half of 2024, 5% more in 2023":                          half + " | " + half,
		"500 crossed in the first half of 2024, 5% up on May 2023":                        half + " | " + half,
		"500 crossed in the first half of 2024, in May 5% up on a year ago":               half + " | " + "2024-05-01..2024-05-31",
		"500 crossed in the first half of 2024, 5% up in May":                             half + " | " + "2024-05-01..2024-05-31",
		"500 crossed in the first half of 2024, 50 more than in May 2023":                 half + " | " + half,
		"500 crossed in the first half of 2024, in May on 5%":                             half + " | " + "2024-05-01..2024-05-31",
		"500 crossed in the first half of 2024, 50 more in that part of 2024 than before": half + " | " + half,
		"500 crossed in the first half of 2024, a year earlier 5% more":                   half + " | " + half,
		"500 crossed in May, 400 in a single day":                                         may + " | in ..2025-06-20 day",
		"500 crossed so far this year, at the same time last year in a single day 400":    toDate + " | in ..2025-06-20 day",
		"Against 400, many crossed in May":                                                may,
		"Up 5% in May":                                                                    may,
		"500 people crossed, up 5% in May":                                                may + " | " + may,
		"500 crossed so far this year, 400 at the same point in 2022":                     toDate + " | 2022-01-01..2022-06-20~",
		"500 crossed so far this year, in May at the same time last year 400":             toDate + " | 2024-01-01..2024-06-20~",
		"500 crossed so far this year, at the same time last year we had in May 400":      toDate + " | " + may,
		"In May at the same time last year 400":                                           may,
	})
}

// "The same period" is in the year that the words name, or that was named just before in the sentence.
func TestTheSamePeriod(t *testing.T) {
	const toDate = "2025-01-01..2025-06-20~"
	in := func(year string) string { return year + "-01-01.." + year + "-06-20~" }
	check(t, each, map[string]string{
		"500 crossed so far this year, 400 in the same period":                       toDate + " | " + in("2024"),
		"500 crossed so far this year, in 2022 in the same period 400":               toDate + " | " + in("2022"),
		"500 crossed so far this year, in 2021, in 2022 in the same period 400":      toDate + " | " + in("2022"),
		"500 crossed so far this year, last year in the same period 400":             toDate + " | " + in("2024"),
		"500 crossed in May 2022, last year in the same period 400":                  "2022-05-01..2022-05-31 | 2024-05-01..2024-05-31",
		"500 crossed so far this year, in 2022 a year earlier 400":                   toDate + " | " + in("2024"),
		"500 crossed so far this year, in 2022 in the same period of 2021 400":       toDate + " | " + in("2021"),
		"In 2022 we were calm. 500 crossed so far this year, 400 in the same period": toDate + " | " + in("2024"),
	})
}
