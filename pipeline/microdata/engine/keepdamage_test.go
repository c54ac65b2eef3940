package engine

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestADamagedKeptShardIsReadAgain damages kept shards in many places. The next run reads them
// again and writes the same bytes.
func TestADamagedKeptShardIsReadAgain(t *testing.T) {
	l := arrivals()
	files := registers(t, rand.New(rand.NewPCG(7, 3)))
	want := t.TempDir()
	var wantRejects []Reject
	wantReport, err := Normalise(context.Background(), l, files, want, Options{Names: []string{"release/a.csv", "release/b.csv"}}, func(r Reject) error { wantRejects = append(wantRejects, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	ready := filepath.Join(t.TempDir(), "work")
	if _, _, _, err := keptRun(t, l, t.TempDir(), ready, 12, files...); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(ready, "shard-*"))
	if err != nil || len(kept) < 3 {
		t.Fatal(kept, err)
	}
	name := filepath.Base(kept[1])
	whole, err := os.ReadFile(kept[1])
	if err != nil {
		t.Fatal(err)
	}
	flip := func(at int) func(string) error {
		return func(path string) error {
			data := slices.Clone(whole)
			data[at] ^= 4
			return os.WriteFile(path, data, 0o644)
		}
	}
	damages := map[string]func(path string) error{
		"delete": os.Remove,
		"rename": func(path string) error { return os.Rename(path, path+".old") },
		"another's": func(path string) error {
			return os.Rename(filepath.Join(filepath.Dir(path), filepath.Base(kept[2])), path)
		},
		"empty":        func(path string) error { return os.Truncate(path, 0) },
		"truncate":     func(path string) error { return os.Truncate(path, int64(len(whole)/2)) },
		"cut by one":   func(path string) error { return os.Truncate(path, int64(len(whole)-1)) },
		"flip first":   flip(0),
		"flip rows":    flip(len(whole) / 7),
		"flip middle":  flip(len(whole) / 2),
		"flip index":   flip(len(whole) - 100),
		"flip its end": flip(len(whole) - 1),
		"flip where":   flip(len(whole) - 40),
		"flip before":  flip(len(whole) - 33),
	}
	for _, how := range slices.Sorted(maps.Keys(damages)) {
		work, dir := filepath.Join(t.TempDir(), "work"), t.TempDir()
		if err := errors.Join(os.CopyFS(work, os.DirFS(ready)), damages[how](filepath.Join(work, name))); err != nil {
			t.Fatal(err)
		}
		report, rejects, _, err := keptRun(t, l, dir, work, 0, files...)
		if err != nil {
			t.Errorf("%s: %v", how, err)
			continue
		}
		sameFolders(t, how, contents(t, want), contents(t, dir))
		if diff := cmp.Diff(wantReport, report) + cmp.Diff(wantRejects, rejects); diff != "" {
			t.Errorf("%s: %s", how, diff)
		}
		if _, err := os.Lstat(work); err == nil {
			t.Errorf("%s: %s is still there", how, work)
		}
	}
}
