package decode

import (
	"regexp"
	"strings"
)

// footer matches how a text begins that publishers put below a table.
var footer = regexp.MustCompile(`(?i)^(?:(?:sources?|notes?|footnotes?|fonti?|fonte|fuentes?|notas?|quellen?|end of|return to|back to|contents|last updated?|updated|data (?:source|extracted|downloaded|retrieved|as (?:of|at)|are|is)|` +
	`extracted|contact|produced by|published by|figures (?:are|may|for|do|include|exclude)|all figures|licen[cs]e|crown copyright|copyright)\b|©|\(c\) ` +
	`|\(?\d{1,2}[.):] ?[\pL"]|\[[^\[\]]{1,12}\] ?[=:\x{2013}-]? ?\pL|[*†‡§` + RaisedDigits + `]{1,3} ?\pL)`)

// number matches a number, with separators.
var number = regexp.MustCompile(`^[\d., ]+$`)

// IsFooterText reports whether a text begins as those that publishers put below a table: a source, a
// note, the end of the table.
func IsFooterText(text string) bool { return footer.MatchString(strings.TrimSpace(text)) }

// IsFooter reports whether a row holds such a text, at most one other, and no number.
func IsFooter(cells []Cell) bool {
	return isFooter(len(cells), 2, func(i int) string { return cells[i].Value })
}

// isFooter reports whether a row of n cells holds such a text, with others at most so many, and no
// number.
func isFooter(n, most int, text func(i int) string) bool {
	first, filled := "", 0
	for i := range n {
		s := strings.TrimSpace(text(i))
		switch {
		case s == "":
			continue
		case filled == most, filled > 0 && number.MatchString(s):
			return false
		case filled == 0:
			first = s
		}
		filled++
	}
	return IsFooterText(first)
}
