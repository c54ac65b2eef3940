package decode

import (
	"strings"
	"testing"
)

// TestPlainTexts lists the forms that need no folding but small letters, and their neighbours that
// do. All fold to the same by the short way and the long way.
func TestPlainTexts(t *testing.T) {
	for plain, texts := range map[bool]string{
		true:  "Afghanistan|az AZ 09|a,b|a, b|a (b|a(|x-y|a-|(abc)|abc)|ab)|(ab)|a ()|a)b|a) b|Asia (South)|(abc) d|a (abc)-b|,",
		false: "|a |  a| a|a  b|a- b|a -|a -b|a (1)|a (12)|a (p)|a (E)|a (R)|a (1, 2)|a (note 1)|a (0)|a (9)|é|a/b|a:b|a@b|a[b|a`b|a{b|a+b|a'b|a.b|a*",
	} {
		for _, text := range strings.Split(texts, "|") {
			if IsPlain(text) != plain {
				t.Errorf("%q: plain %t", text, !plain)
			}
			if words := longWords(text); IsPlain(text) && words != strings.ToLower(text) {
				t.Errorf("%q is plain, and its words are %q", text, words)
			}
		}
	}
}
