package dayorder

import (
	"errors"
	"testing"
)

func TestOrder(t *testing.T) {
	type date struct {
		text string
		next int // the month in another column
	}
	for name, tt := range map[string]struct {
		dates    []date
		dayFirst bool
		unsure   bool
	}{
		"a day above twelve":            {[]date{{"25/02/2015", 0}, {"05/11/2015", 0}}, true, false},
		"a month second":                {[]date{{"02/25/2015", 0}, {"05-11-2015", 0}}, false, false},
		"both":                          {[]date{{"25/02/2015", 0}, {"02/25/2015", 0}}, false, true},
		"none says":                     {[]date{{"05/11/2015", 0}, {"07/07/2015", 7}, {"May 2015", 0}}, false, true},
		"the month next to it, second":  {[]date{{"05/11/2015", 11}}, true, false},
		"the month next to it, first":   {[]date{{"05/11/15", 5}}, false, false},
		"as many for the one as others": {[]date{{"05/11/2015", 11}, {"05/11/2015", 5}}, false, true},
	} {
		var v Votes
		for _, d := range tt.dates {
			v.Add(d.text, d.next)
		}
		got, err := v.Order()
		if got != tt.dayFirst || (err != nil) != tt.unsure || tt.unsure && !errors.Is(err, ErrOrder) {
			t.Errorf("%s: day first %v, error %v", name, got, err)
		}
	}
}

// TestAFewDatesMayContradictTheOthers has one date of a hundred the other way round.
func TestAFewDatesMayContradictTheOthers(t *testing.T) {
	var v Votes
	for range 99 {
		v.Add("25/02/2015", 0)
	}
	v.Add("02/25/2015", 0)
	if first, err := v.Order(); !first || err != nil {
		t.Errorf("day first %v, error %v", first, err)
	}
}
