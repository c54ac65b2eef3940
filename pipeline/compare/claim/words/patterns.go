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

const weekdays = `monday|tuesday|wednesday|thursday|friday|saturday|sunday`

// find compiles a pattern of words.
func find(words string) *regexp.Regexp { return regexp.MustCompile(words) }

// took lists the days on which governments took office, by the words that name them. A sentence may count
// from the day of the election, too.
var took = []struct {
	words *regexp.Regexp
	from  []stat.Date
	until stat.Date // the last day in office; zero if there is none yet
}{
	{find(`(?i)labour|starmer|new government|(?:this|current|present) government|general election|the election|won power`), []stat.Date{stat.NewDate(2024, time.July, 5), stat.NewDate(2024, time.July, 4), stat.NewDate(2024, time.July, 6)}, 0},
	{find(`(?i)sunak`), []stat.Date{stat.NewDate(2022, time.October, 25), stat.NewDate(2022, time.October, 24)}, stat.NewDate(2024, time.July, 4)},
	{find(`(?i)truss`), []stat.Date{stat.NewDate(2022, time.September, 6)}, stat.NewDate(2022, time.October, 24)},
	{find(`(?i)agreement|treaty|deal|scheme|pilot|one[ -]in`), []stat.Date{stat.NewDate(2025, time.August, 6), stat.NewDate(2025, time.September, 18)}, 0},
}

// patterns lists what the words of a moment look like. The first that matches reads its words, and
// no other does.
var patterns = []pattern{
	{find(`(?i:over |in |during |on |for )?(` + monthName + `)(?:, ` + monthName + `)*(?:,? and | and )(` + monthName + `(?:,?(?: in| of)? (?:19|20)\d\d)?)` + thatYear), "window", between},
	{find(`(?i:between |from |on |over )?\b(\d{1,2})(?:st|nd|rd|th)?(?: (?:to|and|or|until) |-|–| - | – )(` + dayOf + `)` + thatYear), "window", daysOfMonth},
	{find(`(?i:between |from )` + monthName + ` (\d{1,2})(?:st|nd|rd|th)?(?: (?:to|and|until|through) | ?[-–] ?)\d{1,2}(?:st|nd|rd|th)?\b(?:,? ` + anyYear + `)?` + thatYear), "window", usDaysOfMonth},
	{find(`(?i:on |over )?` + monthName + ` (\d{1,2})(?:st|nd|rd|th)?(?: (?:to|through) | ?[-–] ?)\d{1,2}(?:st|nd|rd|th)?\b(?:,? ` + anyYear + `)?` + thatYear), "window", usDaysOfMonth},
	{find(`(?i:so far |already )?(?i:in |during )?(?i:this year),? (?i:(?:up )?(?:to|until|till)) (?i:the end of )?(` + anyDay + `|` + anyMonth + `)`), "window", thisYearTo},
	{find(`(?i:between|from|over|in|during|for)? ?\b(` + anyPoint + `|(?i:the )?(?i:start|beginning) of (?:the|this) year|` + anyYear + `)(?:,? (?i:and|to|until|till|through|up to|up until|to the end of) |–|—| – | - |-)(?:the )?(` + anyPoint + `|now|today|` + anyYear + `)` + thatYear), "window", between},
	{find(`(?i)(?:on |over |between )?\b(` + weekdays + `)(?:, (?:` + weekdays + `))*(?:,? and | and |-| to )(` + weekdays + `)\b`), "window", dayList},
	{find(`(?i)\b(?:first time|most|highest|lowest|fewest|biggest|smallest|largest|worst|record|busiest|quietest|deadliest)(?: [a-z]+){0,3} (?:in|for|over) (?:more than |over |almost |nearly )?(?:the (?:past|last) )?` + small + ` (?:years|months|weeks)\b`), "", func(*moment, []string) {}}, // no window
	{find(`\b` + small + ` (?i:years)(?i: (?:ending|ended|to)(?: in| on| the end of| the)*) (` + anyPoint + `)`), "window",
		func(m *moment, g []string) {
			m.years = int(numbers.InLetters(g[1]))
			monthsTo(m, 12*m.years, pointOf(g[2]))
		}},
	{find(`(?i:same |previous )?(?i:years?|12 months|twelve months|12-months?)(?i: (?:ending|ended|to)(?: in| on| the end of| the)*) (` + anyPoint + `)` + thatYear), "window",
		func(m *moment, g []string) { monthsTo(m, 12, pointOf(g[1])) }},
	{find(`\b` + small + ` (?i:months)(?i: (?:ending|ended|to)(?: in| on| the end of| the)*) (` + anyPoint + `)`), "window",
		func(m *moment, g []string) { monthsTo(m, int(numbers.InLetters(g[1])), pointOf(g[2])) }},
	{find(`(?i:week|seven days|7 days|seven-day period)(?i:,? (?:ending|ended|to|up to)(?: on| sunday)*) (` + anyDay + `)`), "week", weekTo},
	{find(`(?i:week) (?i:beginning|starting|of)(?i: on| monday)* (` + anyDay + `)`), "week", weekFrom},
	{find(`(?i)(?:since|from) (?:the )?(?:start|beginning|turn) of (?:the year|this year|(` + anyYear + `))`), "window", startOfYear},
	{find(`(?i)\b(?:has|have|had) since\b`), "", func(*moment, []string) {}}, // no event
	{find(`[Ss]ince (` + anyDay + `),? when\b`), "date", oneDay},
	{find(`[Ss]ince (` + usDayOf + `)`), "window", sincePoint},
	{find(`(?:[Ss]ince|[Ss]tarting) (?:1 )?(January)(?: 1(?:st)?)?\b(?:,? (` + anyYear + `))?`), "window", sinceJanuary},
	{find(`[Ss]ince (?:the (?:end|start|beginning) of )?(` + anyDay + `|` + anyMonth + `|` + anyYear + `)`), "window", sincePoint},
	{find(`(?i)since (?:the )?(?:records|recording|counting|data|figures|monitoring|crossings|current records)[^.;,]{0,30}(?:began|begin|started)(?: in (` + anyYear + `))?|on record|in total since`), "records", sinceRecords},
	{find(`(?i)since ([^.;,\d]{3,70}?)(?:came (?:to|into) (?:power|office|force)|took (?:office|power|over|effect)|won(?: the (?:general )?election)?|was elected|were elected|(?:entered|walked into|arrived in) (?:power|office|government|downing street)|became prime minister|general election|election|began|started|launched|was (?:signed|agreed|launched)|premiership|leadership|beginning)(?: (?:back )?(?:in|on) (?-i:` + anyDay + `|` + anyMonth + `))?`), "window", sinceEvent},
	{find(`(?i)under (labour|(?:sir )?(?:keir )?starmer|(?:the )?new government|this government|the (?:current|present) government|(?:rishi )?sunak|(?:liz )?truss)\b`), "window", sinceEvent},
	{find(`(?i)since ([^.;,\d]{3,50})`), "window", sinceEvent},
	{find(`(?i)\b(first|second|last|final) (?:half|six months)(?: of)?` + which), "window", half},
	{find(`(?i)\b(first|second|third|fourth|last|final) (?:calendar )?quarter(?: of)?` + which), "quarter", quarter},
	{find(`\b[Qq]([1-4])(?: of)?` + which), "quarter", quarter},
	{find(`\b[Hh]([12])(?: of)?` + which), "window", half},
	{find(`(?i)\b(first|last|final) ` + small + ` months(?: of)?` + which), "window", someMonths},
	{find(`(?i)\b(first) (\d{1,3}) days(?: of)?` + which), "window", someDays},
	{find(`(?i)(?:so far|to date|already) (?:in |during )?(this) month\b`), "month", relativeMonth},
	{find(`(?i)(?:already |recorded |total |provisional total |figure )?\b(?:for |in |during )?(` + anyYear + `),? (?:so far|to date|thus far|up to|(?:provisional )?total (?:to|so far))|(?:so far|to date|thus far|already|now)(?: in| for| during)?(?: the)? (` + anyYear + `)`), "window",
		func(m *moment, g []string) { ytd(m, g[1]+g[2]) }},
	{find(`(?i)(?:already |so far |thus far |to date )?(?:during |in |for |of )?(?:this calendar year|this year|(?:the |this )?year[ -](?:so far|to[ -]date))(?: so far| to date| thus far| already)?|\bso far\b|\bthus far\b|\bto date\b|(?:this|the) year(?:'s|’s) total|total for (?:the|this) year(?: so far| to date)?`), "window",
		func(m *moment, g []string) {
			ytd(m, "")
			m.this = strings.Contains(strings.ToLower(g[0]), "year")
		}},
	{find(`(?i)(?:the |this |that )?same (?:point|stage|time|period|date|day|month|week|quarter|span|months|three months|six months|nine months|\d+ months|timeframe)(?: (?:of|in|for|the|a|during))*(?: (?:last|previous|prior) year| years? (?:earlier|before|ago)| (?:last )?` + monthName + `)?(?: (?:of|in))?(?: (` + anyYear + `))?`), "window", sameTime},
	{find(`(?i)(?:at |by )?(?:this|that) (?:point|stage|time|date)(?: (?:last year|(?:in|of) (` + anyYear + `)))?`), "window", sameTime},
	{find(`(?i)\b` + small + ` years (?:earlier|before|ago|previously)\b`), "window", func(m *moment, g []string) { m.back, m.years = true, int(numbers.InLetters(g[1])) }},
	{find(`(?i)\b(?:` + small + ` months|(?:a|one|the) month) (?:earlier|before|ago|previously)\b`), "window",
		func(m *moment, g []string) { m.back, m.months = true, max(int(numbers.InLetters(g[1])), 1) }},
	{find(`(?i)(?:in|over|during|within|for) (?:the )?(?:space of |(?:past|last) )?(?:` + small + ` years|a decade|decade)\b|(?:the )?(?:past|last) (?:` + small + ` years|decade)\b`), "window",
		func(m *moment, g []string) { lastYears(m, cmp.Or(int(numbers.InLetters(g[1]+g[2])), 10)) }},
	{find(`(?i)(?:a|one|the) year (?:earlier|before|ago|previously)|(?:the )?(?:previous|prior|preceding) (?:year|12 months|twelve months|12-month period)|12 months (?:earlier|before)|twelve months (?:earlier|before)|year[ -]on[ -]year|(?:the )?years? before|previous years`), "window", sameTime},
	{find(`(?i)(?:the )?(?:past|last|latest|previous|rolling|most recent) (?:12|twelve) months|(?:the )?past year|(?:over|in) (?:a|the last) year|over (?:12|twelve) months|(?:12|twelve)[ -]months?(?: period)?`), "window",
		func(m *moment, _ []string) { lastDays(m, isRolling...) }},
	{find(`(?i)(?:on |over |at |during )*(?:the |this |last |past )*weekend\b`), "window", weekend},
	{find(`(?i)(?:the |over the )*(?:past|last|previous) (?:seven days|7 days|week)\b|this week\b|seven-day total`), "week",
		func(m *moment, _ []string) { lastDays(m, BasisWeek, BasisSevenDays) }},
	{find(`(?i)(?:the )?(?:past|last|previous) ` + small + ` days\b|\b` + small + `-day (?:total|period)`), "window", lastSoManyDays},
	{find(`(?i)\b(?:on )?(?:the (?:day (?:before|earlier|after|later)|(?:previous|preceding|next|following) day)|(?:a|one) day (?:earlier|before|later|after))\b`), "date", nextTo},
	{find(`(?i)(?:at |by )(?:the )?(?:end|close) of (?:the year )?(` + anyYear + `|last year)`), "date", endOfYear},
	{find(`(?i:in|during|for|throughout) ()(` + monthName + `)(?:,? (?:of )?(last year))`), "month", oneMonth}, // the empty group has no "last" in front of the month
	{find(`(?i:whole|entire|all|full|total|annual|throughout|during)?(?i:(?: of| calendar| the)*)(?: year)? ?(?i:(?:of|in|for) )?\b(?i:last year)(?:'s|’s)?`), "year",
		func(m *moment, _ []string) {
			m.last = true
			m.spans = func(on stat.Date, _ int) []span { return wholeYear(on.Year()-1, on) }
		}},
	{find(`(?i:(?:to|until|till|by|up to|up until|as of|as at|ending|through)(?: and including)?(?: the)?(?: end of)?) (` + anyDay + `)`), "date", endDay},
	{find(`(?i:(?:by|at|to|until|as of|up to)(?: the)? end(?: of)?) (` + anyMonth + `)`), "date", endMonth},
	{find(`(?i:on )?(` + anyDay + `)` + thatYear), "date", oneDay},
	{find(`(?i)\bon the ([1-9]\d?)(?:st|nd|rd|th)\b`), "date", sameMonth},
	{find(`(?i)\bend of (` + anyMonth + `)`), "date", endMonth},
	{find(`(?i:(?:in|during|for|of) )?(?i:(?:the )?(?:whole|month|first days) of )?\b(?:((?i:last)) |(?i:this) )?(` + anyMonth + `)` + thatYear), "month", oneMonth},
	{find(`(?i)(?:in |during )?\b(last|this|previous) month\b`), "month", relativeMonth},
	{find(`(?i)(?:on |last |over )?\b(` + weekdays + `)\b(?:'s|’s)?`), "date", onWeekday},
	{find(`(?i)\b(yesterday|today)\b`), "date", onWeekday},
	{find(`(?i)\b(?:single|one|in a|biggest|busiest|highest|24[ -]hour|record)[ -](?:day|daily|24 hours|24[ -]hour)\b|in (?:the space of )?24 hours|daily (?:total|record|number|figure)|24-hour period`), "window",
		func(m *moment, _ []string) { m.bases = []string{BasisDay} }},
	{find(`(?i)\b(?:single|one|in a|busiest|record) week\b|weekly (?:total|record|number|figure)`), "week",
		func(m *moment, _ []string) { m.bases = []string{BasisWeek, BasisSevenDays} }},
	{find(`(?i)\b(?:single|one|in a|busiest|record|any|calendar) month\b|monthly (?:total|record|number|figure)`), "month",
		func(m *moment, _ []string) { m.bases = []string{compare.BasisMonth} }},
	{find(`\b(` + anyYear + `)[/–-](\d{2})\b`), "window", financialYear},
	{find(`\b(` + anyYear + `)\b(?:'s|’s)?`), "year", bareYearOf},
}

// thisYearTo reads "this year to 7 November", which is no twelve months.
func thisYearTo(m *moment, g []string) {
	p := pointOf(g[1])
	fixed(m, func(on stat.Date, _ int) (stat.Date, stat.Date) {
		return stat.Year(on.Year()).Start, p.in(on.Year()).End
	})
}

// daysOfMonth reads two days of one month.
func daysOfMonth(m *moment, g []string) {
	to := pointOf(g[2])
	from := to
	from.day, _ = strconv.Atoi(g[1])
	m.year = to.year
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		end := to.period(on, yearIn(g[3], on, year)).End
		return min(from.in(end.Year()).Start, end), end
	})
}

// usDaysOfMonth reads two days of one month that is named first.
func usDaysOfMonth(m *moment, g []string) {
	daysOfMonth(m, []string{"", g[1], g[0], g[2]}) // of all the words pointOf reads the last day
}

// lastSoManyDays reads days that end with one of the last days known.
func lastSoManyDays(m *moment, g []string) {
	n := stat.Date(numbers.InLetters(g[1] + g[2]))
	m.spans = func(on stat.Date, _ int) []span {
		var out []span
		for end := on; end > on-newestDays+1; end-- {
			out = append(out, exactly(end-n+1, end))
		}
		return out
	}
}

// newestDays is the number of days before a sentence on which figures may end, and recentMonths the same for the ends of
// months. The ends of quarters are known later.
const (
	newestDays   stat.Date = 9
	recentMonths stat.Date = 75
)

// lastYears reads years that end with one of the last days known, with one of the last months, or with the last year
// that is over.
func lastYears(m *moment, n int) {
	m.years = n
	m.spans = func(on stat.Date, _ int) []span {
		y := on.Year()
		out := []span{exactly(stat.Year(y-n).Start, stat.Year(y-1).End)}
		for end := on; end > on-PointLookback; end-- {
			if end > on-newestDays || end == end.MonthEnd() && (end > on-recentMonths || end.Month()%3 == 0) {
				out = append(out, exactly(end.AddDays(1).AddYears(-n), end))
			}
		}
		return out
	}
}

// newest returns the newest twelve months, year to date and level, and the last year that is over.
func newest(on stat.Date) []span {
	y := stat.Year(on.Year() - 1)
	return []span{{end: on, open: true, ending: true, newest: true, bases: append(slices.Clone(isRolling), BasisYearToDate, compare.BasisPoint)}, exactly(y.Start, y.End)}
}

// weekend reads the last Saturday and Sunday.
func weekend(m *moment, _ []string) {
	fixed(m, func(on stat.Date, _ int) (stat.Date, stat.Date) {
		end := weekday("Sunday", on)
		return end - 1, end
	})
}

// nextTo reads the day before or after the one that is named in front of it.
func nextTo(m *moment, g []string) {
	by := stat.Date(-1)
	if nextDay.MatchString(g[0]) {
		by = 1
	}
	m.near = func(d stat.Date) stat.Date { return d + by }
}

var nextDay = find(`(?i)after|later|next|following`)

// sameMonth reads a day of the month of the one that is named in front of it.
func sameMonth(m *moment, g []string) {
	n, _ := strconv.Atoi(g[1])
	m.near = func(d stat.Date) stat.Date { return min(d.MonthStart().AddDays(n-1), d.MonthEnd()) }
}

// financialYear reads "2024/25": April to March.
func financialYear(m *moment, g []string) {
	y, _ := strconv.Atoi(g[1])
	fixed(m, func(stat.Date, int) (stat.Date, stat.Date) {
		return stat.NewDate(y, time.April, 1), stat.NewDate(y+1, time.March, 31)
	})
}

func weekTo(m *moment, g []string) {
	p := pointOf(g[1])
	m.year = p.year
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		end := p.period(on, year).End
		return end.AddDays(-6), end
	})
}

func weekFrom(m *moment, g []string) {
	p := pointOf(g[1])
	m.year = p.year
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		start := p.period(on, year).Start
		return start, start.AddDays(6)
	})
}

func ytd(m *moment, digits string) {
	m.open = true
	m.year, _ = strconv.Atoi(digits)
	m.spans = yearToDate(m.year)
}

func startOfYear(m *moment, g []string) {
	ytd(m, g[1])
	year, inYear := m.year, m.spans
	m.spans = func(on stat.Date, y int) []span {
		list := inYear(on, y)
		if year != 0 && year < on.Year() {
			list = append(list, span{start: stat.Year(year).Start, end: on, open: true})
		}
		return list
	}
}

func sinceJanuary(m *moment, g []string) {
	y, _ := strconv.Atoi(g[2])
	if y == 0 {
		ytd(m, "")
		return
	}
	m.year, m.open = y, true
	m.spans = func(on stat.Date, _ int) []span {
		return []span{{start: stat.Year(y).Start, end: on, open: true}}
	}
}

func sincePoint(m *moment, g []string) {
	p := pointOf(g[1])
	m.open, m.year = true, p.year
	m.spans = func(on stat.Date, year int) []span {
		per := p.period(on, year)
		list := []span{{start: per.Start, end: on, open: true}}
		if p.month == 0 {
			list = append(list, span{start: per.End + 1, end: on, open: true}) // "highest since 2021"
		}
		return list
	}
}

func sinceRecords(m *moment, g []string) {
	m.open, m.rest = true, true
	m.year, _ = strconv.Atoi(g[1])
	m.spans = func(on stat.Date, _ int) []span {
		return []span{{end: on, open: true, ending: true, bases: []string{BasisSince}}, {end: on, inside: true}}
	}
}

// sinceEvent reads the day of a government or of an agreement. Of other events it knows only that the
// caller may have listed them.
func sinceEvent(m *moment, g []string) {
	for _, x := range took {
		if !x.words.MatchString(g[0]) {
			continue
		}
		openFrom(m, x.from...)
		if x.until != 0 {
			until := x.until
			m.spans = func(on stat.Date, _ int) []span {
				var out []span
				for _, d := range x.from {
					out = append(out, exactly(d, min(until, on)), exactly(d, until-1), span{start: d, end: on, open: true})
				}
				return out
			}
		}
		return
	}
	lastDays(m, compare.BasisPolicyPeriod, BasisSince)
}

func half(m *moment, g []string) {
	index := 1
	if w := strings.ToLower(g[1]); w != "first" && w != "1" {
		index = 2
	}
	parts(m, true, 6, index, g[2], g[3])
}

var quarters = []string{"first", "second", "third", "fourth"}

func quarter(m *moment, g []string) {
	n, err := strconv.Atoi(g[1])
	if err != nil {
		n = slices.Index(quarters, strings.ToLower(g[1])) + 1
	}
	parts(m, true, 3, cmp.Or(n, 4), g[2], g[3]) // "last" and "final" are the fourth
}

func someMonths(m *moment, g []string) {
	parts(m, strings.EqualFold(g[1], "first"), int(numbers.InLetters(g[2])), 1, g[3], g[4])
}

func someDays(m *moment, g []string) {
	n, _ := strconv.Atoi(g[2])
	m.year, _ = strconv.Atoi(g[3])
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		start := stat.Year(yearOf(g[3], g[4], on, year)).Start
		return start, start.AddDays(n - 1)
	})
}

// sameTime shifts the window that was named before.
func sameTime(m *moment, g []string) {
	m.back = true
	if len(g) > 1 {
		m.year, _ = strconv.Atoi(g[1])
	}
}

func endOfYear(m *moment, g []string) {
	m.upTo = true
	m.spans = func(on stat.Date, year int) []span {
		end := stat.Year(yearOf(g[1], g[1], on, year)).End
		return []span{exactly(end, end), {start: stat.Year(end.Year()).Start, end: end}}
	}
}
