package site

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// The shorthand of tables for people, which have no empty cells.
const (
	markLowBase       = string(stat.MarkLowBase)
	markNotAvailable  = string(stat.MarkNotAvailable)
	markNotApplicable = string(stat.MarkNotApplicable)
)

// minus is the true minus sign.
const minus = "−"

// thousands writes n with separators: 45,774.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	digits := strings.TrimPrefix(s, "-")
	var b strings.Builder
	if len(digits) < len(s) {
		b.WriteString(minus)
	}
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// signed is thousands with a sign for a rise: +8,076.
func signed(n int64) string {
	if n > 0 {
		return "+" + thousands(n)
	}
	return thousands(n)
}

// oneDecimal rounds to one decimal, halves away from zero. Charts draw what it
// returns, so that a chart and its table show the same figure.
func oneDecimal(f float64) float64 {
	if r := math.Round(f*10) / 10; r != 0 {
		return r
	}
	return 0 // not -0
}

// decimal writes f with one decimal: 1,234.5.
func decimal(f float64) string { return fixed(f, 1) }

// fixed writes f with a number of decimals from 1 to 9, halves away from zero.
func fixed(f float64, places int) string {
	scale := int64(math.Pow10(places))
	parts := int64(math.Round(math.Abs(f) * float64(scale)))
	s := fmt.Sprintf("%s.%0*d", thousands(parts/scale), places, parts%scale)
	if f < 0 && parts > 0 {
		return minus + s
	}
	return s
}

// percent writes a change in per cent: +36.7 %, −33.1 %, 0.0 %.
func percent(f float64) string {
	if oneDecimal(f) > 0 {
		return "+" + decimal(f) + " %"
	}
	return decimal(f) + " %"
}

// absent returns the shorthand for a value that is not there.
func absent(s stat.Status) string { return string(s.Absent()) }

// caveat returns the shorthand that follows a value of a status, or "".
func caveat(s stat.Status) string { return string(s.Caveat()) }

// countText writes a count for people, its absence as shorthand.
func countText(c table.Cell, s stat.Status) string {
	n, known := c.Number()
	if !known {
		return absent(s)
	}
	return thousands(int64(n))
}

// dateText writes a day for people, its absence as shorthand.
func dateText(d stat.Date) string {
	if d.IsZero() {
		return markNotAvailable
	}
	return d.Long()
}

// instantText writes an instant as the tables have it for people, to the minute;
// anything else stays as it is.
func instantText(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return cmp.Or(text, markNotAvailable)
	}
	return t.UTC().Format("2 January 2006, 15:04") + " UTC"
}

// span writes two days as one span: "1 January to 25 June 2026".
func span(start, end stat.Date) string {
	if start.IsZero() || end.IsZero() {
		return markNotAvailable
	}
	if start.Year() == end.Year() {
		return dayMonth(start) + " to " + end.Long()
	}
	return start.Long() + " to " + end.Long()
}

// periodText writes a reference period in the shortest form that says its days:
// "25 June 2026", "June 2026", "April to June 2026", "2026", else a span.
func periodText(start, end stat.Date) string {
	switch {
	case start.IsZero() || end.IsZero():
		return markNotAvailable
	case start == end:
		return end.Long()
	case start != start.MonthStart() || end != end.MonthEnd():
		return span(start, end)
	case start.MonthEnd() == end:
		return monthYear(end)
	case start.Year() != end.Year():
		return monthYear(start) + " to " + monthYear(end)
	case start.Month() == time.January && end.Month() == time.December:
		return strconv.Itoa(end.Year())
	}
	return start.Month().String() + " to " + monthYear(end)
}

func dayMonth(d stat.Date) string { return d.Time().Format("2 January") }

func monthYear(d stat.Date) string { return d.Time().Format("January 2006") }

// statusText says a status in words, and what provisional means.
func statusText(s stat.Status) string {
	if s == stat.Provisional {
		return s.Label() + ": the publisher may still revise it"
	}
	return s.Label()
}

// size writes a number of bytes for people: 1.2 MB.
func size(n int) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
