package claim

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/stat"
)

// Number is a number of a sentence.
type Number struct {
	Text    string // as written, such as "more than 30,000" or "down 33 %"
	Value   float64
	Percent bool // Value is a percentage, not a count
	// Low and High are the smallest and largest value that round to the number.
	Low, High float64
	// Direction is -1 for a fall, +1 for a rise, and 0 if the words do not say.
	Direction int
	clause    phrase // the part of the sentence around the number
}

// phrase is a sentence or a part of it, with the years and dates in it.
type phrase struct {
	text  string // in lower case
	years []int
	dates []stat.Date
}

// has reports whether the phrase contains one of the words.
func (p phrase) has(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.text, w) })
}

// Sentence is the parsed text of a claim.
type Sentence struct {
	Numbers []Number
	Years   []int       // calendar years in the text
	Dates   []stat.Date // dates in the text that have a day, month and year
	text    string      // in lower case
}

// whole returns the sentence as a phrase.
func (s Sentence) whole() phrase { return phrase{s.text, s.Years, s.Dates} }

// maxText is the largest number of bytes that is read of a sentence, and maxNumbers the
// largest number of numbers.
const (
	maxText    = 4000
	maxNumbers = 40
)

const months = `January|February|March|April|May|June|July|August|September|October|November|December`

var (
	longDate  = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)? (` + months + `)(?:,? (\d{4}))?\b`)
	usDate    = regexp.MustCompile(`(?i)\b(` + months + `) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b`)
	isoDate   = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	yearRange = regexp.MustCompile(`\b((?:19|20)\d\d)[/–-](\d{2})\b`)
	// clock is a time. With a dot it is one only where more than the dot says so: 33.15 % is none.
	clock = regexp.MustCompile(`(?i)\b(?:\d{1,2}:\d{2} ?(?:am|pm|h)?|\d{1,2}\.\d{2} ?(?:am|pm|h)|0\d\.\d{2})\b`)
	// span is a number that measures time or distance and counts nobody.
	span = regexp.MustCompile(`(?i)\b\d+(?:\.\d+)?[ -](?:years?|months?|weeks?|days?|hours?|minutes?|miles?|km|kilometres?)\b`)
	// ordinal is a rank, and a label such as Q2 or H1.
	ordinal   = regexp.MustCompile(`(?i)\b(?:\d+(?:st|nd|rd|th)|[QH][1-4])\b`)
	number    = regexp.MustCompile(`(?i)([-+−–]\s?)?(?:[£$€]\s?)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(%|per ?cent\b|percentage points?\b|million\b|m\b|thousand\b|k\b)?`)
	yearAlone = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	bareYear  = regexp.MustCompile(`^(?:19|20)\d\d$`)
	counted   = regexp.MustCompile(`(?i)^\s*(?:people|persons?|migrants?|boats?|dinghies|arrivals?|crossings?|individuals?|returns?|deaths?|asylum|claims?|detections?)\b`)
)

// The words before a number that say how it bounds the value.
var (
	over = regexp.MustCompile(`(?i)(?:more than|over|above|exceed(?:ed|s|ing)?|at least|upwards of|in excess of|topped|passed|surpass(?:ed|es)?)\s*$`)
	// inclusive matches the words above that include the number itself.
	inclusive = regexp.MustCompile(`(?i)at least|upwards of`)
	under     = regexp.MustCompile(`(?i)(?:less than|fewer than|under|below|up to|at most|nearly|almost|close to|just short of)\s*$`)
	about     = regexp.MustCompile(`(?i)(?:about|around|roughly|some|approximately|circa|c\.)\s*$`)
	down      = regexp.MustCompile(`(?i)\b(?:down|fell|fall(?:en|ing|s)?|drop(?:ped|s)?|declin(?:e|ed|ing)|decreas(?:e|ed|ing)|fewer|lower|less|reduc(?:ed|tion)|cut)\b`)
	up        = regexp.MustCompile(`(?i)\b(?:up|rose|ris(?:e|en|ing)|grew|grow(?:n|th)|increas(?:e|ed|ing)|more|higher|jump(?:ed)?|surg(?:e|ed))\b`)
)

// reach is the number of bytes before and after a number that are searched for its words.
const reach = 40

// Parse reads a sentence. Dates, times, years, ranks and lengths of time do not count as its
// numbers.
func Parse(text string) Sentence {
	text = text[:min(len(text), maxText)]
	s := Sentence{text: strings.ToLower(text)}
	// Text that has been read is replaced by spaces. So positions stay the same and nothing is
	// read twice.
	rest := []byte(text)
	s.dates(rest)
	for _, m := range yearRange.FindAllSubmatchIndex(rest, -1) {
		s.addYear(text[m[2]:m[3]])
		blank(rest, m)
	}
	for _, re := range []*regexp.Regexp{clock, span, ordinal} {
		for _, m := range re.FindAllIndex(rest, -1) {
			blank(rest, m)
		}
	}
	for _, m := range number.FindAllSubmatchIndex(rest, -1) {
		digits, fraction, unit := group(rest, m, 2), group(rest, m, 3), group(rest, m, 4)
		if bareYear.MatchString(digits) && fraction+unit == "" && !counted.Match(rest[m[1]:]) {
			s.addYear(digits)
			continue
		}
		if n, ok := s.number(text, rest, m); ok && len(s.Numbers) < maxNumbers {
			s.Numbers = append(s.Numbers, n)
		}
	}
	return s
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

// breaks matches the end of a clause: a comma outside a number, or a word that compares one
// figure with another.
var breaks = regexp.MustCompile(`(?i)[;.:()]\s|,\s|\b(?:compared|against|versus|while|whereas|but|and|down from|up from|up on|down on)\b`)

// clause returns the part of the text around the number at byte at, with its years and dates.
// A number contains no break.
func clause(text string, at int) phrase {
	start, end := 0, len(text)
	for _, m := range breaks.FindAllStringIndex(text, -1) {
		if m[1] > at {
			end = m[0]
			break
		}
		start = m[0]
	}
	part := text[start:end]
	s := Sentence{}
	rest := []byte(part)
	s.dates(rest)
	for _, m := range yearAlone.FindAllString(string(rest), -1) {
		s.addYear(m)
	}
	return phrase{strings.ToLower(part), s.Years, s.Dates}
}

// dates reads the dates and blanks them out. A day without a year is blanked out but gives no
// date.
func (s *Sentence) dates(rest []byte) {
	add := func(y, m, d string) {
		t, err := time.Parse("2 January 2006", d+" "+strings.ToUpper(m[:1])+strings.ToLower(m[1:])+" "+y)
		if err == nil {
			s.Dates = append(s.Dates, stat.DateOf(t))
		}
	}
	for _, m := range isoDate.FindAllSubmatchIndex(rest, -1) {
		if d, err := stat.ParseDate(group(rest, m, 0)); err == nil {
			s.Dates = append(s.Dates, d)
		}
		blank(rest, m)
	}
	for _, m := range longDate.FindAllSubmatchIndex(rest, -1) {
		add(group(rest, m, 3), group(rest, m, 2), group(rest, m, 1))
		blank(rest, m)
	}
	for _, m := range usDate.FindAllSubmatchIndex(rest, -1) {
		add(group(rest, m, 3), group(rest, m, 1), group(rest, m, 2))
		blank(rest, m)
	}
}

func (s *Sentence) addYear(digits string) {
	if y, _ := strconv.Atoi(digits); !slices.Contains(s.Years, y) {
		s.Years = append(s.Years, y)
	}
}

// number reads the match m of the regular expression number.
func (s *Sentence) number(text string, rest []byte, m []int) (Number, bool) {
	digits, fraction, unit := strings.ReplaceAll(group(rest, m, 2), ",", ""), group(rest, m, 3), strings.ToLower(group(rest, m, 4))
	v, _ := strconv.ParseFloat(digits+fraction, 64) // infinite where the digits are too many
	if v > 1e12 {
		return Number{}, false
	}
	n := Number{Value: v, clause: clause(text, m[0])}
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
	prefix := ""
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
	n.Direction = direction(rest, m, n.Percent)
	n.Text = strings.TrimSpace(prefix + text[m[0]:m[1]])
	return n, true
}

// direction returns -1 or +1 if the sign or the nearest word states a direction, as in "down
// 33 %" or "33 % more", else 0.
func direction(rest []byte, m []int, percent bool) int {
	switch sign := strings.TrimSpace(group(rest, m, 1)); {
	case sign == "+":
		return 1
	case !percent:
		return 0
	case sign != "":
		return -1
	}
	before, after := rest[max(0, m[0]-reach):m[0]], rest[m[1]:min(len(rest), m[1]+reach)]
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

// off returns the distance of a value from the number: for a count as a fraction of the number,
// for a percentage in points divided by 100.
func (n Number) off(v float64) float64 {
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
