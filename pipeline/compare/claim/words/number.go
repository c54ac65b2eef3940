package words

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// The words before a number that say how it bounds the value.
var (
	over = regexp.MustCompile(`(?i)\b(?:more than|over|above|well over|topping|exceed(?:ed|s|ing)?|at least|upwards of|in excess of|topped|passed|surpass(?:ed|es)?)\s*$`)
	// inclusive matches the words above that include the number itself.
	inclusive = regexp.MustCompile(`(?i)at least|upwards of`)
	under     = regexp.MustCompile(`(?i)\b(?:less than|fewer than|under|below|up to|at most|nearly|almost|close to|just short of)\s*$`)
	about     = regexp.MustCompile(`(?i)\b(?:about|around|roughly|some|approximately|circa|c\.)\s*$`)
	down      = regexp.MustCompile(`(?i)\b(?:down|fell|fall(?:en|ing|s)?|drop(?:ped|s)?|declin(?:e|ed|ing)|decreas(?:e|ed|ing)|fewer|lower|less|reduc(?:ed|tion)|cut)\b`)
	up        = regexp.MustCompile(`(?i)\b(?:up|rose|ris(?:e|en|ing)|grew|grow(?:n|th)|increas(?:e|ed|ing)|more|higher|jump(?:ed)?|surg(?:e|ed))\b`)
)

// number reads the match m of the regular expression number.
func (s *Sentence) number(rest []byte, m []int) (Number, bool) {
	digits, fraction, unit := digitsIn(group(rest, m, 3)), group(rest, m, 4), strings.ToLower(group(rest, m, 5))
	v, _ := strconv.ParseFloat(digits+fraction, 64) // infinite where the digits are too many
	if v > 1e12 {
		return Number{}, false
	}
	at, sign := m[0], group(rest, m, 1)
	if dash.MatchString(sign) && wordBefore.MatchString(s.original[:at]) {
		at, sign = m[3], "" // a dash between two parts of the sentence
	}
	n := Number{Value: v, at: at, end: m[1], money: group(rest, m, 2) != ""}
	step := math.Pow10(-max(0, len(fraction)-1)) // the place value of the last digit written
	switch {
	case unit == "%" || strings.HasPrefix(unit, "per"):
		n.Percent = true
	case unit == "million" || unit == "m":
		n.Value, step = v*1e6, step*1e6
	case unit == "thousand" || unit == "k":
		n.Value, step = v*1e3, step*1e3
	}
	before := string(rest[max(0, m[0]-reach):m[0]])
	prefix := n.bound(before, step)
	n.Direction = direction(rest, m, n.Percent, sign)
	n.Text = strings.TrimSpace(prefix + s.original[at:m[1]])
	n.Kind = kindOf(n, before, string(rest[m[1]:min(len(rest), m[1]+reach)]))
	return n, true
}

// digitsIn returns a number without what parts its thousands.
func digitsIn(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }), "")
}

var (
	dash       = find(`^[-–]\s$`)
	wordBefore = find(`[\p{L}\d)%.,]\s+$`)
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
		step = max(step, leading(n.Value))
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
func direction(rest []byte, m []int, percent bool, sign string) int {
	switch sign := strings.TrimSpace(sign); {
	case sign == "+":
		return 1
	case !percent:
		return 0
	case sign != "":
		return -1
	}
	before, after := rest[max(0, m[0]-reach):m[0]], rest[m[1]:min(len(rest), m[1]+reach)]
	if madeUp.Match(before) {
		before = nil // "up" is no rise there
	}
	best, dir := len(rest), 0
	for _, x := range []struct {
		dir int
		re  *regexp.Regexp
	}{{-1, down}, {1, up}} {
		re, d := x.re, x.dir
		if all := re.FindAllIndex(before, -1); len(all) > 0 {
			if dist := len(before) - all[len(all)-1][1]; dist < best {
				best, dir = dist, d
			}
		}
		if at := re.FindIndex(after); at != nil && at[0] < best {
			best, dir = at[0], d
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
	perBoat   = find(`(?i)^\s*(?:people|migrants|persons|passengers|arrivals)?\s*(?:per|a|on each|on board each|in each|on every|for each|to a|to each) (?:small |migrant )?(?:boat|vessel|dinghy|crossing boat)\b`)
	perDay    = find(`(?i)^\s*(?:people|migrants|persons|arrivals|crossings|(?:small )?boats)?\s*(?:(?:arriv|cross|com|land)\w+ (?:[^.;,\d]{0,40} )?)?(?:per|a|each|every) day\b`)
	differs   = find(`(?i)^\s*(?:people |persons |migrants |boats |arrivals |crossings )?(?:more|fewer|higher|lower|less)\b[^.;,]{0,60}\bthan\b`)
	shareOf   = find(`(?i)^\s*\)?\s*(?:of (?:the )?(?:all|those|these|total|people|arrivals|migrants|small|everyone|crossings|initial|claims|detections|returns|asylum|\d|year|overall|figure)|(?:were|was|are) )`)
	shareIs   = find(`(?i)(?:account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|compris(?:es?|ed|ing)|at|were)` + soMuch)
	madeUp    = find(`(?i)\bma(?:de|kes?|king) up` + soMuch)
	ofBoats   = find(`(?i)\b(?:boats?|dingh(?:y|ies)|vessels?) (?:carr(?:ied|ying|y)|held|with|brought) (?:an average of|on average)|\baverage (?:small )?(?:boat|dinghy|vessel)\b|\baverage\b.*\b(?:per|on each|on board each|each) (?:barely seaworthy |small |migrant )?(?:boat|vessel|dinghy)|(?:people|migrants|passengers|persons|arrivals|number) (?:found )?(?:per|on each|on board each|crammed) (?:barely seaworthy |small |migrant )?(?:boat|vessel|dinghy)`)
	differsBy = find(`(?i)\b(?:up|down|ris(?:e|en|ing)|rose|fall(?:en|ing)?|fell|drop(?:ped)?|increased?|decreased?|gr(?:ew|own)|growth|declined?)(?: by| of)` + soMuch)
	differsOn = find(`(?i)^\s*(?:people |persons |migrants |boats |arrivals |crossings )?(?:on|from|compared|since|over|year[ -]on|against)\b`)
	inBraces  = find(`\(\s*$`)
)

// soMuch matches the words between a verb and its number.
const soMuch = `(?: about| around| nearly| almost| roughly| just over| just under| over| more than)?\s*$`

// kindOf returns what a number states by the words next to it.
func kindOf(n Number, before, after string) Kind {
	switch {
	case n.Percent && (shareOf.MatchString(after) || n.Direction == 0 && (shareIs.MatchString(before) || madeUp.MatchString(before) || inBraces.MatchString(before))):
		return Share
	case n.Percent:
		return Change
	case perBoat.MatchString(after):
		return PerBoat
	case perDay.MatchString(after):
		return PerDay
	case differs.MatchString(after), differsBy.MatchString(before) && differsOn.MatchString(after):
		return Difference
	}
	return Count
}
