//go:build real

package pipeline_test

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestRealKindsOfFile is TestKindsOfFile on the publisher's files.
func TestRealKindsOfFile(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(sourcetest.Real(t), "ukho-returns", "*.csv"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	kindsOfFile(t, files)
}
