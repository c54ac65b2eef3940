package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish"
	"crossings/pipeline/watch"
)

// TestAnEmbargo builds a site under embargo. Nobody can read it until it is opened. Then it must be the
// site that would have been published.
func TestAnEmbargo(t *testing.T) {
	t.Parallel()
	dir, plain := t.TempDir(), t.TempDir()
	cfg, now := config(t, dir), time.Date(2026, 2, 27, 12, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { return now }
	site := filepath.Join(dir, "out", "site")
	mustAdd(t, cfg, release(t, "2026-02-20"))
	published(t, cfg, "")
	before := tree(t, site, false)
	mustAdd(t, cfg, release(t, "2026-02-27"))
	until := now.Add(90 * time.Minute)
	p, err := publish.Embargo(t.Context(), cfg.registry(), cfg.publish(), until)
	if err != nil || p.Version != "1.1.0" {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), false); !errors.Is(err, publish.ErrEmbargo) || !strings.Contains(err.Error(), "opens at 2026-02-27T13:30:00Z") {
		t.Errorf("opened before its time: %v", err)
	}
	if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); !errors.Is(err, publish.ErrEmbargo) {
		t.Errorf("published despite the embargo: %v", err)
	}
	same(t, tree(t, site, false), before)
	if info, err := os.Stat(filepath.Join(dir, "out", "embargo")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info, err)
	}
	if there, _ := filepath.Glob(filepath.Join(dir, "out", "releases", "*1.1.0*")); there != nil {
		t.Error("the data version is kept before its time")
	}
	if waits, err := publish.OpenDue(cfg.dir(), cfg.publish()); !waits || err != nil {
		t.Errorf("a site waits: %v, %v", waits, err)
	}
	now = until
	if v, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), false); err != nil || v != "1.1.0" {
		t.Fatalf("%s, %v", v, err)
	}
	if _, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), false); !errors.Is(err, publish.ErrEmbargo) {
		t.Errorf("opened twice: %v", err)
	}

	other := config(t, plain)
	mustAdd(t, other, release(t, "2026-02-20"))
	published(t, other, "")
	mustAdd(t, other, release(t, "2026-02-27"))
	published(t, other, "")
	same(t, tree(t, site, false), tree(t, filepath.Join(plain, "out", "site"), false))
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
		t.Errorf("%v, %v", bad, err)
	}
}

func TestAnEmbargoCanBeDropped(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-02-20"))
	if _, err := publish.Embargo(t.Context(), cfg.registry(), cfg.publish(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if v, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), true); err != nil || v != "1.0.0" {
		t.Fatalf("%s, %v", v, err)
	}
	if p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); err != nil || p.Version != "1.0.0" {
		t.Errorf("%+v, %v", p, err)
	}
}
