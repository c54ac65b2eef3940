package all

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestNoAddedRowIsSilent adds rows to the CSVs of all sources.
func TestNoAddedRowIsSilent(t *testing.T) {
	var sum altered.Tally
	for _, s := range Sources {
		for _, f := range sourcetest.LoadAll(t, s.ID) {
			if _, _, err := sourcetest.Decode(s, f); err != nil || len(f.Data) > 120_000 || f.Data[0] == 'P' {
				continue // a file that the source must refuse, or a large one
			}
			t.Run(s.ID+" "+f.Name, func(t *testing.T) {
				sum.Add(altered.Added(t, s, f, "Local Authority", "LAD Code", "Location of application"))
			})
		}
	}
	t.Log(sum)
}
