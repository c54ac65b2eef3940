package codes

import "testing"

// TestWordsOfSums: rows of a label with these words may be sums of others, which no list needs to say.
func TestWordsOfSums(t *testing.T) {
	for label, want := range map[string]bool{"Every nationality": true, "All nationalities": true, "Any age": true, "Both sexes": true, "TOTAL (all)": true,
		"All other": false, "Everton": false, "Other": false, "": false} {
		if got := MayBeTotal(label); got != want {
			t.Errorf("%q: %t", label, got)
		}
	}
}
