package all

import (
	"bytes"
	"flag"
	"slices"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// more multiplies the rounds of TestNoWrongFigureIsSilent.
var more = flag.Int("more", 1, "multiplies the rounds of changes to files")

// whole are the sources whose files show that a row is lost or is there twice: periods follow each
// other without a gap, or sums are stated. The rows of all others are parts of sums that the file
// does not state.
var whole = []string{"it-interior-landings", "ukho-asylum", "ukho-france-exchange", "ukho-small-boats", "ukho-small-boats-day", "ukho-small-boats-last7days", "ukho-small-boats-weekly"}

// TestNoWrongFigureIsSilent changes the columns and rows of the fixtures of all sources. It tries
// small files more often, and of large ones or workbooks only the newest.
func TestNoWrongFigureIsSilent(t *testing.T) {
	var sum altered.Tally
	for _, s := range Sources {
		files := sourcetest.LoadAll(t, s.ID)
		for i, f := range files {
			if _, _, err := sourcetest.Decode(s, f); err != nil {
				continue // the fixture of a file that the source must refuse
			}
			rounds := min(20, 60_000/len(f.Data))
			if rounds == 0 || bytes.HasPrefix(f.Data, []byte("PK")) {
				if i+1 < len(files) {
					continue
				}
				rounds = 1
			}
			t.Run(s.ID+" "+f.Name, func(t *testing.T) {
				mangle := altered.MangleParts
				if slices.Contains(whole, s.ID) {
					mangle = altered.Mangle
				}
				sum.Add(mangle(t, s, f, *more*rounds))
			})
		}
	}
	t.Log(sum)
}
