package stat

import (
	"testing"
	"time"
)

// TestDaysAreWrittenAsByTime compares the digits of days of all lengths of years with those that package time
// writes.
func TestDaysAreWrittenAsByTime(t *testing.T) {
	for _, year := range []int{-12345, -1, 0, 1, 9, 10, 99, 100, 999, 1000, 1969, 1970, 2000, 2024, 9999, 10000, 123456} {
		for _, day := range []Date{NewDate(year, time.January, 1), NewDate(year, time.February, 28).AddDays(1), NewDate(year, time.October, 9), NewDate(year, time.December, 31)} {
			if want := day.Time().Format(time.DateOnly); !day.IsZero() && day.String() != want {
				t.Errorf("%q, want %q", day, want)
			}
		}
	}
}
