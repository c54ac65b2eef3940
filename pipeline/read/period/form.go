package period

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// Length is how long the periods of a column are.
type Length string

// The lengths.
const (
	Day        Length = "day"
	Week       Length = "week"
	Month      Length = "month"
	Quarter    Length = "quarter"
	Half       Length = "half-year" // six months, a span in a monthly series
	Year       Length = "year"
	YearEnding Length = "year-ending" // the twelve months to the end of a month
)

// Frequency returns the frequency of a series of such periods, or "" for an unknown length.
func (l Length) Frequency() stat.Frequency {
	return map[Length]stat.Frequency{Day: stat.Daily, Week: stat.Weekly, Month: stat.Monthly, Quarter: stat.Quarterly, Half: stat.Monthly, Year: stat.Annual, YearEnding: stat.Annual}[l]
}

// Form says how the periods of a column are written.
type Form struct {
	Length Length
	// Order is "dmy" or "mdy" for dates in digits such as 01/02/2026; "" refuses them.
	Order string
	// Names is "first" or "last": the day of the week that a date names. Only for Week.
	Names string
	// FiscalStart is the month, 2 to 12, in which a fiscal year starts. Such a year has the name of
	// the calendar year in which it ends. 0 means that all years are calendar years.
	FiscalStart int
}

// Validate returns an error for a form that contradicts itself.
func (f Form) Validate() error {
	switch {
	case f.Length.Frequency() == "":
		return fmt.Errorf("%q is not one of day, week, month, quarter, half-year, year, year-ending", f.Length)
	case f.Order != "" && f.Order != "dmy" && f.Order != "mdy":
		return fmt.Errorf("the order %q is neither dmy nor mdy", f.Order)
	case f.Names != "" && f.Names != "first" && f.Names != "last":
		return fmt.Errorf("%q is neither first nor last", f.Names)
	case f.Names != "" && f.Length != Week:
		return errors.New("only weeks are named by a day")
	case f.FiscalStart != 0 && (f.FiscalStart < 2 || f.FiscalStart > 12):
		return fmt.Errorf("a fiscal year starts in month 2 to 12, not %d", f.FiscalStart)
	case f.FiscalStart != 0 && (f.Length == Day || f.Length == Week || f.Length == YearEnding):
		return fmt.Errorf("fiscal years do not change what a %s is", f.Length)
	}
	return nil
}

// fail is the error about a text that is not a period of the form. It wraps decode.ErrPeriod.
func (f Form) fail(text, why string) error {
	if why != "" {
		why = ": " + why
	}
	return fmt.Errorf("%s is %w: want a %s%s", decode.Quote(text), decode.ErrPeriod, strings.ReplaceAll(string(f.Length), "-", " "), why)
}

// lead matches words before a period that do not change which one it is.
var lead = regexp.MustCompile(`^(?:(?:as )?(?:at|of|on)|month of|calendar year|year:|cy|end of|a[nñ]o|anno|ann[eé]e|jahr) `)

// Read returns the period that a text states. The error wraps decode.ErrPeriod and quotes the text.
func (f Form) Read(text string) (stat.Period, error) {
	s := clean(text)
	if s == "" {
		return stat.Period{}, fmt.Errorf("an empty cell is %w", decode.ErrPeriod)
	}
	if toDate.MatchString(s) {
		return stat.Period{}, f.fail(text, "a sum to date is not that of a whole period")
	}
	var p stat.Period
	var why string
	switch f.Length {
	case Day:
		p, why = f.readDay(s)
	case Week:
		p, why = f.readWeek(s)
	case Month:
		p, why = f.readMonth(s)
	case Quarter:
		p, why = f.readQuarter(s)
	case Half:
		p, why = f.readHalf(s)
	case Year:
		p, why = f.readYear(s)
	case YearEnding:
		p, why = f.readYearEnding(s)
	}
	if p == (stat.Period{}) {
		if p = f.readSpan(s); p == (stat.Period{}) {
			return p, f.fail(text, why)
		}
	}
	if err := p.Validate(); err != nil {
		return stat.Period{}, f.fail(text, err.Error())
	}
	return p, nil
}

// Serial returns the period with the day of a serial number, as workbooks store days: day 1 is 1
// January 1900, and day 60 does not exist.
func (f Form) Serial(n int) (stat.Period, error) {
	day := stat.NewDate(1899, time.December, 30).AddDays(n)
	return f.Read(day.String())
}

// clean folds what is typography: case, spaces, dashes, notes at the end.
func clean(text string) string {
	s := decode.Words(text)
	s = strings.ReplaceAll(s, ",", " ")
	s = lead.ReplaceAllString(decode.Fold(s), "")
	s = midnight.ReplaceAllString(s, "")
	return decode.Fold(s)
}

var midnight = regexp.MustCompile(`[t ]00:00(?::00(?:\.0+)?)?z?$`)
