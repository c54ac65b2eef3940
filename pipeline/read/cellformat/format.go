package cellformat

import (
	"regexp"
	"strings"

	"crossings/pipeline/read/decode"
)

// Look is how a number format shows a number: its decode.Form in the lowest bits, or the parts of a
// day or time. Zero is a plain number.
type Look uint8

// The parts of a day or time.
const (
	formBits   Look = 7
	Year       Look = 1 << 3
	Month      Look = 1 << 4
	Day        Look = 1 << 5
	Clock      Look = 1 << 6
	StoredText Look = 1 << 7 // stored as a text, whatever it looks like
	WholeDay        = Year | Month | Day
)

// Format is how a format shows numbers above zero, below zero and zero.
type Format [3]Look

// Builtin returns a format that has a number and no code. Those of the standard that are
// not listed show plain numbers, texts or fractions.
func Builtin(id int) Format {
	l := Look(0)
	switch {
	case id == 9 || id == 10:
		l = Look(decode.Percent)
	case id >= 5 && id <= 8 || id == 42 || id == 44:
		l = Look(decode.Money)
	case id == 14 || id == 15 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58:
		l = WholeDay
	case id == 16:
		l = Month | Day
	case id == 17 || id == 55 || id == 56:
		l = Year | Month
	case id >= 18 && id <= 21 || id >= 32 && id <= 35 || id >= 45 && id <= 47:
		l = Clock
	case id == 22:
		l = WholeDay | Clock
	}
	return Format{l, l, l}
}

// Parse reads the code of a format, such as "#,##0,;-#,##0,;0". Its sections are for numbers
// above zero, below zero, and zero. With conditions of its own, such as [>=1000], any section may
// hold, so all numbers have the first Look that is not plain.
func Parse(code string) Format {
	sections := splitSections(code)
	sections = sections[:min(len(sections), 3)]
	conditions := condition.MatchString(code)
	var looks []Look
	for _, s := range sections {
		l := sectionLook(s)
		if conditions && l != 0 {
			return Format{l, l, l}
		}
		looks = append(looks, l)
	}
	if conditions || code == "" {
		return Format{}
	}
	f, zero := Format{looks[0], looks[0], looks[0]}, sections[0]
	if len(looks) > 1 {
		f[1] = looks[1]
	}
	if len(looks) > 2 {
		f[2], zero = looks[2], sections[2]
	}
	if f[2] == Look(decode.Unshown) && nothing(zero) {
		f[2] = 0 // zero shown as a dash or as nothing is usual
	}
	return f
}

var (
	condition = regexp.MustCompile(`\[[<>=]`)
	bracket   = regexp.MustCompile(`\[[^\]]*\]`)
	currency  = regexp.MustCompile(`\[\$[^\]-]`)
	// magnitude matches a word after a number for thousands or more.
	magnitude = regexp.MustCompile(`(?i)^\s*(?:k|m|t|mn|mio|bn|th|tsd|thousands?|millions?|tausend|miles|mila|milliers)\.?\s*$`)
	// placeholder matches the digits of a number.
	placeholder = regexp.MustCompile(`[0#?]`)
	// scaling matches commas after the last digit before the point or the end. Each divides by 1,000.
	scaling = regexp.MustCompile(`[0#?],+(?:\.|[^0#?,]*$)`)
	elapsed = regexp.MustCompile(`(?i)\[(?:h+|m+|s+)\]`)
	split   = regexp.MustCompile(`s\.0+`) // parts of a second
)

// nothing reports whether a section shows no more than a dash or spaces.
func nothing(section string) bool {
	bare, literal := strip(section)
	return strings.Trim(bare+literal, " -–—*_@()") == ""
}

// splitSections splits a code at the semicolons that are not in a text.
func splitSections(code string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch {
		case code[i] == '"':
			quoted = !quoted
		case quoted:
		case code[i] == '\\':
			i++
		case code[i] == ';':
			out = append(out, code[start:i])
			start = i + 1
		}
	}
	return append(out, code[start:])
}

// strip returns a section without its texts, and these texts. The characters after \, _ and * are
// texts: as they are, as wide a space, and repeated.
func strip(section string) (bare, literal string) {
	var b, l strings.Builder
	quoted := false
	for i := 0; i < len(section); i++ {
		c := section[i]
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
			l.WriteByte(c)
		case c == '\\' && i+1 < len(section):
			i++
			l.WriteByte(section[i])
		case (c == '_' || c == '*') && i+1 < len(section):
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), l.String()
}

// sectionLook returns how one section of a format shows a number.
func sectionLook(section string) Look {
	bare, literal := strip(section)
	isMoney := currency.MatchString(bare)
	bare = strings.ToLower(bracket.ReplaceAllString(bare, ""))
	isMoney = isMoney || strings.ContainsAny(bare+literal, "$£€¥")
	if strings.Contains(bare, "general") || strings.Contains(bare, "standard") {
		bare = "0"
	}
	switch numeric := placeholder.MatchString(split.ReplaceAllString(bare, "s")); {
	case elapsed.MatchString(section):
		return Clock
	case !numeric && strings.ContainsAny(bare, "ymdhsge"):
		return dayLook(bare)
	case bare == "@":
		return 0
	case !numeric:
		return Look(decode.Unshown)
	case strings.Contains(bare, "%"):
		return Look(decode.Percent)
	case strings.Contains(literal, "%"):
		return Look(decode.PercentSign)
	case isMoney:
		return Look(decode.Money)
	case scaling.MatchString(bare):
		return Look(decode.Scaled)
	case magnitude.MatchString(literal):
		return Look(decode.Magnified)
	}
	return 0
}

// dayLook returns which parts of a day a section shows. An m next to hours or seconds is minutes.
func dayLook(bare string) (l Look) {
	for letters, part := range map[string]Look{"yeg": Year, "d": Day, "hs": Clock} {
		if strings.ContainsAny(bare, letters) {
			l |= part
		}
	}
	if strings.Contains(minutes.ReplaceAllString(bare, ""), "m") {
		l |= Month
	}
	return l
}

// minutes matches the minutes of a time.
var minutes = regexp.MustCompile(`h+[^a-z]*m+|m+[^a-z]*s+|am/pm|a/p`)
