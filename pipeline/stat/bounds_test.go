package stat

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// TestSumsDoNotOverflow adds numbers at the ends of int64: what does not fit is
// missing, and never another number.
func TestSumsDoNotOverflow(t *testing.T) {
	const top, bottom = math.MaxInt64, math.MinInt64
	for _, c := range []struct {
		a, b      int64
		sum, diff string // "" is missing
	}{
		{1, 2, "3", "-1"},
		{0, 0, "0", "0"},
		{-5, 3, "-2", "-8"},
		{top, 0, strconv.Itoa(top), strconv.Itoa(top)},
		{top, 1, "", strconv.Itoa(top - 1)},
		{top, top, "", "0"},
		{top, -1, strconv.Itoa(top - 1), ""},
		{bottom, 1, strconv.Itoa(bottom + 1), ""},
		{bottom, -1, "", strconv.Itoa(bottom + 1)},
		{bottom, bottom, "", ""},
		{0, bottom, strconv.Itoa(bottom), ""},
	} {
		if got := Known(c.a).Add(Known(c.b)); got.String() != c.sum {
			t.Errorf("%d + %d = %s, want %s", c.a, c.b, got, c.sum)
		}
		if got := Known(c.a).Sub(Known(c.b)); got.String() != c.diff {
			t.Errorf("%d - %d = %s, want %s", c.a, c.b, got, c.diff)
		}
	}
	if got := (Count{}).Sub(Known(1)); got.IsKnown() {
		t.Errorf("missing - 1 = %s", got)
	}
}

// TestBounds holds the bounds of what an observation may state.
func TestBounds(t *testing.T) {
	for text, want := range map[string]string{
		"1000000000": "1000000000", "-36": "-36", "-1000000000": "-1000000000", "0": "0", "": "", "007": "7",
		"1000000001": "!", "-1000000001": "!", "9223372036854775807": "!", "9223372036854775808": "!", "-9223372036854775809": "!",
		"+5": "!", "-0": "!", "1e3": "!", "1,204": "!", " 5": "!", "5 ": "!", "1.0": "!", "１２": "!", "0x10": "!", "1_000": "!", "--5": "!", "−5": "!",
	} {
		c, err := ParseCount(text)
		if got := c.String(); err == nil && got != want || err != nil && want != "!" {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	boats := NewSeries(Series{Source: "s", Measure: "boats", Unit: "boats", Flow: "arrival", Kind: Flow}, Daily)
	missing := NewSeries(Series{Source: "s", Measure: "missing", Unit: "persons", Flow: "fatality", Kind: Flow}, Daily)
	dead := NewSeries(Series{Source: "s", Measure: "dead", Unit: "persons", Flow: "fatality", Kind: Flow}, Daily)
	no := Count{}
	for _, c := range []struct {
		s                   *Series
		value, lower, upper Count
		want                string // in the error, "" for none
	}{
		{&boats, Known(MaxCount), no, no, ""},
		{&boats, Known(MaxCount + 1), no, no, "beyond the largest count"},
		{&boats, Known(math.MaxInt64), no, no, "beyond the largest count"},
		{&boats, Known(6), no, Known(math.MaxInt64), "beyond the largest count"},
		{&boats, Known(6), Known(3), Known(9), ""},
		{&boats, Known(6), Known(6), Known(6), ""},
		{&boats, Known(6), Known(9), Known(3), "not in this order"},
		{&boats, Known(6), Known(9), no, "not in this order"},
		{&boats, Known(6), no, Known(3), "not in this order"},
		{&boats, Known(-1), no, no, "below zero"},
		{&boats, Known(6), Known(-1), no, "below zero"},
		{&dead, Known(-1), no, no, "below zero"},
		{&missing, Known(-36), no, no, ""},
		{&missing, Known(-MaxCount - 1), no, no, "beyond"},
	} {
		o := Observation{Series: c.s, Period: Day(MustDate("2026-01-01")), Value: c.value, Lower: c.lower, Upper: c.upper, Status: Normal}
		err := o.Validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s %s (%s to %s): %v, want %q", c.s.Measure, c.value, c.lower, c.upper, err, c.want)
		}
	}
	o := Observation{Series: &boats, Period: Day(MustDate("2026-01-01")), Lower: Known(9), Upper: Known(3), Status: Missing}
	if o.Validate() == nil {
		t.Error("a range out of order without a value passes")
	}
}
