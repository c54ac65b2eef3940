package period

import (
	"regexp"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// The spellings of half-years: "H1 2025", "2025 H1", "first half of 2025".
var (
	halfName  = `(?:(?:hy|h|s|sem|semester|semestre|half|halbjahr)[ -]?([12])|([12])[ -]?h|(first|second|1|2|i{1,2})(?:st|nd|er|e|o|a|\.)? ?(?:half|half[ -]year|semester|semestre|halbjahr))`
	yearHalf  = regexp.MustCompile(`^(` + years + `)[-/ :]*` + halfName + `$`)
	halfYear  = regexp.MustCompile(`^(?:the )?` + halfName + `[-/ ]*(?:of |de |del |of the year )?(` + years + `)$`)
	halfWords = regexp.MustCompile(`^` + halfName + `$`)

	halfEnding = regexp.MustCompile(`^(?:(?:half[ -]?year|6[ -]?m(?:onths?)?|six[ -]months?)(?: period)?[ -](?:ending|ended|to))(?: in| the| on)? (.+)$`)

	// leadingYear matches a year before the months: "2025 jan-jun".
	leadingYear = regexp.MustCompile(`^(\d{4})[ :]+(\pL.*)$`)
)

// HalfNumber returns the half of a year that a cell of its own states, as "H1" or "Jan to Jun", or 0.
func HalfNumber(text string) int {
	s := clean(text)
	if m := halfWords.FindStringSubmatch(s); m != nil {
		return nthNumber(m[1] + m[2] + m[3])
	}
	p, _ := Form{Length: Half}.monthsOfHalf(s + " 2000")
	if p == (stat.Period{}) {
		return 0
	}
	return int(p.End.Month()) / 6
}

// HalfOf returns half n, 1 or 2, of year y, which is a fiscal year if the form says so. A half-year is
// a range.
func (f Form) HalfOf(y, n int) stat.Period {
	first := f.YearOf(y).Start
	if n == 2 {
		first = halfFrom(first).End.AddDays(1)
	}
	return halfFrom(first)
}

// halfFrom returns the six months from a day on, the first of a month.
func halfFrom(first stat.Date) stat.Period {
	y, m, _ := first.YMD()
	return stat.Period{Start: first, End: stat.NewDate(y, m+6, 1).AddDays(-1), Precision: stat.PrecisionRange}
}

// halfStart returns the first day of the six months that end with a day, the last of a month.
func halfStart(end stat.Date) stat.Date {
	y, m, _ := end.YMD()
	return stat.NewDate(y, m-5, 1)
}

func (f Form) readHalf(s string) (stat.Period, string) {
	if p, why := f.nthOf(s, yearHalf, halfYear, f.HalfOf); p != (stat.Period{}) || why != "" {
		return p, why
	}
	if m := halfEnding.FindStringSubmatch(s); m != nil {
		month, why := Form{Length: Month, Order: f.Order}.readMonth(clean(m[1]))
		if month == (stat.Period{}) {
			return month, why
		}
		return f.halfAt(halfStart(month.End))
	}
	return f.monthsOfHalf(s)
}

// halfAt returns the half-year of the form that begins on a day.
func (f Form) halfAt(first stat.Date) (stat.Period, string) {
	start := max(f.FiscalStart, 1)
	if _, m, _ := first.YMD(); (int(m)-start+12)%6 != 0 {
		return stat.Period{}, "the months are not a half of a year"
	}
	return halfFrom(first), ""
}

// monthsOfHalf reads a half-year that is written by its first and last month, with the year of one or
// of each. Both results are zero if it is not written so.
func (f Form) monthsOfHalf(s string) (p stat.Period, why string) {
	for _, at := range between.FindAllStringIndex(s, 8) {
		left, right := clean(s[:at[0]]), clean(s[at[1]:])
		to, _ := Form{Length: Month}.readMonth(right)
		if to == (stat.Period{}) {
			continue
		}
		first := halfStart(to.End)
		if MonthNumber(left) == 0 || strings.ContainsAny(left, "0123456789") {
			from, _ := Form{Length: Month}.readMonth(left)
			if from.Start != first || from == (stat.Period{}) {
				continue
			}
		} else if time.Month(MonthNumber(left)) != first.Month() {
			return p, "the months are not a half of a year"
		}
		return f.halfAt(first)
	}
	if m := leadingYear.FindStringSubmatch(s); m != nil {
		return f.monthsOfHalf(decode.Fold(m[2] + " " + m[1]))
	}
	return p, ""
}
