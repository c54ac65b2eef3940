package codes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"crossings/pipeline/read/decode"
)

// fold returns a label in the form that all its spellings share, as decode.Words does, but without
// accents, apostrophes and full stops, and with "and" for "&". Folding twice changes nothing.
func fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	s = strings.ReplaceAll(decode.Words(s), "&", " and ")
	s = norm.NFC.String(strings.Map(plain, norm.NFKD.String(s)))
	return strings.Join(strings.Fields(decode.Words(s)), " ")
}

// isPlain reports whether folding a label only makes its letters small. Most labels are plain, and
// files have many rows.
func isPlain(s string) bool {
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

// plain leaves out what the spellings of a label differ in.
func plain(r rune) rune {
	if r == '\'' || r == '.' || unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// bag returns the words of the folded name of a place in alphabetical order, so that "Congo
// (Democratic Republic of the)" and "Democratic Republic of the Congo" are the same.
func bag(folded string) string {
	words := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "the" || w == "of" || w == "and" })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// footnote matches a folded name with the number of a footnote right after it: "albania1".
var footnote = regexp.MustCompile(`^(.*[\pL)]{2})\d{1,2}$`)
