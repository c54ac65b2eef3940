package iommissingmigrants

import (
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// TestCommentsOfAList reads them in each form in which the rows below them can be read.
func TestCommentsOfAList(t *testing.T) {
	const text = "# routes: some\n# vintage: 2023-03-01\nWeb ID,Number Dead\n"
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string]string{"plain": text, "with a byte order mark": "\ufeff" + text, "in UTF-16": wide} {
		if !isPartial([]byte(list)) || comment([]byte(list), "vintage") != "2023-03-01" {
			t.Errorf("%s: partial %t, vintage %q", name, isPartial([]byte(list)), comment([]byte(list), "vintage"))
		}
	}
}
