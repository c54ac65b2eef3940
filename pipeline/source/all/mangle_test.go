package all

import (
	"bytes"
	"flag"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// more multiplies the rounds of TestNoWrongFigureIsSilent.
var more = flag.Int("more", 1, "multiplies the rounds of changes to files")

// parts are the sources whose files have rows that are parts of sums, and do not state the sums.
var parts = map[string]bool{"frontex-detections": true, "iom-missing-migrants": true, "ukho-illegal-entry": true, "ukho-returns": true}

// TestNoWrongFigureIsSilent changes the columns and rows of the fixtures of all sources. It tries
// small files more often, and of large ones or workbooks only the newest.
func TestNoWrongFigureIsSilent(t *testing.T) {
	var sum sourcetest.Tally
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
				mangle := sourcetest.Mangle
				if parts[s.ID] {
					mangle = sourcetest.MangleParts
				}
				sum.Add(mangle(t, s, f, *more*rounds))
			})
		}
	}
	t.Log(sum)
}
