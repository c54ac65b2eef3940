package all

import (
	"testing"

	"crossings/pipeline/source/sourcetest/altered"
)

// TestNoAddedRowIsSilent adds rows to the CSVs of all sources, except large ones.
func TestNoAddedRowIsSilent(t *testing.T) {
	var sum altered.Tally
	for _, s := range Sources {
		for f := range readable(t, s) {
			if len(f.Data) > 120_000 || f.Data[0] == 'P' {
				continue
			}
			t.Run(s.ID+" "+f.Name, func(t *testing.T) {
				sum.Add(altered.Added(t, s, f, "Local Authority", "LAD Code", "Location of application"))
			})
		}
	}
	t.Log(sum)
}
