package codes

import (
	"strings"
	"testing"

	"crossings/schemas"
)

func TestNearest(t *testing.T) {
	x := NewLists(map[string][]schemas.Label{"area": {{Label: "Free City", Code: "POL"}}})
	l := x.For("area", "ukho")
	for _, c := range []struct {
		label, code string
		close       bool
	}{
		{"French Polynesia (French territory)", "PYF", true},
		{"Afganistan", "AFG", true},
		{"Columbia", "COL", true},
		{"Free Cities", "POL", false},
		{"Free City of", "POL", true},
		{"Ruritania", "MRT", false},
		{"The Kingdom of Far Far Away, beyond the Seven Mountains", "", false},
		{"", "", false},
		{strings.Repeat("é", 600), "", false},
	} {
		got := l.Nearest(c.label)
		if got.Code != c.code || got.Close(c.label) != c.close {
			t.Errorf("%q: %+v, close %v, want %s", c.label, got, got.Close(c.label), c.code)
		}
		if again := l.Nearest(c.label); again != got {
			t.Errorf("%q: %+v, and then %+v", c.label, got, again)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"kitten", "sitting", 3}, {"abc", "abc", 0}, {"ab", "ba", 2}} {
		if got := edits([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%s to %s: %d", c.a, c.b, got)
		}
	}
}
