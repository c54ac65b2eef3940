package altered_test

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestGridKeepsAFile writes each fixture again, unchanged. Its source must read the same from it.
func TestGridKeepsAFile(t *testing.T) {
	for _, s := range all.Sources {
		for _, f := range sourcetest.LoadAll(t, s.ID) {
			t.Run(f.Name, func(t *testing.T) {
				g := altered.OpenGrid(t, f)
				tables := slices.ContainsFunc(g.Tables, func(x *altered.GridTable) bool { return g.HeaderAt(x) >= 0 })
				if without := s.ID == "ukho-small-boats-day" || f.Name == "2026-03-08.html"; tables == without { // no table, and no header
					t.Errorf("a table with figures: %t", tables)
				}
				same(t, s, f, g.File(t))
			})
		}
	}
}

func same(t *testing.T, s *source.Source, f, again sourcetest.File) {
	t.Helper()
	want, _, wantErr := sourcetest.Decode(s, f)
	got, _, err := sourcetest.Decode(s, again)
	if (err == nil) != (wantErr == nil) || len(got) != len(want) {
		t.Fatalf("%d observations, error %v; want %d, %v", len(got), err, len(want), wantErr)
	}
	for i := range want {
		if got[i].Series.ID != want[i].Series.ID || got[i].Value != want[i].Value || got[i].Period != want[i].Period ||
			got[i].Locator != want[i].Locator && !strings.HasSuffix(f.Name, ".html") { // lines of the source
			t.Fatalf("%+v, want %+v", got[i], want[i])
		}
	}
}
