package translate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/publish/site/stamp"
)

// matcher finds a slot of one kind at the beginning of a text.
type matcher func(f *form, text string) (found, bool)

var months = func() (names []string) {
	for m := time.January; m <= time.December; m++ {
		names = append(names, m.String())
	}
	return names
}()

// plain turns a number as people read it into one that programs read.
var plain = strings.NewReplacer(",", "", "−", "-", "+", "")

// terminals are the kinds of slots that need no catalogue.
var terminals = map[string]matcher{
	"n": pattern(`[+−-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`, func(f *form, m []string) (found, bool) {
		n, err := strconv.ParseFloat(plain.Replace(m[0]), 64)
		return found{text: f.number(m[0]), number: n}, err == nil
	}),
	"pct": pattern(`([+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?) %`, func(f *form, m []string) (found, bool) {
		return found{text: f.number(m[1]) + f.percent}, true
	}),
	"int":     pattern(`\d+`, same),
	"year":    pattern(`(?:1[89]|20)\d\d`, same),
	"iso":     pattern(`\d{4}-\d\d-\d\d`, same),
	"version": pattern(`\d+(?:\.\d+)+(?:-to-be-stamped)?`, same),
	"date": pattern(regexp.QuoteMeta(stamp.Released)+`|(\d{1,2}) ([A-Z][a-z]+) (\d{4})`, func(f *form, m []string) (found, bool) {
		if m[1] == "" {
			return found{text: m[0]}, true
		}
		month, ok := f.month(m[2])
		return found{text: f.day(m[1]) + " " + month + " " + m[3]}, ok
	}),
	"brief": pattern(`(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})\b`, func(f *form, m []string) (found, bool) {
		month, ok := f.shortMonth(m[2])
		return found{text: f.day(m[1]) + " " + month + " " + m[3]}, ok
	}),
	"day": pattern(`(\d{1,2}) ([A-Z][a-z]+)`, func(f *form, m []string) (found, bool) {
		month, ok := f.month(m[2])
		return found{text: f.day(m[1]) + " " + month}, ok
	}),
	"month": pattern(`([A-Z][a-z]+) (\d{4})`, func(f *form, m []string) (found, bool) {
		month, ok := f.month(m[1])
		return found{text: month + " " + m[2]}, ok
	}),
	"mon": pattern(`[A-Z][a-z]+`, func(f *form, m []string) (found, bool) {
		month, ok := f.month(m[0])
		return found{text: month}, ok
	}),
	"short": pattern(`[A-Z][a-z]{2}\b`, func(f *form, m []string) (found, bool) {
		month, ok := f.shortMonth(m[0])
		return found{text: month}, ok
	}),
}

func same(_ *form, m []string) (found, bool) { return found{text: m[0]}, true }

// pattern makes a matcher of a regular expression.
func pattern(expression string, make func(f *form, m []string) (found, bool)) matcher {
	re := regexp.MustCompile(`^(?:` + expression + `)`)
	return func(f *form, text string) (found, bool) {
		m := re.FindStringSubmatch(text)
		if m == nil {
			return found{}, false
		}
		c, ok := make(f, m)
		c.length = len(m[0])
		return c, ok
	}
}

// month returns the name of a month by its English one.
func (f *form) month(english string) (string, bool) {
	i := slices.Index(months, english)
	if i < 0 {
		return "", false
	}
	return f.months[i], true
}

// shortMonth returns the short name of a month by the first three letters of its English one.
func (f *form) shortMonth(english string) (string, bool) {
	i := slices.IndexFunc(months, func(name string) bool { return name[:3] == english })
	if i < 0 {
		return "", false
	}
	return f.short[i], true
}
