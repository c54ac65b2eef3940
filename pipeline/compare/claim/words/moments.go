package words

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/stat"
)

// The parts that the patterns of moments are made from. A month is written with a capital, so that
// the verb "may" is none.
const (
	monthName = `(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|january|february|march|april|june|july|august|september|october|november|december)\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)`
	dayOf     = `(?:(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day,? )?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? ` + monthName + `(?:,? (?:19|20)\d\d)?\b`
	usDayOf   = monthName + ` \d{1,2}(?:st|nd|rd|th)?\b(?:,? (?:19|20)\d\d\b)?`
	isoDay    = `(?:19|20)\d\d-\d\d-\d\d`
	shortDay  = `\b(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|[12]\d|3[01])/|\.(?:0?[1-9]|1[0-2])\.)(?:20)?\d\d\b`
	anyDay    = `(?:` + dayOf + `|` + usDayOf + `|` + isoDay + `|` + shortDay + `)`
	anyMonth  = monthName + `(?:,? (?:of )?(?:19|20)\d\d\b)?`
	anyPoint  = `(?:(?:the )?end of |the start of |the beginning of )?(?:` + anyDay + `|` + anyMonth + `)`
	anyYear   = `(?:19|20)\d\d`
	which     = `(?: (?:in|of)? ?(?:(` + anyYear + `)|(this year|last year|the year)))?`
	thatYear  = `(?:,? (?:of |in )?(this year|last year))?`
	small     = `(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`
)

// point is a day, month or year as written. What is not written is zero.
type point struct {
	year  int
	month time.Month
	day   int
}

var (
	digitsOf = regexp.MustCompile(`\d+`)
	monthIn  = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)
)

// pointOf reads a day, month or year.
func pointOf(text string) point {
	var p point
	if d, err := stat.ParseDate(text); err == nil {
		p.year, p.month, p.day = d.YMD()
		return p
	}
	if g := inDigits.FindStringSubmatch(text); g != nil {
		return dayInDigits(g)
	}
	if m := monthIn.FindString(text); m != "" {
		p.month = time.Month(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m))/3 + 1)
	}
	for _, digits := range digitsOf.FindAllString(text, -1) {
		if n, _ := strconv.Atoi(digits); len(digits) == 4 {
			p.year = n
		} else {
			p.day = n
		}
	}
	return p
}

// inDigits matches a day that is written in digits alone.
var inDigits = find(`^(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})$`)

// dayInDigits reads 15/06/2026, day first as in the country that is spoken of, unless only the other order gives a day.
func dayInDigits(g []string) point {
	day, _ := strconv.Atoi(g[1])
	month, _ := strconv.Atoi(g[2])
	year, _ := strconv.Atoi(g[3])
	if month > 12 {
		day, month = month, day
	}
	if len(g[3]) == 2 {
		year += 2000
	}
	return point{year, time.Month(min(month, 12)), day}
}

// in returns the period that the point is in a year.
func (p point) in(year int) stat.Period {
	switch {
	case p.month == 0:
		return stat.Year(year)
	case p.day == 0:
		return stat.Month(year, p.month)
	}
	d := stat.NewDate(year, p.month, p.day)
	return stat.Day(min(d, stat.NewDate(year, p.month, 1).MonthEnd()))
}

// period returns the period of the point for somebody who speaks on a day. Without a year it is in
// the year that the sentence names, else the last one that has begun.
func (p point) period(on stat.Date, year int) stat.Period {
	if y := cmp.Or(p.year, year); y != 0 {
		return p.in(y)
	}
	now := p.in(on.Year())
	if now.Start > on {
		return p.in(on.Year() - 1)
	}
	return now
}

// A pattern finds moments of one kind in a text. Groups are the parts of a match in its own
// spelling.
type pattern struct {
	re   *regexp.Regexp
	name string
	read func(m *moment, groups []string)
}

// fixed makes a moment that is one window.
func fixed(m *moment, f func(on stat.Date, year int) (start, end stat.Date)) {
	m.spans = func(on stat.Date, year int) []span {
		start, end := f(on, year)
		return []span{exactly(start, end)}
	}
}

// yearIn returns the year of "this year" or "last year", or another one where neither is written.
func yearIn(words string, on stat.Date, year int) int {
	switch {
	case words == "":
		return year
	case strings.EqualFold(words, "last year"):
		return on.Year() - 1
	}
	return on.Year()
}

// yearOf returns the year of the words of the group which.
func yearOf(digits, words string, on stat.Date, year int) int {
	y, _ := strconv.Atoi(digits)
	return cmp.Or(y, yearIn(words, on, year), on.Year())
}

// moments finds the moments of a text and blanks them out.
func moments(text string, rest []byte) []moment {
	var out []moment
	for _, p := range patterns {
		for _, at := range p.re.FindAllSubmatchIndex(rest, -1) {
			if splitsNumber(rest, at) || noDay.Match(rest[at[0]:at[1]]) {
				continue
			}
			var groups []string
			for i := range len(at) / 2 {
				groups = append(groups, numbers.Group(rest, at, i))
			}
			words := strings.TrimLeft(text[at[0]:at[1]], " ")
			m := moment{at: at[1] - len(words), end: at[1], words: words, name: p.name}
			p.read(&m, groups)
			m.base = comparedWith.MatchString(text[:m.at])
			if p.name != "" {
				out = append(out, m)
			}
			numbers.Blank(rest, at)
		}
	}
	slices.SortStableFunc(out, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	return placed(out)
}

// comparedWith matches the words in front of a moment that is compared with.
var comparedWith = find(`(?i)\b(?:than|compared (?:with|to)|against|relative to|\bon|from|over)\s+(?:in |during |for |the |those |that |of |figure |total |level )*$`)

// placed gives days next to others their place. One without another is left out.
func placed(list []moment) []moment {
	var day *moment
	out := list[:0]
	for _, m := range list {
		if m.near != nil && day == nil {
			continue
		}
		if near := m.near; near != nil {
			other := day.spans
			m.year = day.year
			fixed(&m, func(on stat.Date, year int) (stat.Date, stat.Date) {
				d := near(other(on, year)[0].end)
				return d, d
			})
		}
		out = append(out, m)
		if (m.name == "date" || m.name == "window") && m.spans != nil && !m.upTo && !m.open {
			last := m
			day = &last
		}
	}
	return out
}

var (
	thousands  = find(`^(?:,\d{3}|\d|\.\d|%| %| per cent)`)
	firstDigit = find(`^\d`)
	lastDigit  = find(`\d$`)
)

// noDay matches a month with a number that is no day: "June 78".
var noDay = find(`[a-z]\.? (?:3[2-9]|[4-9]\d)$`)

// splitsNumber reports whether a match ends or begins inside a number: "July 3" of "July 3,299", or "12 July" of
// "3,212 July".
func splitsNumber(text []byte, at []int) bool {
	return lastDigit.Match(text[at[0]:at[1]]) && thousands.Match(text[at[1]:]) || firstDigit.Match(text[at[0]:at[1]]) && lastDigit.Match(text[:at[0]])
}

// between reads two points with the days between them.
func between(m *moment, g []string) {
	from, to := pointOf(g[1]), pointOf(g[2])
	m.year = to.year
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		to := to
		if to.month == 0 && to.year == 0 { // "now"
			to.year, to.month, to.day = on.YMD()
		}
		end := to.period(on, yearIn(g[3], on, year))
		y := end.End.Year()
		if from.month > to.month || from.month == to.month && from.day > to.day && to.day != 0 {
			y--
		}
		return from.in(cmp.Or(from.year, y)).Start, end.End
	})
	if f := m.spans; from.day != 0 && to.day != 0 {
		// The first day may be the end of a week: "from 5 January" in a list of weeks.
		m.spans = func(on stat.Date, year int) []span {
			s := f(on, year)[0]
			return []span{s, {start: s.start.AddDays(-6), end: s.end, bases: []string{BasisWeeks}}}
		}
	}
}

// monthsTo reads so many months that end with a month or on a day. They begin the day after the same day of the
// month before them; to the end of a month they are whole months.
func monthsTo(m *moment, n int, end point) {
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		e := end.period(on, year)
		if end.year == 0 && year == 0 && e.End > on {
			e = end.in(e.End.Year() - 1)
		}
		y, month, day := e.End.YMD()
		before := stat.NewDate(y, month-time.Month(n), 1).MonthEnd()
		if e.End != e.End.MonthEnd() {
			before = min(before.MonthStart().AddDays(day-1), before)
		}
		return before.AddDays(1), e.End
	})
	m.year = end.year
}

// parts reads a part of a year: a half, a quarter, or so many months.
func parts(m *moment, first bool, months, index int, digits, words string) {
	m.year, _ = strconv.Atoi(digits)
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		y := yearOf(digits, words, on, year)
		from := (index - 1) * months
		if !first {
			from = 12 - months
		}
		if digits == "" && words == "" && year == 0 && stat.NewDate(y, time.Month(from+months+1), 1) > on {
			y--
		}
		start := stat.NewDate(y, time.Month(from+1), 1)
		return start, stat.NewDate(y, time.Month(from+months+1), 1).AddDays(-1)
	})
}

// yearToDate returns the days of a year, or of this one if it is zero, up to a day on which somebody speaks.
func yearToDate(year int) func(stat.Date, int) []span {
	return func(on stat.Date, _ int) []span {
		y := cmp.Or(year, on.Year())
		if y < on.Year() {
			return []span{{start: stat.Year(y).Start, end: stat.Year(y).End}, {start: stat.Year(y).Start, end: on.InYear(y), open: true}}
		}
		return []span{{start: stat.Year(y).Start, end: on, open: true}}
	}
}

// wholeYear returns a year, as far as it is over.
func wholeYear(y int, on stat.Date) []span {
	p := stat.Year(y)
	if p.End < on {
		return []span{exactly(p.Start, p.End), {start: p.Start, end: p.End, open: true, newest: true, bases: []string{BasisYearToDate}}}
	}
	return []span{{start: p.Start, end: on, open: true}}
}

// openFrom makes a moment that counts from a day to the day of the sentence.
func openFrom(m *moment, starts ...stat.Date) {
	m.open = true
	m.spans = func(on stat.Date, _ int) []span {
		var out []span
		for _, d := range starts {
			out = append(out, span{start: d, end: on, open: true})
		}
		return out
	}
}

// lastDays makes a moment of the newest days known: "in the past week".
func lastDays(m *moment, bases ...string) {
	m.open = true
	m.spans = func(on stat.Date, _ int) []span { return []span{{end: on, open: true, ending: true, bases: bases}} }
}

// weekday returns the last such day before a day.
func weekday(name string, on stat.Date) stat.Date {
	for d := on - 1; d > on-8; d-- {
		if strings.EqualFold(d.Time().Weekday().String(), name) {
			return d
		}
	}
	return on - 1
}

// isRolling lists the kinds of twelve months.
var isRolling = []string{compare.BasisRolling, compare.BasisYearEnding}
