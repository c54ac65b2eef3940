package period

import (
	"errors"
	"testing"

	"crossings/pipeline/read/decode"
)

// wantPeriod reads texts that all mean the same: first and last day, and precision.
func wantPeriod(t *testing.T, form Form, want string, texts []string) {
	t.Helper()
	for _, text := range texts {
		p, err := form.Read(text)
		if got := p.Start.String() + " " + p.End.String() + " " + string(p.Precision); err != nil || got != want {
			t.Errorf("%+v: %q: got %s, %v; want %s", form, text, got, err, want)
		}
	}
}

// TestRead reads every spelling of every length.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		form Form
		want string // first to last day, precision
		text []string
	}{
		{Form{Length: Day, Order: "dmy"}, "2026-08-15 2026-08-15 day", []string{"2026-08-15", "20260815", "15/08/2026", "15.8.2026", "15-08-26", "15 August 2026",
			"Saturday 15 August 2026", "Sat, 15 Aug 2026", "15th of August, 2026", "August 15, 2026", "15-Aug-26", "15 Aug. 2026", "2026-08-15T00:00:00", "2026-08-15 00:00", "15 August 2026 [r]", "15 agosto 2026"}},
		{Form{Length: Day, Order: "mdy"}, "2026-02-01 2026-02-01 day", []string{"02/01/2026", "2/1/26", "2026-02-01"}},
		{Form{Length: Week, Names: "last"}, "2026-08-10 2026-08-16 week", []string{"16 August 2026", "2026-W33", "2026 W33", "week ending 16 August 2026", "Week commencing 10 August 2026", "w/e 16 Aug 2026"}},
		{Form{Length: Week, Names: "first"}, "2020-12-28 2021-01-03 week", []string{"2020-W53", "2020-12-28"}},
		{Form{Length: Month}, "2014-01-01 2014-01-31 month", []string{"Jan-2014", "Jan 2014", "January 2014", "JAN-14", "Jan '14", "2014-01", "2014M01", "2014m1", "201401", "01/2014", "1-2014", "2014 January",
			"January, 2014", "2014-01-01", "31 January 2014", "enero 2014", "Jan–2014", "Jan\u00a02014", "1 January 2014"}},
		{Form{Length: Month, FiscalStart: 10}, "2025-10-01 2025-10-31 month", []string{"FY2026 OCT", "FY26 Oct", "2026 OCT"}},
		{Form{Length: Month, FiscalStart: 10}, "2026-09-01 2026-09-30 month", []string{"FY2026 SEP"}},
		{Form{Length: Quarter}, "2018-01-01 2018-03-31 quarter", []string{"2018 Q1", "2018Q1", "2018-Q1", "Q1 2018", "Q1-2018", "Q1/2018", "2018 Quarter 1", "1st quarter 2018", "Jan to Mar 2018", "January - March 2018",
			"Jan–Mar 2018", "2018-01-01", "31 March 2018", "q1 2018 [p]"}},
		{Form{Length: Quarter, FiscalStart: 4}, "2018-01-01 2018-03-31 quarter", []string{"FY2018 Q4"}},
		{Form{Length: Year}, "2018-01-01 2018-12-31 year", []string{"2018", "2018.0", " 2018 ", "2018 [note 2]", "31 December 2018"}},
		{Form{Length: Year, FiscalStart: 4}, "2017-04-01 2018-03-31 range", []string{"2017/18", "2017-18", "2017/2018", "FY2018", "2018"}},
		{Form{Length: Year, FiscalStart: 4}, "1999-04-01 2000-03-31 range", []string{"1999/00", "1999-2000"}},
		{Form{Length: YearEnding}, "2025-07-01 2026-06-30 range", []string{"year ending June 2026", "Year ended 30 June 2026", "YE Jun 2026", "June 2026", "12 months to June 2026"}},
		{Form{Length: YearEnding}, "2024-03-01 2025-02-28 range", []string{"year ending February 2025"}},
		{Form{Length: YearEnding}, "2023-03-01 2024-02-29 range", []string{"year ending February 2024"}},
		{Form{Length: YearEnding}, "2025-01-01 2025-12-31 year", []string{"year ending December 2025"}},
	} {
		wantPeriod(t, c.form, c.want, c.text)
	}
}

// TestReadRefuses reads texts that are no period of their length, or could mean two.
func TestReadRefuses(t *testing.T) {
	for _, c := range []struct {
		form Form
		text []string
	}{
		{Form{Length: Day}, []string{"", "01/02/2026", "2026", "Jan 2026", "31 February 2026", "2026-02-29", "15 Foo 2026", "Total", "2026-08-15T08:00:00"}},
		{Form{Length: Day, Order: "dmy"}, []string{"02/13/2026", "1/2/3"}},
		{Form{Length: Week}, []string{"16 August 2026", "2021-W53", "2026"}},
		{Form{Length: Month}, []string{"2014", "14 January 2014", "FY2026 OCT", "2014-13", "13/2014", "Total", "Q1 2014", "year ending June 2026", "01/02/2014", "20141", "201400"}},
		{Form{Length: Quarter}, []string{"2018", "Q5 2018", "Feb to Apr 2018", "Dec 2017 to Feb 2018", "FY2018 Q1", "2018-03-01", "Jan 2018"}},
		{Form{Length: Year}, []string{"2017/18", "FY2018", "Total", "20180", "18", "2018 Q1", "Jan 2018"}},
		{Form{Length: Year, FiscalStart: 4}, []string{"2017/19", "2017/17"}},
		{Form{Length: YearEnding}, []string{"2018", "Q1 2018"}},
	} {
		for _, text := range c.text {
			if p, err := c.form.Read(text); !errors.Is(err, decode.ErrPeriod) {
				t.Errorf("%+v: %q: got %v, %v", c.form, text, p, err)
			}
		}
	}
}

// TestParts reads a year, a month and a quarter in cells of their own.
func TestParts(t *testing.T) {
	for text, want := range map[string]int{"2026": 2026, "FY2026": 2026, "FY 26": 2026, "2026 (FYTD)": 2026, "2026.0": 2026, "26": 0, "Total": 0, "": 0} {
		if got := YearNumber(text); got != want {
			t.Errorf("year %q: got %d", text, got)
		}
	}
	for text, want := range map[string]int{"OCT": 10, "1": 1, "01": 1, "12.0": 12, "13": 0, "0": 0, "M03": 3, "Sept.": 9, "": 0} {
		if got := MonthNumber(text); got != want {
			t.Errorf("month %q: got %d", text, got)
		}
	}
	for text, want := range map[string]int{"Q1": 1, "4": 4, "2nd quarter": 2, "Quarter 3": 3, "5": 0, "Q": 0} {
		if got := QuarterNumber(text); got != want {
			t.Errorf("quarter %q: got %d", text, got)
		}
	}
}

// FuzzRead reads any text in any form: it never panics, and what it reads is a period.
func FuzzRead(f *testing.F) {
	f.Add("FY2026 OCT", uint8(2))
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		forms := []Form{{Length: Day, Order: "dmy"}, {Length: Week}, {Length: Month, FiscalStart: 10}, {Length: Quarter, FiscalStart: 2}, {Length: Year, FiscalStart: 4}, {Length: YearEnding}}
		if p, err := forms[int(n)%len(forms)].Read(text); err == nil && p.Validate() != nil {
			t.Errorf("%q: %v", text, p)
		}
	})
}
