package source

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// TestBankHolidays compares the list with gov.uk/bank-holidays, in years that have
// holidays of their own, moved ones and substitutes.
func TestBankHolidays(t *testing.T) {
	years := map[int][]string{}
	for _, d := range holidays() {
		years[d.Year()] = append(years[d.Year()], d.String()[5:])
	}
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
		if got := strings.Join(years[year], " "); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}

// TestListOfBankHolidays checks what must hold of every year of the list: no year is
// missing, eight days or more, in order, none at a weekend, Good Friday before Easter Monday.
func TestListOfBankHolidays(t *testing.T) {
	inYear, last := map[int]int{}, stat.Date(0)
	for i, d := range holidays() {
		inYear[d.Year()]++
		if w := d.Weekday(); d <= last || w == time.Saturday || w == time.Sunday {
			t.Errorf("%s is a %s and follows %s", d, w, last)
		}
		if w := d.Weekday(); w == time.Friday && (d.Month() == time.March || d.Month() == time.April) && holidays()[i+1] != d+3 {
			t.Errorf("%s is followed by %s", d, holidays()[i+1])
		}
		last = d
	}
	for y := holidays()[0].Year(); y <= last.Year(); y++ {
		if inYear[y] < 8 {
			t.Errorf("%d has %d bank holidays", y, inYear[y])
		}
	}
	if len(inYear) != 41 {
		t.Errorf("the list has %d years", len(inYear))
	}
}

func TestCountOfBankHolidays(t *testing.T) {
	for _, c := range []struct {
		after, until string
		want         int
	}{
		{"2025-12-19", "2026-01-02", 3}, {"2025-12-25", "2025-12-26", 1}, {"2025-12-24", "2025-12-24", 0}, {"2026-04-02", "2026-04-06", 2},
		{"2026-04-06", "2026-04-02", 0}, {"2049-12-24", "2050-01-31", 3}, {"2009-12-31", "2010-01-01", 1},
	} {
		if n := bankHolidays(stat.MustDate(c.after), stat.MustDate(c.until)); n != c.want {
			t.Errorf("after %s until %s: %d, want %d", c.after, c.until, n, c.want)
		}
	}
	if bankHolidays(0, stat.MustDate("2026-01-01")) != 0 {
		t.Error("there are none since no day")
	}
}
