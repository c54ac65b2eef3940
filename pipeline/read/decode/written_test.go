package decode

import "testing"

// TestCountsWithWords has counts whose mark is a word or a letter. All but the first were refused
// before.
func TestCountsWithWords(t *testing.T) {
	for text, mark := range map[string]string{
		"255r": "r", "255 r": "r", "255R": "R", "255 (R)": "(R)", "255 (revised)": "(revised)", "255 (Revised)": "(Revised)", "255 revised": "revised", "255 (rev.)": "(rev.)",
		"255 (provisional)": "(provisional)", "255 (estimated)": "(estimated)", "255 (revised 13 July)": "(revised 13 July)",
		"255 (revised on 13 July 2026)": "(revised on 13 July 2026)", "255 revised [note 1]": "revised [note 1]",
	} {
		if got, err := FigureText(text); err != nil || got != (Figure{N: 255, Mark: mark}) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

// TestDaysInOtherWords has days that were refused before.
func TestDaysInOtherWords(t *testing.T) {
	for _, s := range []string{"15/08/26", "15.08.26", "15 August 26", "15-Aug-26", "15 Aug '26", "15 August ’26", "15th of August 2026", "Saturday 15th August 2026",
		"Saturday, the 15th August, 2026", "Sat 15/08/2026", "Sat. 15 August 2026", "15 August 2026 (Saturday)", "15 August 2026, Saturday", "15–08–2026", "Saturday 2026-08-15"} {
		if y, m, d, err := DateText(s); err != nil || y != 2026 || m != 8 || d != 15 {
			t.Errorf("%q: %d %d %d, %v", s, y, m, d, err)
		}
	}
	for _, s := range []string{"Friday 15/08/2026", "15 August 2026 (Friday)", "15/08.26", "15 August 126", "15 August 6", "Week 15 August 2026"} {
		if y, _, _, err := DateText(s); err == nil || y != 0 {
			t.Errorf("%q: %d, %v", s, y, err)
		}
	}
}
