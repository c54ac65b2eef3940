package decode

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// MaxCount is the largest count that a file may state. It equals stat.MaxCount; a test compares
// them. A larger number is a typing error or a fault of a program.
const MaxCount = 1_000_000_000

// tooLarge is the error for s, a count beyond MaxCount.
func tooLarge(s string) error {
	return fmt.Errorf("%s is %w: more than %d", Quote(s), ErrCount, MaxCount)
}

// Fold returns s with each run of white space, no-break spaces included, as one space, and none at
// its ends.
func Fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// shownCount matches a whole number as people write it, and a mark in square brackets after it.
var shownCount = regexp.MustCompile(`^(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?: ?(\[[^\[\]]{1,20}\]))?$`)

// CountText reads a count as shown to people, with or without commas between thousands, and the
// mark in square brackets that may follow it: "1,295", "389 [r]". The mark is "" if there is none.
// A count is at most MaxCount. The error wraps ErrCount and quotes the text.
func CountText(s string) (n int64, mark string, err error) {
	s = Fold(s)
	if s == "" {
		return 0, "", fmt.Errorf("an empty cell is %w", ErrCount)
	}
	m := shownCount.FindStringSubmatch(s)
	if m == nil {
		return 0, "", fmt.Errorf("%s is %w", Quote(s), ErrCount)
	}
	n, err = strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64)
	if err != nil {
		n = MaxCount + 1 // more digits than an int64 holds
	}
	if n > MaxCount {
		return 0, "", tooLarge(s)
	}
	return n, m[2], nil
}

// DateText reads a day as shown to people, "6 September 2025", in the years 1900 to 2199. The error
// wraps ErrPeriod and quotes the text.
func DateText(s string) (y int, m time.Month, d int, err error) {
	s = Fold(s)
	if s == "" {
		return 0, 0, 0, fmt.Errorf("an empty cell is %w", ErrPeriod)
	}
	t, err := time.Parse("2 January 2006", s)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return 0, 0, 0, fmt.Errorf("%s is %w", Quote(s), ErrPeriod)
	}
	y, m, d = t.Date()
	return y, m, d, nil
}
