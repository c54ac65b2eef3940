package proposal

import (
	"regexp"
	"strings"

	"crossings/pipeline/read/decode"
)

// spare marks the columns that repeat a part of the period.
func (d *draft) spare() {
	for _, c := range d.columns {
		if d.used[c.at] || !c.weekdays() && !c.years && !(c.allMonths && c.has("month")) && !(c.quarters && c.has("quarter")) {
			continue
		}
		d.used[c.at] = true
		d.l.Ignore = append(d.l.Ignore, c.name)
	}
}

// weekdays reports whether a column has the days of the week.
func (c *column) weekdays() bool {
	for _, s := range c.texts {
		if !weekday.MatchString(decode.Words(s)) {
			return false
		}
	}
	return len(c.texts) > 0
}

var weekday = regexp.MustCompile(`^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$`)

// repeats proposes that empty cells repeat the one above, for periods that are written once.
func (d *draft) repeats() {
	p := &d.l.Period
	for _, c := range d.columns {
		if name := p.Column + p.Year; name == c.name && name != "" && c.blank > 0 && len(d.rows) > 0 && c.at < len(d.rows[0]) && d.rows[0][c.at] != "" {
			p.Fill = true
			d.note("period", "A guess: an empty cell repeats the period above it.")
		}
	}
}

// isShare reports whether a column has percentages, or shares by its header, and leaves it out.
func (d *draft) isShare(c *column) bool {
	if c.percents*2 <= c.filled && !c.has("%", "share", "per cent", "percent", "proportion", "anteil", "porcentaje", "pourcentage", "percentuale") {
		return false
	}
	d.l.Ignore, d.used[c.at] = append(d.l.Ignore, c.name), true
	d.note("ignore", "%s has shares, not counts.", decode.Quote(c.name))
	return true
}

// grouped reports whether numbers have points between thousands: two or more with a point, all of
// them with three digits after it.
func grouped(columns []*column) bool {
	points := 0
	for _, c := range columns {
		for _, s := range c.texts {
			if s = marked.ReplaceAllString(s, ""); !isNumber(s) || !strings.Contains(s, ".") {
				continue
			}
			if !thousands.MatchString(s) {
				return false
			}
			points++
		}
	}
	return points > 1
}

var thousands = regexp.MustCompile(`^[-−]?[1-9]\d{0,2}(?:\.\d{3})+$`)
