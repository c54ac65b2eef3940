// Package wording writes figures, dates, periods and statuses for people: with separators, a true
// minus sign, and shorthand where a value is missing.
package wording

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/stat"
)

// The shorthand of tables for people, which have no empty cells.
const (
	MarkLowBase       = string(stat.MarkLowBase)
	MarkNotAvailable  = string(stat.MarkNotAvailable)
	MarkNotApplicable = string(stat.MarkNotApplicable)
)

// Minus is the true minus sign.
const Minus = "−"

// Thousands writes n with separators: 45,774.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	digits := strings.TrimPrefix(s, "-")
	var b strings.Builder
	if len(digits) < len(s) {
		b.WriteString(Minus)
	}
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Signed writes n like Thousands, with a sign for a rise: +8,076.
func Signed(n int64) string {
	if n > 0 {
		return "+" + Thousands(n)
	}
	return Thousands(n)
}

// OneDecimal rounds to one decimal, halves away from zero. Charts draw the rounded value, so a chart and
// its table show the same figure.
func OneDecimal(f float64) float64 {
	if r := math.Round(f*10) / 10; r != 0 {
		return r
	}
	return 0 // not -0
}

// Decimal writes f with one decimal: 1,234.5.
func Decimal(f float64) string { return Fixed(f, 1) }

// Fixed writes f with a number of decimals from 1 to 9, halves away from zero.
func Fixed(f float64, places int) string {
	scale := int64(math.Pow10(places))
	parts := int64(math.Round(math.Abs(f) * float64(scale)))
	s := fmt.Sprintf("%s.%0*d", Thousands(parts/scale), places, parts%scale)
	if f < 0 && parts > 0 {
		return Minus + s
	}
	return s
}

// Percent writes a change in per cent: +36.7 %, −33.1 %, 0.0 %.
func Percent(f float64) string {
	if OneDecimal(f) > 0 {
		return "+" + Decimal(f) + " %"
	}
	return Decimal(f) + " %"
}

// Absent returns the shorthand for a missing value of a status.
func Absent(s stat.Status) string { return string(s.Absent()) }

// Caveat returns the shorthand that follows a value of a status, or "".
func Caveat(s stat.Status) string { return string(s.Caveat()) }

// CountText writes a count for people. If it is missing, the text is the shorthand of its status.
func CountText(c stat.Count, s stat.Status) string {
	n, known := c.Get()
	if !known {
		return Absent(s)
	}
	return Thousands(n)
}

// Count writes a count for people. A missing count is not available.
func Count(c stat.Count) string { return CountText(c, stat.Missing) }

// Change writes a difference with its sign.
func Change(c stat.Count) string {
	n, known := c.Get()
	if !known {
		return MarkNotAvailable
	}
	return Signed(n)
}

// PercentText writes a change in per cent, if it is known.
func PercentText(f float64, known bool) string {
	if !known {
		return MarkNotAvailable
	}
	return Percent(f)
}

// Marked writes the label of a status with its shorthand.
func Marked(s stat.Status) string {
	if m := Caveat(s); m != "" {
		return s.Label() + " " + m
	}
	return s.Label()
}

// YesNo writes a boolean.
func YesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// DateText writes a day for people, or shorthand if there is none.
func DateText(d stat.Date) string {
	if d.IsZero() {
		return MarkNotAvailable
	}
	return d.Long()
}

// InstantText writes an instant for people, to the minute, or shorthand if there is none.
func InstantText(t time.Time) string {
	if t.IsZero() {
		return MarkNotAvailable
	}
	return t.UTC().Format("2 January 2006, 15:04") + " UTC"
}

// Span writes two days as one span: "1 January to 25 June 2026".
func Span(start, end stat.Date) string {
	if start.IsZero() || end.IsZero() {
		return MarkNotAvailable
	}
	if start.Year() == end.Year() {
		return DayMonth(start) + " to " + end.Long()
	}
	return start.Long() + " to " + end.Long()
}

// PeriodText writes a reference period in the shortest form that says its days:
// "25 June 2026", "June 2026", "April to June 2026", "2026", else a span.
func PeriodText(start, end stat.Date) string {
	switch {
	case start.IsZero() || end.IsZero():
		return MarkNotAvailable
	case start == end:
		return end.Long()
	case start != start.MonthStart() || end != end.MonthEnd():
		return Span(start, end)
	case start.MonthEnd() == end:
		return MonthYear(end)
	case start.Year() != end.Year():
		return MonthYear(start) + " to " + MonthYear(end)
	case start.Month() == time.January && end.Month() == time.December:
		return strconv.Itoa(end.Year())
	}
	return start.Month().String() + " to " + MonthYear(end)
}

// DayMonth writes a day without its year: 25 June.
func DayMonth(d stat.Date) string { return d.Time().Format("2 January") }

// MonthYear writes the month of a day: June 2026.
func MonthYear(d stat.Date) string { return d.Time().Format("January 2006") }

// StatusText says a status in words, and what provisional means.
func StatusText(s stat.Status) string {
	if s == stat.Provisional {
		return s.Label() + ": the publisher may still revise it"
	}
	return s.Label()
}

// Size writes a number of bytes for people: 1.2 MB.
func Size(n int) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
