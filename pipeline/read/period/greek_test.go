package period

import "testing"

// TestGreekMonths reads the months that Greek publishers write, in any case and with or without accents.
func TestGreekMonths(t *testing.T) {
	for text, want := range map[string]string{
		"Ιανουάριος 2026": "2026-01-01", "ΙΑΝΟΥΑΡΙΟΣ 2026": "2026-01-01", "Φεβ. 2025": "2025-02-01", "Μαΐου 2025": "2025-05-01", "Μάιος 2025": "2025-05-01",
		"ΙΟΥΝ 2025": "2025-06-01", "Ιουλίου 2025": "2025-07-01", "Αύγ-2025": "2025-08-01", "31 Δεκεμβρίου 2025": "2025-12-01", "2025 Οκτώβριος": "2025-10-01",
	} {
		p, err := Form{Length: Month}.Read(text)
		if err != nil || p.Start.String() != want || p.End.MonthStart() != p.Start {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
	if q := QuarterOfMonths("Ιαν - Μάρ"); q != 1 {
		t.Errorf("quarter %d", q)
	}
}
