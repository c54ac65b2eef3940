//go:build real

package decode

import (
	"os"
	"path/filepath"
	"testing"
)

// realFolder is like sourcetest.Real, which this package cannot import.
func realFolder(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("CROSSINGS_REAL")
	if dir == "" {
		t.Fatal("CROSSINGS_REAL does not name the folder of the real files; use: make test-real REAL=folder")
	}
	return dir
}

// TestRealPages reads the pages as published.
func TestRealPages(t *testing.T) {
	dir := realFolder(t)
	at := func(name string) string { return filepath.Join(dir, name) }
	everyPage(t, 47, map[string]int{at("ukho-small-boats-last7days"): 1, at("ukho-small-boats-weekly"): 1, at("ukho-small-boats-day"): 0}, 10, 50)
	onePage(t, readFile(t, at("ukho-small-boats-last7days/2026-07-15.html")))
}
