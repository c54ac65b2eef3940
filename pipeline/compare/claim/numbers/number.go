package numbers

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
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
	PerWeek
	PerMonth
	PerYear
)

// spans are the words of the kinds from PerDay on.
var spans = []string{"day", "week", "month", "year"}

// Span returns the stretch of time over which a number is an average, or "".
func (k Kind) Span() string {
	if k < PerDay {
		return ""
	}
	return spans[k-PerDay]
}

// Number is a number of a text.
type Number struct {
	Text    string // as written, such as "more than 30,000" or "down 33 %"
	Value   float64
	Percent bool // Value is a percentage, not a count
	Kind    Kind
	// Low and High are the smallest and largest value that round to the number.
	Low, High float64
	// Direction is -1 for a fall, +1 for a rise, and 0 if the words do not say.
	Direction int
	Money     bool
	More      bool // it is more than something, which may be a count: "500 more people crossed"
	At, End   int  // where it is in the text
}

// The words before a number that say how it bounds the value.
var (
	over = regexp.MustCompile(`(?i)\b(?:more than|over|above|well over|topping|exceed(?:ed|s|ing)?|at least|upwards of|in excess of|topped|passed|past|surpass(?:ed|es)?)\s*$`)
	// inclusive matches the words above that include the number itself.
	inclusive = regexp.MustCompile(`(?i)at least|upwards of`)
	under     = regexp.MustCompile(`(?i)\b(?:less than|fewer than|under|below|up to|at most|nearly|almost|close to|just short of)\s*$`)
	about     = regexp.MustCompile(`(?i)\b(?:about|around|roughly|some|approximately|circa|c\.)\s*$`)
	down      = regexp.MustCompile(`(?i)\b(?:down|fell|fall(?:en|ing|s)?|drop(?:ped|s)?|declin(?:e|ed|ing)|decreas(?:e|ed|ing)|fewer|lower|less|reduc(?:ed|tion)|cut)\b`)
	up        = regexp.MustCompile(`(?i)\b(?:up|rose|ris(?:e|en|ing)|grew|grow(?:n|th)|increas(?:e|ed|ing)|more|higher|jump(?:ed)?|surg(?:e|ed))\b`)
)

// number reads the match m of the regular expression number.
func (t *Text) number(m []int) (Number, bool) {
	digits, fraction, unit := digitsIn(Group(t.Rest, m, 3)), Group(t.Rest, m, 4), strings.ToLower(Group(t.Rest, m, 5))
	v, _ := strconv.ParseFloat(digits+fraction, 64) // infinite where the digits are too many
	if v > 1e12 {
		return Number{}, false
	}
	at, sign := m[0], Group(t.Rest, m, 1)
	if dash.MatchString(sign) && wordBefore.MatchString(t.Original[:at]) {
		at, sign = m[3], "" // a dash between two parts of the sentence
	}
	n := Number{Value: v, At: at, End: m[1], Money: Group(t.Rest, m, 2) != ""}
	step := math.Pow10(-max(0, len(fraction)-1)) // the place value of the last digit written
	switch {
	case unit == "%" || strings.HasPrefix(unit, "per"):
		n.Percent = true
	case unit == "million" || unit == "m":
		n.Value, step = v*1e6, step*1e6
	case unit == "thousand" || unit == "k":
		n.Value, step = v*1e3, step*1e3
	}
	before := string(t.Rest[max(0, m[0]-Reach):m[0]])
	prefix := n.bound(before, step)
	after := string(t.Rest[m[1]:min(len(t.Rest), m[1]+Reach)])
	n.Direction = direction(strings.TrimSuffix(before, prefix), after, n.Percent, sign)
	n.Text = strings.TrimSpace(prefix + t.Original[at:m[1]])
	n.Kind = kindOf(n, before, after, string(t.Rest[m[1]:min(len(t.Rest), m[1]+2*Reach)]))
	if n.Kind == Share {
		n.Direction = 0
	}
	if n.Kind == Difference {
		n.Direction = direction(strings.TrimSuffix(before, prefix), after, true, sign)
	}
	n.More = n.Kind == Count && (extra.MatchString(before) || more.MatchString(after))
	return n, true
}

// digitsIn returns a number without what parts its thousands.
func digitsIn(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }), "")
}

var (
	dash       = regexp.MustCompile(`^[-–]\s$`)
	wordBefore = regexp.MustCompile(`[\p{L}\d)%.,]\s+$`)
)

// bound sets the limits of a number by its last digit and by the words before it, which it
// returns.
func (n *Number) bound(before string, step float64) (prefix string) {
	switch {
	case over.MatchString(before):
		prefix = over.FindString(before)
		// Up to a tenth more still counts as "more than": people call 31,031 "more than
		// 30,000".
		step = max(step, min(zeros(n.Value), n.Value/10))
		n.Low, n.High = n.Value, n.Value+step
		if !n.Percent {
			n.Low, n.High = n.Low+1, n.High-1
			if inclusive.MatchString(prefix) {
				n.Low--
			}
		}
	case under.MatchString(before):
		prefix = under.FindString(before)
		step = max(step, min(zeros(n.Value), n.Value/10))
		n.Low, n.High = n.Value-step, n.Value
	case about.MatchString(before):
		prefix = about.FindString(before)
		if n.Percent || n.Value < 100 || !n.Unrounded() {
			step = max(step, leading(n.Value))
		}
		n.Low, n.High = n.Value-step/2, n.Value+step/2
	default:
		if !n.Percent && n.Value >= 1000 {
			step = max(step, min(zeros(n.Value), leading(n.Value)))
		}
		n.Low, n.High = n.Value-step/2, n.Value+step/2
	}
	if !n.Percent && step <= 1 {
		n.Low, n.High = n.Value, n.Value // a count written in full is meant exactly
		if over.MatchString(before) {
			n.Low, n.High = n.Value, n.Value+leading(n.Value)
		}
	}
	return prefix
}

// direction returns -1 or +1 if the sign or the nearest word states a direction, as in "down
// 33 %" or "33 % more", else 0.
func direction(before, after string, changes bool, sign string) int {
	switch sign := strings.TrimSpace(sign); {
	case sign == "+":
		return 1
	case !changes:
		return 0
	case sign != "":
		return -1
	case isBelow.MatchString(after):
		return -1
	case isAbove.MatchString(after):
		return 1
	}
	if madeUp.MatchString(before) {
		before = "" // "up" is no rise there
	}
	best, dir := 1<<30, 0
	for _, x := range []struct {
		dir int
		re  *regexp.Regexp
	}{{-1, down}, {1, up}} {
		if all := x.re.FindAllStringIndex(before, -1); len(all) > 0 {
			if dist := len(before) - all[len(all)-1][1]; dist < best {
				best, dir = dist, x.dir
			}
		}
		if at := x.re.FindStringIndex(after); at != nil && at[0] < best {
			best, dir = at[0], x.dir
		}
	}
	return dir
}

// zeros returns the place value of the last digit that is not zero: 1,000 for 37,000.
func zeros(v float64) float64 {
	if v == 0 || v != math.Trunc(v) {
		return 0
	}
	step := 1.0
	for math.Mod(v, step*10) == 0 {
		step *= 10
	}
	return step
}

// leading returns the place value of the second digit: 1,000 for 31,031.
func leading(v float64) float64 {
	if v < 10 {
		return 1
	}
	return math.Pow10(int(math.Floor(math.Log10(v))) - 1)
}

// Unrounded reports whether a number is written to its last digit.
func (n Number) Unrounded() bool { return zeros(n.Value) < 10 }

// Holds reports whether a value rounds to the number.
func (n Number) Holds(v float64) bool {
	const hair = 1e-9
	if n.Percent {
		if v*float64(n.Direction) < 0 {
			return false
		}
		v = math.Abs(v)
	}
	return v >= n.Low-hair && v <= n.High+hair
}

// Off returns the distance of a value from the number: for a count as a fraction of the number,
// for a percentage in points divided by 100.
func (n Number) Off(v float64) float64 {
	if n.Percent {
		if n.Direction < 0 {
			v = -v
		} else if n.Direction == 0 {
			v = math.Abs(v)
		}
		return math.Abs(v-n.Value) / 100
	}
	return math.Abs(v-n.Value) / max(n.Value, 1)
}

var (
	perBoat   = regexp.MustCompile(`(?i)^\s*(?:people|migrants|persons|passengers|arrivals)?\s*(?:per|a|on each|on board each|in each|on every|for each|to a|to each) (?:small |migrant )?(?:boat|vessel|dinghy|crossing boat)\b`)
	isBelow   = regexp.MustCompile(`(?i)^\s*(?:below|under|short of)\b`)
	isAbove   = regexp.MustCompile(`(?i)^\s*above\b`)
	perSpan   = regexp.MustCompile(`(?i)^\s*` + whom + `?(?:on average,? )?(?:(?:(?:arriv|cross|com|land)\w+ (?:[^.;,\d]{0,40} )?)?(?:per|a|each|every)|[a-z]+ (?:[^.;,\d]{0,40} )?(?:each|every)) (day|week|month|year)\b`)
	spanIs    = regexp.MustCompile(`(?i)\b(?:(daily|weekly|monthly|annual|yearly) (?:average|mean|rate)\b[^.;,\d]{0,40}|(?:each|every) (day|week|month|year),? (?:on average,? )?(?:about |around |some |nearly |almost |more than |over )?)$`)
	passed    = regexp.MustCompile(`(?i)\b(?:in|over|within|for|during|after|than|of) a (?:day|week|month|year)$`)
	isPast    = regexp.MustCompile(`(?i)^ (?:earlier|before|ago|later|after|previously|on)\b`)
	differs   = regexp.MustCompile(`(?i)^\s*` + whom + `?(?:more\b[^.;,]{0,60}\bthan\b|(?:fewer|higher|lower|less)\b|(?:up|down) (?:on|from)\b|(?:below|above|short of) (?:the|that|those|its|what|last|this)\b)`)
	more      = regexp.MustCompile(`(?i)^\s*` + whom + `?more\b`)
	extra     = regexp.MustCompile(`(?i)\b(?:an? )?(?:extra|additional)\s*$`)
	shareOf   = regexp.MustCompile(`(?i)^\s*\)?\s*(?:of (?:the )?(?:all|those|these|them\b|whom\b|total|people|arrivals|migrants|small|everyone|crossings|initial|claims|detections|returns|asylum|\d|year|overall|figure)|(?:were|was|are) )`)
	shareIs   = regexp.MustCompile(`(?i)(?:account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|compris(?:es?|ed|ing)|at|were)` + soMuch)
	madeUp    = regexp.MustCompile(`(?i)\bma(?:de|kes?|king) up` + soMuch)
	differsBy = regexp.MustCompile(`(?i)\b(?:(?:up|down) by|(?:ris(?:e|en|ing)|rose|fall(?:en|ing)?|fell|drop(?:ped)?|increased?|decreased?|gr(?:ew|own)|growth|declined?)(?: by| of))` + soMuch)
	rateIs    = regexp.MustCompile(`(?i)\b(?:grant|refusal|recognition|acceptance|success) rate (?:[a-z ]{0,30}\b)?(?:was|is|of|at|to)` + soMuch)
	inBraces  = regexp.MustCompile(`\(\s*$`)
)

// whom matches what is counted.
const whom = `(?:(?:people|persons|migrants|arrivals|crossings|(?:small )?boats)\s+)`

// soMuch matches the words between a verb and its number.
const soMuch = `(?: about| around| nearly| almost| roughly| just over| just under| over| more than)?\s*$`

// adverbs are the words of averages by time.
var adverbs = map[string]string{"daily": "day", "weekly": "week", "monthly": "month", "annual": "year", "yearly": "year"}

// spanOf returns the stretch of time over which the words next to a number say that it is an average, or "".
func spanOf(before, after string) string {
	if m := perSpan.FindStringSubmatchIndex(after); m != nil && !passed.MatchString(after[:m[1]]) && !isPast.MatchString(after[m[1]:]) {
		return strings.ToLower(after[m[2]:m[3]])
	}
	if m := spanIs.FindStringSubmatch(before); m != nil {
		return cmp.Or(adverbs[strings.ToLower(m[1])], strings.ToLower(m[2]))
	}
	return ""
}

// kindOf returns what a number states by the words next to it. far has more of those after it.
func kindOf(n Number, before, after, far string) Kind {
	switch {
	case n.Percent && (rateIs.MatchString(before) || shareOf.MatchString(after) || n.Direction == 0 && (shareIs.MatchString(before) || madeUp.MatchString(before) || inBraces.MatchString(before))):
		return Share
	case n.Percent:
		return Change
	case perBoat.MatchString(after):
		return PerBoat
	case spanOf(before, far) != "":
		return PerDay + Kind(slices.Index(spans, spanOf(before, far)))
	case differs.MatchString(after), differsBy.MatchString(before):
		return Difference
	}
	return Count
}
