package period

import (
	"regexp"
	"strconv"
	"time"

	"crossings/pipeline/stat"
)

// The spellings. Texts are cleaned before they are matched: lower case, single spaces, "-" for
// every dash.
var (
	isoDay     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	plainDay   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	digitsDay  = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$`)
	wordDay    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?(\pL+)\.?[ -](\d{4}|\d{2})$`)
	dayOfMonth = regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$`)

	isoWeek   = regexp.MustCompile(`^(\d{4})[- ]?w(?:eek )?(\d{1,2})$`)
	weekWords = regexp.MustCompile(`^(?:week[ -])?(w/e|w/c|ending|ended|to|commencing|beginning|starting)(?: on)? (.+)$`)

	isoMonth    = regexp.MustCompile(`^(\d{4})(?:[-/. ]|[-/. ]?m)(\d{1,2})$`)
	plainMonth  = regexp.MustCompile(`^(\d{4})(\d{2})$`)
	digitsMonth = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`)
	wordMonth   = regexp.MustCompile(`^(\pL+)\.?[ -/]?'?(\d{4}|\d{2})$`)
	yearWord    = regexp.MustCompile(`^(fy[ -]?)?(\d{4}|\d{2})[ -/](\pL+)\.?$`)

	yearQuarter = regexp.MustCompile(`^(fy[ -]?)?(\d{4})[-/ ]?(?:q|qtr |quarter )[ -]?([1-4])$`)
	quarterYear = regexp.MustCompile(`^(?:q|qtr |quarter )[ -]?([1-4])[-/ ](?:of )?(fy[ -]?)?(\d{4})$`)
	nthQuarter  = regexp.MustCompile(`^([1-4])(?:st|nd|rd|th) quarter (?:of )?(\d{4})$`)
	threeMonths = regexp.MustCompile(`^(\pL+)\.?(?: (\d{4}))?(?:-| to )(\pL+)\.? (\d{4})$`)

	oneYear  = regexp.MustCompile(`^(fy[ -]?)?(\d{4})(?:\.0)?(?: \((?:fytd|ytd)\))?$`)
	twoYears = regexp.MustCompile(`^(?:fy[ -]?)?(\d{4})[-/](\d{4}|\d{2})$`)
	ending   = regexp.MustCompile(`^(?:(?:year|12 months|twelve months)[ -](?:ending|ended|to)|ye)(?: in| the)? (.+)$`)
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

// dayOf reads a day. why says what is wrong if it is none.
func (f Form) dayOf(s string) (d stat.Date, why string, ok bool) {
	for _, form := range []*regexp.Regexp{isoDay, plainDay} {
		if m := form.FindStringSubmatch(s); m != nil {
			d, ok = date(m[1], m[2], m[3])
			return d, "there is no such day", ok
		}
	}
	if m := digitsDay.FindStringSubmatch(s); m != nil {
		switch f.Order {
		case "dmy":
			d, ok = date(m[3], m[2], m[1])
		case "mdy":
			d, ok = date(m[3], m[1], m[2])
		default:
			return 0, "declare the order of day and month, dmy or mdy", false
		}
		return d, "there is no such day in the order " + f.Order, ok
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
	if m := yearWord.FindStringSubmatch(s); m != nil && monthOf(m[3]) != 0 {
		if m[1] != "" && f.FiscalStart == 0 {
			return stat.Period{}, needFiscal
		}
		return f.MonthOf(fullYear(m[2]), int(monthOf(m[3]))), ""
	}
	if m := wordMonth.FindStringSubmatch(s); m != nil && monthOf(m[1]) != 0 {
		return f.MonthOf(fullYear(m[2]), int(monthOf(m[1]))), ""
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
	for _, x := range []struct {
		form              *regexp.Regexp
		year, quarter, fy int
	}{{yearQuarter, 2, 3, 1}, {quarterYear, 3, 1, 2}, {nthQuarter, 2, 1, 0}} {
		if m := x.form.FindStringSubmatch(s); m != nil {
			if x.fy != 0 && m[x.fy] != "" && f.FiscalStart == 0 {
				return stat.Period{}, needFiscal
			}
			q, _ := strconv.Atoi(m[x.quarter])
			return f.QuarterOf(fullYear(m[x.year]), q), ""
		}
	}
	if m := threeMonths.FindStringSubmatch(s); m != nil {
		from, to := monthOf(m[1]), monthOf(m[3])
		if from == 0 || to != from+2 || from%3 != 1 || m[2] != "" && m[2] != m[4] {
			return stat.Period{}, "the months are not a quarter of a calendar year"
		}
		return stat.Quarter(fullYear(m[4]), (int(from)+2)/3), ""
	}
	return f.wholeOf(s, stat.QuarterOf)
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
	if m := oneYear.FindStringSubmatch(s); m != nil {
		if m[1] != "" && f.FiscalStart == 0 {
			return stat.Period{}, needFiscal
		}
		return f.YearOf(fullYear(m[2])), ""
	}
	if m := twoYears.FindStringSubmatch(s); m != nil {
		first, second := fullYear(m[1]), m[2]
		if len(second) == 2 {
			second = m[1][:2] + second
		}
		last, _ := strconv.Atoi(second)
		switch {
		case last != first+1 && !(first%100 == 99 && m[2] == "00"):
			return stat.Period{}, "the years do not follow each other"
		case f.FiscalStart == 0:
			return stat.Period{}, needFiscal
		}
		return f.YearOf(first + 1), ""
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
	end := month.End
	p := stat.Period{Start: end.AddDays(1).AddYears(-1), End: end, Precision: stat.PrecisionRange}
	if _, m, _ := end.YMD(); m == time.December {
		p.Precision = stat.PrecisionYear
	}
	return p, ""
}
