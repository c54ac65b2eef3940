package decode

import (
	"strings"
	"testing"
)

// TestFoldAndCountOfPlainTexts checks that the short ways give what the long ones give.
func TestFoldAndCountOfPlainTexts(t *testing.T) {
	for _, s := range []string{"", " ", "a", " a", "a ", "a b", "a  b", "a\tb", "a\vb", "a\u00a0b", "a\u2003", "é è", "\xff", "\x85", "a\x00b"} {
		if got, want := Fold(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("Fold(%q) is %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]int64{"0": 0, "7": 7, "1204": 1204, "999999999": 999999999, "1000000000": 1000000000, " 12 ": 12, "1,204": 1204} {
		if f, err := FigureText(s); err != nil || f != (Figure{N: want}) {
			t.Errorf("%q: %+v, %v", s, f, err)
		}
	}
	for _, s := range []string{"", "00", "012", "1000000001", "9999999999", "-1", "1e3", "1.5", "/", ":1"} {
		if f, err := FigureText(s); err == nil && f.Absent == Stated {
			t.Errorf("%q is read as %d", s, f.N)
		}
	}
}
