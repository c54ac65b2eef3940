package strictjson

import (
	"strings"
	"testing"
)

// TestCheckTexts takes texts of one line, and refuses others.
func TestCheckTexts(t *testing.T) {
	if err := CheckTexts([]string{"", "Arrivals by sea – España", strings.Repeat("a", MaxText)}); err != nil {
		t.Error(err)
	}
	for _, text := range []string{"two\nlines", "a\tb", "a\x00b", "\u202eb", strings.Repeat("a", MaxText+1)} {
		if CheckTexts([]string{"a", text}) == nil {
			t.Errorf("%.40q is taken for one line", text)
		}
	}
}
