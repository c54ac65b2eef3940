package pipeline_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crossings/pipeline/ingest"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// TestDamagedShardsAreThrownAway damages, in every way, what an interrupted run keeps of a large
// release. The next run reads it again: the records are those of an undisturbed run.
func TestDamagedShardsAreThrownAway(t *testing.T) {
	t.Parallel()
	files, layout, day := nights(t)[:1], lenient(t, "50"), "2025-03-01"
	want := config(t, t.TempDir())
	mustAddRecords(t, want, layout, day, files...)
	ready := config(t, t.TempDir())
	ready.ResumeAbove = 1
	var kept []string
	for stop := 1; len(kept) == 0; stop++ {
		if !interrupt(t, ready, stop, func(ctx context.Context, in *ingest.Ingest) ([]review.Outcome, error) {
			return in.AddMicrodata(ctx, border, layout, files, stat.MustDate(day))
		}) {
			t.Fatal("no run was interrupted while it kept what it had read")
		}
		kept, _ = filepath.Glob(filepath.Join(ready.Data, "out", "cache", "shards", "*", "*", "shard-*"))
	}
	name, err := filepath.Rel(ready.Data, kept[0])
	if err != nil {
		t.Fatal(err)
	}
	ways := maps.Clone(damages)
	ways["flip early"] = func(path string) error { return flipAt(path, 1) }
	ways["flip late"] = func(path string) error { return flipAt(path, 4) }
	ways["none"] = func(string) error { return nil }
	for _, how := range slices.Sorted(maps.Keys(ways)) {
		cfg := ready
		cfg.Data = t.TempDir()
		if err := os.CopyFS(cfg.Data, os.DirFS(ready.Data)); err != nil {
			t.Fatal(err)
		}
		if err := ways[how](filepath.Join(cfg.Data, name)); err != nil {
			t.Fatal(err)
		}
		mustAddRecords(t, cfg, layout, day, files...)
		sameRecords(t, want, cfg)
		if left, _ := filepath.Glob(filepath.Join(cfg.Data, "out", "cache", "shards", "*")); len(left) > 0 {
			t.Errorf("%s: %v are still there", how, left)
		}
		if t.Failed() {
			t.Fatalf("after %s", how)
		}
	}
}

// flipAt flips a bit at one of six places of a file.
func flipAt(path string, sixth int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[len(data)*sixth/6] ^= 4
	return os.WriteFile(path, data, 0o644)
}
