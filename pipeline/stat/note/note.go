// Package note has the notes on published figures: why a figure is empty, cut back or not
// comparable. A statistic makes notes of codes. The file words.go joins each code to the text that
// readers see, and Parse returns the codes of such a text.
package note

import (
	"strings"

	"crossings/pipeline/stat"
)

// Code says what a reader must know of a figure.
type Code uint8

// The codes. The texts of words.go give the meaning of each.
const (
	Text Code = iota // words of a source or of a publisher
	Incomplete
	PriorIncomplete
	PriorYearIncomplete
	PriorStatus
	PriorSpan
	PriorYearSpan
	YearSpan
	LowBase
	NoPriorValue
	NotCompared
	WeeksPaired
	Immature
	CutBack
	OutsideCoverage
	WithoutValue
	NoWholePeriod
	NoValueOn
	StockNotSummed
	NumeratorNegative
	NoNumerator
	NoDenominator
	ZeroDenominator
	WithoutNumerator
	OutFrom
	InUnknown
	Early
	NotListed
	NotListedZero
	PriorNotListed
	Within
	Overlaps
	Grouping
	PartsWithoutValue
	PartsExceed
	PartsOverlap
	Rounding
	Marked
)

// Note is one remark: a code, and the values that its text leaves open.
type Note struct {
	Code Code
	// About names the figure that the note is about: Base, LowEnd, HighEnd, or the identifier of a part of a total.
	// It is empty if that is the figure of the row.
	About    string
	From, To stat.Date
	N, Of    int         // days
	Status   stat.Status // of PriorStatus
	Words    string      // of Text; the unit of CutBack
}

// Figures of a row that a note may be about, other than its value.
const (
	Base    = "base"     // what a balance is given in per cent of
	LowEnd  = "low end"  // of a range
	HighEnd = "high end" // of a range
)

// List is the notes on a row. Those on the figure of the row come first.
type List []Note

// Said returns the note with the words of a source; none if there are none.
func Said(words string) List {
	if words == "" {
		return nil
	}
	return List{{Code: Text, Words: words}}
}

// About returns the notes as those on another figure, which a row does not show.
func (l List) About(name string) List {
	out := make(List, len(l))
	for i, n := range l {
		n.About = name
		out[i] = n
	}
	return out
}

// Has reports whether one of the notes on the figure of the row has this code.
func (l List) Has(c Code) bool {
	for _, n := range l {
		if n.Code == c && n.About == "" {
			return true
		}
	}
	return false
}

// separator is between two notes of a list.
const separator = "; "

// String returns the text of the notes as the tables have it.
func (l List) String() string {
	var out strings.Builder
	about := ""
	for i, n := range l {
		if i > 0 {
			out.WriteString(separator)
		}
		if n.About != about {
			about = n.About
			out.WriteString(about + ": ")
		}
		n.write(&out)
	}
	return out.String()
}

// Parse returns the notes of a text. What no code stands for becomes a note of code Text, so the
// result always has the same text.
func Parse(text string) List {
	if text == "" {
		return nil
	}
	out := make(List, 0, 1+strings.Count(text, separator))
	about := ""
	for part := range strings.SplitSeq(text, separator) {
		if name, rest, ok := strings.Cut(part, ": "); ok && name != about && isFigure(name) {
			about, part = name, rest
		}
		n := parse(part)
		n.About = about
		out = append(out, n)
	}
	return out
}

// isFigure reports whether a name may stand before a note; see Note.About.
func isFigure(name string) bool {
	if name == Base || name == LowEnd || name == HighEnd {
		return true
	}
	_, _, _, _, err := stat.SeriesID(name).Parse()
	return err == nil
}
