package period

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// monthNames are the names of months in languages of publishers of such figures, without accents.
// No name means two months. A name may be cut after three letters if it is English.
var monthNames = map[string]time.Month{}

func init() {
	for i, names := range [12]string{
		"january jan enero gennaio janvier januar jänner",
		"february feb febrero febbraio fevrier februar",
		"march mar marzo mars märz",
		"april apr abril aprile avril",
		"may mayo maggio mai",
		"june jun junio giugno juin juni",
		"july jul julio luglio juillet juli",
		"august aug agosto aout",
		"september sep sept septiembre settembre septembre",
		"october oct octubre ottobre octobre oktober okt",
		"november nov noviembre novembre",
		"december dec diciembre dicembre decembre dezember dez",
	} {
		for _, name := range strings.Fields(names) {
			monthNames[unaccented(name)] = time.Month(i + 1)
		}
	}
}

// unaccented returns s without accents.
func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// monthOf returns the month that a word names, or 0.
func monthOf(word string) time.Month { return monthNames[unaccented(strings.TrimRight(word, "."))] }

// MonthNumber returns the month that a cell of its own states, by name or as 1 to 12, or 0.
func MonthNumber(text string) int {
	s := clean(text)
	if m := monthOf(s); m != 0 {
		return int(m)
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(s, "m"), ".0"))
	if err != nil || n < 1 || n > 12 {
		return 0
	}
	return n
}

var quarterText = regexp.MustCompile(`^(?:(?:q|qtr |quarter )?([1-4])(?:st|nd|rd|th)?(?: quarter| qtr)?|([1-4])q)(?:\.0)?$`)

// QuarterNumber returns the quarter that a cell of its own states: "Q1", "1", "1st quarter". It
// returns 0 if it states none.
func QuarterNumber(text string) int {
	m := quarterText.FindStringSubmatch(clean(text))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1] + m[2])
	return n
}

var yearText = regexp.MustCompile(`^(?:fy[ -]?)?(\d{4})(?:\.0)?(?: \((?:fytd|ytd|to date|provisional)\))?$`)

// YearNumber returns the year that a cell of its own states: "2026", "FY2026", "2026 (FYTD)". It
// returns 0 if it states none.
func YearNumber(text string) int {
	m := yearText.FindStringSubmatch(clean(text))
	if m == nil {
		if short := fyShort.FindStringSubmatch(clean(text)); short != nil {
			return fullYear(short[1])
		}
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

var fyShort = regexp.MustCompile(`^fy[ -]?(\d{2})$`)

// fullYear returns the year that two or four digits name; two digits are a year of this century.
func fullYear(digits string) int {
	n, _ := strconv.Atoi(digits)
	if len(digits) == 2 {
		n += 2000
	}
	return n
}
