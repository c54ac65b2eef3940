package period

import (
	"errors"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestHalfYears reads half-years as publishers write them.
func TestHalfYears(t *testing.T) {
	for _, c := range []struct {
		form Form
		want string
		text []string
	}{
		{Form{Length: Half}, "2025-01-01 2025-06-30 range", []string{"H1 2025", "2025 H1", "2025H1", "2025-H1", "1H 2025", "1H2025", "HY1 2025", "first half of 2025", "First half 2025", "the first half of 2025", "1st half 2025", "2025 first half",
			"Jan–Jun 2025", "Jan-Jun 2025", "January to June 2025", "Jan 2025 to Jun 2025", "January 2025 – June 2025", "2025 Jan-Jun", "1 January 2025 to 30 June 2025", "2025-01-01 to 2025-06-30", "Half year ending June 2025",
			"six months to 30 June 2025", "6 months ended June 2025", "S1 2025", "1er semestre 2025", "1. Halbjahr 2025", "H1 2025 [p]"}},
		{Form{Length: Half}, "2025-07-01 2025-12-31 range", []string{"H2 2025", "second half of 2025", "July to December 2025", "Jul–Dec 2025", "2H2025", "half 2 2025"}},
		{Form{Length: Half, FiscalStart: 4}, "2025-04-01 2025-09-30 range", []string{"H1 2025/26", "2025/26 H1", "FY2026 H1", "April to September 2025", "half year ending September 2025"}},
		{Form{Length: Half, FiscalStart: 4}, "2025-10-01 2026-03-31 range", []string{"H2 2025/26", "Oct 2025 to Mar 2026"}},
	} {
		wantPeriod(t, c.form, c.want, c.text)
	}
	for _, text := range []string{"H3 2025", "2025", "Q1 2025", "Feb to Jul 2025", "Jan to May 2025", "Jan 2024 to Jun 2025", "Jan 2025", "H1", "first half", "third half of 2025", "H1 2025/26", "year to June 2025", "half", ""} {
		if p, err := (Form{Length: Half}).Read(text); !errors.Is(err, decode.ErrPeriod) {
			t.Errorf("%q: got %v, %v", text, p, err)
		}
	}
	for text, want := range map[string]int{"H1": 1, "h2": 2, "First half": 1, "Jan-Jun": 1, "July to December": 2, "Q1": 0, "": 0, "Jan": 0} {
		if got := HalfNumber(text); got != want {
			t.Errorf("%q: half %d, want %d", text, got, want)
		}
	}
}
