package lake

import (
	"testing"

	"crossings/pipeline/stat"
)

// BenchmarkRead reads a release of 70,000 days of two series.
func BenchmarkRead(b *testing.B) {
	l, r := Open(b.TempDir()), release("2026-01-09", 1, "a")
	counts := make([]int64, 35_000)
	obs := append(days(&arrivals, stat.MustDate("1930-01-01"), counts...), days(&boats, stat.MustDate("1930-01-01"), counts...)...)
	for i := range obs {
		obs[i].Release = &r
	}
	if _, err := l.Append(r, Content{Observations: obs}, Raw{File: "a-b/" + r.ID + "/f.ods"}); err != nil {
		b.Fatal(err)
	}
	entries, err := l.Entries("a-b")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got, err := l.Read(entries[0]); err != nil || len(got) != len(obs) {
			b.Fatalf("%d observations, error %v", len(got), err)
		}
	}
}
