package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/publish/upload"
	"crossings/pipeline/registry"
)

// TestUpload puts a site into a folder, finds nothing to do the second time, and does
// not take along what is under embargo.
func TestUpload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	www := filepath.Join(dir, "www")
	to, err := upload.Open(www, upload.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), to, false, nil); !errors.Is(err, tables.ErrNothing) {
		t.Errorf("without a site: %v", err)
	}
	mustAdd(t, cfg, release(t, "2026-06-19"))
	published(t, cfg, "")
	if u, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), to, true, nil); err != nil || len(u.Put) < 100 || !strings.HasPrefix(u.Put[len(u.Put)-1], "index.html") {
		t.Errorf("dry: %+v, %v", u, err)
	}
	if _, err := os.Stat(www); err == nil {
		t.Error("a dry run made the folder")
	}
	send := func() *publish.Uploaded {
		t.Helper()
		u, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), to, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	send()
	open := tree(t, filepath.Join(dir, "out", "site"), true)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	if _, err := publish.Embargo(t.Context(), cfg.registry(), cfg.publish(), cfg.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if u := send(); len(u.Put)+len(u.Removed) != 0 || u.Same != len(open) {
		t.Errorf("under embargo %d files were put and %d removed", len(u.Put), len(u.Removed))
	}
	got := tree(t, www, true)
	delete(got, upload.ManifestName)
	same(t, got, open)
}

// TestNothingOldIsPutOverTheNewest uploads an older data version, and the site of an older
// program as of a day in the past: not over the newest, but to a target of its own, and the
// newest over that.
func TestNothingOldIsPutOverTheNewest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	folder := func(name string) upload.Target {
		t.Helper()
		to, err := upload.Open(filepath.Join(dir, name), upload.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return to
	}
	www, own, site := folder("www"), folder("own"), filepath.Join(dir, "out", "site")
	send := func(to upload.Target, dry bool) error {
		_, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), to, dry, nil)
		return err
	}
	mustAdd(t, cfg, release(t, "2026-06-19"))
	published(t, cfg, "")
	if err := os.CopyFS(filepath.Join(dir, "older"), os.DirFS(site)); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, cfg, release(t, "2026-06-26"))
	published(t, cfg, "")
	if err := send(www, false); err != nil {
		t.Fatal(err)
	}
	past := published(t, cfg, "2026-06-20").Site
	if err := send(www, false); err != nil {
		t.Errorf("a site of the past elsewhere stopped an upload: %v", err)
	}
	before := tree(t, filepath.Join(dir, "www"), true)
	newest := filepath.Join(dir, "newest")
	if err := os.Rename(site, newest); err != nil {
		t.Fatal(err)
	}
	refused := func(from, what string) {
		t.Helper()
		os.RemoveAll(site)
		if err := os.CopyFS(site, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		for _, dry := range []bool{true, false} {
			if err := send(www, dry); !errors.Is(err, registry.ErrUsage) || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "run: publish run") {
				t.Errorf("dry %t: error %v", dry, err)
			}
		}
		same(t, tree(t, filepath.Join(dir, "www"), true), before)
	}
	refused(past, "as of 2026-06-20")
	for range 2 { // the second time a site of the past is there
		if err := send(own, false); err != nil {
			t.Error(err)
		}
	}
	refused(filepath.Join(dir, "older"), "is edition 1.0.0, of 2026-06-19, and the target has edition 1.1.0")
	// What the front page of the target says may be lost; its data versions are still there.
	if err := os.WriteFile(filepath.Join(dir, "www", "release.json"), []byte("<html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	before = tree(t, filepath.Join(dir, "www"), true)
	refused(filepath.Join(dir, "older"), "the target has edition 1.1.0")
	refused(past, "as of 2026-06-20")
	os.RemoveAll(site)
	if err := os.Rename(newest, site); err != nil {
		t.Fatal(err)
	}
	for _, to := range []upload.Target{www, own} {
		if err := send(to, false); err != nil {
			t.Error(err)
		}
	}
	os.RemoveAll(site)
	if err := os.CopyFS(site, os.DirFS(filepath.Join(dir, "older"))); err != nil {
		t.Fatal(err)
	}
	cfg.AllowOlder = true
	if err := send(www, false); err != nil {
		t.Errorf("to go back: %v", err)
	}
	if err := os.WriteFile(filepath.Join(site, "release.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := send(www, false); err == nil || !strings.Contains(err.Error(), "release.json") {
		t.Errorf("a site that does not say what it is: %v", err)
	}
}

// TestVerifyPublished damages a published page, a table of a data version, and adds a
// file.
func TestVerifyPublished(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-19"))
	published(t, cfg, "")
	verify := func() string {
		t.Helper()
		damages, err := publish.VerifyPublished(cfg.dir(), cfg.publish())
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, d := range damages {
			texts = append(texts, d.Error())
		}
		return strings.Join(texts, "\n")
	}
	if got := verify(); got != "" {
		t.Errorf("nothing is damaged: %s", got)
	}
	site := filepath.Join(dir, "out", "site")
	for name, text := range map[string]string{"site/about.html": "<p>other", "site/more.html": "more", "site/releases/1.0.0/data/sources.csv": "x"} {
		path := filepath.Join(dir, "out", filepath.FromSlash(name))
		if err := os.WriteFile(path+".new", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	packs, err := filepath.Glob(filepath.Join(dir, "out", "releases", "*.pack"))
	if err != nil || len(packs) != 1 {
		t.Fatalf("packs %v, error %v", packs, err)
	}
	data, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(packs[0], data, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(site, "methodology.html")); err != nil {
		t.Fatal(err)
	}
	got := verify()
	for _, want := range []string{"about.html is not what was published", "more.html was not published", "methodology.html is missing", ".pack: pack is damaged",
		"site: releases/1.0.0/data/sources.csv is not what was published"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}
