package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/publish"
)

// afterANight returns the configuration of a data folder with a release, after a night that published it.
func afterANight(t *testing.T) world {
	t.Helper()
	cfg := offline(config(t, t.TempDir()))
	mustAdd(t, cfg, release(t, "2026-06-26"))
	look(t, cfg)
	published(t, cfg, "")
	return cfg
}

// TestAQuietNightWritesNothing fetches nothing and publishes twice more. Not a file of the data folder
// changes but the note of the last run.
func TestAQuietNightWritesNothing(t *testing.T) {
	t.Parallel()
	cfg := afterANight(t)
	quiet := func() map[string]string {
		all := tree(t, cfg.Data, true)
		for name := range all {
			if filepath.Dir(name) == filepath.Join("out", "runs") {
				delete(all, name)
			}
		}
		return all
	}
	before := quiet()
	for range 2 {
		look(t, cfg)
		if p := published(t, cfg, ""); !p.Unchanged {
			t.Error("the site was made again")
		}
	}
	same(t, quiet(), before)
}

// TestDamageThatKeepsSizeAndTime changes a byte of the site as a failing disk does. A quiet night does not
// read every file; once ingest verify has found it, the next build puts the file right.
func TestDamageThatKeepsSizeAndTime(t *testing.T) {
	t.Parallel()
	cfg := afterANight(t)
	site := filepath.Join(cfg.Data, "out", "site")
	whole, path := tree(t, site, false), filepath.Join(site, "about.html")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	page := []byte(text(t, cfg, "about.html"))
	page[100] ^= 1
	if err := os.WriteFile(path, page, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	bad, err := publish.VerifyPublished(cfg.dir(), cfg.publish())
	if err != nil || len(bad) != 1 {
		t.Fatalf("verify finds %v, %v", bad, err)
	}
	if p := published(t, cfg, ""); p.Unchanged {
		t.Error("a damaged site is called unchanged")
	}
	same(t, tree(t, site, false), whole)
}
