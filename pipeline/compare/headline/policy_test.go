package headline

import (
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// TestPolicySentences checks the form of each comparison, and the row that it names.
func TestPolicySentences(t *testing.T) {
	between := func(start, end string) stat.Period {
		return stat.Period{Start: stat.MustDate(start), End: stat.MustDate(end), Precision: stat.PrecisionRange}
	}
	rule := Policy{"pact", "the pact", stat.MustDate("2025-08-06")}
	for _, c := range []struct{ basis, start, end, before, until, want string }{
		{"policy-period", "2025-08-06", "2026-06-25", "2024-08-06", "2025-06-25",
			"Since the pact began on 6 August 2025, to 25 June 2026, 500 boats have arrived, against 1,000 over the same span a year before (−50.0 %)."},
		{"policy-period", "2025-09-01", "2026-05-31", "2024-09-01", "2025-05-31",
			"Since the pact began on 6 August 2025, from 1 September 2025 to 31 May 2026, 500 boats have arrived, against 1,000 over the same span a year before (−50.0 %)."},
		{"first-twelve-months", "2025-08-06", "2026-08-05", "2024-08-06", "2025-08-05",
			"In the first twelve months of the pact, 6 August 2025 to 5 August 2026, 500 boats have arrived, against 1,000 in the twelve months to 5 August 2025, before it began (−50.0 %)."},
		{"newest-twelve-months", "2025-08-21", "2026-08-20", "2024-08-06", "2025-08-05",
			"In the twelve months to 20 August 2026, 500 boats have arrived, against 1,000 in the twelve months to 5 August 2025, before the pact began (−50.0 %)."},
	} {
		x := compare.Comparison{Basis: c.basis, Period: between(c.start, c.end), PriorPeriod: between(c.before, c.until), Value: stat.Known(500), Prior: stat.Known(1000),
			Change: stat.Known(-500), ChangePercent: compare.KnownPercent(-50)}
		h, ok := Since(&boats, rule, x, Known{})
		if !ok || h.Text != c.want || h.Cutoff != x.Period.End || len(h.Rows) != 1 || h.Rows[0] != "policy-periods/pact/"+string(boats.ID)+"/"+c.basis {
			t.Errorf("got %q of %q; want %q", h.Text, h.Rows, c.want)
		}
		x.Prior, x.Change, x.ChangePercent = stat.Count{}, stat.Count{}, compare.Percent{}
		if h, ok := Since(&boats, rule, x, Known{}); !ok || len(h.Text) >= len(c.want) {
			t.Errorf("without a prior value: %q", h.Text)
		}
	}
}
