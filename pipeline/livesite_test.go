package pipeline_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/upload"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// verified fails the test unless every published file is as it was noted.
func verified(t testing.TB, cfg world, after string) {
	t.Helper()
	if bad, err := publish.VerifyPublished(cfg.dir(), cfg.publish()); err != nil || len(bad) != 0 {
		t.Errorf("after %s: %v, %v", after, bad, err)
	}
}

// addTidy adds a file in the tidy layout, released on a day.
func addTidy(t testing.TB, cfg world, file, day string) {
	t.Helper()
	in := opened(t, cfg)
	defer in.Close()
	if out, err := in.Add(t.Context(), "tidy:mine", []string{file}, stat.MustDate(day)); err != nil || out[0].State != review.Added {
		t.Fatalf("%+v, %v", out, err)
	}
}

// TestEveryWayToThePublishedSiteIsNoted verifies the site after each way of putting one in place, and after
// kills during it.
func TestEveryWayToThePublishedSiteIsNoted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg, clock := config(t, dir), now
	cfg.Now = func() time.Time { return clock }
	note, site := filepath.Join(dir, "out", "cache", "site"), filepath.Join(dir, "out", "site")
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2026-02-10")
	published(t, cfg, "")
	verified(t, cfg, "publish run")
	if p := published(t, cfg, ""); !p.Unchanged {
		t.Error("published again without need")
	}
	verified(t, cfg, "publish run again")
	first, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	old := tree(t, site, true)
	published(t, cfg, "2026-02-11")
	same(t, tree(t, site, true), old)
	verified(t, cfg, "publish run --as-of")

	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "2"), "2026-02-20")
	if _, err := publish.Embargo(t.Context(), cfg.registry(), cfg.publish(), clock.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	verified(t, cfg, "publish run --embargo")
	clock = clock.Add(2 * time.Hour)
	if _, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), false); err != nil {
		t.Fatal(err)
	}
	verified(t, cfg, "publish open")
	opened := tree(t, site, true)
	if p := published(t, cfg, ""); !p.Unchanged {
		t.Error("what was opened is published again")
	}
	same(t, tree(t, site, true), opened)

	// A run that is killed after the swap, and one that is killed before it.
	second, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	for name, notes := range map[string][2][]byte{"a kill after the swap": {first, second}, "a kill before the swap": {second, first}} {
		if err := errors.Join(os.WriteFile(note, notes[0], 0o644), os.WriteFile(note+".next", notes[1], 0o644)); err != nil {
			t.Fatal(err)
		}
		verified(t, cfg, name)
		if _, err := os.Stat(note + ".next"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s leaves a note behind", name)
		}
	}
	to, err := upload.Open(filepath.Join(t.TempDir(), "www"), upload.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), to, false, nil); err != nil {
		t.Fatal(err)
	}
	verified(t, cfg, "publish upload")
}

// TestADamagedEmbargoIsNotOpened damages a site under embargo and its note. The published site must not
// change, and nothing may be published early.
func TestADamagedEmbargoIsNotOpened(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	sealed, site := filepath.Join(dir, "out", "embargo"), filepath.Join(dir, "out", "site")
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2026-02-10")
	published(t, cfg, "")
	before := tree(t, site, true)
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "2"), "2026-02-20")
	if _, err := publish.Embargo(t.Context(), cfg.registry(), cfg.publish(), now.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"embargo.json", "site/index.html", "site/data/observations.csv", "site/releases/1.0.1/index.html"} {
		path := filepath.Join(sealed, filepath.FromSlash(name))
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		flipped := append([]byte(nil), data...)
		flipped[len(flipped)/2] ^= 1
		for how, damage := range map[string]func() error{
			"deleted":   func() error { return os.Remove(path) },
			"flipped":   func() error { return os.WriteFile(path, flipped, 0o644) },
			"truncated": func() error { return os.WriteFile(path, data[:len(data)/2], 0o644) },
		} {
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			if _, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), false); !errors.Is(err, publish.ErrEmbargo) || !strings.Contains(err.Error(), "--drop") {
				t.Errorf("%s %s: opened, %v", name, how, err)
			}
			if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); !errors.Is(err, publish.ErrEmbargo) {
				t.Errorf("%s %s: published, %v", name, how, err)
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	same(t, tree(t, site, true), before)
	os.Remove(filepath.Join(sealed, "embargo.json"))
	if _, err := publish.OpenEmbargo(cfg.dir(), cfg.publish(), true); err != nil {
		t.Errorf("what nobody knows is not dropped: %v", err)
	}
	if p := published(t, cfg, ""); p.Unchanged {
		t.Error("nothing is published after it")
	}
}

// TestWhereASiteOfThePastMayGo names folders that hold, or are in, something else.
func TestWhereASiteOfThePastMayGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, filepath.Join(dir, "data"))
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2026-02-10")
	published(t, cfg, "")
	data := tree(t, cfg.Data, true)
	day := stat.MustDate("2026-02-11")
	if err := errors.Join(os.Symlink(filepath.Join(cfg.Data, "out", "site"), filepath.Join(dir, "link")), os.Symlink(filepath.Join(dir, "none"), filepath.Join(dir, "broken")),
		os.Mkdir(filepath.Join(dir, "mine"), 0o755), os.WriteFile(filepath.Join(dir, "mine", "thesis.txt"), nil, 0o644), os.WriteFile(filepath.Join(dir, "file"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{"data", "data/out/site", "data/raw", "data/new", "data/out/as-of/2026-02-12", "", "link", "link/x", "broken", "mine", "file"} {
		cfg.Out = filepath.Join(dir, filepath.FromSlash(out))
		if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), day); !errors.Is(err, registry.ErrUsage) {
			t.Errorf("%q: error %v", out, err)
		}
	}
	same(t, tree(t, cfg.Data, true), data)
	cfg.Out = filepath.Join(dir, "then")
	for range 2 {
		if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), day); err != nil {
			t.Fatal(err)
		}
	}
	own := filepath.Join(cfg.Out, "note.txt")
	if err := os.WriteFile(own, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), day); err == nil || !strings.Contains(err.Error(), "no file note.txt") {
		t.Errorf("a file of somebody else's: error %v", err)
	}
	if _, err := os.Stat(own); err != nil {
		t.Error(err)
	}
	verified(t, cfg, "sites of the past")
	left, err := filepath.Glob(filepath.Join(dir, ".tmp-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
