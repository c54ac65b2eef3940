package layout

import (
	"strings"
	"testing"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/stat"
)

// TestSumsAreBounded checks that a day whose records add up to more than any count is refused, and
// so is a single record with such a number.
func TestSumsAreBounded(t *testing.T) {
	l := Default()
	by := make([]map[string]*engine.Daily, len(l.Dimensions))
	for _, c := range []struct {
		sum  int64
		want string
	}{{stat.MaxCount, ""}, {stat.MaxCount + 1, "beyond the largest count"}, {1<<63 - 1, "beyond the largest count"}} {
		m := &engine.Margins{First: 20000, Total: engine.Daily{Sums: []int64{c.sum}, Counts: []int64{2}}, By: by}
		_, err := l.Observations(m, &stat.Release{Source: "tidy-events:x", Vintage: stat.MustDate("2026-01-01")}, 0)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%d: %v, want %q", c.sum, err, c.want)
		}
	}
	for _, c := range l.Engine().Columns {
		if c.Kind == engine.Count && c.Max != stat.MaxCount {
			t.Errorf("column %s takes up to %d", c.Name, c.Max)
		}
	}
}
