package pipeline_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/claimfiles"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// claimArchive returns the archive that a browser would read, with all its files.
func claimArchive(t *testing.T, cfg world) *packed.Archive {
	t.Helper()
	files, err := claimfiles.Make(t.Context(), cfg.registry(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := packed.NewArchive(files.Index)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files.Sources {
		if err := a.Add(name, data); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// sameAnswers fails if an answer from the files differs from that of the lake.
func sameAnswers(t *testing.T, c *tables.Claims, a *packed.Archive, text, on string) {
	t.Helper()
	want, err := c.Answer(t.Context(), text, stat.MustDate(on))
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Answer(t.Context(), text, stat.MustDate(on))
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.Marshal(want)
	g, failed := json.Marshal(got)
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	if string(w) != string(g) {
		t.Errorf("%s, %q:\nlake  %s\nfiles %s", on, text, w, g)
	}
}

// TestABrowserAnswersAsTheLakeDoes checks the sentences of the corpus from the files of the site: every window,
// figure and verdict is the same.
func TestABrowserAnswersAsTheLakeDoes(t *testing.T) {
	t.Parallel()
	starter, err := filepath.Glob(filepath.Join("..", "data", "raw", "starter", "*.csv"))
	if err != nil || len(starter) == 0 {
		t.Fatalf("no starter data: %v", err)
	}
	var ids []string
	for _, path := range starter {
		ids = append(ids, filepath.Base(path[:len(path)-len(".csv")]))
	}
	cfg := starterConfig(t, ids...)
	c, err := tables.NewClaims(cfg.registry())
	if err != nil {
		t.Fatal(err)
	}
	a := claimArchive(t, cfg)
	seen := map[string]bool{}
	for _, data := range []string{"starter", "real"} {
		for _, s := range corpus(t, data) {
			if !seen[s.id] {
				sameAnswers(t, c, a, s.text, s.on)
			}
			seen[s.id] = true
		}
	}
	for _, s := range ownSentences(t) {
		if !seen[s.text] {
			sameAnswers(t, c, a, s.text, s.on)
		}
		seen[s.text] = true
	}
}

// TestKeptClaimFilesAreThoseMadeFresh adds a release, changes what the site says of the series and spoils
// what was kept. Each time the files are those that are made without anything kept.
func TestKeptClaimFilesAreThoseMadeFresh(t *testing.T) {
	t.Parallel()
	cfg, dir := offline(config(t, t.TempDir())), t.TempDir()
	made := func(kept *cached.Folder) *claimfiles.Files {
		t.Helper()
		files, err := claimfiles.Make(t.Context(), cfg.registry(), 0, kept)
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	check := func(step string) *claimfiles.Files {
		t.Helper()
		want := made(nil)
		for range 2 { // the second takes what the first kept
			if got := made(cached.Open(dir, nil)); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: the files differ from fresh ones", step)
			}
		}
		return want
	}
	mustAdd(t, cfg, release(t, "2026-06-12"))
	first := check("a release")
	mustAdd(t, cfg, release(t, "2026-06-19"))
	second := check("a second release")
	if reflect.DeepEqual(first, second) {
		t.Fatal("the second release changes no file")
	}
	described := *cfg.Sources[0]
	described.Series = slices.Clone(described.Series)
	for i := range described.Series {
		described.Series[i].Title += ", in other words"
	}
	cfg.Sources = []*source.Source{&described}
	if reflect.DeepEqual(check("another title"), second) {
		t.Fatal("the title is in no file")
	}
	kept, err := os.ReadDir(dir)
	if err != nil || len(kept) == 0 {
		t.Fatalf("nothing is kept: %v", err)
	}
	for _, e := range kept {
		path := filepath.Join(dir, e.Name())
		data, err := os.ReadFile(path)
		if err == nil {
			data[len(data)-1]++
			err = os.WriteFile(path, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	check("spoilt files")
}
