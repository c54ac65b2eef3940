package decode

import (
	"strings"
	"testing"
)

func TestQuoteIsCut(t *testing.T) {
	for s, want := range map[string]string{
		strings.Repeat("a", 80):        `"` + strings.Repeat("a", 80) + `"`,
		strings.Repeat("a", 81):        `"` + strings.Repeat("a", 80) + `"...`,
		strings.Repeat("a", 79) + "é":  `"` + strings.Repeat("a", 79) + `"...`,
		strings.Repeat("a", 78) + "éa": `"` + strings.Repeat("a", 78) + `é"...`,
		strings.Repeat("a", 77) + "日本": `"` + strings.Repeat("a", 77) + `日"...`,
		strings.Repeat("a", 79) + "日":  `"` + strings.Repeat("a", 79) + `"...`,
		strings.Repeat("\x80", 99):     `""...`,
	} {
		if got := Quote(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}
