package iommissingmigrants

import (
	"testing"

	"crossings/pipeline/stat"
)

// TestUnlistedRoutesCount checks that a row on an unlisted route is in the totals once, and in a
// series of its own.
func TestUnlistedRoutesCount(t *testing.T) {
	for _, label := range []string{"Bay of Bengal/Andaman Sea", "Central Mediterranean,Sahara Desert crossing", "Darien,Darien Gap"} {
		known, err := decodeRows(t, "2024", values{"Migration Route": "Central Mediterranean"})
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeRows(t, "2024", values{"Migration Route": label})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Observations) != len(known.Observations) {
			t.Errorf("%s: %d observations, want %d", label, len(got.Observations), len(known.Observations))
		}
		seen := map[stat.SeriesID]stat.Count{}
		for _, o := range got.Observations {
			if o.Series.Route == stat.Total {
				seen[o.Series.ID] = o.Value
			}
			if o.Series.Title == "" || o.Series.Route == "central-mediterranean" {
				t.Errorf("%s: series %s, %q", label, o.Series.ID, o.Series.Title)
			}
		}
		for _, o := range known.Observations {
			if o.Series.Route == stat.Total && seen[o.Series.ID] != o.Value {
				t.Errorf("%s: %s is %s, want %s", label, o.Series.ID, seen[o.Series.ID], o.Value)
			}
		}
	}
}
