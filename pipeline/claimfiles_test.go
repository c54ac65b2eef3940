package pipeline_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"crossings/pipeline/compare/claim/packed"
	"crossings/pipeline/publish/claimfiles"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/stat"
)

// claimArchive returns the archive that a browser would read, with all its files.
func claimArchive(t *testing.T, cfg world) *packed.Archive {
	t.Helper()
	files, err := claimfiles.Make(t.Context(), cfg.registry(), 0)
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
}
