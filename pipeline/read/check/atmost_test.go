package check

import (
	"testing"

	"crossings/pipeline/stat"
)

// TestAtMost compares a series that is usually smaller with a larger one.
func TestAtMost(t *testing.T) {
	w := stat.WeekEnding(sunday)
	for name, c := range map[string]struct {
		low, high int64
		want      string
	}{
		"as usual":        {7, 46, ""},
		"equal":           {7, 7, ""},
		"within slack":    {13, 3, ""},
		"beyond slack":    {14, 3, "exchanged error S!2026-02-15 a:boats:W is larger than a:arrivals:W by 11, at most 10 is usual; the columns may have been exchanged"},
		"columns swapped": {46, 7, "exchanged error S!2026-02-15 a:boats:W is larger than a:arrivals:W by 39, at most 10 is usual; the columns may have been exchanged"},
	} {
		r := AtMost(boats.ID, weeks.ID, 10)(by([]stat.Observation{obs(boats, w, c.low)}, []stat.Observation{obs(weeks, w, c.high)}))
		if got := lines(r.Findings); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
