package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline"
	"crossings/pipeline/target"
)

// TestUpload puts a site into a folder, finds nothing to do the second time, and does
// not take along what is under embargo.
func TestUpload(t *testing.T) {
	dir := t.TempDir()
	cfg := config(t, dir)
	www := filepath.Join(dir, "www")
	to, err := target.Open(www, target.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.Upload(t.Context(), cfg, to, false, nil); !errors.Is(err, pipeline.ErrNothing) {
		t.Errorf("without a site: %v", err)
	}
	mustAdd(t, cfg, release(t, "2026-06-19"))
	publish(t, cfg, "")
	if u, err := pipeline.Upload(t.Context(), cfg, to, true, nil); err != nil || len(u.Put) < 100 || u.Put[len(u.Put)-1] != "index.html" {
		t.Errorf("dry: %+v, %v", u, err)
	}
	if _, err := os.Stat(www); err == nil {
		t.Error("a dry run made the folder")
	}
	upload := func() *pipeline.Uploaded {
		t.Helper()
		u, err := pipeline.Upload(t.Context(), cfg, to, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	upload()
	open := tree(t, filepath.Join(dir, "out", "site"), true)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	if _, err := pipeline.Embargo(t.Context(), cfg, cfg.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if u := upload(); len(u.Put)+len(u.Removed) != 0 || u.Same != len(open) {
		t.Errorf("under embargo %d files were put and %d removed", len(u.Put), len(u.Removed))
	}
	got := tree(t, www, true)
	delete(got, target.ManifestName)
	same(t, got, open)
}

// TestVerifyPublished damages a published page, a table of a data version, and adds a
// file.
func TestVerifyPublished(t *testing.T) {
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-19"))
	publish(t, cfg, "")
	verify := func() string {
		t.Helper()
		damages, err := pipeline.VerifyPublished(cfg)
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
	for name, text := range map[string]string{"site/about.html": "<p>other", "site/more.html": "more", "releases/1.0.0/data/sources.csv": "x"} {
		path := filepath.Join(dir, "out", filepath.FromSlash(name))
		if err := os.WriteFile(path+".new", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(site, "methodology.html")); err != nil {
		t.Fatal(err)
	}
	got := verify()
	for _, want := range []string{"about.html is not what was published", "more.html was not published", "methodology.html is gone", "edition 1.0.0: data/sources.csv is not what was published",
		"site: data version 1.0.0 is not what was published"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}
