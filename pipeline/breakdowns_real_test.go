//go:build real

package pipeline_test

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest"
)

// TestRealBreakdowns reads the release of August 2023 of the statistics of irregular entry.
func TestRealBreakdowns(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	o := addTo(t, cfg, "ukho-illegal-entry", filepath.Join(sourcetest.Real(t), "ukho-illegal-entry", "irregular_migration_2023-08-24_1747051.csv"))[0]
	if o.State != review.Added {
		t.Fatalf("%+v", o)
	}
	published(t, cfg, "")
	checkSmallBoats2022(t, rows(t, cfg.Data, "breakdowns"))
}
