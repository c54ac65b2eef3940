package ukhodetailed

import (
	"slices"
	"testing"

	"crossings/pipeline/stat"
)

// TestARowTwiceWaits repeats one row, far below the ceiling: with its count, with a corrected one, and
// with such as the publisher's own repeated rows have.
func TestARowTwiceWaits(t *testing.T) {
	const first = "2020-10-01,2020,4,Female,Peru,Americas,"
	for name, c := range map[string]struct {
		counts [2]string
		waits  bool
	}{
		"the same":            {[2]string{"1204", "1204"}, true},
		"the same, of ten":    {[2]string{"10", "10"}, true},
		"corrected up":        {[2]string{"1204", "1210"}, true},
		"corrected down":      {[2]string{"1204", "1000"}, true},
		"the same, small":     {[2]string{"9", "9"}, false},
		"nearly, small":       {[2]string{"9", "10"}, false},
		"as the publisher's":  {[2]string{"33", "52"}, false},
		"another size":        {[2]string{"407", "62"}, false},
		"no count to compare": {[2]string{"1204", "[x]"}, false},
	} {
		cube, _, err := read(table(first+c.counts[0], first+c.counts[1]), withRepeats(40, 20))
		if err != nil {
			t.Fatal(name, err)
		}
		found := cube.Findings()
		if waits := slices.ContainsFunc(found, func(f stat.Finding) bool { return f.Code == "row-twice" && f.Severity == stat.SeverityError }); waits != c.waits {
			t.Errorf("%s: held %t, want %t: %v", name, waits, c.waits, found)
		}
	}
}
