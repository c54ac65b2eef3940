package period

import (
	"regexp"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// monthSpan matches two months, in brackets or not, and what is before and after them.
var monthSpan = regexp.MustCompile(`^(.*?)\(?(\pL{3,})\.?(?:-| to | a | à | bis )(\pL{3,})\.?\)?(?: (?:of |de )?(.+))?$`)

// yearWithin matches a year after the first of two months: "jan 2018 to mar 2018".
var yearWithin = regexp.MustCompile(`^(\pL+)\.? (\d{4})(?:-| to )(\pL+\.? (\d{4}))$`)

// monthsOfQuarter reads a quarter that is written by its first and last month, with a year, or with
// the year and number of the quarter. Both results are zero if it is not written so.
func (f Form) monthsOfQuarter(s string) (p stat.Period, why string) {
	if m := yearWithin.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		s = m[1] + "-" + m[3]
	}
	m := monthSpan.FindStringSubmatch(s)
	if m == nil {
		return p, ""
	}
	from, to := monthOf(m[2]), monthOf(m[3])
	if from == 0 || to == 0 {
		return p, ""
	}
	if to != from+2 || from%3 != 1 {
		return p, "the months are not a quarter of a calendar year"
	}
	rest := strings.Trim(decode.Fold(m[1]+" "+m[4]), " :-")
	if !yearText.MatchString(rest) {
		if p, why = f.readQuarter(rest); why != "" {
			return stat.Period{}, why
		}
		if _, month, _ := p.Start.YMD(); month != from {
			return stat.Period{}, "the months are not those of the quarter"
		}
		return p, ""
	}
	y, why := f.yearOf(rest)
	if why != "" {
		return p, why
	}
	if !fourDigits.MatchString(rest) { // a fiscal year
		return stat.QuarterOf(f.MonthOf(y, int(from)).Start), ""
	}
	return stat.Quarter(y, (int(from)+2)/3), ""
}

var fourDigits = regexp.MustCompile(`^\d{4}$`)

// QuarterOfMonths returns the quarter of a calendar year that a cell of its own states by its months,
// as "Jan to Mar", or 0.
func QuarterOfMonths(text string) int {
	p, _ := Form{Length: Quarter}.monthsOfQuarter(clean(text) + " 2000")
	if p == (stat.Period{}) {
		return 0
	}
	_, m, _ := p.End.YMD()
	return int(m) / 3
}

// between matches the words between the first and the last day of a period.
var between = regexp.MustCompile(`-| (?:to|until|through|bis|au|al) (?:the )?`)

// readSpan reads a period that is written by its first and its last day, or month. It returns the
// zero period for a text that is none, or whose days are not a whole period of the form.
func (f Form) readSpan(s string) stat.Period {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "from "), "period ")
	for _, at := range between.FindAllStringIndex(s, 8) {
		left, right := clean(s[:at[0]]), clean(s[at[1]:])
		last, _, ok := f.dayOf(right)
		if !ok && f.Length == YearEnding {
			from, _ := Form{Length: Month}.readMonth(left)
			to, _ := Form{Length: Month}.readMonth(right)
			if p := yearTo(to.End); to != (stat.Period{}) && p.Start == from.Start {
				return p
			}
		}
		if !ok {
			continue
		}
		first, _, ok := f.dayOf(left)
		for i := strings.IndexByte(right, ' '); !ok && i >= 0; { // "10 to 16 August 2026"
			if first, _, ok = f.dayOf(left + right[i:]); ok {
				break
			}
			next := strings.IndexByte(right[i+1:], ' ')
			if next < 0 {
				break
			}
			i += 1 + next
		}
		if p := f.whole(first, last); ok && p.Start == first && p.End == last {
			return p
		}
	}
	return stat.Period{}
}

// whole returns the period of the form that begins with one day and ends with another, if there is
// one.
func (f Form) whole(first, last stat.Date) stat.Period {
	y, m, _ := last.YMD()
	switch f.Length {
	case Week:
		return stat.WeekEnding(last)
	case Month:
		return stat.Month(y, m)
	case Quarter:
		if p := stat.QuarterOf(first); p.End == last || f.FiscalStart == 0 {
			return p
		}
		return stat.Period{Start: first, End: first.AddDays(62).MonthEnd(), Precision: stat.PrecisionRange}
	case Half:
		p, _ := f.halfAt(first.MonthStart())
		return p
	case Year:
		return f.YearOf(y)
	case YearEnding:
		return yearTo(last)
	}
	return stat.Period{}
}
