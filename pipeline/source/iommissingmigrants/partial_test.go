package iommissingmigrants

import (
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"crossings/pipeline/stat"
)

// TestCommentsOfAList reads them in each form in which the rows below them can be read.
func TestCommentsOfAList(t *testing.T) {
	const text = "# routes: some\n# vintage: 2023-03-01\nWeb ID,Number Dead\n"
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string]string{"plain": text, "with a byte order mark": "\ufeff" + text, "in UTF-16": wide} {
		if !isPartial([]byte(list)) || comment([]byte(list), "vintage") != "2023-03-01" {
			t.Errorf("%s: partial %t, vintage %q", name, isPartial([]byte(list)), comment([]byte(list), "vintage"))
		}
	}
}

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
