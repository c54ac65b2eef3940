package period

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/stat"
)

// The spellings. Texts are cleaned before they are matched: lower case, single spaces, "-" for
// every dash.
var (
	isoDay     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	plainDay   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	digitsDay  = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$`)
	wordDay    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|o|\.)?[ -](?:of |de )?(\pL+)\.?[ -](?:de |del )?(\d{4}|\d{2})$`)
	dayOfMonth = regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$`)

	isoWeek   = regexp.MustCompile(`^(\d{4})[- ]?w(?:eek )?(\d{1,2})$`)
	weekYear  = regexp.MustCompile(`^w(?:eek )?(\d{1,2})[ /-](?:of )?(\d{4})$`)
	weekWords = regexp.MustCompile(`^(?:week[ -])?(w/e|w/c|ending|ended|to|commencing|beginning|starting)(?: on)? (.+)$`)

	isoMonth    = regexp.MustCompile(`^(\d{4})(?:[-/. ]|[-/. ]?m)(\d{1,2})$`)
	plainMonth  = regexp.MustCompile(`^(\d{4})(\d{2})$`)
	digitsMonth = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`)
	wordMonth   = regexp.MustCompile(`^(\pL+)\.?(?:[ /-]| de | del | di | of )?'?(` + years + `|\d{2})$`)
	yearWord    = regexp.MustCompile(`^(` + years + `)[ /:-]+(\pL+)\.?$`)

	yearQuarter = regexp.MustCompile(`^(` + years + `)[-/ :]*(?:` + quarterWord + `([1-4])|` + nth + ` ?` + quarterNoun + `|([1-4])[qt])$`)
	quarterYear = regexp.MustCompile(`^(?:` + quarterWord + `([1-4])|` + nth + ` ?` + quarterNoun + `|([1-4])[qt])[-/ ](?:of |de |del )?(` + years + `)$`)

	ending = regexp.MustCompile(`^(?:(?:rolling )?(?:year|12[ -]?m(?:onths?)?|twelve[ -]months?)(?: period)?[ -](?:ending|ended|to)|ye|y/e)(?: in| the| on)? (.+)$`)
)

// Parts of the spellings.
const (
	// years matches one year or two that follow each other, as fiscal years are written. Two digits
	// are a year only after FY.
	years       = `(?:fy[ -]?)?\d{4}(?:[/-](?:\d{4}|\d{2}))?|fy[ -]?\d{2}(?:[/-]\d{2})?`
	quarterWord = `(?:[qt][ -]?|(?:qtr|quarter|trimestre|trimester|trim|quartal)[ -]?)`
	quarterNoun = `(?:quarter|qtr|trimestre|trimester|trim|quartal)`
	nth         = `([1-4]|first|second|third|fourth|i{1,3}|iv)(?:st|nd|rd|th|er|eme|e|o|a|\.)?`
)

// date returns a day if it exists.
func date(y, m, d string) (stat.Date, bool) {
	year := fullYear(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	out := stat.NewDate(year, time.Month(month), day)
	gotYear, gotMonth, gotDay := out.YMD()
	return out, gotYear == year && int(gotMonth) == month && gotDay == day
}

// weekday matches the day of the week before a date.
var weekday = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)? (?:the )?`)

// dayOf reads a day, which must be on the day of the week that stands before it. why says what is
// wrong if it is none.
func (f Form) dayOf(s string) (d stat.Date, why string, ok bool) {
	m := weekday.FindStringSubmatch(s)
	if m == nil {
		return plainDayOf(s, f.Order)
	}
	d, why, ok = plainDayOf(s[len(m[0]):], f.Order)
	if is := d.Weekday().String(); ok && !strings.HasPrefix(strings.ToLower(is), m[1]) {
		return 0, "that day is a " + is, false
	}
	return d, why, ok
}

// plainDayOf reads a day that has no day of the week. order says which comes first in digits, the day (dmy) or the month (mdy).
func plainDayOf(s, order string) (d stat.Date, why string, ok bool) {
	for _, form := range []*regexp.Regexp{isoDay, plainDay} {
		if m := form.FindStringSubmatch(s); m != nil {
			d, ok = date(m[1], m[2], m[3])
			return d, "there is no such day", ok
		}
	}
	if m := digitsDay.FindStringSubmatch(s); m != nil {
		switch order {
		case "dmy":
			d, ok = date(m[3], m[2], m[1])
		case "mdy":
			d, ok = date(m[3], m[1], m[2])
		default:
			return 0, "declare the order of day and month, dmy or mdy", false
		}
		return d, "there is no such day in the order " + order, ok
	}
	if m := wordDay.FindStringSubmatch(s); m != nil && monthOf(m[2]) != 0 {
		d, ok = date(m[3], strconv.Itoa(int(monthOf(m[2]))), m[1])
		return d, "there is no such day", ok
	}
	if m := dayOfMonth.FindStringSubmatch(s); m != nil && monthOf(m[1]) != 0 {
		d, ok = date(m[3], strconv.Itoa(int(monthOf(m[1]))), m[2])
		return d, "there is no such day", ok
	}
	return 0, "", false
}

func (f Form) readDay(s string) (stat.Period, string) {
	d, why, ok := f.dayOf(s)
	if !ok {
		return stat.Period{}, why
	}
	return stat.Day(d), ""
}

func (f Form) readWeek(s string) (stat.Period, string) {
	if m := isoWeek.FindStringSubmatch(s); m != nil {
		return weekNumber(m[1], m[2])
	}
	if m := weekYear.FindStringSubmatch(s); m != nil {
		return weekNumber(m[2], m[1])
	}
	names := f.Names
	if m := weekWords.FindStringSubmatch(s); m != nil {
		switch m[1] {
		case "w/e", "ending", "ended", "to":
			names, s = "last", m[2]
		default:
			names, s = "first", m[2]
		}
	}
	d, why, ok := f.dayOf(clean(s))
	switch {
	case !ok:
		return stat.Period{}, why
	case names == "last":
		return stat.WeekEnding(d), ""
	case names == "first":
		return stat.WeekEnding(d.AddDays(6)), ""
	}
	return stat.Period{}, "declare which day of its week a date names, first or last"
}

// weekNumber returns an ISO week, which begins on Monday. Week 1 has 4 January.
func weekNumber(y, w string) (stat.Period, string) {
	year, _ := strconv.Atoi(y)
	week, _ := strconv.Atoi(w)
	fourth := stat.NewDate(year, time.January, 4).Time()
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(week-1))
	if gotYear, gotWeek := monday.ISOWeek(); gotYear != year || gotWeek != week {
		return stat.Period{}, "there is no such week"
	}
	return stat.WeekEnding(stat.DateOf(monday).AddDays(6)), ""
}

func (f Form) readMonth(s string) (stat.Period, string) {
	for _, x := range []struct {
		form        *regexp.Regexp
		year, month int
	}{{yearWord, 1, 2}, {wordMonth, 2, 1}} {
		if m := x.form.FindStringSubmatch(s); m != nil && monthOf(m[x.month]) != 0 {
			y, why := f.yearOf(m[x.year])
			if why != "" {
				return stat.Period{}, why
			}
			return f.MonthOf(y, int(monthOf(m[x.month]))), ""
		}
	}
	for _, x := range []struct {
		form        *regexp.Regexp
		year, month int
	}{{isoMonth, 1, 2}, {plainMonth, 1, 2}, {digitsMonth, 2, 1}} {
		if m := x.form.FindStringSubmatch(s); m != nil {
			n, _ := strconv.Atoi(m[x.month])
			if n < 1 || n > 12 {
				return stat.Period{}, "there is no such month"
			}
			return f.MonthOf(fullYear(m[x.year]), n), ""
		}
	}
	return f.wholeOf(s, func(d stat.Date) stat.Period { y, m, _ := d.YMD(); return stat.Month(y, m) })
}

const needFiscal = "declare the month in which a fiscal year starts"

// MonthOf returns month m, 1 to 12, of year y, which is a fiscal year if the form says so.
func (f Form) MonthOf(y, m int) stat.Period {
	if f.FiscalStart != 0 && m >= f.FiscalStart {
		y--
	}
	return stat.Month(y, time.Month(m))
}

// wholeOf reads a period that is named by its first or its last day.
func (f Form) wholeOf(s string, of func(stat.Date) stat.Period) (stat.Period, string) {
	d, why, ok := f.dayOf(s)
	if !ok {
		return stat.Period{}, why
	}
	if p := of(d); d == p.Start || d == p.End {
		return p, ""
	}
	return stat.Period{}, "the day is neither the first nor the last of one"
}

func (f Form) readQuarter(s string) (stat.Period, string) {
	if p, why := f.monthsOfQuarter(s); p != (stat.Period{}) || why != "" {
		return p, why
	}
	if p, why := f.nthOf(s, yearQuarter, quarterYear, f.QuarterOf); p != (stat.Period{}) || why != "" {
		return p, why
	}
	return f.wholeOf(s, stat.QuarterOf)
}

// nthOf reads a part of a year that is written by its year and its number, or by its number, in one
// of three groups, and its year. Both results are zero if it is not written so.
func (f Form) nthOf(s string, yearFirst, yearLast *regexp.Regexp, of func(y, n int) stat.Period) (p stat.Period, why string) {
	var year, number string
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		year, number = m[1], m[2]+m[3]+m[4]
	} else if m := yearLast.FindStringSubmatch(s); m != nil {
		year, number = m[4], m[1]+m[2]+m[3]
	} else {
		return p, ""
	}
	y, why := f.yearOf(year)
	if why != "" {
		return p, why
	}
	return of(y, nthNumber(number)), ""
}

// QuarterOf returns quarter q, 1 to 4, of year y, which is a fiscal year if the form says so. A
// fiscal quarter that is none of the calendar is a range.
func (f Form) QuarterOf(y, q int) stat.Period {
	if f.FiscalStart == 0 {
		return stat.Quarter(y, q)
	}
	start := stat.NewDate(y-1, time.Month(f.FiscalStart+3*(q-1)), 1)
	_, m, _ := start.YMD()
	if m%3 == 1 {
		return stat.QuarterOf(start)
	}
	return stat.Period{Start: start, End: start.AddDays(62).MonthEnd(), Precision: stat.PrecisionRange}
}

func (f Form) readYear(s string) (stat.Period, string) {
	if m := yearText.FindStringSubmatch(s); m != nil {
		y, why := f.yearOf(m[1])
		if why != "" {
			return stat.Period{}, why
		}
		return f.YearOf(y), ""
	}
	if ending.MatchString(s) {
		p, why := f.readYearEnding(s)
		if y := f.YearOf(p.End.Year()); p == y || p.Start == y.Start && p.End == y.End {
			return y, ""
		}
		return stat.Period{}, cmp.Or(why, "it ends in another month; years that end in any month are of the length year-ending")
	}
	return f.wholeOf(s, func(d stat.Date) stat.Period { return stat.Year(d.Year()) })
}

// YearOf returns year y: a calendar year, or a fiscal year, which is a range.
func (f Form) YearOf(y int) stat.Period {
	if f.FiscalStart == 0 {
		return stat.Year(y)
	}
	start := stat.NewDate(y-1, time.Month(f.FiscalStart), 1)
	return stat.Period{Start: start, End: start.AddYears(1).AddDays(-1), Precision: stat.PrecisionRange}
}

func (f Form) readYearEnding(s string) (stat.Period, string) {
	if m := ending.FindStringSubmatch(s); m != nil {
		s = clean(m[1])
	}
	month, why := Form{Length: Month, Order: f.Order}.readMonth(s)
	if month == (stat.Period{}) {
		return month, why
	}
	return yearTo(month.End), ""
}

// yearTo returns the twelve months to a day, the last of a month.
func yearTo(end stat.Date) stat.Period {
	p := stat.Period{Start: end.AddDays(1).AddYears(-1), End: end, Precision: stat.PrecisionRange}
	if _, m, _ := end.YMD(); m == time.December {
		p.Precision = stat.PrecisionYear
	}
	return p
}
