package lake

import (
	"fmt"
	"testing"

	"crossings/pipeline/stat"
)

// TestALargeReleaseIsReadInParts reads more rows than a row group and a part of the reading have, with
// more texts than are remembered, and finds each where it was.
func TestALargeReleaseIsReadInParts(t *testing.T) {
	l := Open(t.TempDir())
	obs := days(&arrivals, stat.MustDate("1700-01-01"), make([]int64, 70_000)...)
	for i := range obs {
		obs[i].Value, obs[i].Locator = stat.Known(int64(i)), fmt.Sprintf("S!B%d", i)
	}
	put(t, l, release("2026-01-09", 1, "a"), obs)
	entries, err := l.Entries("a-b")
	if err != nil {
		t.Fatal(err)
	}
	got, err := l.Read(entries[0])
	if err != nil || len(got) != len(obs) {
		t.Fatalf("%d observations, error %v", len(got), err)
	}
	one := got[0].Series
	for i := range got {
		if got[i].Series != one {
			t.Fatal("a series is there twice")
		}
		got[i].Series, got[i].Release = obs[i].Series, obs[i].Release
		if got[i] != obs[i] {
			t.Fatalf("row %d is %+v", i, got[i])
		}
	}
}

// TestBeforeOfSomeSeries reads what was known of the series that are asked for, and no other.
func TestBeforeOfSomeSeries(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-01-09", 1, "a"), append(days(&arrivals, first, 1, 2), days(&boats, first, 1, 1)...))
	put(t, l, release("2026-01-16", 1, "b"), append(days(&arrivals, first, 1, 3), days(&boats, first, 1, 1)...))
	for _, tt := range []struct {
		keep func(stat.SeriesID) bool
		want string
	}{
		{nil, "arrivals1 arrivals2 boats1 boats1 "},
		{func(id stat.SeriesID) bool { return id == arrivals.ID }, "arrivals1 arrivals2 "},
		{func(stat.SeriesID) bool { return false }, ""},
	} {
		obs, err := l.Before(release("2026-01-16", 1, "b"), tt.keep)
		got := ""
		for _, o := range obs {
			got += o.Series.Measure + o.Value.String() + " "
		}
		if err != nil || got != tt.want {
			t.Errorf("%q, error %v, want %q", got, err, tt.want)
		}
	}
}
