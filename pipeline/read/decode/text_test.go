package decode

import (
	"fmt"
	"strings"
	"testing"
)

func TestShownText(t *testing.T) {
	for s, want := range map[string]string{
		"0": "0 ", "7": "7 ", "1,295": "1295 ", "1295": "1295 ", "389 [r]": "389 [r]", "10[r]": "10 [r]", "\u00a01,022\u00a0[p] ": "1022 [p]", "1,000,000": "1000000 ",
		"1 295": "1295 ", "12 [r] [p]": "12 [r] [p]",
	} {
		n, mark, err := CountText(s)
		if got := fmt.Sprint(n, " ", mark); err != nil || got != want {
			t.Errorf("%q: %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "-", "1,2o4", "12,95", "1,29", ",295", "1.295", "12 95", "-1", "+1", "007", "1e3", "0,100", "12 rr", "[x]", "[r]", "99999999999999999999", "１"} {
		if n, _, err := CountText(s); err == nil || n != 0 || !strings.Contains(err.Error(), ErrCount.Error()) {
			t.Errorf("%q: %d, %v", s, n, err)
		}
	}
	if y, m, d, err := DateText("22 November  2022"); err != nil || y != 2022 || m != 11 || d != 22 {
		t.Error(y, m, d, err)
	}
	for _, s := range []string{"", "31 June 2026", "29 February 2025", "20 April", "20 April 0026", "0 May 2026"} {
		if y, _, _, err := DateText(s); err == nil || y != 0 {
			t.Errorf("%q: %d, %v", s, y, err)
		}
	}
}
