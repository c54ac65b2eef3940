package engine

import (
	"encoding/binary"
	"time"
	"unicode/utf8"

	"crossings/pipeline/read/period"
)

// judge applies the rule of a column to a text and returns its value, null or bad. It runs once for
// each different text.
//
// The value of a text in an open column is its position in the worker's list, which the caller
// assigns; judge returns 0 for a good one.
func (c *column) judge(text []byte) uint32 {
	if c.Nullable && len(text) == 0 {
		return null
	}
	switch c.Kind {
	case Date:
		return c.judgeDate(string(text))
	case Count:
		return c.judgeCount(text)
	case Code:
		if c.Codes != nil {
			return c.judgeCode(string(text))
		}
	}
	if !printable(text) || c.Kind == Code && len(text) > maxCachedText || c.Word && !word(text) {
		return bad
	}
	return 0
}

// maxWord is the length of the longest word, in bytes.
const maxWord = 100

// word reports whether text is a word as defined by Column.Word.
func word(text []byte) bool {
	after := false // after a letter, a digit or an underscore
	for _, b := range text {
		inner := b == '-' || b == '.'
		switch {
		case inner && !after:
			return false
		case !inner && b != '_' && (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z'):
			return false
		}
		after = !inner
	}
	return after && len(text) <= maxWord
}

// judgeDate accepts a text only if it is exactly what the format writes for the day: time.Parse
// also accepts a single digit in places.
func (c *column) judgeDate(text string) uint32 {
	for _, format := range c.Formats {
		t, err := time.Parse(format, text)
		if err != nil || t.Format(format) != text {
			continue
		}
		if day := t.Unix()/86400 - c.base; t.Unix() >= c.First.Unix() && day < int64(c.card) {
			return uint32(day)
		}
		return bad
	}
	if c.Order == "" && !c.AnyForm {
		return bad
	}
	p, err := c.form().Read(text)
	if err != nil {
		return bad
	}
	t := p.Start.Time()
	if day := t.Unix()/86400 - c.base; t.Unix() >= c.First.Unix() && day < int64(c.card) {
		return uint32(day)
	}
	return bad
}

// form returns how days are written that are in none of the formats.
func (c *column) form() period.Form { return period.Form{Length: period.Day, Order: c.Order} }

func (c *column) judgeCount(text []byte) uint32 {
	var n int64
	if len(text) == 0 || len(text) > 10 {
		return bad
	}
	for _, d := range text {
		if d < '0' || d > '9' {
			return bad
		}
		n = 10*n + int64(d-'0')
	}
	if n < c.Min || n > c.Max {
		return bad
	}
	return uint32(n)
}

func (c *column) judgeCode(text string) uint32 {
	if code, ok := c.codes[text]; ok {
		return code
	}
	if c.Default != "" {
		for i, code := range c.list {
			if code == c.Default {
				return uint32(i)
			}
		}
	}
	return bad
}

// printable reports whether text is UTF-8 without control characters other than tab and line
// breaks. It checks eight bytes of ASCII at a time.
func printable(text []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for len(text) >= 8 {
		v := binary.LittleEndian.Uint64(text)
		// The high bit of a byte is set if the byte is not ASCII, is below a space, or is DEL.
		if (v|(v-' '*ones)|(v+ones))&high != 0 {
			return careful(text)
		}
		text = text[8:]
	}
	return careful(text)
}

func careful(text []byte) bool {
	ascii := true
	for _, b := range text {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7f {
			return false
		}
		ascii = ascii && b < utf8.RuneSelf
	}
	return ascii || utf8.Valid(text)
}
