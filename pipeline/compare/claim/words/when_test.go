package words

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// meant writes what the words say about the window of the last number, for somebody who spoke on
// 20 June 2025.
func meant(text string) string { return meantOn("2025-06-20", text) }

// meantOn is meant for somebody who spoke on another day.
func meantOn(on, text string) string {
	r := Parse(text).Read(stat.MustDate(on))
	if len(r.numbers) == 0 {
		return "no number"
	}
	return meantBy(r, len(r.numbers)-1)
}

// meantBy writes the windows of one number of a reading.
func meantBy(r *Reading, i int) string {
	var out []string
	for _, s := range r.numbers[i].when.spans {
		text := fmt.Sprint(s.start, "..", s.end)
		switch {
		case s.ending:
			text = fmt.Sprint("to ", s.end)
		case s.inside:
			text = fmt.Sprint("in ", text)
		}
		if s.open {
			text += "~"
		}
		if s.newest {
			text += " newest"
		}
		out = append(out, strings.TrimSpace(text+" "+strings.Join(s.bases, ",")))
	}
	return strings.Join(out, "; ")
}

// Each kind of words about time fixes its window.
func TestTheWordsFixTheWindow(t *testing.T) {
	check(t, meant, map[string]string{
		"500 people":                                       "",
		"500 crossed on 25 February 2025":                  "2025-02-25..2025-02-25",
		"on 25 February 500 crossed":                       "2025-02-25..2025-02-25",
		"500 crossed on August 19":                         "2024-08-19..2024-08-19",
		"500 crossed on 2025-02-25":                        "2025-02-25..2025-02-25",
		"500 crossed on 31 April 2025":                     "2025-04-30..2025-04-30",
		"500 crossed in February 2025":                     "2025-02-01..2025-02-28",
		"500 crossed in August":                            "2024-08-01..2024-08-31",
		"500 crossed in June":                              "2025-06-01..2025-06-20~",
		"500 crossed last month":                           "2025-05-01..2025-05-31",
		"500 crossed this month":                           "2025-06-01..2025-06-20~",
		"It took the total for the year past 500":          "2025-01-01..2025-06-20~",
		"500 crossed so far this month":                    "2025-06-01..2025-06-20~",
		"500 crossed already this month":                   "2025-06-01..2025-06-20~",
		"500 crossed in 2023":                              "2023-01-01..2023-12-31; 2023-01-01..2023-12-31~ newest year-to-date",
		"500 crossed last year":                            "2024-01-01..2024-12-31; 2024-01-01..2024-12-31~ newest year-to-date",
		"500 crossed so far this year":                     "2025-01-01..2025-06-20~",
		"500 crossed so far in 2025":                       "2025-01-01..2025-06-20~",
		"500 crossed this year":                            "2025-01-01..2025-06-20~",
		"500 crossed since the start of the year":          "2025-01-01..2025-06-20~",
		"500 crossed since January":                        "2025-01-01..2025-06-20~",
		"500 crossed since 2018":                           "2018-01-01..2025-06-20~; 2019-01-01..2025-06-20~",
		"500 crossed since 3 May 2025":                     "2025-05-03..2025-06-20~",
		"500 crossed since Labour took office":             "2024-07-05..2025-06-20~; 2024-07-04..2025-06-20~; 2024-07-06..2025-06-20~",
		"500 crossed since the court ruled":                "to 2025-06-20~ policy-period,since",
		"500 crossed so far this year, to 3 May":           "2025-01-01..2025-05-03",
		"500 crossed so far in 2025, by 3 May":             "2025-01-01..2025-05-03",
		"500 crossed by 3 May 2025":                        "to 2025-05-03",
		"500 waited at the end of March":                   "to 2025-03-31",
		"500 waited at the end of 2024":                    "2024-12-31..2024-12-31; 2024-01-01..2024-12-31",
		"500 crossed in the first half of 2024":            "2024-01-01..2024-06-30",
		"500 crossed in the second half of 2024":           "2024-07-01..2024-12-31",
		"500 crossed in H2 2024":                           "2024-07-01..2024-12-31",
		"500 crossed in the third quarter of 2024":         "2024-07-01..2024-09-30",
		"500 crossed in the last quarter of 2024":          "2024-10-01..2024-12-31",
		"500 crossed in Q1":                                "2025-01-01..2025-03-31",
		"500 crossed in 2024 Q4":                           "2024-10-01..2024-12-31",
		"500 crossed in the first nine months of 2024":     "2024-01-01..2024-09-30",
		"500 crossed in the last three months of 2024":     "2024-10-01..2024-12-31",
		"500 crossed in the first 31 days of 2024":         "2024-01-01..2024-01-31",
		"500 crossed in the three months to March":         "2025-01-01..2025-03-31",
		"500 crossed in the year ending June 2024":         "2023-07-01..2024-06-30",
		"500 crossed in the 12 months to 7 May 2025":       "2024-05-08..2025-05-07",
		"500 crossed over the past 12 months":              "to 2025-06-20~ rolling-12-months,year-ending",
		"500 crossed in the week to 8 June 2025":           "2025-06-02..2025-06-08",
		"500 crossed in the week beginning 2 June":         "2025-06-02..2025-06-08",
		"500 crossed over the past week":                   "to 2025-06-20~ week,seven-days",
		"500 crossed on Tuesday":                           "2025-06-17..2025-06-17",
		"500 crossed yesterday":                            "2025-06-19..2025-06-19",
		"500 crossed today":                                "2025-06-20..2025-06-20",
		"500 crossed on Friday, Saturday and Sunday":       "2025-06-13..2025-06-15",
		"500 crossed in January, February and March 2024":  "2024-01-01..2024-03-31",
		"500 crossed between January and June 2024":        "2024-01-01..2024-06-30",
		"500 crossed from January to May this year":        "2025-01-01..2025-05-31",
		"500 crossed from November to February 2025":       "2024-11-01..2025-02-28",
		"500 crossed between 5 January and 8 June":         "2025-01-05..2025-06-08; 2024-12-30..2025-06-08 weeks",
		"last year, from 5 January to 8 June, 500 crossed": "2024-01-05..2024-06-08; 2023-12-30..2024-06-08 weeks",
		"500 crossed in 2024/25":                           "2024-04-01..2025-03-31",
		"500 crossed in a single day":                      "in ..2025-06-20 day",
		"500 crossed in a single day in 2022":              "in 2022-01-01..2022-12-31 day",
		"500 crossed in a single month":                    "in ..2025-06-20 month",
		"500 crossed in one week":                          "in ..2025-06-20 week,seven-days",
		"500 crossed in July 3,299":                        "2024-07-01..2024-07-31",
		"500 crossed in July 78":                           "2024-07-01..2024-07-31",
	})
}

// A number that is compared with another has its window, some years earlier.
func TestAComparedNumberHasTheWindowOfTheOther(t *testing.T) {
	const year, half = "2024-01-01..2024-12-31; 2024-01-01..2024-12-31~ newest year-to-date", "2024-01-01..2024-06-30"
	check(t, meant, map[string]string{
		"500 crossed so far this year, against 400":                            "2024-01-01..2024-06-20~; 2023-01-01..2023-06-20~; 2022-01-01..2022-06-20~; 2021-01-01..2021-06-20~; 2020-01-01..2020-06-20~",
		"500 crossed so far this year, and 400 at the same point in 2022":      "2022-01-01..2022-06-20~",
		"500 crossed so far this year, and 400 a year earlier":                 "2024-01-01..2024-06-20~",
		"500 crossed so far this year, compared with 400 in the whole of 2024": year + "; 2024-01-01..2024-06-20~",
		"500 crossed in the first half of 2024, up 5% on 2023":                 half,
		"500 crossed in the first half of 2024, up 5%":                         half,
		"500 crossed in the first half of 2024, 5% more than the year before":  half,
		"from 400 to 500 in the first half of 2024":                            half,
		"500 crossed this year; 400 did in 2022, when it was a record":         "2022-01-01..2022-12-31; 2022-01-01..2022-12-31~ newest year-to-date; 2022-01-01..2022-06-20~",
		"In 2022 many came. 500 crossed":                                       "2022-01-01..2022-12-31; 2022-01-01..2022-12-31~ newest year-to-date",
		"500 crossed, it was said, in 2022":                                    "2022-01-01..2022-12-31; 2022-01-01..2022-12-31~ newest year-to-date",
	})
	r := read("from 400 to 500 in the first half of 2024")
	if got := r.numbers[0].when.spans[0].start.String(); got != "2023-01-01" {
		t.Errorf("before the change: %s", got)
	}
}

// A span holds its own window, one that is cut back to whole periods, and a level inside it.
func TestASpanHoldsAWindow(t *testing.T) {
	day := stat.MustDate
	w := Window{Basis: BasisYearToDate, Start: day("2025-01-06"), End: day("2025-06-15"), AskedStart: day("2025-01-01"), AskedEnd: day("2025-06-18")}
	point := Window{Basis: compare.BasisPoint, Start: day("2025-03-31"), End: day("2025-03-31")}
	jan := day("2025-01-01")
	slow := w
	slow.Slack, slow.Newest = 46, true
	for name, c := range map[string]struct {
		s    span
		w    Window
		want bool
	}{
		"asked":               {exactly(jan, day("2025-06-18")), w, true},
		"cut":                 {exactly(day("2025-01-06"), day("2025-06-15")), w, true},
		"another end":         {exactly(jan, day("2025-06-17")), w, false},
		"another start":       {exactly(day("2025-01-02"), day("2025-06-18")), w, false},
		"open":                {span{start: jan, end: day("2025-06-30"), open: true}, w, true},
		"too long ago":        {span{start: jan, end: day("2025-08-30"), open: true}, w, false},
		"after":               {span{start: jan, end: day("2025-06-14"), open: true}, w, false},
		"kind":                {span{start: jan, end: day("2025-06-18"), bases: []string{BasisDay}}, w, false},
		"inside":              {span{start: jan, end: day("2025-06-15"), inside: true}, w, true},
		"not inside":          {span{start: jan, end: day("2025-06-14"), inside: true}, w, false},
		"ending":              {span{end: day("2025-06-18"), ending: true}, w, true},
		"not ending":          {span{end: day("2025-06-19"), ending: true}, w, false},
		"newest":              {span{start: jan, end: day("2025-06-18"), newest: true}, w, false},
		"level":               {exactly(day("2025-03-31"), day("2025-03-31")), point, true},
		"level in":            {exactly(jan, day("2025-06-30")), point, true},
		"level out":           {exactly(jan, day("2025-03-30")), point, false},
		"level to":            {span{end: day("2025-03-31"), ending: true}, point, true},
		"level not to":        {span{end: day("2025-04-01"), ending: true}, point, false},
		"level, open":         {span{end: day("2025-06-30"), open: true}, point, true},
		"open, to the day":    {span{start: jan, end: day("2025-06-18"), open: true}, w, true},
		"open, cut":           {span{start: jan, end: day("2025-06-15"), open: true}, w, true},
		"open, 44 days":       {span{start: jan, end: day("2025-06-18") + 44, open: true}, w, true},
		"open, 45 days":       {span{start: jan, end: day("2025-06-18") + 45, open: true}, w, false},
		"open, 45 days, slow": {span{start: jan, end: day("2025-06-18") + 45, open: true}, slow, true},
		"kind of it":          {span{start: jan, end: day("2025-06-18"), bases: []string{BasisDay, BasisYearToDate}}, w, true},
		"newest of it":        {span{start: jan, end: day("2025-06-18"), newest: true}, slow, true},
		"inside from it":      {span{start: day("2025-01-06"), end: day("2025-12-31"), inside: true}, w, true},
		"begins before":       {span{start: day("2025-01-07"), end: day("2025-12-31"), inside: true}, w, false},
		"ending, cut":         {span{end: day("2025-06-15"), ending: true}, w, true},
		"level, to the day":   {span{end: day("2025-03-31"), open: true}, point, true},
		"level after":         {span{end: day("2025-03-30"), open: true}, point, false},
		"level, 199 days":     {span{end: day("2025-03-31") + 199, open: true}, point, true},
		"level, 200 days":     {span{end: day("2025-03-31") + 200, open: true}, point, false},
		"level, newest days":  {span{end: day("2025-04-02"), open: true, ending: true}, point, true},
		"level on its day":    {span{start: day("2025-03-31"), end: day("2025-03-31"), open: true}, point, true},
		"level on a day":      {span{start: day("2025-04-01"), end: day("2025-04-01"), open: true}, point, false},
		"level from it":       {exactly(day("2025-03-31"), day("2025-06-30")), point, true},
		"level before":        {exactly(day("2025-04-01"), day("2025-06-30")), point, false},
		"level up to it":      {exactly(jan, day("2025-03-31")), point, true},
		"level, long ago":     {span{end: day("2026-06-30"), open: true}, point, false},
		"level, a year":       {span{end: day("2025-03-31"), ending: true, bases: isRolling}, point, true},
		"level, a month":      {span{end: day("2025-03-31"), ending: true, bases: []string{compare.BasisMonth}}, point, false},
		"to date, no year":    {span{end: day("2025-06-18"), ending: true, bases: isRolling}, w, false},
	} {
		if got := c.s.holds(c.w); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
