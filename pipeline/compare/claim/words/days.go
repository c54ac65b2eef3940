package words

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/stat"
)

func endDay(m *moment, g []string) {
	p := pointOf(g[1])
	m.upTo, m.year = true, p.year
	m.spans = func(on stat.Date, year int) []span {
		end := p.period(on, year).End
		return []span{{start: end, end: end, ending: true}}
	}
}

func endMonth(m *moment, g []string) {
	p := pointOf(g[1])
	m.upTo, m.year = true, p.year
	m.spans = func(on stat.Date, year int) []span {
		per := p.period(on, year)
		if p.year == 0 && per.End > on {
			per = p.in(per.End.Year() - 1)
		}
		return []span{{start: per.End, end: per.End, ending: true}}
	}
}

// oneDay reads a day. Of a stock it is the day of the level, and the last day of an open window
// that the same words name.
func oneDay(m *moment, g []string) {
	p := pointOf(g[1])
	m.year = p.year
	words := strings.Join(g[2:], "")
	fixed(m, func(on stat.Date, year int) (stat.Date, stat.Date) {
		d := p.period(on, yearIn(words, on, year))
		return d.Start, d.End
	})
}

func oneMonth(m *moment, g []string) {
	p := pointOf(g[2])
	m.year = p.year
	m.spans = func(on stat.Date, year int) []span {
		per := p.period(on, yearIn(g[3], on, year))
		if g[1] != "" && per.End >= on {
			per = p.in(per.End.Year() - 1)
		}
		if per.End >= on {
			return []span{{start: per.Start, end: on, open: true}}
		}
		return []span{exactly(per.Start, per.End)}
	}
}

func relativeMonth(m *moment, g []string) {
	m.spans = func(on stat.Date, _ int) []span {
		start := on.MonthStart()
		if strings.EqualFold(g[1], "this") {
			return []span{{start: start, end: on, open: true}}
		}
		end := start.AddDays(-1)
		return []span{exactly(end.MonthStart(), end)}
	}
}

func onWeekday(m *moment, g []string) {
	fixed(m, func(on stat.Date, _ int) (stat.Date, stat.Date) {
		d := weekday(g[1], on)
		if strings.EqualFold(g[1], "today") {
			d = on
		}
		return d, d
	})
}

// dayList reads days of the week that follow each other.
func dayList(m *moment, g []string) {
	fixed(m, func(on stat.Date, _ int) (stat.Date, stat.Date) {
		end := weekday(g[2], on)
		return weekday(g[1], end), end
	})
}

func bareYearOf(m *moment, g []string) {
	y, _ := strconv.Atoi(g[1])
	m.year, m.rest = y, true
	m.spans = func(on stat.Date, _ int) []span { return wholeYear(y, on) }
}

// yearNear returns the year that the words around a number name for dates without one: of its clause, else
// of the sentence; zero if they name none.
func (s *Sentence) yearNear(n Number, on stat.Date) int {
	from, _ := s.sentenceAround(n.At)
	own, other := 0, 0
	for _, m := range s.moments {
		y := m.yearOn(on)
		switch {
		case y == 0 || m.back:
		case m.at >= n.clause.at && m.at < n.clause.end:
			own = cmp.Or(own, y)
		case m.at >= from && m.at < n.clause.at:
			other = y
		}
	}
	return cmp.Or(own, other)
}

// own returns the moments of the clause of a number. A last day belongs to the window before it: "so far this
// year, to 7 November".
func (s *Sentence) own(n Number) []moment {
	list := s.momentsIn(n.clause.at, n.clause.end)
	onlyYears := onlyRest(list)
	for _, m := range s.moments {
		if m.upTo && onlyYears && m.end <= n.clause.at && inFront.MatchString(s.original[m.end:n.clause.at]) && !s.hasNumber(m) {
			list = append([]moment{m}, list...) // "as of 13 November, 27,284 people in 2023"
		}
	}
	for _, m := range s.moments {
		if len(list) > 0 && m.upTo && m.at >= n.clause.end && list[len(list)-1].open && m.at <= list[len(list)-1].end+2 {
			return append(list, m)
		}
	}
	return list
}

// hasNumber reports whether a number is in the clause of a moment.
func (s *Sentence) hasNumber(m moment) bool {
	return slices.ContainsFunc(s.Numbers, func(x Number) bool { return x.clause.at == clauseOf(s, m).at })
}

// inFront matches what is between a last day and the clause that it belongs to.
var inFront = find(`^,? ?,?$`)

// momentsIn returns the moments between two places of the text.
func (s *Sentence) momentsIn(at, end int) []moment {
	var out []moment
	for _, m := range s.moments {
		if m.at >= at && m.at < end {
			out = append(out, m)
		}
	}
	return out
}
