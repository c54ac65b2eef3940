package cellformat

import (
	"math"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
)

// Of returns how the format shows a stored number.
func (f Format) Of(stored string) Look {
	if f == (Format{}) {
		return 0
	}
	switch v := strings.TrimSpace(stored); {
	case strings.HasPrefix(v, "-"):
		return f[1]
	case strings.Trim(mantissa(v), "0.") == "":
		return f[2]
	}
	return f[0]
}

// mantissa returns a number without its power of ten.
func mantissa(s string) string {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return s[:i]
	}
	return s
}

// Show returns a number as its format shows it: in a form, or as a day. A day is no more than
// what is shown of it, so that the year of "5 March" stays unknown. A time of day is Other.
func Show(c decode.Cell, l Look, from1904 bool) decode.Cell {
	if l&^formBits == 0 {
		c.Form = decode.Form(l & formBits)
		return c
	}
	serial, err := strconv.ParseFloat(c.Value, 64)
	first := stampOf1900
	if from1904 {
		first = stampOf1904
	}
	if err != nil || l&WholeDay == 0 || serial < 61 && !from1904 || serial < 0 || serial >= maxSerial {
		c.Kind, c.Text = decode.Other, "time "+c.Value
		return c
	}
	day := first.AddDate(0, 0, int(serial))
	c.Kind, c.Text = decode.DateKind, shownDay(day, l)
	if fraction := serial - math.Floor(serial); fraction > 1e-6 && l&Clock != 0 {
		c.Text = day.Add(time.Duration(fraction * float64(24*time.Hour))).Format("2006-01-02T15:04:05")
	}
	c.Value = c.Text
	return c
}

// maxSerial is the serial number after that of 31 December 9999.
const maxSerial = 2_958_466

// The days with the serial number 0, as days after 28 February 1900 need them.
var (
	stampOf1900 = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	stampOf1904 = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// shownDay returns the parts of a day that are shown. The first or last day of a month stays a day
// if its month is shown, as it names the month.
func shownDay(day time.Time, l Look) string {
	edge := day.Day() == 1 || day.AddDate(0, 0, 1).Day() == 1
	switch l & WholeDay {
	case WholeDay:
		return day.Format(time.DateOnly)
	case Year | Month:
		if edge {
			return day.Format(time.DateOnly)
		}
		return day.Format("2006-01")
	case Year, Year | Day:
		return day.Format("2006")
	case Month | Day:
		return day.Format("2 January")
	case Month:
		return day.Format("January")
	}
	return strconv.Itoa(day.Day())
}

// Decimal reports whether s is a number as Excel stores one. Digits with leading zeros are a code,
// not a number.
func Decimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, rest := Digits(s)
	if whole == "" || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if after, ok := strings.CutPrefix(rest, "."); ok {
		if whole, rest = Digits(after); whole == "" {
			return false
		}
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'E' && rest[0] != 'e' {
		return false
	}
	if rest = rest[1:]; rest != "" && (rest[0] == '-' || rest[0] == '+') {
		rest = rest[1:]
	}
	power, rest := Digits(rest)
	return power != "" && rest == ""
}

// Digits splits s after the decimal digits at its start.
func Digits(s string) (string, string) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}
