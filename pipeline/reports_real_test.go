//go:build real

package pipeline_test

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestRealFileOfManyReleases is TestFileOfManyReleases on the publisher's file, which
// leaves out rows that are after their report.
func TestRealFileOfManyReleases(t *testing.T) {
	t.Parallel()
	manyReleases(t, filepath.Join(sourcetest.Real(t), italy, "sbarchi-per-giorno.csv"),
		manyReports{reports: 143, rows: 3257, newest: "2025-09-15", before: "2025-08-31", known: 45, value: 301})
}
