package iommissingmigrants

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestDates reads dates as the releases and the people who write them have them. The year and the
// month next to them are 2023 and May.
func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2023-05-06": "2023-05-06 2023-05-06 day", "2023-05-06T22:00:00.000Z": "2023-05-06 2023-05-06 day", "2023-05-06 00:00:00": "2023-05-06 2023-05-06 day",
		"6-May-23": "2023-05-06 2023-05-06 day", "06-May-2023": "2023-05-06 2023-05-06 day", "May 06, 2023": "2023-05-06 2023-05-06 day", "May 6 2023": "2023-05-06 2023-05-06 day",
		"6 May 2023": "2023-05-06 2023-05-06 day", "6th of May 2023": "2023-05-06 2023-05-06 day", "Saturday, 6th May, 2023": "2023-05-06 2023-05-06 day", "Sat 6 May": "2023-05-06 2023-05-06 day",
		"6 Sept. 2023": "2023-09-06 2023-09-06 day", "6.05.2023": "2023-05-06 2023-05-06 day", "6/5/2023": "2023-05-06 2023-05-06 day", "06-05-2023": "2023-05-06 2023-05-06 day",
		"Sat, 05/06/2023 - 12:00": "2023-05-06 2023-05-06 day", "on 6 May 2023": "2023-05-06 2023-05-06 day",

		"May 2023": "2023-05-01 2023-05-31 month", "May-23": "2023-05-01 2023-05-31 month", "2023-05": "2023-05-01 2023-05-31 month", "05/2023": "2023-05-01 2023-05-31 month",
		"2023-05-??": "2023-05-01 2023-05-31 month", "??/05/2023": "2023-05-01 2023-05-31 month", "??.05.2023": "2023-05-01 2023-05-31 month", "In May 2023": "2023-05-01 2023-05-31 month",
		"early May 2023": "2023-05-01 2023-05-31 month", "mid-May 2023": "2023-05-01 2023-05-31 month", "end of May": "2023-05-01 2023-05-31 month", "about 6 May 2023": "2023-05-01 2023-05-31 month",
		"first week of May 2023": "2023-05-01 2023-05-31 month", "May": "2023-05-01 2023-05-31 month", "1 May 2023 to 31 May 2023": "2023-05-01 2023-05-31 month",
		"2023": "2023-01-01 2023-12-31 year", "during 2023": "2023-01-01 2023-12-31 year", "2023-??-??": "2023-01-01 2023-12-31 year", "??/??/2023": "2023-01-01 2023-12-31 year",

		"between 1 and 5 May 2023": "2023-05-01 2023-05-05 range", "Between 1 and 5 May": "2023-05-01 2023-05-05 range", "1-5 May 2023": "2023-05-01 2023-05-05 range",
		"1 – 5 May 2023": "2023-05-01 2023-05-05 range", "1st to 5th May 2023": "2023-05-01 2023-05-05 range", "from 1 May 2023 until 5 May 2023": "2023-05-01 2023-05-05 range",
		"May 1-5, 2023": "2023-05-01 2023-05-05 range", "May 1 and May 5, 2023": "2023-05-01 2023-05-05 range", "8-9.03.2023": "2023-03-08 2023-03-09 range",
		"28 April - 2 May 2023": "2023-04-28 2023-05-02 range", "2023-05-01/2023-05-05": "2023-05-01 2023-05-05 range", "2023-05-01 to 2023-05-05": "2023-05-01 2023-05-05 range",
		"01/05/2023 - 05/05/2023": "2023-05-01 2023-05-05 range", "1-5": "2023-05-01 2023-05-05 range", "May/June 2023": "2023-05-01 2023-06-30 range",
		"28 December to 3 January 2023": "2022-12-28 2023-01-03 range", "Dec 2022 - Jan 2023": "2022-12-01 2023-01-31 range", "6 May 2023 - 6 May 2023": "2023-05-06 2023-05-06 day",
		"Mon 1 May - Fri 5 May 2023": "2023-05-01 2023-05-05 range",

		"": "", "soon": "", "before 5 May 2023": "", "5 to 1 May 2023": "", "31 April 2023": "", "2023-02-30": "", "2023-13-01": "", "32 May 2023": "", "6 Mai 2023 or later": "", "1/5": "",
		"6": "", "2022-2024": "", "44962": "", "0": "", "0.0": "", "Feb 30 - Mar 2, 2023": "", "6/5-2023": "", "unknown": "", "1, 3 and 5 May 2023": "",
	} {
		p, err := dates{func() (bool, error) { return true, nil }}.period(text, partial{y: 2023, m: 5})
		got := ""
		if err == nil {
			got = fmt.Sprintf("%s %s %s", p.Start, p.End, p.Precision)
		} else if !errors.Is(err, decode.ErrPeriod) {
			t.Errorf("%q: error %v", text, err)
		}
		if got != want {
			t.Errorf("%q: %q, want %q (%v)", text, got, want, err)
		}
	}
}

// TestWhereADateCounts checks that an incident counts in the months and years that hold the whole of
// its date, and in no other, and that its row says what the publisher wrote.
func TestWhereADateCounts(t *testing.T) {
	frame := []values{on("2021-01-01", "100"), on("2024-03-01", "100")}
	for _, c := range []struct {
		date, year, month string
		period, mark      string
		may, of2022       string // the sums of May 2022 and of the year
		code              string
	}{
		{"2022-05-06", "2022", "May", "2022-05-06 2022-05-06 day", "", "5", "5", ""},
		{"between 1 and 5 May", "2022", "May", "2022-05-01 2022-05-05 range", "between 1 and 5 May", "5", "5", "date-span"},
		{"May 2022", "2022", "", "2022-05-01 2022-05-31 month", "May 2022", "5", "5", "date-span"},
		{"28 April - 2 May 2022", "2022", "May", "2022-04-28 2022-05-02 range", "28 April - 2 May 2022", "0", "5", "date-span"},
		{"2022", "2022", "", "2022-01-01 2022-12-31 year", "2022", "0", "5", "date-span"},
		{"28 Dec 2021 - 3 Jan 2022", "2022", "", "2021-12-28 2022-01-03 range", "28 Dec 2021 - 3 Jan 2022", "0", "0", "date-span two-years"},
		{"unknown", "2022", "May", "2022-05-01 2022-05-31 month", "unknown", "5", "5", "blank-date"},
		{"1-5 June 2022", "2022", "May", "2022-01-01 2022-12-31 year", "1-5 June 2022", "0", "5", "month-contradicts"},
	} {
		row := values{"Incident Date": c.date, "Incident Year": c.year, "Month": c.month, "Number of Dead": "5", "Minimum Estimated Number of Missing": "", "Total Number of Dead and Missing": "5"}
		r, err := decodeRows(t, "2024", append(frame, row)...)
		if err != nil || len(r.Excluded) != 0 {
			t.Errorf("%s: rejects %+v, error %v", c.date, r.Excluded, err)
			continue
		}
		got := event(t, r, "3")
		if p := got["period_start"] + " " + got["period_end"] + " " + got["precision"]; p != c.period || got["publisher_mark"] != c.mark {
			t.Errorf("%s: %s, mark %q; want %s, %q", c.date, p, got["publisher_mark"], c.period, c.mark)
		}
		if may, year := figureOf(r, "dead", stat.Total, stat.Month(2022, 5)), figureOf(r, "dead", stat.Total, stat.Year(2022)); may != c.may+" P" || year != c.of2022+" P" {
			t.Errorf("%s: %s in May and %s in 2022, want %s and %s", c.date, may, year, c.may, c.of2022)
		}
		var codes []string
		for _, f := range r.Findings {
			if f.Code != "ends-early" {
				codes = append(codes, f.Code)
			}
		}
		if strings.Join(codes, " ") != c.code {
			t.Errorf("%s: findings %v, want %s", c.date, codes, c.code)
		}
	}
}

// TestTwoColumnsOfDates reads the first and the last day from two columns.
func TestTwoColumnsOfDates(t *testing.T) {
	for _, c := range []struct{ start, end, want string }{
		{"2021-01-09", "2021-01-12", "2021-01-09 2021-01-12 range"},
		{"2021-01-09", "", "2021-01-09 2021-01-09 day"},
		{"2021-01-09", "unknown", "2021-01-09 2021-01-09 day"},
		{"2021-01-01", "2021-01-31", "2021-01-01 2021-01-31 month"},
		{"2021-01-09", "2021-01-08", ""},
		{"2021-01-09", "later", ""},
	} {
		rows := grid(t, "2024", values{"Incident Date": c.start})
		header := append([]string{"End Date"}, rows[0]...)
		header[5] = "Start date"
		r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, [][]string{header, append([]string{c.end}, rows[1]...)}), Release: released("2026-05-06")})
		if err != nil || len(r.Excluded) != 0 != (c.want == "") {
			t.Errorf("%s to %s: rejects %+v, error %v", c.start, c.end, r.Excluded, err)
			continue
		}
		if c.want == "" {
			continue
		}
		got := event(t, r, "1")
		if p := got["period_start"] + " " + got["period_end"] + " " + got["precision"]; p != c.want {
			t.Errorf("%s to %s: %s, want %s", c.start, c.end, p, c.want)
		}
	}
}

// TestOrderOfDayAndMonth checks that the whole file says which of the two comes first in dates such
// as 05/11/2021, and that a file that does not is refused.
func TestOrderOfDayAndMonth(t *testing.T) {
	day := func(date, month string) values {
		return values{"Incident Date": date, "Incident Year": "", "Month": month}
	}
	many := func(n int, of values, more ...values) []values {
		for range n {
			more = append(more, of)
		}
		return more
	}
	for _, c := range []struct {
		name string
		rows []values
		want string // the day of the last row
	}{
		{"a day past the twelfth in front", []values{day("25/12/2021", ""), day("05/11/2021", "")}, "2021-11-05"},
		{"one behind", []values{day("12/25/2021", ""), day("05/11/2021", "")}, "2021-05-11"},
		{"the month next to it", []values{day("05/11/2021", "November")}, "2021-11-05"},
		{"the number of the month next to it", []values{day("05/11/2021", "5")}, "2021-05-11"},
		{"one typing error of many", many(99, day("25/12/2021", ""), day("12/25/2021", "")), "2021-12-25"},
	} {
		r, err := decodeRows(t, "2024", c.rows...)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := event(t, r, fmt.Sprint(len(c.rows)))["period_start"]; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	refuse := sourcetest.Refuses(t, &Source)
	refuse("no order", sourcetest.File{Name: "a.csv", Data: text(t, grid(t, "2024", day("05/11/2021", "")))}, decode.ErrPeriod, `column "Incident Date": no date of the file says which of the two comes first`)
	refuse("two orders", sourcetest.File{Name: "a.csv", Data: text(t, grid(t, "2024", day("25/12/2021", ""), day("12/25/2021", "")))}, decode.ErrPeriod, "1 dates have the day first and 1 the month")
}
