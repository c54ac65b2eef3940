package source

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

const (
	weekdayWords = `(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? )?`
	ordinalWords = `\d{1,2}(?:st|nd|rd|th)?`
	dayWords     = weekdayWords + ordinalWords + ` [a-z]+,? \d{4}`
	// firstWords is a day that may leave out what the day after it says.
	firstWords = weekdayWords + ordinalWords + `(?: [a-z]+)?(?:,? \d{4})?`
)

var (
	// spanForm matches the first and last day of a span, in Words.
	spanForm = regexp.MustCompile(`\bbetween (` + firstWords + `) and (` + dayWords + `)\b|\b(` + firstWords + `)(?: to | until | up to | up to and including |-)(` + dayWords + `)\b`)
	// weekForm matches the day with which a week begins or ends.
	weekForm = regexp.MustCompile(`\bweek (ending|ended|commencing|beginning|starting)(?: on| in)?(?: the)?:?-? ?(` + dayWords + `|[a-z]+ ` + ordinalWords + `,? \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)`)
	// dayOnly, hasYear and endMonth say what a day leaves out.
	dayOnly  = regexp.MustCompile(`^` + weekdayWords + ordinalWords + `$`)
	hasYear  = regexp.MustCompile(`\d{4}$`)
	endMonth = regexp.MustCompile(`[a-z]+,? \d{4}$`)
)

// Span returns the first and last day of the span that a text states: "18 to 24 April 2022", "26
// December 2022 – 1 January 2023", "between 6 August 2025 and 30 June 2026". The month or year of
// the first day may be given once, with the last. It returns zero dates for a text without a span.
// The error wraps decode.ErrPeriod.
func Span(text string) (first, last stat.Date, err error) {
	m := spanForm.FindStringSubmatch(decode.Words(text))
	if m == nil {
		return 0, 0, nil
	}
	from, to := m[1]+m[3], m[2]+m[4]
	if last, err = LongDate(to); err != nil {
		return 0, 0, err
	}
	switch {
	case dayOnly.MatchString(from):
		first, err = LongDate(from + " " + endMonth.FindString(to))
	case hasYear.MatchString(from):
		first, err = LongDate(from)
	default: // the last such day before
		first, err = LongDate(fmt.Sprintf("%s %d", from, last.Year()))
		if err != nil || first > last {
			first, err = LongDate(fmt.Sprintf("%s %d", from, last.Year()-1))
		}
	}
	if err == nil && last < first {
		err = fmt.Errorf("%s is before %s: %w", last.Long(), first.Long(), decode.ErrPeriod)
	}
	if err != nil {
		return 0, 0, err
	}
	return first, last, nil
}

// Week returns the Sunday that ends the week that a text states: "Week ending 14 June 2026", "week
// commencing Monday 8 June 2026", "8 to 14 June 2026". It returns the zero date for a text without a
// week. The error wraps decode.ErrPeriod.
func Week(text string) (stat.Date, error) {
	words := decode.Words(text)
	m := weekForm.FindStringSubmatch(words)
	if m == nil {
		if first, last, err := Span(text); err == nil && !first.IsZero() && last == first.AddDays(6) && last.Weekday() == time.Sunday {
			return last, nil
		}
		if at := strings.Index(words, "week ending "); at >= 0 {
			return 0, fmt.Errorf("%s is %w", decode.Quote(words[at+len("week ending "):]), decode.ErrPeriod)
		}
		return 0, nil
	}
	day, err := LongDate(m[2])
	if err != nil {
		return 0, err
	}
	begins := m[1] != "ending" && m[1] != "ended"
	switch d := day.Weekday(); {
	case begins && d != time.Monday:
		return 0, fmt.Errorf("the week beginning %s begins on a %s, want a Monday: %w", day.Long(), d, decode.ErrPeriod)
	case begins:
		return day.AddDays(6), nil
	case d != time.Sunday:
		return 0, fmt.Errorf("the week ending %s ends on a %s, want a Sunday: %w", day.Long(), d, decode.ErrPeriod)
	}
	return day, nil
}
