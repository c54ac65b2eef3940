package pipeline_test

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/stat"
)

// oldFile is a file that does not say when it was released, and the day of its release.
type oldFile struct {
	source, file, released string
	recent                 bool // it can be of the day on which it came
}

// TestAnOldFileIsNotDatedToday adds files that do not say when they were released.
func TestAnOldFileIsNotDatedToday(t *testing.T) {
	t.Parallel()
	oldFiles(t, []oldFile{
		{frontex, write(t, "old.csv", goodRows(2017)), "2019-02-01", false},
		{frontex, write(t, "frontex.csv", goodRows(2024)), "2026-06-28", true},
	})
}

// oldFiles adds each file without its date, and then with it: one that ends years ago is
// refused at first, or it would pass for the newest and keep out all others. One that
// ends not long ago is dated on the day on which it came.
func oldFiles(t *testing.T, files []oldFile) {
	t.Helper()
	cfg := config(t, t.TempDir())
	in := opened(t, cfg)
	defer in.Close()
	for _, f := range files {
		for _, withDate := range []bool{false, true} {
			var day stat.Date
			if withDate && !f.recent {
				day = stat.MustDate(f.released)
			}
			out, err := in.Add(t.Context(), f.source, []string{f.file}, day)
			if err != nil {
				t.Fatal(err)
			}
			switch o := out[0]; {
			case !withDate && !f.recent && (!errors.Is(o.Err, dated.ErrUndated) || !strings.Contains(o.Hint, "--released")):
				t.Errorf("%s without a date: %+v", f.source, o)
			case (withDate || f.recent) && (o.Failed() || !strings.HasPrefix(o.Release, f.released)):
				t.Errorf("%s of %s: %+v", f.source, f.released, o)
			}
		}
	}
}
