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
		"january jan enero ene gennaio gen janvier janv januar jänner janeiro januari ιανουάριος ιανουαρίου ιαν",
		"february feb febrero febbraio fevrier fevr fev februar fevereiro februari φεβρουάριος φεβρουαρίου φεβ φεβρ",
		"march mar marzo mars märz marco maart mrt μάρτιος μαρτίου μάρ μαρτ",
		"april apr abril abr aprile avril avr απρίλιος απριλίου απρ",
		"may mayo maggio mag mai maio mei μάιος μαΐου μάι",
		"june jun junio giugno giu juin juni junho ιούνιος ιουνίου ιουν",
		"july jul julio luglio lug juillet juil juli julho ιούλιος ιουλίου ιουλ",
		"august aug agosto ago aout augustus αύγουστος αυγούστου αυγ",
		"september sep sept septiembre setiembre settembre set septembre setembro σεπτέμβριος σεπτεμβρίου σεπ σεπτ",
		"october oct octubre ottobre ott octobre oktober okt outubro out οκτώβριος οκτωβρίου οκτ",
		"november nov noviembre novembre novembro νοέμβριος νοεμβρίου νοε νοεμ",
		"december dec diciembre dic dicembre decembre dezember dez dezembro δεκέμβριος δεκεμβρίου δεκ",
	} {
		for _, name := range strings.Fields(names) {
			monthNames[unaccented(name)] = time.Month(i + 1)
		}
	}
}

// unaccented returns s without accents, and with one form of the Greek sigma.
func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r <= 0x36F:
			return -1
		case r == 'ς':
			return 'σ'
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

var quarterText = regexp.MustCompile(`^(?:` + quarterWord + `?([1-4])|` + nth + `(?: ?` + quarterNoun + `)?|([1-4])[qt])(?:\.0)?$`)

// QuarterNumber returns the quarter that a cell of its own states: "Q1", "1", "1st quarter". It
// returns 0 if it states none.
func QuarterNumber(text string) int {
	m := quarterText.FindStringSubmatch(clean(text))
	if m == nil {
		return 0
	}
	return nthNumber(m[1] + m[2] + m[3])
}

// nthNumber returns the number that a digit or a word such as "first" or "iii" states.
func nthNumber(s string) int {
	return map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}[s]
}

// toDate matches words for a sum from the start of a year so far.
var toDate = regexp.MustCompile(`\b(?:fytd|ytd|fy to date|to date|so far|cumulative|cumulated|bisher|a la fecha)\b`)

// ToDate reports whether a text says that its figure is a sum from the start of a year so far. Such
// a figure is not that of a whole period.
func ToDate(text string) bool { return toDate.MatchString(clean(text)) }

var yearText = regexp.MustCompile(`^(` + years + `)(?:\.0)?$`)

// partNote matches a note after a year in a cell of its own: its months are those of a part of it.
var partNote = regexp.MustCompile(` \((?:fytd|ytd|to date|provisional)\)$`)

// YearPart returns the year that a cell of its own states: "2026", "FY2026", "2025/26". It may be a
// year to date, as months of it are whole. The error wraps decode.ErrPeriod and quotes the text.
func (f Form) YearPart(text string) (int, error) {
	m := yearText.FindStringSubmatch(partNote.ReplaceAllString(clean(text), ""))
	if m == nil {
		return 0, Form{Length: Year}.fail(text, "")
	}
	y, why := f.yearOf(m[1])
	if why != "" {
		return 0, Form{Length: Year}.fail(text, why)
	}
	return y, nil
}

// YearNumber returns the year that a cell of its own states, calendar or fiscal, or 0.
func YearNumber(text string) int {
	y, _ := Form{FiscalStart: 2}.YearPart(text) // 0 with an error
	return y
}

var yearDigits = regexp.MustCompile(`^(fy[ -]?)?(\d{4}|\d{2})(?:[/-](\d{4}|\d{2}))?$`)

// yearOf returns the year that a text of the form years states: the one in which a fiscal year ends.
// why says what is wrong if it states none.
func (f Form) yearOf(s string) (y int, why string) {
	m := yearDigits.FindStringSubmatch(s)
	if m == nil {
		return 0, "there is no such year"
	}
	y = fullYear(m[2])
	if m[3] != "" {
		last := y/100*100 + fullYear(m[3])%100
		if len(m[3]) == 4 {
			last = fullYear(m[3])
		} else if last < y {
			last += 100
		}
		if last != y+1 {
			return 0, "the years do not follow each other"
		}
		y = last
	}
	if (m[1] != "" || m[3] != "") && f.FiscalStart == 0 {
		return 0, needFiscal
	}
	return y, ""
}

// fullYear returns the year that two or four digits name; two digits are a year of this century.
func fullYear(digits string) int {
	n, _ := strconv.Atoi(digits)
	if len(digits) == 2 {
		n += 2000
	}
	return n
}
