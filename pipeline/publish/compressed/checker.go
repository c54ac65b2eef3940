package compressed

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Checker finds out whether the file that is written to it needs copies, as Needs does, without holding it.
type Checker struct {
	size  int
	begun []byte // a character whose end is not written yet
	other bool   // no text
}

// Write takes the next part of the file. It never fails.
func (c *Checker) Write(p []byte) (int, error) {
	c.size += len(p)
	if c.other {
		return len(p), nil
	}
	text := p
	if len(c.begun) > 0 {
		text = slices.Concat(c.begun, p)
		c.begun = nil
	}
	if !utf8.Valid(text) {
		n := len(text) - 1
		for n > 0 && n > len(text)-utf8.UTFMax && !utf8.RuneStart(text[n]) {
			n--
		}
		if !utf8.FullRune(text[n:]) {
			c.begun, text = bytes.Clone(text[n:]), text[:n]
		}
	}
	c.other = !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0
	return len(p), nil
}

// Needs reports whether the file needs copies under a name.
func (c *Checker) Needs(name string) bool {
	return c.size > MinSize && takesCopies(name) && (isProgram(name) || !c.other && len(c.begun) == 0)
}
