// Package numbers finds the numbers of a text: counts, changes, shares, quotients, in digits or in
// letters, with the way they are rounded.
package numbers

import (
	"cmp"
	"regexp"
	"slices"
)

// Text is a text with the numbers that have been found in it.
type Text struct {
	Original string
	// Rest has spaces where something has been read. So positions stay the same and nothing is
	// read twice.
	Rest    []byte
	numbers []Number
}

// NewText returns a text without numbers. Find looks for them.
func NewText(text string) *Text { return &Text{Original: text, Rest: []byte(text)} }

// maxNumbers is the largest number of numbers that is read of a text.
const maxNumbers = 40

var (
	// clock is a time. With a dot it is one only where more than the dot says so: 33.15 % is none.
	clock = regexp.MustCompile(`(?i)\b(?:\d{1,2}:\d{2} ?(?:am|pm|h)?|\d{1,2}\.\d{2} ?(?:am|pm|h)|0\d\.\d{2})\b`)
	// length is a number that measures time or distance and counts nobody.
	length = regexp.MustCompile(`(?i)\b\d+(?:\.\d+)?[ -](?:years?|months?|weeks?|days?|hours?|minutes?|miles?|km|kilometres?)\b|one in,? one out`)
	// ordinal is a rank, and a label such as Q2 or H1.
	ordinal  = regexp.MustCompile(`(?i)\b(?:\d+(?:st|nd|rd|th)|[QH][1-4])\b`)
	number   = regexp.MustCompile(`(?i)([-+−–]\s?)?(?:([£$€])\s?)?(\d{1,3}(?:,\d{3})+|[1-9]\d{0,2}(?:[ \x{a0}\x{2009}\x{202f}'’]\d{3})+\b|\d+)(\.\d+)?(?:\s?(%|per ?cent\b|percentage points?\b|million\b|m\b|thousand\b|k\b))?`)
	bareYear = regexp.MustCompile(`^(?:19|20)\d\d$`)
	counted  = regexp.MustCompile(`(?i)^\s*(?:people|persons?|migrants?|(?:small )?boats?|dinghies|arrivals?|crossings?|individuals?|returns?|deaths?|asylum|claims?|detections?|small[ -]boat)\b`)
)

// Reach is the number of bytes before and after a number that are searched for its words.
const Reach = 40

// BoatWords are the words of boats that are counted, not of people who came in them.
var BoatWords = regexp.MustCompile(`(?i)^\s*(?:(?:separate|small|other|more|inflatable|overcrowded|migrant|crowded|different|such|individual|further|detected|fewer) )*(?:boats?|dingh(?:y|ies)|vessels?)\b`)

// Find returns the numbers of what has not been read, and those found before, in the order of the text. Times, ranks and
// lengths of time do not count.
func (t *Text) Find() []Number {
	t.inWords()
	for _, re := range []*regexp.Regexp{clock, length, ordinal} {
		for _, m := range re.FindAllIndex(t.Rest, -1) {
			Blank(t.Rest, m)
		}
	}
	for _, m := range number.FindAllSubmatchIndex(t.Rest, -1) {
		if n, ok := t.number(m); ok {
			t.numbers = append(t.numbers, n)
		}
	}
	slices.SortStableFunc(t.numbers, func(a, b Number) int { return cmp.Compare(a.At, b.At) })
	return t.numbers[:min(len(t.numbers), maxNumbers)]
}

// CountedYears reads numbers that look like years and count something: "2018 people".
func (t *Text) CountedYears() {
	for _, m := range number.FindAllSubmatchIndex(t.Rest, -1) {
		if !bareYear.MatchString(Group(t.Rest, m, 3)) || Group(t.Rest, m, 5) == "" && !counted.Match(t.Rest[m[1]:]) {
			continue
		}
		n, _ := t.number(m) // four digits are never too many
		t.numbers = append(t.numbers, n)
		Blank(t.Rest, m)
	}
}

// Group returns group i of a match, "" where it is left out.
func Group(text []byte, match []int, i int) string {
	if match[2*i] < 0 {
		return ""
	}
	return string(text[match[2*i]:match[2*i+1]])
}

// Blank writes spaces over a match.
func Blank(text []byte, match []int) {
	for i := match[0]; i < match[1]; i++ {
		text[i] = ' '
	}
}
