package note

import (
	"strconv"
	"strings"

	"crossings/pipeline/stat"
)

// words has the text of each code. A name in braces is a field of Note.
var words = [...]string{
	Incomplete:          "incomplete", // a sum that lacks rows; see stat.Observation.Incomplete
	PriorIncomplete:     "prior value: incomplete",
	PriorYearIncomplete: "prior year: incomplete",
	PriorStatus:         "prior value: {status}",
	PriorSpan:           "prior is {from} to {to}",
	PriorYearSpan:       "prior year is {from} to {to}",
	YearSpan:            "year is {from} to {to}",
	LowBase:             "low base",
	NoPriorValue:        "no prior value",
	NotCompared:         "not compared: windows of {n} and {of} days",
	WeeksPaired:         "{n} whole weeks on each side",
	Immature:            "immature: earlier periods of this age moved by {words} and stopped with release {n} after their first",
	CutBack:             "cut back to whole {words} inside {from} to {to}",
	OutsideCoverage:     "{n} of {of} days outside coverage",
	WithoutValue:        "{n} of {of} days without a value",
	NoWholePeriod:       "no whole period from {from} to {to}",
	NoValueOn:           "no value on {from}",
	StockNotSummed:      "a stock is not summed over time",
	NumeratorNegative:   "numerator is below 0",
	NoNumerator:         "no numerator value",
	NoDenominator:       "no denominator value",
	ZeroDenominator:     "denominator is 0",
	WithoutNumerator:    "{n} of {of} days have a denominator and a numerator of 0",
	OutFrom:             "out is counted from {from}",
	InUnknown:           "in is not known for this period",
	Early:               "no vintage is as old as the claim",
	NotListed:           "not listed for this period",
	NotListedZero:       "not listed, so 0",
	PriorNotListed:      "prior value: not listed, so 0",
	Within:              "counted within {words}",
	Overlaps:            "overlaps {words}",
	Grouping:            "a group of other rows",
	PartsWithoutValue:   "{n} of {of} parts without a value",
	PartsExceed:         "the parts add up to more than the total",
	PartsOverlap:        "parts overlap",
	Rounding:            "within the rounding of {n} parts to multiples of {of}",
	Marked:              "marked by the publisher: {words}",
	Text:                "{words}",
}

// patterns has the texts cut at their braces: every second part is the name of a field.
var patterns = func() (out [len(words)][]string) {
	for code, text := range words {
		out[code] = strings.Split(strings.ReplaceAll(text, "}", "{"), "{")
	}
	return out
}()

// write writes the text of a note without the name of its figure.
func (n Note) write(out *strings.Builder) {
	for i, part := range patterns[n.Code] {
		if i%2 == 1 {
			part = n.field(part)
		}
		out.WriteString(part)
	}
}

// field returns the text of a field.
func (n Note) field(name string) string {
	switch name {
	case "from":
		return n.From.String()
	case "to":
		return n.To.String()
	case "n":
		return strconv.Itoa(n.N)
	case "of":
		return strconv.Itoa(n.Of)
	case "status":
		return n.Status.Label()
	}
	return n.Words
}

// parse returns the note with this text.
func parse(text string) Note {
	for code := range patterns {
		if code == int(Text) {
			continue
		}
		n := Note{Code: Code(code)}
		if n.read(patterns[code], text) {
			return n
		}
	}
	return Note{Code: Text, Words: text}
}

// read reads the fields of a pattern and reports whether the note now has exactly this text.
func (n *Note) read(pattern []string, text string) bool {
	rest, ok := strings.CutPrefix(text, pattern[0])
	if !ok {
		return false
	}
	for i := 1; i < len(pattern); i += 2 {
		value := rest
		if literal := pattern[i+1]; literal != "" {
			if value, rest, ok = strings.Cut(rest, literal); !ok {
				return false
			}
		} else {
			rest = ""
		}
		if !n.set(pattern[i], value) {
			return false
		}
	}
	return rest == ""
}

// set reads the text of a field and reports whether the field would be written as this text.
func (n *Note) set(name, text string) bool {
	switch name {
	case "from":
		n.From, _ = stat.ParseDate(text)
	case "to":
		n.To, _ = stat.ParseDate(text)
	case "n":
		n.N, _ = strconv.Atoi(text)
	case "of":
		n.Of, _ = strconv.Atoi(text)
	case "status":
		n.Status = statusOf(text)
	default:
		n.Words = text
	}
	return n.field(name) == text
}

// statusOf returns the status with a label, or "".
func statusOf(label string) stat.Status {
	for _, s := range []stat.Status{stat.Normal, stat.Provisional, stat.Estimated, stat.Break, stat.NotExisting, stat.Missing, stat.Suppressed} {
		if s.Label() == label {
			return s
		}
	}
	return ""
}
