package decode

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Words returns a header in the form that all its spellings share, for comparison. It folds what is
// typography and removes what points to a note:
//
//   - lower case, compatibility forms such as full-width letters (NFKC), plain apostrophes and
//     quotation marks, no invisible characters;
//   - one space for each run of white space, no-break spaces, line breaks and underscores;
//   - "-" for every dash, without spaces around it or around "/";
//   - no superscript digits and no "[note 1]" anywhere;
//   - no marks of a note or a status at the end: "[1]", "[r]", "[revised]", "(1)", "(p)", "*", "†", and no colon
//     or full stop.
//
// A digit next to a letter stays, because "Boats2" may be another measure. Where the file shows the
// digit raised, its reader removes it first. Words of Words is the same.
//
//	Words("Boats\u00a0arrived – \n involved in Uncontrolled landings [note 2]")
//	// "boats arrived-involved in uncontrolled landings"
func Words(s string) string {
	if IsPlain(s) {
		return strings.ToLower(s)
	}
	return longWords(s)
}

// longWords is Words for any text.
func longWords(s string) string {
	s = superscripts.ReplaceAllString(strings.Map(typeset, s), " ")
	s = norm.NFKC.String(strings.ToLower(norm.NFKC.String(s)))
	s = Fold(strings.Map(typeset, s)) // compatibility forms may hide a dash or a space
	for before := ""; s != before; {
		before = s
		s = endMark.ReplaceAllString(bracketedNote.ReplaceAllString(s, " "), "")
		s = Fold(aroundSigns.ReplaceAllString(strings.TrimRight(s, " :."), "$1"))
	}
	return s
}

// IsPlain reports whether Words only makes the letters of a text small: it has no signs to fold, and
// no mark of a note. Most labels are plain, and files have many rows.
func IsPlain(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == ',', c == '(':
		case c == ' ' && before != ' ' && before != '-':
		case c == '-' && before != ' ':
		case c == ')' && strings.IndexByte("0123456789perPER", before) < 0: // as the mark of a note may end
		default:
			return false
		}
		before = c
	}
	return before != ' '
}

const (
	// RaisedDigits are the raised forms of the digits.
	RaisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	// Raised are the raised characters that the mark of a note may have. NFKC makes them plain.
	Raised = RaisedDigits + "⁽⁾"
)

var (
	// superscripts matches raised digits, with signs between them.
	superscripts = regexp.MustCompile(`[` + Raised + `]+(?:[ ,;]*[` + Raised + `]+)*`)
	// bracketedNote matches a reference to a note, "[note 1]" or "[notes 2 and 3]".
	bracketedNote = regexp.MustCompile(`\[(?:see )?(?:foot)?notes?\b[^\[\]]{0,60}\]`)
	// endMark matches a mark at the end of a header.
	endMark = regexp.MustCompile(`\s*(?:\[(?:\d{1,2}|[a-z]|low|provisional|revised|estimated?)(?:[ ,;&]+(?:\d{1,2}|[a-z]))*\]` +
		`|\((?:(?:see )?(?:foot)?notes? ?)?(?:\d{1,2}|[per])(?:(?:[ ,;&]| and )+\d{1,2})*\)|[*†‡§¶]+)$`)
	// aroundSigns matches a dash or slash with the spaces around it.
	aroundSigns = regexp.MustCompile(` *([-/]) *`)
)

// typeset returns the plain form of a character, or -1 for an invisible one.
func typeset(r rune) rune {
	switch r {
	case '\u2018', '\u2019', '\u201B', '\u02BC', '`', '´':
		return '\''
	case '\u201C', '\u201D':
		return '"'
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uFE58', '\uFE63':
		return '-'
	case '_':
		return ' '
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return -1
	}
	return r
}
