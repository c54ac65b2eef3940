package iommissingmigrants

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"crossings/pipeline/read/dayorder"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// partial is a date that may lack its day, month or year, which are 0 then.
type partial struct {
	y, d int
	m    time.Month
}

// dates reads the dates of one file.
type dates struct {
	// order returns whether the day comes before the month in dates such as 05/11/2015. It is asked
	// only if there are any.
	order func() (dayFirst bool, err error)
}

// period reads a date: a day, a month, a year, or a span from one to another. What it lacks is as
// in known, which the columns next to it state. A date that says that it is an estimate is no
// finer than a month. The error wraps decode.ErrPeriod.
func (d dates) period(text string, known partial) (stat.Period, error) {
	if day, err := stat.ParseDate(text); err == nil {
		return stat.Day(day), nil
	}
	s := plainDate(text)
	if p, err := d.single(s, text, known); err == nil || errors.Is(err, dayorder.ErrOrder) || errors.Is(err, errWeekday) {
		return p, err
	}
	if rest := vague.ReplaceAllString(s, ""); rest != s {
		p, err := d.single(rest, text, known)
		if err == nil && p.Precision == stat.PrecisionDay {
			p = stat.Month(p.Start.Year(), p.Start.Month())
		}
		return p, err
	}
	for _, sep := range separators {
		for at := strings.Index(s, sep); at > 0; {
			if p, err := d.span(s[:at], s[at+len(sep):], sep, known); err == nil || errors.Is(err, dayorder.ErrOrder) {
				return p, err
			}
			next := strings.Index(s[at+len(sep):], sep)
			if next < 0 {
				break
			}
			at += len(sep) + next
		}
	}
	return stat.Period{}, notDate(text)
}

func notDate(s string) error { return fmt.Errorf("%q is %w", short(s), decode.ErrPeriod) }

// The words around dates, in the form of plainDate.
var (
	// vague matches words that say that a date is an estimate, or only part of a month.
	vague = regexp.MustCompile(`^(?:(?:on or about|about|around|approximately|approx\.?|circa|ca?\.?|early|mid|late|unknown (?:day|date) (?:in|of)|` +
		`(?:the )?(?:start|beginning|middle|end|(?:first|second|third|fourth|last) (?:week|half|days)) of)[ -])+`)
	// between matches the words before a date or span that mean no estimate.
	between = regexp.MustCompile(`^(?:between|from|in|during|on) `)
	// separators are the words and signs between the ends of a span.
	separators = []string{" and ", " to ", " until ", " till ", " through ", " & ", "-", "/"}
	timeOfDay  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$`)
	websites   = regexp.MustCompile(`^([a-z]{3,9}),? (\d{1,2}/\d{1,2}/\d{4})(?:-\d{1,2}:\d{2})?$`)
	weekday    = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? `)
	ordinal    = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b(?: of\b)?`)
)

// plainDate returns a date in lower case, with plain dashes and single spaces.
func plainDate(s string) string {
	s = decode.Words(s)
	if strings.ContainsFunc(s, unicode.IsLetter) {
		s = ordinal.ReplaceAllString(s, "$1")
		if !vague.MatchString(s) {
			s = between.ReplaceAllString(s, "")
		}
	}
	return strings.TrimSuffix(s, ",")
}

// single reads a day, a month or a year. The text is as written, for errors.
func (d dates) single(s, text string, known partial) (stat.Period, error) {
	if m := timeOfDay.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	rest := s
	if strings.ContainsFunc(s, unicode.IsLetter) {
		if websites.MatchString(s) {
			return website(s, text)
		}
		rest = weekday.ReplaceAllString(s, "")
	}
	x, err := d.part(rest)
	if err != nil {
		return stat.Period{}, err
	}
	if x.m == 0 && (x.y == 0 || x.d > 0) {
		return stat.Period{}, notDate(text) // a day of no month
	}
	p, err := x.with(known).period()
	if err == nil && rest != s && (p.Precision != stat.PrecisionDay || !strings.EqualFold(s[:3], p.Start.Weekday().String()[:3])) {
		return stat.Period{}, fmt.Errorf("%q is a %s: %w", short(text), p.Start.Weekday(), errWeekday)
	}
	return p, err
}

// span reads the ends of a span. What one end lacks is as in the other, or as in known.
func (d dates) span(from, to, sep string, known partial) (stat.Period, error) {
	a, err := d.part(weekday.ReplaceAllString(strings.TrimSpace(from), ""))
	if err != nil {
		return stat.Period{}, err
	}
	b, err := d.part(weekday.ReplaceAllString(strings.TrimSpace(to), ""))
	if err != nil {
		return stat.Period{}, err
	}
	if a.d > 0 != (b.d > 0) || sep == "/" && a.m == 0 {
		return stat.Period{}, notDate(from) // "May-5" and "1/5" are no spans
	}
	inferred := a.y == 0 && a.m > 0 && b.y > 0
	b = b.with(partial{a.y, 0, a.m}).with(known)
	a = a.with(partial{b.y, 0, b.m}).with(known)
	start, err := a.period()
	if err != nil {
		return start, err
	}
	end, err := b.period()
	if err != nil {
		return end, err
	}
	if start.Start > end.End && inferred { // 28 December to 3 January 2023
		a.y--
		if start, err = a.period(); err != nil {
			return start, err
		}
	}
	return spanOf(start, end)
}

// longest is the most days of a span. A longer one is a typing error.
const longest = 366

// spanOf returns the time from the start of one period to the end of another: a day, a month or a
// year if it is just that, and otherwise a span.
func spanOf(start, end stat.Period) (stat.Period, error) {
	p := stat.Period{Start: start.Start, End: end.End, Precision: stat.PrecisionRange}
	y, m, _ := p.Start.YMD()
	switch {
	case p.End < p.Start || p.Days() > longest:
		return stat.Period{}, fmt.Errorf("%s to %s is %w", p.Start, p.End, decode.ErrPeriod)
	case p.Days() == 1:
		return stat.Day(p.Start), nil
	case p.Start == stat.Month(y, m).Start && p.End == stat.Month(y, m).End:
		return stat.Month(y, m), nil
	case p.Start == stat.Year(y).Start && p.End == stat.Year(y).End:
		return stat.Year(y), nil
	}
	return p, nil
}

// with returns x with what it lacks as in known: the year, and the month if it has a day.
func (x partial) with(known partial) partial {
	x.y = cmp.Or(x.y, known.y)
	if x.d > 0 {
		x.m = cmp.Or(x.m, known.m)
	}
	return x
}

// period returns the day, month or year.
func (x partial) period() (stat.Period, error) {
	if x.y < 1900 || x.y > 2199 || x.d > 0 && x.m == 0 {
		return stat.Period{}, fmt.Errorf("a day without its month or year is %w", decode.ErrPeriod)
	}
	switch {
	case x.m == 0:
		return stat.Year(x.y), nil
	case x.d == 0:
		return stat.Month(x.y, x.m), nil
	}
	day := stat.NewDate(x.y, x.m, x.d)
	if _, m, d := day.YMD(); m != x.m || d != x.d {
		return stat.Period{}, fmt.Errorf("%d-%02d-%02d is %w", x.y, x.m, x.d, decode.ErrPeriod)
	}
	return stat.Day(day), nil
}

// The forms of a date or part of one. A question mark is what nobody knows.
var (
	isoPart    = regexp.MustCompile(`^(\d{4})[-/.](\d{2}|\?+)(?:[-/.](\d{2}|\?+))?$`)
	plainPart  = regexp.MustCompile(`^((?:19|20)\d{2})(\d{2})(\d{2})$`)
	yearPart   = regexp.MustCompile(`^(\d{4})$`)
	wordPart   = regexp.MustCompile(`^(?:(\d{1,2}|\?+)[ -])?([a-z]+)\.?,?(?:[ -](\d{4}|\d{2}))?$`)
	monthPart  = regexp.MustCompile(`^([a-z]+)\.? (\d{1,2})(?:,? (\d{4}))?$`)
	dayPart    = regexp.MustCompile(`^(\d{1,2})(?:,? (\d{4}))?$`)
	numberPart = regexp.MustCompile(`^(\d{1,2}|\?+)([/.-])(\d{1,2}|\?+)(?:([/.-])(\d{4}|\d{2}))?\.?$`)
	yearMonth  = regexp.MustCompile(`^(\d{1,2})[/.](\d{4})$`)
)

// part reads a date or part of one.
func (d dates) part(s string) (partial, error) {
	for _, form := range []*regexp.Regexp{isoPart, plainPart} {
		if m := form.FindStringSubmatch(s); m != nil {
			return made(m[1], m[2], m[3])
		}
	}
	if m := yearPart.FindStringSubmatch(s); m != nil {
		return made(m[1], "", "")
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil {
		return made(m[2], m[1], "")
	}
	if m := monthPart.FindStringSubmatch(s); m != nil {
		return made(m[3], m[1], m[2])
	}
	if m := wordPart.FindStringSubmatch(s); m != nil {
		return made(m[3], m[2], m[1])
	}
	if m := dayPart.FindStringSubmatch(s); m != nil {
		return made(m[2], "", m[1])
	}
	if m := numberPart.FindStringSubmatch(s); m != nil && (m[4] == "" && m[2] == "." || m[4] == m[2]) {
		if m[2] == "." || strings.HasPrefix(m[1], "?") {
			return made(m[5], m[3], m[1])
		}
		dayFirst, err := d.order()
		switch {
		case err != nil:
			return partial{}, err
		case dayFirst:
			return made(m[5], m[3], m[1])
		}
		return made(m[5], m[1], m[3])
	}
	return partial{}, notDate(s)
}

// made makes a date of the texts of its parts. A year of two digits is in this century.
func made(year, month, day string) (x partial, err error) {
	number := func(s string) int {
		if s == "" || s[0] == '?' {
			return 0
		}
		n, bad := strconv.Atoi(s)
		if bad != nil || n == 0 {
			err = notDate(s)
		}
		return n
	}
	x.y, x.d = number(year), number(day)
	if len(year) == 2 {
		x.y += 2000
	}
	if m := decode.MonthNamed(month); m != 0 {
		x.m = m
	} else if x.m = time.Month(number(month)); x.m > time.December {
		err = notDate(month)
	}
	if x.d > 31 {
		err = notDate(day)
	}
	return x, err
}

// errWeekday means that a weekday contradicts the date next to it.
var errWeekday = fmt.Errorf("weekday and date contradict each other: %w", decode.ErrPeriod)

// website reads "thu, 01/02/2026-12:00" as the second of January: the month comes first. The
// weekday proves it. A weekday that contradicts the date is errWeekday, which stops the file, not
// just one bad row.
func website(s, text string) (stat.Period, error) {
	m := websites.FindStringSubmatch(s)
	t, err := time.Parse("1/2/2006", m[2])
	if err != nil {
		// With day and month swapped, a day after the twelfth would not be a date.
		if _, swapped := time.Parse("2/1/2006", m[2]); swapped == nil {
			return stat.Period{}, fmt.Errorf("%q has the day before the month: %w", short(text), errWeekday)
		}
		return stat.Period{}, notDate(text)
	}
	if day := t.Weekday().String(); !strings.EqualFold(m[1][:3], day[:3]) {
		return stat.Period{}, fmt.Errorf("%q is a %s if the month comes first: %w", short(text), day, errWeekday)
	}
	return stat.Day(stat.DateOf(t)), nil
}
