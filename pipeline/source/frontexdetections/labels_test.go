package frontexdetections

import (
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestUnlistedLabels checks that a label that is in no list keeps its row in the totals.
func TestUnlistedLabels(t *testing.T) {
	f := load(t)
	first := stat.MustDate("2009-01-01")
	value := func(obs []stat.Observation, route, border, nat string) (n int64) {
		for _, o := range obs {
			if o.Series.Route == route && o.Series.Category == border && o.Series.Origin == nat && o.Period.Start == first {
				n, _ = o.Value.Get()
			}
		}
		return n
	}
	before, err := sourcetest.Read(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	all := value(before.Observations, stat.Total, stat.Total, stat.Total)
	row := value(before.Observations, "central-mediterranean", "sea", "BGD")
	if all == 0 || row == 0 {
		t.Fatal("no figures")
	}
	for _, c := range []struct{ old, new, route, border, nat, findings string }{
		{"Central Mediterranean Route,Sea,BGD,2009-01-01", "Moon Route,Sea,BGD,2009-01-01", "x-moon-route", "sea", "BGD", "unlisted-label/warning"},
		{"Route,Sea,BGD,2009-01-01", "Route,Air,BGD,2009-01-01", "central-mediterranean", "x-air", "BGD", "unlisted-label/warning"},
		{"Sea,BGD,2009-01-01", "Sea,ZZZ,2009-01-01", "central-mediterranean", "sea", "x-zzz", "unlisted-label/warning"},
		{"Sea,BGD,2009-01-01", "Sea,Bangladesh,2009-01-01", "central-mediterranean", "sea", "BGD", ""},
		{"Sea,BGD,2009-01-01", "Sea,Total,2009-01-01", "central-mediterranean", "sea", "x-total", "label-may-be-total/error unlisted-label/warning"},
	} {
		r, err := sourcetest.Read(&Source, f.With(t, c.old, c.new))
		if err != nil {
			t.Fatal(c.new, err)
		}
		if got := value(r.Observations, stat.Total, stat.Total, stat.Total); got != all {
			t.Errorf("%s: all detections are %d, want %d", c.new, got, all)
		}
		if got := value(r.Observations, c.route, c.border, c.nat); got != row {
			t.Errorf("%s: the row is %d, want %d", c.new, got, row)
		}
		if got := value(r.Observations, c.route, stat.Total, stat.Total); c.route == "x-moon-route" && got != row {
			t.Errorf("%s: the route is %d, want %d", c.new, got, row)
		}
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Code+"/"+f.Severity.String())
		}
		if s := strings.Join(got, " "); s != c.findings {
			t.Errorf("%s: findings %s, want %s", c.new, s, c.findings)
		}
	}
}
