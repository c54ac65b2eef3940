//go:build real

package ukhosmallboatslast7days

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

func realFile(t testing.TB, name string) sourcetest.File { return sourcetest.RealFile(t, id, name) }

func TestRealPagesHaveSevenDays(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join(sourcetest.Real(t), id))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains([]string{"2026-03-08.html", "2026-04-21.html", "2026-04-22.html"}, e.Name()) {
			sevenDays(t, realFile(t, e.Name()))
		}
	}
}

// TestRealRevision has the one revision that the pages mark.
func TestRealRevision(t *testing.T) {
	tenthOfJuly(t, realFile(t, "2026-07-11.html"), "225 P  2026-07-11")
	tenthOfJuly(t, realFile(t, "2026-07-12.html"), "225 P  2026-07-12")
	tenthOfJuly(t, realFile(t, "2026-07-13.html"), "255 P Revised 2026-07-13")
	tenthOfJuly(t, realFile(t, "2026-07-15.html"), "255 P Revised 2026-07-15")
}

// TestRealReleaseDates has pages that gained a day without a new date.
func TestRealReleaseDates(t *testing.T) {
	sourcetest.RealDates(t, &Source, map[string]string{
		"2026-03-01.html": "2026-03-01 2026-03-01T12:31:43Z", // dated 28 February 9:20, states that day
		"2026-03-03.html": "2026-03-02 2026-03-02T14:04:44Z",
		"2026-03-07.html": "2026-03-07 2026-03-07T09:18:27Z", // dated 6 March 15:19, states that day
		"2026-04-19.html": "2026-04-19 2026-04-19T08:12:36Z", // dated 18 April
		"2026-07-13.html": "2026-07-13 2026-07-13T12:15:01Z",
	})
}

// TestRealRefusals has the pages in which 20 April 2026 is of another year.
func TestRealRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	refuse("last row", realFile(t, "2026-04-21.html"), decode.ErrPeriod, "20 April 2025 is a year off, published on 2026-04-21 it can only be 2026-04-20; it would overwrite 2025")
	refuse("within", realFile(t, "2026-04-22.html"), decode.ErrPeriod, "20 April 2025 is a year off")
}
