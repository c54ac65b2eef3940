//go:build real

package webpage

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest/files"
)

// TestRealPages reads the pages as published.
func TestRealPages(t *testing.T) {
	dir := files.Real(t)
	at := func(name string) string { return filepath.Join(dir, name) }
	everyPage(t, 47, map[string]int{at("ukho-small-boats-last7days"): 1, at("ukho-small-boats-weekly"): 1, at("ukho-small-boats-day"): 0}, 10, 50)
	onePage(t, files.ReadFile(t, at("ukho-small-boats-last7days/2026-07-15.html")))
}
