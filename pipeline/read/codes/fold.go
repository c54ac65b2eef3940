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
	if decode.IsPlain(s) {
		return strings.ToLower(s)
	}
	s = strings.ReplaceAll(decode.Words(s), "&", " and ")
	s = norm.NFC.String(strings.Map(plain, norm.NFKD.String(s)))
	return strings.Join(strings.Fields(decode.Words(s)), " ")
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
