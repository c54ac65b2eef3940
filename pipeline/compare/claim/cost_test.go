package claim

import (
	"context"
	"testing"

	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/stat"
)

// Windows are many, so what is known of a series is not worked out for each. The bound is in allocations, which are
// the same on every machine: 2,400, and 45,000 where the identifier of the series is read for each window.
func TestASearchReadsASeriesOnce(t *testing.T) {
	x := year2(t, channelArrivals, nil)
	r := words.Parse("999,863 people crossed so far this year, up 3% on 75,833").Read(stat.MustDate("2025-11-10"))
	if n := testing.AllocsPerRun(3, func() { Search(r, []Series{x}, nil) }); n > 10_000 {
		t.Errorf("a search makes %.0f allocations", n)
	}
}

// A sentence that nothing states is looked for in many releases. Only what the day knew has nearest windows.
func BenchmarkWhatNoReleaseStates(b *testing.B) {
	var archive vintages
	for i := range 40 {
		archive = append(archive, year2(b, channelArrivals, nil).of(b, stat.MustDate("2025-11-10").AddDays(i)))
	}
	for b.Loop() {
		if _, err := Check(context.Background(), Archive{archive}, "999,863 people crossed so far this year", stat.MustDate("2025-11-10"), nil); err != nil {
			b.Fatal(err)
		}
	}
}
