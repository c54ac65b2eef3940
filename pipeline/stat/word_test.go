package stat

import "testing"

// TestWord names each frequency, and no other code.
func TestWord(t *testing.T) {
	for f, want := range map[Frequency]string{Daily: "daily", Weekly: "weekly", Monthly: "monthly", Quarterly: "quarterly", Annual: "annual", "": "", "X": ""} {
		if got := f.Word(); got != want {
			t.Errorf("%q: got %q, want %q", f, got, want)
		}
	}
}
