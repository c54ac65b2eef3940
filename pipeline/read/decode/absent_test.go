package decode

import "testing"

// TestIsAbsent checks that a text takes the place of a count just if FigureText says so.
func TestIsAbsent(t *testing.T) {
	for text, want := range map[string]bool{
		"[x]": true, " N/A ": true, "-": true, "[c] [r]": true, "not known": true, "x [note 1]": true, "..": true,
		"": false, " ": false, "0": false, "12": false, "12 [r]": false, "[x]\n[x]": false, "Libya": false, "x ray": false, "[note 1]": false,
	} {
		figure, err := FigureText(text)
		if got := IsAbsent(text); got != want || got != (err == nil && figure.Absent != Stated) {
			t.Errorf("%q: %t, and FigureText says %+v, %v", text, got, figure, err)
		}
	}
}
