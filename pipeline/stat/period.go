package stat

import (
	"fmt"
	"time"
)

// Precision says how finely a reference period is known.
type Precision string

// The precisions of a reference period. A range is a span that fits no calendar unit,
// such as an incident reported over several days. Its value is never divided among its
// days.
const (
	PrecisionDay     Precision = "day"
	PrecisionWeek    Precision = "week"
	PrecisionMonth   Precision = "month"
	PrecisionQuarter Precision = "quarter"
	PrecisionYear    Precision = "year"
	PrecisionRange   Precision = "range"
)

// Period is a reference period: the days Start to End, both included.
type Period struct {
	Start, End Date
	Precision  Precision
}

// Day returns the period of the single day d.
func Day(d Date) Period { return Period{d, d, PrecisionDay} }

// WeekEnding returns the seven days that end on d. The Home Office's weeks end
// on Sunday; the caller checks the day of the week.
func WeekEnding(d Date) Period { return Period{d.AddDays(-6), d, PrecisionWeek} }

// Month returns the calendar month m of year y.
func Month(y int, m time.Month) Period {
	start := NewDate(y, m, 1)
	return Period{start, start.MonthEnd(), PrecisionMonth}
}

// Quarter returns the calendar quarter q, 1 to 4, of year y.
func Quarter(y, q int) Period {
	start := NewDate(y, time.Month(3*q-2), 1)
	return Period{start, NewDate(y, time.Month(3*q+1), 0), PrecisionQuarter}
}

// QuarterOf returns the calendar quarter of a day.
func QuarterOf(d Date) Period {
	y, m, _ := d.YMD()
	return Quarter(y, (int(m)+2)/3)
}

// Year returns the calendar year y.
func Year(y int) Period {
	return Period{NewDate(y, time.January, 1), NewDate(y, time.December, 31), PrecisionYear}
}

// Days returns the number of days in the period.
func (p Period) Days() int { return int(p.End-p.Start) + 1 }

// Contains reports whether q lies wholly inside p.
func (p Period) Contains(q Period) bool { return p.Start <= q.Start && q.End <= p.End }

// The first and last year of a period. No such statistic is older, and a typing error
// must not make a calendar of ten thousand years.
const (
	FirstYear = 1900
	LastYear  = 2199
)

// Validate reports a period without dates, one that ends before it starts or is
// outside FirstYear to LastYear, or one whose precision does not fit its dates.
func (p Period) Validate() error {
	if p.Start.IsZero() || p.End.IsZero() {
		return fmt.Errorf("period without a date")
	}
	if p.End < p.Start {
		return fmt.Errorf("period ends %s, before its start %s", p.End, p.Start)
	}
	y, m, _ := p.Start.YMD()
	if y < FirstYear || p.End.Year() > LastYear {
		return fmt.Errorf("%s to %s is outside the years %d to %d", p.Start, p.End, FirstYear, LastYear)
	}
	var want Period
	switch p.Precision {
	case PrecisionDay:
		want = Day(p.Start)
	case PrecisionWeek:
		want = WeekEnding(p.Start.AddDays(6))
	case PrecisionMonth:
		want = Month(y, m)
	case PrecisionQuarter:
		want = QuarterOf(p.Start)
	case PrecisionYear:
		want = Year(y)
	case PrecisionRange:
		return nil
	default:
		return fmt.Errorf("precision %q is not one of day, week, month, quarter, year, range", p.Precision)
	}
	if p != want {
		return fmt.Errorf("%s to %s is not a %s", p.Start, p.End, p.Precision)
	}
	return nil
}

// Frequency is an SDMX frequency code, the part of a series identifier that
// says how often the series has a value.
type Frequency string

// The frequencies in use (SDMX CL_FREQ).
const (
	Daily     Frequency = "D"
	Weekly    Frequency = "W"
	Monthly   Frequency = "M"
	Quarterly Frequency = "Q"
	Annual    Frequency = "A"
)

// Word returns the frequency in a word, such as "daily", or "" for an unknown code.
func (f Frequency) Word() string {
	return map[Frequency]string{Daily: "daily", Weekly: "weekly", Monthly: "monthly", Quarterly: "quarterly", Annual: "annual"}[f]
}

// Valid reports whether f is one of the codes in use.
func (f Frequency) Valid() bool {
	switch f {
	case Daily, Weekly, Monthly, Quarterly, Annual:
		return true
	}
	return false
}
