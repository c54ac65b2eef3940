package check

import "testing"

func TestNear(t *testing.T) {
	for _, c := range []struct {
		x, y int64
		want bool
	}{{10, 10, true}, {9, 9, false}, {9, 10, false}, {80, 100, true}, {100, 80, true}, {79, 100, false}, {100, 79, false}, {0, 0, false}} {
		if got := Near(c.x, c.y); got != c.want {
			t.Errorf("%d and %d: %t", c.x, c.y, got)
		}
	}
}
