package check

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// routeSeries is the series of a route, or of all routes.
func routeSeries(route string) *stat.Series {
	s := series("dead", stat.Monthly)
	if s.ID = "a:dead:M"; route != "" {
		s.ID += stat.SeriesID(":route=" + route)
	}
	return s
}

// months returns the values of a series from January 2025 on, as stated on a day.
func months(s *stat.Series, day string, values ...int64) (out []stat.Observation) {
	r := &stat.Release{Vintage: stat.MustDate(day)}
	for i, v := range values {
		p := stat.Month(2025, time.Month(1+i))
		o := obs(s, p, v)
		o.Release = r
		out = append(out, o)
	}
	return out
}

// TestMovesOfParts weighs a small part against the whole, and then as a series of its own.
func TestMovesOfParts(t *testing.T) {
	all, small := routeSeries(""), routeSeries("small")
	limits := Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Late: 90}
	wholes := map[stat.SeriesID]stat.SeriesID{small.ID: all.ID}
	for name, c := range map[string]struct {
		all, smalls [2][]int64 // before and now
		want        string     // kinds and severities of the part's moves: as a part | by itself
	}{
		"a tenth of the whole":         {[2][]int64{{1000, 1000}, {1100, 1000}}, [2][]int64{{10, 10}, {110, 10}}, "revised warning | revised error"},
		"more than a tenth":            {[2][]int64{{1000, 1000}, {1101, 1000}}, [2][]int64{{10, 10}, {111, 10}}, "revised error | revised error"},
		"a few go to another part":     {[2][]int64{{1000, 1000}, {1000, 1000}}, [2][]int64{{10, 10}, {500, 10}}, "revised warning | revised error"},
		"many go to another part":      {[2][]int64{{1000, 1000, 1000, 1000}, {1000, 1000, 1000, 1000}}, [2][]int64{{10, 10, 10, 10}, {500, 500, 500, 500}}, "revised error, revised error, revised error, revised error | revised error, revised error, revised error, revised error"},
		"new, under a tenth of all":    {[2][]int64{{2000, 1000}, {2000, 1000, 1000}}, [2][]int64{{10, 10}, {10, 10, 200}}, "grown warning | grown error"},
		"new, over a tenth of all":     {[2][]int64{{2000, 1000}, {2000, 1000, 1000}}, [2][]int64{{10, 10}, {10, 10, 201}}, "grown error | grown error"},
		"small values lost":            {[2][]int64{{1000, 1000}, {1000, 1000}}, [2][]int64{{30, 40}, {0, 0}}, "zeroed warning, zeroed warning | zeroed error, zeroed error"},
		"the whole is not known":       {[2][]int64{{}, {1000, 1000}}, [2][]int64{{10, 10}, {110, 10}}, "revised error | revised error"},
		"the whole is as wrong as it":  {[2][]int64{{200, 200}, {5200, 200}}, [2][]int64{{10, 10}, {510, 10}}, "revised error | revised error"},
		"nothing beyond its own limit": {[2][]int64{{1000, 1000}, {1000, 1000}}, [2][]int64{{10, 10}, {50, 10}}, " | "},
	} {
		t.Run(name, func(t *testing.T) {
			var x [2][]stat.Observation
			for i, day := range []string{"2026-01-10", "2026-02-10"} {
				x[i] = append(months(all, day, c.all[i]...), months(small, day, c.smalls[i]...)...)
			}
			var got []string
			for _, parts := range []map[stat.SeriesID]stat.SeriesID{wholes, nil} {
				var kinds []string
				for _, m := range limits.Moves(Known{Before: x[0], Wholes: parts}, x[1], nil) {
					if m.Series == small.ID {
						kinds = append(kinds, m.Kind+" "+m.Severity.String())
					}
				}
				got = append(got, strings.Join(kinds, ", "))
			}
			if text := strings.Join(got, " | "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

// TestMovesOfLateEntries lets a period grow as long as entries come in, up to the largest value so
// far. It also loads the releases in the other order.
func TestMovesOfLateEntries(t *testing.T) {
	s := routeSeries("")
	limits := Limits{Revision: 0.1, AtLeast: 50, Growth: 3, Late: 90}
	for name, c := range map[string]struct {
		before, now   []int64
		want, earlier string
	}{
		"in time":         {[]int64{900, 100, 100}, []int64{900, 100, 900}, "", ""},
		"to a record":     {[]int64{900, 100, 100}, []int64{900, 100, 901}, "revised", ""},
		"downwards":       {[]int64{900, 100, 300}, []int64{900, 100, 100}, "revised", "contrary"},
		"after that time": {[]int64{900, 100, 100}, []int64{900, 900, 100}, "revised", "contrary"},
	} {
		t.Run(name, func(t *testing.T) {
			before, now := months(s, "2025-06-01", c.before...), months(s, "2025-09-01", c.now...) // March ended 62 days before, February 93
			for want, k := range map[*string]Known{&c.want: {Before: before}, &c.earlier: {After: now}} {
				state := now
				if k.Before == nil {
					state = before
				}
				got := ""
				for _, m := range limits.Moves(k, state, nil) {
					got += m.Kind
				}
				if got != *want {
					t.Errorf("got %q, want %q", got, *want)
				}
			}
		})
	}
}
