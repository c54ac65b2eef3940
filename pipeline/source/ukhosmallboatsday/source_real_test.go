//go:build real

package ukhosmallboatsday

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/files"
)

func TestRealPages(t *testing.T) {
	for name, want := range map[string]string{
		"2022-05-26.html": "2022-05-25 0 0",
		"2022-07-12.html": "2022-07-11 442 15 0",
		"2022-08-22.html": "2022-08-21 0 0 0",
		"2022-09-04.html": "2022-09-03 960 20 0",
		"2022-11-14.html": "2022-11-13 853 26 0",
		"2023-01-31.html": "2023-01-30 0 0 0",
	} {
		states(t, sourcetest.RealFile(t, id, name), want)
	}
	sourcetest.RealDates(t, &Source, map[string]string{"2022-07-12.html": "2022-07-12 2022-07-12T07:59:33Z"})
}

// TestRealPageOfTwoDays has the page whose fixture states two days.
func TestRealPageOfTwoDays(t *testing.T) {
	const name = "2022-09-26.html"
	f := sourcetest.File{Name: name, Data: files.ReadFile(t, filepath.Join(sourcetest.Real(t), "..", "more", id), name)}
	obs, findings, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 6 || len(findings) != 0 {
		t.Errorf("%d observations, %v, %v", len(obs), findings, err)
	}
}
