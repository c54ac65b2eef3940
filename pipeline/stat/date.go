package stat

import (
	"fmt"
	"time"
)

// Date is a civil day in the proleptic Gregorian calendar, without a time zone:
// the number of days since 31 December of the year 0, so that 1 January of the
// year 1 is 1. The zero value is no date.
type Date int32

// unixEpoch is 1970-01-01 as a Date.
const unixEpoch Date = 719163

// secondsPerDay is the length of a civil day in UTC.
const secondsPerDay = 24 * 60 * 60

// NewDate returns the day of year y, month m and day d. Values outside their
// usual ranges are normalised as by time.Date.
func NewDate(y int, m time.Month, d int) Date {
	// Midnight UTC is a whole number of days from the epoch, before it too, so
	// the division is exact.
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay) + unixEpoch
}

// DateOf returns the civil day that t shows in its own location.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// DateFromUnixDays returns the day n days after 1970-01-01. Parquet stores a DATE in
// this form.
func DateFromUnixDays(n int32) Date { return Date(n) + unixEpoch }

// ParseDate reads an ISO 8601 calendar date, exactly YYYY-MM-DD. Days that do
// not exist, such as 2023-02-29, are an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 { // the last day of year 0 would be the zero value
		return 0, fmt.Errorf("%q is not a date YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// MustDate is ParseDate for dates written in the program itself; it panics on
// a bad one.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d-unixEpoch)*secondsPerDay, 0).UTC() }

// UnixDays returns the number of days since 1970-01-01.
func (d Date) UnixDays() int32 { return int32(d - unixEpoch) }

// YMD returns the year, month and day of the month.
func (d Date) YMD() (int, time.Month, int) { return d.Time().Date() }

// Year returns the calendar year.
func (d Date) Year() int { y, _, _ := d.YMD(); return y }

// Month returns the calendar month.
func (d Date) Month() time.Month { _, m, _ := d.YMD(); return m }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// AddDays returns the day n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddYears returns the same month and day n years later. In a common year 29
// February becomes 28 February; nothing else moves.
func (d Date) AddYears(n int) Date {
	y, m, day := d.YMD()
	if m == time.February && day == 29 && !IsLeap(y+n) {
		day = 28
	}
	return NewDate(y+n, m, day)
}

// InYear returns the day of year y with d's month and day; see AddYears.
func (d Date) InYear(y int) Date { return d.AddYears(y - d.Year()) }

// MonthStart returns the first day of d's month.
func (d Date) MonthStart() Date { y, m, _ := d.YMD(); return NewDate(y, m, 1) }

// MonthEnd returns the last day of d's month.
func (d Date) MonthEnd() Date { y, m, _ := d.YMD(); return NewDate(y, m+1, 0) }

// Slot returns the position 1…366 of d's month and day in a year of 366 days:
// 1 March is slot 61 in every year, and slot 60, 29 February, exists only in leap
// years.
func (d Date) Slot() int {
	_, m, day := d.YMD()
	return int(NewDate(2024, m, day)-NewDate(2024, time.January, 1)) + 1
}

// String returns the ISO 8601 form YYYY-MM-DD, or "" for no date.
func (d Date) String() string {
	var b [len(time.DateOnly)]byte
	return string(d.Append(b[:0]))
}

// Append appends what String returns.
func (d Date) Append(b []byte) []byte {
	if d == 0 {
		return b
	}
	y, month, day := d.YMD()
	if y < 0 || y > 9999 {
		return d.Time().AppendFormat(b, time.DateOnly)
	}
	m := int(month) // digit by digit, which takes a third of the time
	return append(b, digit(y/1000), digit(y/100), digit(y/10), digit(y), '-', digit(m/10), digit(m), '-', digit(day/10), digit(day))
}

// digit returns the last digit of a number.
func digit(n int) byte { return '0' + byte(n%10) }

// MarshalText writes the ISO 8601 form; no date is "".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Long returns the form for readers, such as "6 September 2025".
func (d Date) Long() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// IsLeap reports whether y has a 29 February.
func IsLeap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }
