package check

import (
	"errors"
	"testing"

	"crossings/pipeline/stat"
)

// TestExcludedRowsOfSmallTables checks that a limit set for large tables is scaled down for small
// ones.
func TestRejectsOfSmallTables(t *testing.T) {
	for _, c := range []struct {
		bad, rows, most int
		good            bool
	}{
		{0, 0, 50, true}, {1, 1, 50, true}, {1, 11, 50, true}, {2, 11, 50, false}, {10, 11, 50, false}, {1, 199, 50, true}, {2, 199, 50, false},
		{2, 200, 50, true}, {50, 5000, 50, true}, {51, 5000, 50, false}, {50, 4999, 50, false}, {51, 1_000_000, 50, false}, {1, 1000, 0, false}, {100, 17_474, 100, true},
	} {
		err := TooManyExcluded(make([]stat.ExcludedRow, c.bad), c.rows, c.most)
		if (err == nil) != c.good || err != nil && !errors.Is(err, ErrTooManyExcluded) {
			t.Errorf("%d bad of %d rows, at most %d: %v", c.bad, c.rows, c.most, err)
		}
	}
}
