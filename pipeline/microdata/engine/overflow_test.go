package engine

import (
	"math"
	"testing"
)

// TestAdded checks that added refuses a sum that does not fit into an int64, and that a month with
// the most records and the greatest numbers fits.
func TestAdded(t *testing.T) {
	for _, c := range []struct {
		a, b int64
		good bool
	}{{1, 2, true}, {math.MaxInt64, 0, true}, {math.MaxInt64, 1, false}, {1, math.MaxInt64, false}, {math.MinInt64, -1, false}, {math.MaxInt64, math.MinInt64, true}} {
		if n, good := added(c.a, c.b); good != c.good || good && n != c.a+c.b {
			t.Errorf("%d + %d: %d, %v", c.a, c.b, n, good)
		}
	}
	if maxRecords > math.MaxInt64/maxNumber {
		t.Error("the records of a month can add up to more than an int64 holds")
	}
}
