package codes

import "testing"

// TestCheckDimension takes codes that a dimension may have, and refuses others.
func TestCheckDimension(t *testing.T) {
	for _, c := range []struct {
		dimension, code string
		ok              bool
	}{
		{"category", "small-boat", true}, {"origin", "x-EU27_2020", true}, {"age", "Y18.24", true}, {"sex", "F", true},
		{"category", "", false}, {"category", "a b", false}, {"category", "-a", false}, {"category", "_T", false}, {"sex", "women", false}, {"sex", "_T", false},
	} {
		if err := CheckDimension(c.dimension, c.code); (err == nil) != c.ok {
			t.Errorf("%s %q: %v", c.dimension, c.code, err)
		}
	}
}

// TestCheckListed looks codes up in a list, and in a list that does not exist.
func TestCheckListed(t *testing.T) {
	if err := CheckListed("flow", "arrival"); err != nil {
		t.Error(err)
	}
	for _, c := range [][2]string{{"flow", "arrivals"}, {"flow", ""}, {"no-such-list", "arrival"}} {
		if CheckListed(c[0], c[1]) == nil {
			t.Errorf("%q is taken for a code of %s", c[1], c[0])
		}
	}
}
