package words

import (
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/compare/claim/numbers"
)

// Number is a number of a sentence.
type Number struct {
	numbers.Number
	clause   phrase // the part of the sentence around the number
	compared bool   // another number is compared with this one: "against 6,265"
	far      bool   // the comparison may go back several years
	from     bool   // the number before a change: "from 74 to 141"
	to       bool   // the number after it
	whole    bool   // another number is a part of it: "264 of the 1,087"
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

// maxText is the largest number of bytes that is read of a sentence.
const maxText = 4000

// Parse reads a sentence. Dates, times, years, ranks and lengths of time do not count as its
// numbers.
func Parse(text string) Sentence {
	text = text[:min(len(text), maxText)]
	t := numbers.NewText(text)
	t.CountedYears()
	s := Sentence{original: text, moments: moments(text, t.Rest)}
	s.masked = mask(text, s.moments)
	for _, n := range t.Find() {
		s.Numbers = append(s.Numbers, Number{Number: n})
	}
	for i := range s.Numbers {
		s.place(i)
	}
	return s
}

// mask writes a letter over all bytes of the moments.
func mask(text string, list []moment) string {
	out, letters := []byte(text), strings.Repeat("x", len(text))
	for _, m := range list {
		copy(out[m.at:m.end], letters)
	}
	return string(out)
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
func (s *Sentence) place(i int) {
	n := &s.Numbers[i]
	n.clause = clause(s.masked, n.End) // the words in front of it may be a break: "more than a quarter"
	for _, m := range s.moments {
		// "3,254, in 2024": a comma does not part them.
		if m.end > n.clause.end && adjoins.MatchString(s.original[n.End:m.at]) {
			n.clause.end = m.end
		}
	}
	n.clause.text = strings.ToLower(s.original[n.clause.at:n.clause.end])
	from, to := s.sentenceAround(n.At)
	before := s.masked[max(from, n.At-numbers.Reach):n.At]
	n.whole = n.Kind == numbers.Count && s.isWhole(i)
	n.to = i > 0 && s.Numbers[i-1].from && toNumber.MatchString(s.original[s.Numbers[i-1].End:n.At])
	n.compared = n.Kind == numbers.Count && !n.whole && (compares.MatchString(s.withoutBound(i, before)) && !numbers.BoatWords.MatchString(s.original[n.End:]) || s.lists(n))
	n.from = fromWord.MatchString(before) && i+1 < len(s.Numbers) && toNumber.MatchString(s.original[n.End:s.Numbers[i+1].At])
	n.far = manyYears.MatchString(s.original[from:to])
}

// withoutBound returns the words before a number without those that only make it a bound: "more than 11,600 people
// crossed", but not "4,656 more than 36,816".
func (s *Sentence) withoutBound(i int, before string) string {
	if i > 0 && tied.MatchString(s.original[s.Numbers[i-1].End:s.Numbers[i].At]) {
		return before
	}
	return bound.ReplaceAllString(before, "")
}

// isWhole reports whether another number of the sentence is a part of a number: the one before it, or one behind: "264 of
// them".
func (s *Sentence) isWhole(i int) bool {
	n := s.Numbers[i]
	from, to := s.sentenceAround(n.At)
	if i+1 < len(s.Numbers) && s.Numbers[i+1].At < to && ofThem.MatchString(s.original[s.Numbers[i+1].End:to]) {
		return true
	}
	if i > 0 && s.Numbers[i-1].At >= from {
		x := s.Numbers[i-1]
		return slices.Contains(partKinds, x.Kind) && isPartOf.MatchString(s.original[x.At:x.End]+"|"+s.original[x.End:n.At])
	}
	return wholeFirst.MatchString(s.original[from:n.At]) && i+1 < len(s.Numbers) && s.Numbers[i+1].At < to
}

// partKinds are the kinds of numbers that may be a part of another.
var partKinds = []numbers.Kind{numbers.Count, numbers.Share, numbers.OneIn}

// isPart reports whether the next number is the whole of one.
func (s *Sentence) isPart(i int) bool {
	if i+1 >= len(s.Numbers) || !s.Numbers[i+1].whole {
		return false
	}
	_, to := s.sentenceAround(s.Numbers[i].At)
	return s.Numbers[i+1].At < to
}

// lists reports whether a number continues a list of numbers with which another one is compared.
func (s *Sentence) lists(n *Number) bool {
	for _, x := range s.Numbers { // those before it are placed
		if x.compared && listed.MatchString(s.original[x.End:n.At]) {
			return true
		}
	}
	return false
}

var (
	bound    = find(`(?i)\b(?:(?:more|fewer|less) than|over)\s+$`)
	tied     = find(`(?i)^\W*(?:people |persons |rise |increase |growth |fall |drop |decrease |reduction |higher |lower |up |down )*(?:(?:more|fewer|less) than|over)\s+$`)
	adjoins  = find(`(?i)^,? ?(?:in |on |at |by )?$`)
	fromWord = find(`(?i)\bfrom (?:about |around |some |just )?$`)
	ofThem   = find(`(?i)^ (?:people |returns )?of (?:them|these|those)\b(?: who| in| on|[^a-z]+$| [a-z]+$)`)
	toNumber = find(`(?i)^(?:[^.;,\d]|\b(?:19|20)\d\d\b)*\bto (?:about |around |some |just |over |more than |a (?:low|high|peak|record) of )?$`)
	// isPartOf matches a number, a bar, and the words between it and its whole.
	isPartOf   = find(`(?i)(?:\| ?(?:\([^)]*\) ?)?(?:people |persons |migrants )?(?:out )?of| of\|) ?(?:the |all |a total of |those |some |about |around |more than |over |nearly |almost )*$`)
	wholeFirst = find(`(?i)^\W*(?:out )?of (?:the |all |a total of |those |some |about |around |more than |over |nearly |almost )*$`)
)

var listed = find(`^(?i:,? (?:and )?|,)$`)
