//go:build real

package pipeline_test

import (
	"path/filepath"
	"slices"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// realReleases returns the paths of the real releases, oldest first.
func realReleases(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(sourcetest.Real(t), boats, "*.ods"))
	if err != nil || len(paths) != 27 {
		t.Fatalf("%d real releases (%v), want 27", len(paths), err)
	}
	slices.SortFunc(paths, func(a, b string) int { return int(releaseDate(t, a) - releaseDate(t, b)) })
	return paths
}

// TestRealRevisions is TestRevisions on all real releases.
func TestRealRevisions(t *testing.T) {
	t.Parallel()
	paths := realReleases(t)
	slices.Reverse(paths)
	countRevisions(t, configAllYears, paths)
}

// TestRealReleasesInAnyOrder is TestReleasesInAnyOrderGiveTheSameLake on all of them.
func TestRealReleasesInAnyOrder(t *testing.T) {
	t.Parallel()
	anyOrder(t, configAllYears, realReleases(t))
}

// TestRealAsOf is TestASiteAsOfADayIsTheSiteOfThatDay on all of them.
func TestRealAsOf(t *testing.T) {
	t.Parallel()
	asOfADay(t, configAllYears, realReleases(t))
}
