package decode

import (
	"regexp"
	"strings"
)

// footer matches how a text begins that publishers put below a table.
var footer = regexp.MustCompile(`(?i)^(?:(?:sources?|notes?|footnotes?|end of|return to|back to|contents|last updated?|updated)\b|©|\(c\) )`)

// number matches a number, with separators.
var number = regexp.MustCompile(`^[\d., ]+$`)

// IsFooterText reports whether a text begins as those that publishers put below a table: a source, a
// note, the end of the table.
func IsFooterText(text string) bool { return footer.MatchString(strings.TrimSpace(text)) }

// IsFooter reports whether a row holds such a text, at most one other, and no number.
func IsFooter(cells []Cell) bool {
	filled, is := 0, false
	for _, c := range cells {
		text := strings.TrimSpace(c.Value)
		switch {
		case text == "":
			continue
		case filled == 2, number.MatchString(text), filled == 0 && !IsFooterText(text):
			return false
		}
		filled, is = filled+1, true
	}
	return is
}
