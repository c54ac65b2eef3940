package codes

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"crossings/schemas"
)

func TestOpen(t *testing.T) {
	l := build("cause", "iom", []schemas.Label{
		{Publisher: "iom", Label: "Drowning", Code: "drowning"},
		{Publisher: "iom", Label: "Violence", Code: "violence"},
		{Publisher: "iom", Label: "Killing", Code: "violence"},
		{Publisher: "iom", Label: "Lack of shelter, food, water", Code: "harsh-conditions"},
		{Publisher: "iom", Label: "Natural", Note: "no death on the way"},
	})
	for _, c := range []struct {
		label, code string
		making      Match
	}{
		{"drowning ", "drowning", Listed},
		{"Drowning,Violence", "drowning_and_violence", ByParts},
		{"Violence, Drowning", "drowning_and_violence", ByParts},
		{"Violence,Killing", "violence", ByParts},
		{"Drowning,Lack of shelter, food, water,Violence", "drowning_and_harsh-conditions_and_violence", ByParts},
		{"Drowning,Sharks", "x-drowning-sharks", ByWords},
		{"Drowning,", "x-drowning", ByWords},
		{"Drowning,Natural", "x-drowning-natural", ByWords},
		{"French Polynesia (French)", "x-french-polynesia-french", ByWords},
		{"Côte d’Ivoire", "x-cote-divoire", ByWords},
		{"=cmd|' /C calc'!A0", "x-cmd-c-calc-a0", ByWords},
		{"<script>", "x-script", ByWords},
		{"../../etc", "x-etc", ByWords},
	} {
		got, err := l.Open(c.label)
		if err != nil || got != (Reading{c.code, c.making}) {
			t.Errorf("%q: %+v %v, want %s", c.label, got, err, c.code)
		}
	}
	var out Excluded
	if _, err := l.Open("natural"); !errors.As(err, &out) {
		t.Errorf("a label that is left out: %v", err)
	}
}

// TestOpenTellsApart checks that labels in other scripts, long ones and blank ones get different
// codes that an identifier may contain.
func TestOpenTellsApart(t *testing.T) {
	l := build("area", "iom", nil)
	code := regexp.MustCompile(`^[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*$`)
	seen := map[string]string{}
	for _, label := range []string{"", "日本", "中国", "Ελλάδα", "Łódź", "Lodz", "—", strings.Repeat("a", 500), strings.Repeat("a", 501), strings.Repeat("b,", 500)} {
		got, err := l.Open(label)
		if err != nil || !code.MatchString(got.Code) || len(got.Code) > 100 {
			t.Errorf("%q: %q %v", label, got.Code, err)
		}
		if other, twice := seen[got.Code]; twice && fold(other) != fold(label) {
			t.Errorf("%q and %q are both %s", other, label, got.Code)
		}
		seen[got.Code] = label
	}
}
