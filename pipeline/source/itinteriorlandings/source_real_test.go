//go:build real

package itinteriorlandings

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

func TestReal(t *testing.T) {
	f := sourcetest.RealFile(t, id, name)
	reportsAreReleases(t, f, 4352-1095, 143)
	revisions(t, f, 158, 48)
	cutAtAnyLine(t, f, 4300)
	findings(t, f, map[string]expected{
		"not-over":   {1, "B47", "1087 rows"},
		"bad-value":  {1, "B3372", `row 3372, column "Valore", report of 2024-05-15: "0[VALORE]0" is not a count`},
		"bad-date":   {7, "", `"2024-04-31" is not a date`},
		"other-hour": {1, "Note", "31 rows say that the day ends at 24:00 in the report of 2022-12-31"},
	})
	landings := sourcetest.RealFile(t, id, "nazionalita.csv")
	sourcetest.Refuses(t, &Source)("nationalities", landings, decode.ErrHeader, "not the daily file")
}
