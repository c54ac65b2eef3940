package all

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestNoOtherUnitIsSilent multiplies the columns of counts of a fixture of each source, as the first
// release that comes in. Of several fixtures the newest is taken.
func TestNoOtherUnitIsSilent(t *testing.T) {
	var sum altered.Tally
	for _, s := range Sources {
		files := sourcetest.LoadAll(t, s.ID)
		for i := len(files) - 1; i >= 0; i-- {
			if _, _, err := sourcetest.Decode(s, files[i]); err != nil {
				continue // the fixture of a file that the source must refuse
			}
			t.Run(s.ID+" "+files[i].Name, func(t *testing.T) { sum.Add(altered.Multiplied(t, s, files[i])) })
			break
		}
	}
	t.Log(sum)
}
