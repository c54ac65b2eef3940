package workbook

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxText is the length of the longest text in a cell, in UTF-16 units.
const maxText = 32767

// Clean returns a text in a form that a cell can hold: line ends are LF, characters that XML does
// not have become U+FFFD, and a text longer than 32,767 UTF-16 units is cut and ends with a remark
// about the length of the missing part.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r >= ' ' && r < 0xfffe && r != 0x7f || r > 0xffff {
			return r
		}
		return utf8.RuneError
	}, s)
	units := len(s)
	if units <= maxText { // no character has more units than bytes
		return s
	}
	if units = unitsOf(s); units <= maxText {
		return s
	}
	const remark = " [cut here: %d characters in all]"
	end := fmt.Sprintf(remark, units)
	return cut(s, maxText-len(end)) + end
}

// unitsOf counts the UTF-16 units of a text.
func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut returns the longest prefix of s of at most limit UTF-16 units.
func cut(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit {
			return s[:i]
		}
	}
	return s
}

// blank reports whether a text has nothing to read.
func blank(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }

// oneLine returns a clean text without line breaks, tabs and double spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

// wrapped returns the number of lines that a text takes in a column of the given width in
// characters.
func wrapped(s string, width int) int {
	lines := 0
	for _, paragraph := range strings.Split(s, "\n") {
		lines++
		at := 0
		for _, word := range strings.Split(paragraph, " ") {
			n := utf8.RuneCountInString(word)
			if at > 0 && at+1+n > width {
				lines++
				at = 0
			}
			if at > 0 {
				at++
			}
			if at += n; at > width { // a word longer than a line
				lines += (at - 1) / width
				at = (at-1)%width + 1
			}
		}
	}
	return lines
}

// maxLink is the longest address that programs follow.
const maxLink = 2000

// link returns the address if it may be linked, otherwise "".
func link(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(u.String()) > maxLink {
		return ""
	}
	return u.String()
}

// maxName is the length of the longest name of a sheet, in UTF-16 units.
const maxName = 31

// names makes unique names that programs accept.
type names struct{ taken map[string]bool }

func newNames() names { return names{map[string]bool{"history": true}} } // reserved by a program

// sheet returns a name for a sheet.
func (n names) sheet(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r == utf8.RuneError || !unicode.IsPrint(r) {
			return '-'
		}
		return r
	}, oneLine(s))
	if s = strings.Trim(s, "' "); s == "" {
		s = "Sheet"
	}
	return n.unique(s, " ", maxName)
}

// cellName matches the names that mean a cell, row or column.
var cellName = regexp.MustCompile(`^([a-z]{1,3}[0-9]+|r[0-9]*|c[0-9]*|r[0-9]*c[0-9]*)$`)

// table returns a name for a table, made from the name of its sheet: letters, digits and
// underscores.
func (n names) table(s string) string {
	s = strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(s), "_"), "_")
	if s == "" || s[0] <= '9' || cellName.MatchString(s) {
		s = strings.TrimSuffix("table_"+s, "_")
	}
	return n.unique(s, "_", 200)
}

// unique returns s, cut to the limit. If it is taken, it ends with a number.
func (n names) unique(s, between string, limit int) string {
	name := strings.TrimSpace(cut(s, limit))
	for i := 2; n.taken[strings.ToLower(name)]; i++ {
		end := between + strconv.Itoa(i)
		name = strings.TrimSpace(cut(s, limit-len(end))) + end
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

// show returns the cell as a reader sees it.
func (c Cell) show(col Column) string {
	switch c.kind {
	case number:
		s := strconv.FormatFloat(c.n, 'f', col.Places, 64)
		if !col.Plain {
			s = thousands(s)
		}
		if col.Signed && c.n > 0 {
			s = "+" + s
		}
		return s
	case day:
		return c.time().Format("2 January 2006")
	case instant:
		return c.time().Format("2 January 2006, 15:04")
	}
	return c.text
}

// time returns the time of a day or instant, to the second.
func (c Cell) time() time.Time {
	s := c.n * secondsPerDay
	if s < 0 {
		s -= 1 // round down
	}
	return time.Unix(int64(s+0.5), 0).UTC()
}

// thousands puts separators into a plain number.
func thousands(s string) string {
	whole, fraction, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}
