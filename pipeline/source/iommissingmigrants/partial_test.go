package iommissingmigrants

import (
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// TestListStatesItsTime: the starter data have two files of one release.
func TestListStatesItsTime(t *testing.T) {
	stamp := time.Date(2025, time.May, 5, 0, 0, 1, 0, time.UTC)
	for _, c := range []struct {
		name, data, released string
		stamp                time.Time
	}{
		{"list.csv", "# vintage: 2025-05-05\n# first_seen: 2025-05-05T00:00:01Z\nIncident ID\n", "2025-05-05", stamp},
		{"list-2025-05-06.csv", "# first_seen: 2025-05-05T00:00:01Z\nIncident ID\n", "2025-05-06", stamp},
		{"list.csv", "# vintage: 2025-05-05\n# first_seen: yesterday\nIncident ID\n", "2025-05-05", time.Time{}},
		{"list-2025-05-06.csv", "Incident ID\n", "2025-05-06", time.Time{}},
	} {
		released, stamp := date(c.name, []byte(c.data))
		if released != stat.MustDate(c.released) || !stamp.Equal(c.stamp) {
			t.Errorf("%s: released %s, time stamp %s", c.name, released, stamp)
		}
	}
}
