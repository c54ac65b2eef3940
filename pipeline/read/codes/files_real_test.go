//go:build real

package codes

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRealLabelsMap(t *testing.T) {
	dir := os.Getenv("CROSSINGS_REAL") // like sourcetest.Real, which this package cannot import
	if dir == "" {
		t.Fatal("CROSSINGS_REAL does not name the folder of the real files; use: make test-real REAL=folder")
	}
	labelsMap(t, func(t *testing.T, glob string) []string { return filesOf(t, filepath.Join(dir, glob)) })
}
