package compare

import (
	"testing"

	"crossings/pipeline/stat"
)

// Windows are compared where their days differ by one at most, for the leap day.
func TestWindowsOfOtherLengthsAreNotCompared(t *testing.T) {
	prior := Window{Value: stat.Known(100), Days: 10}
	for days, want := range map[int]string{8: "", 9: "20", 10: "20", 11: "20", 12: ""} {
		diff, pct, note := compare(Window{Value: stat.Known(120), Days: days}, prior)
		if pct.String() != want || diff.IsKnown() != (want != "") || (len(note) == 0) != (want != "") {
			t.Errorf("%d days on 10: %s, %s, %s", days, diff, pct, note)
		}
	}
}

// A change of less than half a tenth has no sign.
func TestSigned(t *testing.T) {
	for x, want := range map[float64]string{0.5: "+0.5 %", -0.5: "\u22120.5 %", 0.04: "0.0 %", -0.04: "0.0 %", 0: "0.0 %", 1: "+1.0 %", -1: "\u22121.0 %"} {
		if got := KnownPercent(x).Signed(); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}

// Corrections may make a sum negative: it is no number of events, and no base.
func TestARateOfANegativeSum(t *testing.T) {
	flow := func(n int64) *Path {
		return pathOf(t, stat.Series{Measure: "missing", Flow: "fatality", Kind: stat.Flow}, stat.Annual, stat.Observation{Period: stat.Year(2024), Value: stat.Known(n)})
	}
	for _, c := range []struct {
		num, den    int64
		value, note string
	}{
		{-1, 1000, "", "numerator is below 0"},
		{0, 1000, "", "low base"},
		{5, 1000, "5", ""},
		{1, -1000, "", "denominator is 0"},
		{0, -1000, "", "denominator is 0"},
	} {
		r := PerThousand("r", flow(c.num), flow(c.den), stat.Year(2024))
		if r.Value.String() != c.value || r.Lower.IsKnown() != (c.value != "") || r.Upper.IsKnown() != (c.value != "") || r.Note.String() != c.note {
			t.Errorf("%d per 1,000 of %d: %+v", c.num, c.den, r)
		}
	}
}

// A range may have one end only; the other is the value.
func TestARangeWithOneEnd(t *testing.T) {
	lower := stat.Observation{Period: stat.Year(2023), Value: stat.Known(5), Lower: stat.Known(3)}
	upper := stat.Observation{Period: stat.Year(2024), Value: stat.Known(5), Upper: stat.Known(9)}
	for _, c := range []struct {
		o          stat.Observation
		low, upper int64
	}{{lower, 3, 5}, {upper, 5, 9}} {
		p := pathOf(t, stat.Series{Measure: "dead", Kind: stat.Flow}, stat.Annual, c.o)
		if w := p.Over(c.o.Period); w.Lower != stat.Known(c.low) || w.Upper != stat.Known(c.upper) {
			t.Errorf("%+v: %s to %s", c.o.Period, w.Lower, w.Upper)
		}
	}
}

// A window without a value is missing, not incomplete.
func TestMissingIsNotIncomplete(t *testing.T) {
	lacking := stat.Observation{Period: stat.Year(2023), Value: stat.Known(5), Status: stat.Estimated, Locator: stat.Lacking("A", 1)}
	p := pathOf(t, stat.Series{Measure: "dead", Kind: stat.Flow}, stat.Annual, lacking)
	for end, want := range map[string]string{"2023-12-31": "incomplete", "2024-12-31": "366 of 731 days outside coverage"} {
		if w := p.Sum(stat.MustDate("2023-01-01"), stat.MustDate(end)); w.Incomplete() != (want == "incomplete") || w.Note.String() != want {
			t.Errorf("to %s: %+v", end, w)
		}
	}
}

// The base of a balance says why it has no value, and no more.
func TestTheBaseOfABalance(t *testing.T) {
	year := func(known bool) *Path {
		o := stat.Observation{Period: stat.Year(2023), Status: stat.Missing}
		if known {
			o.Value, o.Status, o.Locator = stat.Known(5), stat.Estimated, stat.Lacking("A", 1)
		}
		return pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Annual, o)
	}
	for known, want := range map[bool]string{true: "incomplete", false: "incomplete; base: 365 of 365 days without a value"} {
		if b := Balances(year(true), year(true), year(known), stat.Year(2023).Start)[0]; b.Note.String() != want {
			t.Errorf("base known %v: %q", known, b.Note)
		}
	}
}

// The newest vintage may be that of any observation; a path without one covers nothing.
func TestTheVintageAndCoverageOfAPath(t *testing.T) {
	s := stat.Series{Measure: "dead", Kind: stat.Flow}
	p := pathOf(t, s, stat.Annual, ranged(stat.Year(2022), 1, 2, 3, "2026-01-01"), ranged(stat.Year(2023), 1, 2, 3, "2026-03-01"), ranged(stat.Year(2024), 1, 2, 3, "2026-02-01"))
	if p.Vintage() != stat.MustDate("2026-03-01") {
		t.Errorf("vintage %s", p.Vintage())
	}
	if start, end := pathOf(t, s, stat.Annual).Coverage(); start != 0 || end != 0 {
		t.Errorf("no observations: %d to %d", start, end)
	}
}
