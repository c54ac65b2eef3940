package numbers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// units and tens are numbers in letters.
var (
	units = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
		"sixteen", "seventeen", "eighteen", "nineteen"}
	tens = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
)

const letters = `(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)`

// InLetters reads a number below one hundred in digits or letters.
func InLetters(text string) float64 {
	text = strings.ToLower(strings.ReplaceAll(text, ",", ""))
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		return v
	}
	sum := 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '-' }) {
		sum += max(slices.Index(units, w), 0) + 10*max(slices.Index(tens, w), 0)
	}
	return float64(sum)
}

// inLarge matches a number of letters with its hundreds, thousands and millions, below 1,000 million.
const (
	below1000 = `(?:(?:` + letters + `|a) hundred(?:(?: and|,)? ` + letters + `)?|` + letters + `)`
	below1e6  = `(?:(?:` + below1000 + `|a) thousand(?:(?:,| and|, and)? ` + below1000 + `)?|` + below1000 + `)`
	inLarge   = `(?:(?:` + below1000 + `|a) million(?:(?:,| and|, and)? ` + below1e6 + `)?|` + below1e6 + `)`
)

// scales are the words that multiply what is in front of them.
var scales = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6}

// largeInLetters reads a number that inLarge matches, with the place value of its last word, 0 for one below 100.
func largeInLetters(text string) (v, place float64) {
	var below, part float64 // since the last thousand, since the last hundred
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,-", r) }) {
		scale, scaled := scales[w]
		switch {
		case w == "dozen":
			part = 12
		case !scaled: // "a" and "and" add nothing
			part, place = part+InLetters(w), min(place, 1)
		case scale == 100:
			below, part, place = below+100*max(part, 1), 0, scale
		default:
			v, below, part, place = v+scale*max(below+part, 1), 0, 0, scale
		}
	}
	return v + below + part, place
}

// The words of parts, multiples and numbers in letters. The first group says how they are
// rounded.
const (
	roundly = `(?:\b(just over|just under|well over|slightly more than|more than|over|at least|less than|fewer than|under|nearly|almost|close to|about|around|roughly|approximately|by) )?`
	have    = `(?:(?:has|have|had) )?`
)

var (
	inEvery   = regexp.MustCompile(`(?i)` + roundly + `\b(` + letters + `|\d)(?: (?:deaths?|persons?|people|migrants?|returns?|fatality))?(?: (?:(?:has |have )?(?:died|drowned)|(?:was|were|is|are) (?:returned|stopped|removed)))? (?:in|for|out of) (?:every |about )?(\d[\d,]*|` + letters + `)\b`)
	fractions = regexp.MustCompile(`(?i)` + roundly + `\b(an?|one|two|three|four)[ -](third|quarter|fifth|sixth|eighth|tenth)s?\b`)
	halfOf    = regexp.MustCompile(`(?i)` + roundly + `\b(half)\b(?: of)?`)
	multiples = regexp.MustCompile(`(?i)` + roundly + have + `\b(doubl(?:ed|es?|ing)|treb?l?e?d?\b|trebl(?:ed|ing)|tripl(?:ed|e|ing)|quadrupl(?:ed|e|ing)|halv(?:ed|ing)|twice|(` + letters + `|\d+)[- ]?fold|(half) (?:as (?:many|high)|the (?:number|total|figure|level))|(` + letters + `|\d+) times (?:more|higher|as many|the|larger|greater))\b`)
	inNames   = regexp.MustCompile(`(?i)` + roundly + `\b(a dozen|zero|` + inLarge + `)\b`)
	oneBoat   = regexp.MustCompile(`(?i)\b(one|a single)(?: (?:small|rubber|inflatable|overcrowded))? (?:boats?|dinghy|vessel)\b`)
	carrying  = regexp.MustCompile(`(?i)^ (?:carrying|with|landed|arrived|Reached|made)\b`)
	aboard    = regexp.MustCompile(`(?i)\b(?:in|on|aboard|by|and|carried|was|were) $`)
	ofWhat    = regexp.MustCompile(`(?i)^\s*(?:\(\d+(?:\.\d+)? ?(?:%|per cent)\) )?of\b`)
	changed   = regexp.MustCompile(`(?i)^\s*(?:on|higher|lower|more|fewer|less|up|down|drop|fall|rise|increase|reduction|decrease|compared)\b`)
	wasBy     = regexp.MustCompile(`(?i)\b(?:by|down|up|fell|rose|fallen|risen|dropped|increased?|decreased?|drop of|fall of|rise of|increase of|cut|grew|grown|declined)(?: by| of)?(?: about| around| nearly| almost| roughly| more than| over| just over| just under)*\s*$`)
)

// inWords reads numbers in words: "one in every 62", "a third", "nearly doubled", "three boats".
func (t *Text) inWords() {
	t.each(inEvery, func(m []int) (Number, bool) {
		a, b := InLetters(Group(t.Rest, m, 2)), InLetters(Group(t.Rest, m, 3))
		if a <= 0 || b <= a {
			return Number{}, false
		}
		if a == 1 {
			n := Number{Kind: OneIn, Value: b, Low: b - 0.5, High: b + 0.5}
			if b >= 100 {
				n.bound("", leading(b))
			}
			return n, true
		}
		return fraction(Group(t.Rest, m, 1), 100*a/b, 5, Share), true
	})
	t.each(fractions, func(m []int) (Number, bool) {
		parts := map[string]float64{"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}[strings.ToLower(Group(t.Rest, m, 3))]
		a := max(InLetters(strings.ToLower(Group(t.Rest, m, 2))), 1)
		return t.partOf(m, 100*a/parts, min(2.5, 100/parts/8))
	})
	t.each(multiples, func(m []int) (Number, bool) { return multiple(t.Rest, m) })
	t.each(halfOf, func(m []int) (Number, bool) { return t.partOf(m, 50, 3) })
	t.each(oneBoat, func(m []int) (Number, bool) {
		if !aboard.Match(t.Rest[:m[0]]) && !carrying.Match(t.Rest[m[1]:]) {
			return Number{}, false
		}
		m[1] = m[3]
		return Number{Value: 1, Low: 1, High: 1}, true
	})
	t.each(inNames, func(m []int) (Number, bool) {
		v, place := largeInLetters(Group(t.Rest, m, 2))
		zero := strings.EqualFold(Group(t.Rest, m, 2), "zero")
		if after := t.Rest[m[1]:]; v < 2 && !zero || place == 0 && !counted.Match(after) && !BoatWords.Match(after) && !isPeople.Match(after) {
			return Number{}, false
		}
		n := Number{Value: v}
		n.bound(Group(t.Rest, m, 1)+" ", place)
		if spanOf("", string(t.Rest[m[1]:min(len(t.Rest), m[1]+2*Reach)])) != "" {
			n.Kind = kindOf(n, "", "", string(t.Rest[m[1]:min(len(t.Rest), m[1]+2*Reach)]))
		}
		return n, true
	})
}

var isPeople = regexp.MustCompile(`(?i)^\s*(?:\w+ )?(?:men|women|children|others|bodies|lives|refugees|asylum[ -]seekers|fatalities|died|were)\b`)

// each reads the matches of a pattern and blanks out those that are numbers.
func (t *Text) each(re *regexp.Regexp, read func(m []int) (Number, bool)) {
	for _, m := range re.FindAllSubmatchIndex(t.Rest, -1) {
		n, ok := read(m)
		if !ok {
			continue
		}
		n.At, n.End = m[0], m[1]
		n.Text = strings.TrimSpace(t.Original[m[0]:m[1]])
		t.numbers = append(t.numbers, n)
		Blank(t.Rest, m)
	}
}

// fraction makes a percentage that words give roughly.
func fraction(prefix string, v, tolerance float64, kind Kind) Number {
	n := Number{Value: v, Percent: true, Kind: kind, Low: v - tolerance, High: v + tolerance}
	switch prefix += " "; {
	case over.MatchString(prefix):
		n.Low, n.High = v, v*1.2
	case under.MatchString(prefix):
		n.Low, n.High = v*0.85, v
	}
	return n
}

// partOf reads a fraction: the change of a count if the words around say so, else a part of it.
func (t *Text) partOf(m []int, v, tolerance float64) (Number, bool) {
	before, after := t.Rest[max(0, m[0]-Reach):m[0]], t.Rest[m[1]:]
	prefix := Group(t.Rest, m, 1)
	kind := Share
	switch {
	case strings.EqualFold(prefix, "by"), changed.Match(after), wasBy.Match(before):
		kind = Change
	case !ofWhat.Match(after) && !strings.HasSuffix(strings.ToLower(string(t.Rest[m[0]:m[1]])), " of"):
		return Number{}, false
	}
	n := fraction(prefix, v, tolerance, kind)
	if kind == Change {
		n.Direction = direction(string(before), string(after[:min(len(after), Reach)]), true, "")
	}
	return n, true
}

// multiple reads a multiple as the change that it is.
func multiple(rest []byte, m []int) (Number, bool) {
	word := strings.ToLower(Group(rest, m, 2))
	var times float64
	switch {
	case strings.HasPrefix(word, "doubl"), word == "twice":
		times = 2
	case strings.HasPrefix(word, "treb"), strings.HasPrefix(word, "tripl"):
		times = 3
	case strings.HasPrefix(word, "quad"):
		times = 4
	case strings.HasPrefix(word, "hal"):
		n := fraction(Group(rest, m, 1), 50, 2.5, Change)
		n.Direction = -1
		return n, true
	default:
		times = InLetters(Group(rest, m, 3) + Group(rest, m, 5))
	}
	if times < 2 {
		return Number{}, false
	}
	n := Number{Value: 100 * (times - 1), Percent: true, Kind: Change, Direction: 1}
	prefix := Group(rest, m, 1) + " "
	switch {
	case over.MatchString(prefix):
		n.Low, n.High = n.Value, n.Value+100
	case under.MatchString(prefix):
		n.Low, n.High = n.Value-20, n.Value
	case times > 2 && (Group(rest, m, 3)+Group(rest, m, 5) != ""):
		n.Low, n.High = n.Value-50, n.Value+50
	default:
		n.Low, n.High = n.Value-10, n.Value+10
	}
	return n, true
}
