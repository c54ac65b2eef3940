package decode

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of a day in a text, without the day of the week.
var (
	isoDay = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})([-/.])(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+]00:?00)?)?$`)
	// numberDay is day, month, year, as everywhere in Europe. A year of two digits does not follow a
	// dash, because 25-08-06 may begin with the year.
	numberDay = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})$|^(\d{1,2})([/.])(\d{1,2})([/.])(\d{2})$`)
	wordDay   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([A-Za-z]+)\.?,?[ -]['’]?(\d{4}|\d{2})$`)
	monthDay  = regexp.MustCompile(`^([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)

	// weekdayFirst and weekdayLast match a word where the day of the week may be.
	weekdayFirst = regexp.MustCompile(`^([A-Za-z]{3,9})\.?,? (?:the )?(.*\d.*)$`)
	weekdayLast  = regexp.MustCompile(`^(.*\d{2})(?:,? \(([A-Za-z]{3,9})\)|, ([A-Za-z]{3,9}))$`)
)

// DateText reads a day in the years 1900 to 2199 as publishers write it: "6 September 2025",
// "Saturday 6 Sep 2025", "6th of September, 2025", "06/09/2025" and "06/09/25" (the day first),
// "2025-09-06", "2025/09/06". Two digits are a year of this century. A day of the week that is not
// that of the date is an error. The error wraps ErrPeriod and quotes the text.
func DateText(s string) (y int, m time.Month, d int, err error) {
	if y, m, d, ok := plainDay(s); ok {
		return y, m, d, nil
	}
	s = Fold(s)
	if s == "" {
		return 0, 0, 0, fmt.Errorf("an empty cell is %w", ErrPeriod)
	}
	plain, weekday := cutWeekday(strings.Map(typeset, s))
	year, month, day := partsOf(plain)
	y, _ = strconv.Atoi(year)
	if len(year) == 2 {
		y += 2000
	}
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

// plainDay reads a day such as "2025-09-06". Most files write their days so, and files have many
// rows. ok is false for any other text.
func plainDay(s string) (y int, m time.Month, d int, ok bool) {
	if len(s) != len(time.DateOnly) {
		return 0, 0, 0, false
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return 0, 0, 0, false
	}
	return t.Year(), t.Month(), t.Day(), true
}

// cutWeekday returns a text without the day of the week before or after the date, and that day.
func cutWeekday(s string) (rest, weekday string) {
	if x := weekdayFirst.FindStringSubmatch(s); x != nil && isWeekday(x[1]) {
		return x[2], x[1]
	}
	if x := weekdayLast.FindStringSubmatch(s); x != nil && isWeekday(x[2]+x[3]) {
		return x[1], x[2] + x[3]
	}
	return s, ""
}

// isWeekday reports whether a word is a day of the week or its usual abbreviation.
func isWeekday(word string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if names(word, d.String()) {
			return true
		}
	}
	return false
}

// partsOf returns the parts of a day as written, or empty ones.
func partsOf(s string) (year, month, day string) {
	if x := isoDay.FindStringSubmatch(s); x != nil && x[2] == x[4] {
		return x[1], x[3], x[5]
	}
	if x := numberDay.FindStringSubmatch(s); x != nil && x[2]+x[7] == x[4]+x[9] {
		return x[5] + x[10], x[3] + x[8], x[1] + x[6]
	}
	if x := wordDay.FindStringSubmatch(s); x != nil {
		return x[3], x[2], x[1]
	}
	if x := monthDay.FindStringSubmatch(s); x != nil {
		return x[3], x[1], x[2]
	}
	return "", "", ""
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
