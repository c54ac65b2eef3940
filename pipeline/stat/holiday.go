package stat

import "time"

// BankHolidays returns how many bank holidays of England and Wales there are after one
// day and up to another. Nothing is released on them, so that a release may be late by
// as many days. Holidays proclaimed for one year alone are in extraHolidays.
// Source: the Bank Holidays and Financial Dealings Act 1971, schedule 1.
func BankHolidays(after, until Date) int {
	n := 0
	for y := after.Year(); !after.IsZero() && y <= until.Year(); y++ {
		for _, d := range bankHolidays(y) {
			if d > after && d <= until {
				n++
			}
		}
	}
	return n
}

// extraHolidays are those of one year alone, and movedHolidays those that a year had
// on another day than the rule says.
var (
	extraHolidays = map[int][]Date{2022: {MustDate("2022-06-03"), MustDate("2022-09-19")}, 2023: {MustDate("2023-05-08")}}
	movedHolidays = map[Date]Date{MustDate("2020-05-04"): MustDate("2020-05-08"), MustDate("2022-05-30"): MustDate("2022-06-02")}
)

// bankHolidays returns those of a year.
func bankHolidays(year int) []Date {
	easter := easterSunday(year)
	out := []Date{
		substitute(NewDate(year, time.January, 1)), easter.AddDays(-2), easter.AddDays(1),
		weekdayFrom(NewDate(year, time.May, 1), time.Monday), weekdayFrom(NewDate(year, time.May, 25), time.Monday), weekdayFrom(NewDate(year, time.August, 25), time.Monday),
	}
	christmas := substitute(NewDate(year, time.December, 25))
	boxing := substitute(NewDate(year, time.December, 26))
	if boxing <= christmas || boxing.Weekday() == time.Monday && christmas.Weekday() == time.Monday {
		boxing = christmas.AddDays(1)
	}
	out = append(out, christmas, boxing)
	for i, d := range out {
		if moved, ok := movedHolidays[d]; ok {
			out[i] = moved
		}
	}
	return append(out, extraHolidays[year]...)
}

// substitute returns the Monday after a day at a weekend, and any other day itself.
func substitute(d Date) Date {
	switch d.Weekday() {
	case time.Saturday:
		return d.AddDays(2)
	case time.Sunday:
		return d.AddDays(1)
	}
	return d
}

// weekdayFrom returns the first such weekday that is not before d.
func weekdayFrom(d Date, day time.Weekday) Date {
	return d.AddDays((int(day-d.Weekday()) + 7) % 7)
}

// easterSunday returns Easter of a year in the Gregorian calendar, by the algorithm of
// Meeus, Jones and Butcher.
func easterSunday(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return NewDate(year, time.Month(month), day)
}
