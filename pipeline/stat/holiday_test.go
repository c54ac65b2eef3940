package stat

import (
	"slices"
	"strings"
	"testing"
)

// TestBankHolidays compares with the list on gov.uk/bank-holidays, and with the years
// that had holidays of their own.
func TestBankHolidays(t *testing.T) {
	for year, want := range map[int]string{
		2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
		2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
		2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
		2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
		2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
	} {
		days := bankHolidays(year)
		slices.Sort(days)
		var got []string
		for _, d := range days {
			got = append(got, d.String()[5:])
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%d: %s, want %s", year, text, want)
		}
	}
	for _, c := range []struct {
		after, until string
		want         int
	}{{"2025-12-19", "2026-01-02", 3}, {"2025-12-25", "2025-12-26", 1}, {"2025-12-24", "2025-12-24", 0}, {"2026-04-02", "2026-04-06", 2}} {
		if n := BankHolidays(MustDate(c.after), MustDate(c.until)); n != c.want {
			t.Errorf("after %s until %s: %d, want %d", c.after, c.until, n, c.want)
		}
	}
	if BankHolidays(0, MustDate("2026-01-01")) != 0 {
		t.Error("there are none since no day")
	}
}
