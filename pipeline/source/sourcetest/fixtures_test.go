package sourcetest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/ukhosmallboats"
	"crossings/pipeline/stat"
)

const boats = "ukho-small-boats"

func TestFixtures(t *testing.T) {
	paths := sourcetest.Fixtures(t, boats)
	if first, last := filepath.Base(paths[0]), filepath.Base(paths[len(paths)-1]); first != "31_December_2025_Small_boats_-_time_series.ods" || last != "pub20260626_data_small_boats_time_series.ods" {
		t.Errorf("from %s to %s", first, last)
	}
	if a, b := sourcetest.Fixture(t, boats, "2026-06-26"), sourcetest.Fixture(t, boats, "pub20260626_data_small_boats_time_series.ods"); a != b {
		t.Errorf("%s by its day, %s by its name", a, b)
	}
}

// TestEdits cuts a release back by a week and changes one day of it.
func TestEdits(t *testing.T) {
	f := sourcetest.Load(t, boats, "2026-06-26")
	day := stat.MustDate("2026-06-14")
	f.Data = sourcetest.EditODS(t, f.Data, sourcetest.Until(day))
	f.Data = sourcetest.EditODS(t, f.Data, sourcetest.OnDay("SB_02", day, func(row string) string {
		return strings.Replace(row, `office:value="46"><text:p>46<`, `office:value="47"><text:p>47<`, 1)
	}))
	obs, _, err := sourcetest.Decode(&ukhosmallboats.Source, f)
	if err != nil || len(obs) != 3*3087+5*441 {
		t.Fatalf("%d observations, %v", len(obs), err)
	}
	for _, o := range obs {
		if o.Series.Measure == "prevented-persons" && o.Period.End == day && o.Value != stat.Known(47) {
			t.Errorf("%s prevented, want 47", o.Value)
		}
		if o.Period.End > day {
			t.Fatalf("%s is after %s", o.Period.End, day)
		}
	}
}
