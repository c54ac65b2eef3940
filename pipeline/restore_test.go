package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/watch"
)

// aNight ingests every kind of data, looks for new releases as every night does, and publishes. The
// data are two releases, a file with excluded rows, and the user's own figures, dated on the command
// line.
func aNight(t *testing.T, dir string) world {
	t.Helper()
	cfg := offline(config(t, dir))
	mustAdd(t, cfg, release(t, "2026-02-20"), release(t, "2026-02-27"))
	if out := addTo(t, cfg, frontex, badRows(t, "-41")); out[0].State != review.Added || out[0].Excluded != 1 {
		t.Fatalf("%+v", out)
	}
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2023-02-10")
	look(t, cfg)
	published(t, cfg, "")
	return cfg
}

// offline returns the configuration with sources that cannot be fetched.
func offline(cfg world) world {
	var sources []*source.Source
	for _, s := range cfg.Sources {
		there := *s
		there.Place, there.Fallbacks = origin.Place{MaxBytes: s.Place.MaxBytes}, nil
		sources = append(sources, &there)
	}
	cfg.Sources = sources
	return cfg
}

// look is a nightly run of all sources, or of those named.
func look(t *testing.T, cfg world, ids ...string) []review.Outcome {
	t.Helper()
	return noneFailed(t, runs(t, cfg, ids...))
}

// restore makes a data folder from copies of parts of another. A run brings back all
// sources, including the user's own figures.
func restore(t *testing.T, from string, parts ...string) world {
	t.Helper()
	cfg := offline(config(t, t.TempDir()))
	for _, part := range parts {
		if err := os.CopyFS(filepath.Join(cfg.Data, part), os.DirFS(filepath.Join(from, part))); err != nil {
			t.Fatal(err)
		}
	}
	look(t, cfg)
	published(t, cfg, "")
	return cfg
}

// TestACopyOfTheRawFilesIsABackup restores only data/raw. The lake and the quarantine must be the same,
// and the site too if only one edition was published. The sidecars are needed, because they say when a
// file came and how it was dated. The status is not, because each run writes it again.
func TestACopyOfTheRawFilesIsABackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	aNight(t, dir)
	restored := restore(t, dir, "raw")
	for _, part := range []string{"raw", "out/lake", "out/quarantine", "out/status", "out/releases", "out/site"} {
		want := tree(t, filepath.Join(dir, part), false)
		if len(want) == 0 {
			t.Errorf("nothing in %s", part)
		}
		same(t, tree(t, filepath.Join(restored.Data, part), false), want)
	}
}

// TestEarlierEditionsNeedTheirOwnBackup restores data/out/releases and data/raw. With both, a site of
// several editions comes back, with its addresses.
func TestEarlierEditionsNeedTheirOwnBackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := aNight(t, dir)
	mustAdd(t, cfg, release(t, "2026-02-06"))
	look(t, cfg)
	if p := published(t, cfg, ""); p.Version != "1.0.1" {
		t.Fatalf("data version %s", p.Version)
	}
	restored := restore(t, dir, "raw", "out/releases")
	for _, part := range []string{"out/lake", "out/releases", "out/site"} {
		same(t, tree(t, filepath.Join(restored.Data, part), false), tree(t, filepath.Join(dir, part), false))
	}
}

// TestACopyOfTheDataFolderGoesOn copies all of a data folder while no run is under way:
// the copy is undamaged, knows what it has, and publishes the same bytes.
func TestACopyOfTheDataFolderGoesOn(t *testing.T) {
	t.Parallel()
	dir, fresh := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	aNight(t, dir)
	if err := os.CopyFS(fresh, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	cfg := offline(config(t, fresh))
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
		t.Fatalf("%v, %v", bad, err)
	}
	if out := look(t, cfg); len(out) != 0 {
		t.Errorf("the copy lacked %+v", out)
	}
	if out := add(t, cfg, release(t, "2026-02-27")); out[0].State != review.Known {
		t.Errorf("%+v", out)
	}
	published(t, cfg, "")
	same(t, tree(t, fresh, false), tree(t, dir, false))
}
