package revision

import "testing"

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		m     Maturity
		known bool
		want  string
	}{
		{Maturity{}, false, "It is not known when a value stops moving: no later release has both stated a period again and added one."},
		{Maturity{Wholesale: 1}, false, "It is not known when a value stops moving: each release that stated periods again restated the series as a whole."},
		{Maturity{}, true, "Values do not move: no release has changed one that it stated again."},
		{Maturity{Late: 1}, true, "New values rarely move: releases have changed 1 value that was stated before."},
		{Maturity{Late: 3, Wholesale: 1}, true, "New values rarely move: releases have changed 3 values that were stated before."},
		{Maturity{Settled: true, Releases: 7, Days: 785, Periods: 9, Moved: 8, Ranges: []Range{{Moved: 2, Rise: 123}}}, true,
			"Periods stop moving after 7 releases: 8 of the 9 that were stated again by then changed, the last of them 785 days after its end. From the first release on, the change was 0 to +123."},
		{Maturity{Settled: true, Releases: 1, Days: 1, Periods: 9, Moved: 8, Late: 2, Ranges: []Range{{Moved: 1, Fall: -1, Rise: 1}}}, true,
			"Periods stop moving after 1 release: 8 of the 9 that were stated again by then changed, the last of them 1 day after its end. From the first release on, the change was −1 to +1. Older periods changed 2 times."},
		{Maturity{Releases: 2, Days: 9, Periods: 9, Moved: 8, Late: 1, Ranges: []Range{{}}}, true,
			"Periods move for at least 2 releases, and too few are older to say when they stop: 8 of the 9 that were stated again by then changed, the last of them 9 days after its end. Older periods changed 1 time."},
	} {
		if got := c.m.Sentence(c.known); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
