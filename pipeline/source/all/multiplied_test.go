package all

import (
	"iter"
	"slices"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// readable yields the fixtures of a source, the newest first, without those of files that it must
// refuse.
func readable(t *testing.T, s *source.Source) iter.Seq[sourcetest.File] {
	return func(yield func(sourcetest.File) bool) {
		for _, f := range slices.Backward(sourcetest.LoadAll(t, s.ID)) {
			if _, _, err := sourcetest.Decode(s, f); err == nil && !yield(f) {
				return
			}
		}
	}
}

// TestNoOtherUnitIsSilent multiplies the columns of counts of a fixture of each source, as the first
// release that comes in. Of several fixtures the newest is taken.
func TestNoOtherUnitIsSilent(t *testing.T) {
	var sum altered.Tally
	for _, s := range Sources {
		for f := range readable(t, s) {
			t.Run(s.ID+" "+f.Name, func(t *testing.T) { sum.Add(altered.Multiplied(t, s, f)) })
			break
		}
	}
	t.Log(sum)
}
