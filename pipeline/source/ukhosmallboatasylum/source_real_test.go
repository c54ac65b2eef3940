//go:build real

package ukhosmallboatasylum

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestRealWorkbook reads the publisher's workbook of November 2023, which is among the files of
// ukho-illegal-entry. Everybody with a claim has an outcome or awaits one.
func TestRealWorkbook(t *testing.T) {
	f := sourcetest.RealFile(t, "ukho-illegal-entry", "irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx")
	r, err := sourcetest.Read(&Source, f)
	if err != nil || len(r.Findings) > 0 || len(r.Excluded) > 0 || len(r.Observations) != 3614 {
		t.Fatalf("%d observations, findings %v, excluded %v, error %v", len(r.Observations), r.Findings, r.Excluded, err)
	}
	of2022 := map[string]int64{}
	for _, o := range r.Observations {
		if o.Series.Origin == "_T" && o.Period.Start.Year() == 2022 {
			n, _ := o.Value.Get()
			of2022[o.Series.Measure+" "+o.Series.Category] += n
		}
	}
	for what, want := range map[string]int64{"arrivals _T": 45574, "arrivals claim": 41194, "claim-outcomes _T": 41194, "claim-outcomes refused": 331, "claim-outcomes awaiting-initial-decision": 35168} {
		if of2022[what] != want {
			t.Errorf("%s of 2022: %d, want %d", what, of2022[what], want)
		}
	}
}
