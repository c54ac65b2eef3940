package period

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestReadSpellings reads spellings of quarters, years and spans in several languages.
func TestReadSpellings(t *testing.T) {
	for _, c := range []struct {
		form Form
		want string // first and last day, precision
		text []string
	}{
		{Form{Length: Day}, "2024-01-01 2024-01-01 day", []string{"1er janvier 2024", "1 de enero de 2024", "1. Januar 2024", "1º de enero de 2024", "1 gennaio 2024"}},
		{Form{Length: Week}, "2026-08-10 2026-08-16 week", []string{"Week 33 2026", "W33 2026", "week 33, 2026", "10 to 16 August 2026", "10-16 August 2026", "10 August - 16 August 2026", "10 August 2026 to 16 August 2026",
			"2026-08-10 to 2026-08-16", "from 10 to 16 August 2026"}},
		{Form{Length: Week}, "2026-07-28 2026-08-03 week", []string{"28 July to 3 August 2026"}},
		{Form{Length: Week, Order: "dmy"}, "2026-08-08 2026-08-14 week", []string{"08/08/2026 - 14/08/2026", "08.08.2026–14.08.2026"}},
		{Form{Length: Month}, "2022-01-01 2022-01-31 month", []string{"enero de 2022", "janv. 2022", "gen 2022", "janeiro 2022", "Jänner 2022", "01 to 31 January 2022", "Jan-22", "2022: January"}},
		{Form{Length: Month}, "2022-08-01 2022-08-31 month", []string{"août 2022", "ago 2022", "Aug-2022"}},
		{Form{Length: Month}, "2022-02-01 2022-02-28 month", []string{"fév. 2022", "févr 2022", "febbraio 2022", "feb. 2022"}},
		{Form{Length: Month, FiscalStart: 4}, "2018-12-01 2018-12-31 month", []string{"December 2018/19", "2018-19 Dec", "FY2018/19 December", "FY19 Dec"}},
		{Form{Length: Quarter}, "2022-01-01 2022-03-31 quarter", []string{"Jan to Mar 2022", "January-March 2022", "2022 Jan to Mar", "2022: Jan-Mar", "Q1 (Jan-Mar) 2022", "2022 Q1 (Jan to Mar)", "Q1 Jan-Mar 2022", "Jan 2022 to Mar 2022",
			"T1 2022", "2022 T1", "2022-T1", "1T 2022", "1er trimestre 2022", "1º trimestre 2022", "I trimestre 2022", "1. Quartal 2022", "First quarter 2022", "enero-marzo 2022", "janvier à mars 2022",
			"1 January 2022 to 31 March 2022"}},
		{Form{Length: Quarter, FiscalStart: 4}, "2018-04-01 2018-06-30 quarter", []string{"2018/19 Q1", "Q1 2018/19", "2018-19 Q1", "FY2018/19 Q1", "Q1 FY2019", "FY19 Q1", "Apr to Jun 2018/19", "2018/19 Q1 (Apr-Jun)"}},
		{Form{Length: Quarter, FiscalStart: 4}, "2019-01-01 2019-03-31 quarter", []string{"2018/19 Q4", "Jan-Mar 2018/19", "Jan to Mar 2019"}},
		{Form{Length: Year}, "2023-01-01 2023-12-31 year", []string{"2023", "year ending December 2023", "1 January 2023 to 31 December 2023", "año 2023"}},
		{Form{Length: Year, FiscalStart: 4}, "2022-04-01 2023-03-31 range", []string{"2022/23", "FY2022/23", "FY23", "FY22/23", "year ending March 2023", "1 April 2022 - 31 March 2023"}},
		{Form{Length: YearEnding}, "2022-04-01 2023-03-31 range", []string{"Year ending March 2023", "12 months to March 2023", "12 months ending 31 March 2023", "y/e Mar 2023", "YE March 2023", "rolling 12 months to March 2023",
			"April 2022 to March 2023", "1 April 2022 to 31 March 2023", "twelve months ended March 2023"}},
	} {
		wantPeriod(t, c.form, c.want, c.text)
	}
}

// TestReadNeverGuesses refuses what is a sum to date, what two years could be, and spans that are not
// whole periods.
func TestReadNeverGuesses(t *testing.T) {
	for _, c := range []struct {
		form Form
		why  string
		text []string
	}{
		{Form{Length: Month, FiscalStart: 10}, "sum to date", []string{"FY2026 (FYTD) OCT", "2026 (FYTD) OCT", "Oct 2026 YTD", "October 2026 (cumulative)", "Oct 2025 (year to date)"}},
		{Form{Length: Year, FiscalStart: 10}, "sum to date", []string{"FY2026 (FYTD)", "2026 (YTD)", "2026 to date", "2026 so far"}},
		{Form{Length: Quarter}, "fiscal year starts", []string{"2018/19 Q1", "Q1 2018-19", "FY2018 Q1", "FY18 Q1", "Jan to Mar 2018/19"}},
		{Form{Length: Month}, "fiscal year starts", []string{"April 2018/19", "FY2026 OCT", "FY26 Oct"}},
		{Form{Length: Quarter, FiscalStart: 4}, "follow each other", []string{"2018/20 Q1", "2018/18 Q1"}},
		{Form{Length: Quarter}, "not those of the quarter", []string{"Q1 (Apr-Jun) 2022", "2022 Q2 Jan to Mar"}},
		{Form{Length: Quarter}, "not a quarter", []string{"Feb to Apr 2022", "Jan to Feb 2022", "Jan-Dec 2022"}},
		{Form{Length: Year}, "another month", []string{"year ending March 2023"}},
		{Form{Length: Month}, "", []string{"22-Jan", "Jan", "January to October 2022", "01/02/22", "Jan to Mar 2022", "2 to 31 January 2022"}},
		{Form{Length: Quarter}, "", []string{"Dec 2021 to Feb 2022", "2018", "Q5 2018"}},
		{Form{Length: Day}, "declare the order", []string{"01/02/22", "01.02.22", "1-2-22"}},
		{Form{Length: Week}, "", []string{"10 to 17 August 2026", "10 to 15 August 2026", "16 to 10 August 2026"}},
		{Form{Length: YearEnding}, "", []string{"April 2022 to April 2023", "1 April 2022 to 30 March 2023", "2022/23"}},
	} {
		for _, text := range c.text {
			if p, err := c.form.Read(text); !errors.Is(err, decode.ErrPeriod) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("%+v: %q: got %v, %v; want %q", c.form, text, p, err, c.why)
			}
		}
	}
}

// TestYearPart reads years in cells of their own.
func TestYearPart(t *testing.T) {
	fiscal := Form{Length: Month, FiscalStart: 4}
	for text, want := range map[string]int{"2018/19": 2019, "2018-19": 2019, "FY2019": 2019, "FY19": 2019, "2019": 2019, "2019 (FYTD)": 2019, "2018/20": 0, "Total": 0, "19": 0} {
		if got, _ := fiscal.YearPart(text); got != want {
			t.Errorf("%q: got %d", text, got)
		}
	}
	for _, text := range []string{"2018/19", "FY2019"} {
		if y, err := (Form{Length: Month}).YearPart(text); err == nil {
			t.Errorf("%q: got %d without the month in which a fiscal year starts", text, y)
		}
	}
	for text, want := range map[string]int{"Jan to Mar": 1, "Oct-Dec": 4, "Feb to Apr": 0, "Q1": 0, "": 0} {
		if got := QuarterOfMonths(text); got != want {
			t.Errorf("%q: got %d", text, got)
		}
	}
}
