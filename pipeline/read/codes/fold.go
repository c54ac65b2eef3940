package codes

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// fold returns a label in the form that all its spellings share: lower case, composed letters,
// plain apostrophes, quotation marks and hyphens, single spaces, no invisible characters. Folding
// twice changes nothing.
func fold(s string) string {
	// Compose letters before and after lower-casing: some have a composed form in one case only.
	s = norm.NFC.String(strings.ToLower(norm.NFC.String(strings.Map(plain, s))))
	return strings.Join(strings.Fields(s), " ")
}

// plain returns the plain form of a character, or -1 for an invisible one.
func plain(r rune) rune {
	switch r {
	case '\u2018', '\u2019', '\u201B', '\u02BC':
		return '\''
	case '\u201C', '\u201D':
		return '"'
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212':
		return '-'
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return -1
	}
	return r
}
