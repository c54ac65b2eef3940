package words

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Kind says what a number states.
type Kind int

// A number is a count, the change of one in per cent, a part of a total in per cent, the difference
// of two counts, or one count divided by another: "45 people per boat", "one in every 62".
const (
	Count Kind = iota
	Change
	Share
	Difference
	PerBoat
	OneIn
	PerDay
)

// Number is a number of a sentence.
type Number struct {
	Text    string // as written, such as "more than 30,000" or "down 33 %"
	Value   float64
	Percent bool // Value is a percentage, not a count
	Kind    Kind
	// Low and High are the smallest and largest value that round to the number.
	Low, High float64
	// Direction is -1 for a fall, +1 for a rise, and 0 if the words do not say.
	Direction int

	at, end  int    // where it is in the text
	clause   phrase // the part of the sentence around the number
	compared bool   // another number is compared with this one: "against 6,265"
	far      bool   // the comparison may go back several years
	from     bool   // the number before a change: "from 74 to 141"
	money    bool
}

// phrase is a sentence or a part of it.
type phrase struct {
	text    string // in lower case
	at, end int
}

// Sentence is the parsed text of a claim.
type Sentence struct {
	Numbers  []Number
	original string
	masked   string // with moments replaced by letters, so that no clause ends inside one
	moments  []moment
}

// maxText is the largest number of bytes that is read of a sentence, and maxNumbers the
// largest number of numbers.
const (
	maxText    = 4000
	maxNumbers = 40
)

var (
	// clock is a time. With a dot it is one only where more than the dot says so: 33.15 % is none.
	clock = find(`(?i)\b(?:\d{1,2}:\d{2} ?(?:am|pm|h)?|\d{1,2}\.\d{2} ?(?:am|pm|h)|0\d\.\d{2})\b`)
	// length is a number that measures time or distance and counts nobody.
	length = find(`(?i)\b\d+(?:\.\d+)?[ -](?:years?|months?|weeks?|days?|hours?|minutes?|miles?|km|kilometres?)\b|one in,? one out`)
	// ordinal is a rank, and a label such as Q2 or H1.
	ordinal  = find(`(?i)\b(?:\d+(?:st|nd|rd|th)|[QH][1-4])\b`)
	number   = find(`(?i)([-+−–]\s?)?(?:([£$€])\s?)?(\d{1,3}(?:,\d{3})+|[1-9]\d{0,2}(?:[ \x{a0}\x{2009}\x{202f}'’]\d{3})+\b|\d+)(\.\d+)?(?:\s?(%|per ?cent\b|percentage points?\b|million\b|m\b|thousand\b|k\b))?`)
	bareYear = find(`^(?:19|20)\d\d$`)
	counted  = find(`(?i)^\s*(?:people|persons?|migrants?|(?:small )?boats?|dinghies|arrivals?|crossings?|individuals?|returns?|deaths?|asylum|claims?|detections?|small[ -]boat)\b`)
)

// reach is the number of bytes before and after a number that are searched for its words.
const reach = 40

// Parse reads a sentence. Dates, times, years, ranks and lengths of time do not count as its
// numbers.
func Parse(text string) Sentence {
	text = text[:min(len(text), maxText)]
	s := Sentence{original: text}
	// Text that has been read is replaced by spaces. So positions stay the same and nothing is
	// read twice.
	rest := []byte(text)
	s.countedYears(rest)
	s.moments = moments(text, rest)
	s.masked = mask(text, s.moments)
	s.inWords(rest)
	for _, re := range []*regexp.Regexp{clock, length, ordinal} {
		for _, m := range re.FindAllIndex(rest, -1) {
			blank(rest, m)
		}
	}
	for _, m := range number.FindAllSubmatchIndex(rest, -1) {
		if n, ok := s.number(rest, m); ok {
			s.Numbers = append(s.Numbers, n)
		}
	}
	slices.SortStableFunc(s.Numbers, func(a, b Number) int { return cmp.Compare(a.at, b.at) })
	s.Numbers = s.Numbers[:min(len(s.Numbers), maxNumbers)]
	for i := range s.Numbers {
		s.place(&s.Numbers[i])
	}
	return s
}

// countedYears reads numbers that look like years and count something: "2018 people".
func (s *Sentence) countedYears(rest []byte) {
	for _, m := range number.FindAllSubmatchIndex(rest, -1) {
		if !bareYear.MatchString(group(rest, m, 3)) || group(rest, m, 5) == "" && !counted.Match(rest[m[1]:]) {
			continue
		}
		n, _ := s.number(rest, m) // four digits are never too many
		s.Numbers = append(s.Numbers, n)
		blank(rest, m)
	}
}

// mask writes a letter over all bytes of the moments.
func mask(text string, list []moment) string {
	out, letters := []byte(text), strings.Repeat("x", len(text))
	for _, m := range list {
		copy(out[m.at:m.end], letters)
	}
	return string(out)
}

// group returns group i of a match, "" where it is left out.
func group(text []byte, match []int, i int) string {
	if match[2*i] < 0 {
		return ""
	}
	return string(text[match[2*i]:match[2*i+1]])
}

// blank writes spaces over a match.
func blank(text []byte, match []int) {
	for i := match[0]; i < match[1]; i++ {
		text[i] = ' '
	}
}

var (
	// breaks matches the end of a clause: a comma outside a number, or a word that compares one
	// figure with another.
	breaks = find(`(?i)[;.:)!?]\s|\(|\n|,\s|\s[–—-]\s|\b(?:compared|against|versus|while|whereas|but|and|when|than|down from|up from|up on|down on|suggesting|bringing)\b`)
	stops  = find(`[.;!?]\s|\n`)
	// compares matches the words before a number with which another one is compared.
	compares = find(`(?i)(?:\b(?:compared (?:with|to)|against|versus|from|than|up on|down on|% on|cent on|change on|\bon|over)\s+(?:the |about |around |some |just |nearly |almost |over |more than |a total of |only |last year's |previous )*|% (?:on|from|of) (?:the )?)$`)
	// manyYears says that the numbers of a list are of several years.
	manyYears = find(`(?i)years before|previous years|earlier years|in the years|and \d[\d,]*(?: people)? in (?:19|20)\d\d`)
)

// clause returns the part of the text around the byte at. A number contains no break.
func clause(text string, at int) phrase { return part(breaks, text, at) }

// part returns the part of a text around a byte between two matches.
func part(re *regexp.Regexp, text string, at int) phrase {
	start, end := 0, len(text)
	for _, m := range re.FindAllStringIndex(text, -1) {
		if m[1] > at {
			end = m[0]
			break
		}
		start = m[0]
	}
	return phrase{strings.ToLower(text[start:end]), start, end}
}

// sentenceAround returns the first and last byte of the sentence around a byte.
func (s *Sentence) sentenceAround(at int) (from, to int) {
	p := part(stops, s.masked, at)
	return p.at, p.end
}

// place finds the clause of a number, and whether another number is compared with it.
func (s *Sentence) place(n *Number) {
	n.clause = clause(s.masked, n.end) // the words in front of it may be a break: "more than a quarter"
	for _, m := range s.moments {
		// "3,254, in 2024": a comma does not part them.
		if m.end > n.clause.end && adjoins.MatchString(s.original[n.end:m.at]) {
			n.clause.end = m.end
		}
	}
	n.clause.text = strings.ToLower(s.original[n.clause.at:n.clause.end])
	from, to := s.sentenceAround(n.at)
	before := s.masked[max(from, n.at-reach):n.at]
	n.compared = n.Kind == Count && (compares.MatchString(before) && !boatWords.MatchString(s.original[n.end:]) || s.lists(n))
	n.from = fromWord.MatchString(before) && toWord.MatchString(s.original[n.end:])
	n.far = manyYears.MatchString(s.original[from:to])
}

// lists reports whether a number continues a list of numbers with which another one is compared.
func (s *Sentence) lists(n *Number) bool {
	for _, x := range s.Numbers { // those before it are placed
		if x.compared && listed.MatchString(s.original[x.end:n.at]) {
			return true
		}
	}
	return false
}

var (
	adjoins  = find(`(?i)^,? ?(?:in |on |at |by )?$`)
	fromWord = find(`(?i)\bfrom (?:about |around |some |just )?$`)
	toWord   = find(`(?i)^\s*(?:[a-z]+ )?to (?:about |around |some |just |over |more than )?\d`)
)

var listed = find(`^(?i:,? (?:and )?|,)$`)
