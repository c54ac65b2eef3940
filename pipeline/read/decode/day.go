package decode

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of a day in a text.
var (
	isoDay = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?$`)
	// numberDay is day, month, year, as everywhere in Europe.
	numberDay = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})$`)
	wordDay   = regexp.MustCompile(`^(?:([A-Za-z]+),? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]+)\.?,?[ -](\d{4})$`)
	monthDay  = regexp.MustCompile(`^(?:([A-Za-z]+),? )?([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
)

// DateText reads a day in the years 1900 to 2199 as publishers write it: "6 September 2025",
// "Saturday 6 Sep 2025", "6th September, 2025", "06/09/2025" (the day first), "2025-09-06". A day of
// the week that is not that of the date is an error. The error wraps ErrPeriod and quotes the text.
func DateText(s string) (y int, m time.Month, d int, err error) {
	s = Fold(s)
	if s == "" {
		return 0, 0, 0, fmt.Errorf("an empty cell is %w", ErrPeriod)
	}
	var year, month, day, weekday string
	if x := isoDay.FindStringSubmatch(s); x != nil {
		year, month, day = x[1], x[2], x[3]
	} else if x := numberDay.FindStringSubmatch(s); x != nil && x[2] == x[4] {
		year, month, day = x[5], x[3], x[1]
	} else if x := wordDay.FindStringSubmatch(s); x != nil {
		year, month, day, weekday = x[4], x[3], x[2], x[1]
	} else if x := monthDay.FindStringSubmatch(s); x != nil {
		year, month, day, weekday = x[4], x[2], x[3], x[1]
	}
	y, _ = strconv.Atoi(year)
	d, _ = strconv.Atoi(day)
	m = monthOf(month)
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if y < 1900 || y > 2199 || m == 0 || t.Day() != d || t.Month() != m {
		return 0, 0, 0, fmt.Errorf("%s is %w", Quote(s), ErrPeriod)
	}
	if weekday != "" && !names(weekday, t.Weekday().String()) {
		return 0, 0, 0, fmt.Errorf("%s is %w: that day is a %s", Quote(s), ErrPeriod, t.Weekday())
	}
	return y, m, d, nil
}

// monthOf returns the month of a number or name, or 0.
func monthOf(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		if n < 1 || n > 12 {
			return 0
		}
		return time.Month(n)
	}
	return MonthNamed(s)
}

// MonthNamed returns the month of an English name or its usual abbreviation, at least three letters
// from its beginning, or 0.
func MonthNamed(s string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if names(s, m.String()) {
			return m
		}
	}
	return 0
}

// names reports whether s is a name or its usual abbreviation: at least three letters from its
// beginning.
func names(s, name string) bool {
	return len(s) >= 3 && len(s) <= len(name) && strings.EqualFold(s, name[:len(s)]) || strings.EqualFold(s, "Weds") && name == "Wednesday"
}
