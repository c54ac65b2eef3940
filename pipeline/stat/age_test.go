package stat

import (
	"testing"
	"time"
)

func TestAges(t *testing.T) {
	for code, want := range map[string]struct {
		from, to int
		ok       bool
	}{
		"Y25T29": {25, 29, true}, "Y0T4": {0, 4, true}, "Y_LT18": {0, 17, true}, "Y_GE70": {70, 1 << 30, true}, "Y17": {17, 17, true}, "Y0": {0, 0, true},
		"_U": {}, "_T": {}, "Y": {}, "Y1T": {}, "Y_LE5": {}, "xY17": {}, "Y17x": {},
	} {
		if from, to, ok := Ages(code); from != want.from || to != want.to || ok != want.ok {
			t.Errorf("%s: %d to %d, %t", code, from, to, ok)
		}
	}
}

func TestQuarterOf(t *testing.T) {
	for month := 1; month <= 12; month++ {
		if got, want := QuarterOf(NewDate(2024, time.Month(month), 15)), Quarter(2024, []int{1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4}[month-1]); got != want {
			t.Errorf("month %d: %v", month, got)
		}
	}
}

func TestDateAppend(t *testing.T) {
	for d, want := range map[Date]string{0: "on ", MustDate("2024-02-29"): "on 2024-02-29"} {
		if got := string(d.Append([]byte("on "))); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestBalances has the series whose values may be below zero, and their neighbours.
func TestBalances(t *testing.T) {
	for _, c := range []struct {
		s    Series
		want bool
	}{
		{Series{Flow: "fatality", Kind: Flow, Measure: "missing"}, true},
		{Series{Flow: "fatality", Kind: Flow, Measure: "dead"}, false},
		{Series{Flow: "fatality", Kind: Stock, Measure: "missing"}, false},
		{Series{Flow: "arrival", Kind: Flow, Measure: "arrivals"}, false},
		{Series{Source: "table:ports", Flow: "arrival", Kind: Flow}, true},
		{Series{Source: "table:ports", Flow: "arrival", Kind: Stock}, false},
		{Series{Source: "tables", Flow: "arrival", Kind: Flow}, false},
	} {
		if got := c.s.Balances(); got != c.want {
			t.Errorf("%+v: %t", c.s, got)
		}
	}
}
