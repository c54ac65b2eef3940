package numbers_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"crossings/pipeline/compare/claim/numbers"
	"crossings/pipeline/compare/claim/words"
)

// bounds writes the numbers of a sentence as text [low high], with % and a direction. The bounds have so
// many digits.
func bounds(s words.Sentence, digits int) string {
	var list []string
	for _, n := range s.Numbers {
		text := fmt.Sprintf("%s [%.*g %.*g]", n.Text, digits, n.Low, digits, n.High)
		if n.Percent {
			text += "%"
		}
		if n.Direction != 0 {
			text += fmt.Sprintf(" %+d", n.Direction)
		}
		list = append(list, text)
	}
	return strings.Join(list, "; ")
}

// The unit and the last digit written decide which values round to a number.
func TestANumberIsRoundedAsItIsWritten(t *testing.T) {
	check(t, func(text string) string { return bounds(words.Parse(text), 13) }, map[string]string{
		"7":                   "7 [7 7]",
		"0":                   "0 [0 0]",
		"999":                 "999 [999 999]",
		"990":                 "990 [990 990]",
		"1,000":               "1,000 [950 1050]",
		"1,010":               "1,010 [1005 1015]",
		"12,000":              "12,000 [11500 12500]",
		"12,300":              "12,300 [12250 12350]",
		"12,345":              "12,345 [12345 12345]",
		"7.5":                 "7.5 [7.5 7.5]",
		"1250.5":              "1250.5 [1250.5 1250.5]",
		"2m":                  "2m [1500000 2500000]",
		"2 million":           "2 million [1500000 2500000]",
		"ten million":         "ten million [9500000 10500000]",
		"1.25m":               "1.25m [1245000 1255000]",
		"3k":                  "3k [2500 3500]",
		"1.25 thousand":       "1.25 thousand [1245 1255]",
		"1000 %":              "1000 % [999.5 1000.5]%",
		"0.05%":               "0.05% [0.045 0.055]%",
		"5 percent":           "5 percent [4.5 5.5]%",
		"5 percentage points": "5 percentage points [4.5 5.5]%",
		"some 5,376":          "some 5,376 [5376 5376]",
		"some 5,370":          "some 5,370 [5320 5420]",
		"about 449":           "about 449 [449 449]",
		"about 48":            "about 48 [48 48]",
		"over 64":             "over 64 [64 65]",
		"over 640":            "over 640 [641 649]",
		"over 0":              "over 0 [0 1]",
		"over 5":              "over 5 [5 6]",
		"over 9":              "over 9 [9 10]",
		"over 10":             "over 10 [10 11]",
		"over 11":             "over 11 [11 12]",
		"over 20":             "over 20 [21 21]",
		"over 1,001":          "over 1,001 [1001 1101]",
		"over 50 %":           "over 50 % [50 55]%",
		"over 50.5 %":         "over 50.5 % [50.5 50.6]%",
		"under 50 %":          "under 50 % [45 50]%",
		"about 50 %":          "about 50 % [49.5 50.5]%",
		"about 500 %":         "about 500 % [495 505]%",
		"under 64":            "under 64 [64 64]",
		"over 7.5":            "over 7.5 [7.5 8.5]",
		"about 7":             "about 7 [7 7]",
		"under 7.5":           "under 7.5 [7.5 7.5]",

		"1,000,000,000,000": "1,000,000,000,000 [950000000000 1050000000000]",
		"1,000,000,000,001": "",
		"1e":                "1 [1 1]",

		strings.Repeat("9", 400): "",
	})
}

// Words are read up to 40 bytes before a number, and up to 40 after.
func TestWordsCountNearTheNumber(t *testing.T) {
	gap := func(n int) string { return strings.Repeat(" ", n) }
	check(t, func(text string) string { return bounds(words.Parse(text), 13) }, map[string]string{
		"over" + gap(36) + "30,000": "over" + gap(36) + "30,000 [30001 32999]",
		"over" + gap(37) + "30,000": "30,000 [29500 30500]",
		"up" + gap(38) + "5%":       "5% [4.5 5.5]% +1",
		"up" + gap(39) + "5%":       "5% [4.5 5.5]%",
		"5%" + gap(38) + "up":       "5% [4.5 5.5]% +1",
		"5%" + gap(39) + "up":       "5% [4.5 5.5]%",
		"5%" + gap(38) + "fewer":    "5% [4.5 5.5]%",        // "fe"
		"over 12 months 30,000":     "30,000 [29500 30500]", // "over 12 months" is a window
	})
}

// A sign gives the direction, or else the nearest word. A count has no direction.
func TestTheDirectionOfAChange(t *testing.T) {
	for text, want := range map[string]int{
		"5 %":                        0,
		"+5 %":                       1,
		"+ 5 %":                      1,
		"-5 %":                       -1,
		"up -5 %":                    -1,
		"a change of -5 % is up":     -1,
		"down +5 %":                  1,
		"up 5 people":                0,
		"-5 people":                  0,
		"fell and then rose 5 %":     1,
		"rose and then fell 5 %":     -1,
		"down, then up, then cut 5%": -1,
		"5 % more":                   1,
		"5 % lower":                  -1,
		"5 % up then down":           1,
		"5 % down then up":           -1,
		"up 5 % down":                -1, // one byte each way
		"down 5 % up":                -1,
		"up by 5 % down":             -1,
		"up so 5 %, down":            -1,
		"down so 5 %, up":            1,
		"up, 5% x down":              1,
		"the cup of 5 %":             0,
	} {
		list := words.Parse(text).Numbers
		if len(list) != 1 || list[0].Direction != want {
			t.Errorf("%q: %+v, want direction %d", text, list, want)
		}
	}
	if list := words.Parse("+£5").Numbers; len(list) != 1 || list[0].Direction != 1 {
		t.Errorf("a sign before a currency: %+v", list)
	}
}

// A sentence is read up to 4,000 bytes and 40 numbers.
func TestASentenceIsBounded(t *testing.T) {
	if n := len(words.Parse(strings.Repeat("7 ", 50)).Numbers); n != 40 {
		t.Errorf("%d numbers", n)
	}
	for gap, want := range map[int]string{3998: "77 [77 77]", 3999: "7 [7 7]", 4000: ""} {
		if got := bounds(words.Parse(strings.Repeat(" ", gap)+"77"), 13); got != want {
			t.Errorf("%d bytes before: %q, want %q", gap, got, want)
		}
	}
}

// A value matches a count between its bounds. For a percentage the direction must match too.
func TestHolds(t *testing.T) {
	count := numbers.Number{Value: 20, Low: 10, High: 30, Direction: 1}
	change := func(direction int) numbers.Number {
		return numbers.Number{Value: 5, Low: 4.5, High: 5.5, Percent: true, Direction: direction}
	}
	none := numbers.Number{High: 0.5, Percent: true, Direction: 1}
	for _, c := range []struct {
		n    numbers.Number
		v    float64
		want bool
	}{
		{count, 9.9, false}, {count, 10, true}, {count, 30, true}, {count, 30.1, false}, {count, -20, false},
		{numbers.Number{Value: 20, Low: 10, High: 30}, -20, false}, {count, 10 - 1e-10, true}, {count, 30 + 1e-10, true},
		{change(0), 5, true}, {change(0), -5, true}, {change(0), 6, false}, {change(0), -4, false},
		{change(1), 5, true}, {change(1), -5, false}, {change(1), 4, false},
		{change(-1), -5, true}, {change(-1), 5, false},
		{none, 0, true}, {none, 0.4, true}, {none, -0.4, false},
		{numbers.Number{High: 0.5, Percent: true, Direction: -1}, 0, true}, {numbers.Number{High: 0.5, Percent: true, Direction: -1}, 0.4, false},
	} {
		if got := c.n.Holds(c.v); got != c.want {
			t.Errorf("%+v holds %v: %v", c.n, c.v, got)
		}
	}
}

// A count is missed by a fraction of itself, a percentage by points. If the figure rose by 5 %,
// a claimed fall of 5 % is missed by 10 points.
func TestByHowMuchANumberIsMissed(t *testing.T) {
	for _, c := range []struct {
		n       numbers.Number
		v, want float64
	}{
		{numbers.Number{Value: 200}, 150, 0.25}, {numbers.Number{Value: 200}, 250, 0.25}, {numbers.Number{Value: 200}, 200, 0},
		{numbers.Number{Value: 0}, 3, 3}, {numbers.Number{Value: 1}, 3, 2}, {numbers.Number{Value: 2}, 3, 0.5},
		{numbers.Number{Value: 5, Percent: true}, 8, 0.03}, {numbers.Number{Value: 5, Percent: true}, -8, 0.03},
		{numbers.Number{Value: 5, Percent: true, Direction: 1}, 8, 0.03}, {numbers.Number{Value: 5, Percent: true, Direction: 1}, -5, 0.1},
		{numbers.Number{Value: 5, Percent: true, Direction: -1}, -8, 0.03}, {numbers.Number{Value: 5, Percent: true, Direction: -1}, 5, 0.1},
	} {
		if got := c.n.Off(c.v); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v is off %v by %v, want %v", c.n, c.v, got, c.want)
		}
	}
}

// A number is written to its last digit if no zero ends it.
func TestUnrounded(t *testing.T) {
	check(t, func(text string) bool { return words.Parse(text).Numbers[0].Unrounded() }, map[string]bool{"7": true, "10": false, "11": true, "305": true, "310": false, "1,200": false, "7.5": true})
}
