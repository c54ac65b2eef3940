//go:build real

package ukhosmallboatsweekly

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/files"
)

func TestRealPages(t *testing.T) {
	for name, want := range map[string]holding{
		"2026-02-17.html": {4, []string{"arrivals:W 2026-02-02..2026-02-08 275 P", "boats:W 2026-02-02..2026-02-08 4 P",
			"prevented-persons:W 2026-02-02..2026-02-08 48 P", "prevention-events:W 2026-02-02..2026-02-08 4 P"}},
		"14-april-to-17-april-2022.html":       {8, []string{"arrivals:D 2022-04-14..2022-04-14 562 P", "boats:D 2022-04-17..2022-04-17 2 P"}},
		"11-july-to-17-july-2022.html":         {14, []string{"arrivals:D 2022-07-11..2022-07-11 446 P"}},
		"21-november-to-27-november-2022.html": {14, []string{"arrivals:D 2022-11-26..2022-11-26 36 P"}},
	} {
		hold(t, sourcetest.RealFile(t, id, name), want)
	}
}

// TestRealReleaseDates has pages dated before they were published, and one without a time stamp.
func TestRealReleaseDates(t *testing.T) {
	sourcetest.RealDates(t, &Source, map[string]string{
		"11-july-to-17-july-2022.html":         "2022-07-19 2022-07-19T08:30:16Z", // dated 18 July, first published and shown as 19 July
		"21-november-to-27-november-2022.html": "2022-12-20 2022-12-20T09:30:19Z", // dated 19 December, shown as 20 December
		"14-april-to-17-april-2022.html":       "2022-06-14 0001-01-01T00:00:00Z", // shown
	})
}

// TestRealTitleWithOneMonth has the page whose title gives the month once.
func TestRealTitleWithOneMonth(t *testing.T) {
	f := sourcetest.File{Name: "18-april-to-24-april-2022.html", Data: files.ReadFile(t, filepath.Join(sourcetest.Real(t), "..", "more", id), "18-april-to-24-april-2022_title-18-to-24-April.html")}
	hold(t, f, holding{14, []string{"arrivals:D 2022-04-18..2022-04-18 88 P", "boats:D 2022-04-19..2022-04-19 7 P", "arrivals:D 2022-04-24..2022-04-24 0 P"}})
}
