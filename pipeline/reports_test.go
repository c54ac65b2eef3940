package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/source/itinteriorlandings"
	"crossings/pipeline/stat"
)

// TestFileOfManyReleases ingests a file that states 143 reports: one snapshot,
// named by the newest, and a release in the lake for each. A run that was killed
// between two of them is finished by the next.
func TestFileOfManyReleases(t *testing.T) {
	dir := t.TempDir()
	offline := itinteriorlandings.Source
	offline.Place.Address = "" // restoring is what is tested, not fetching
	s := &offline
	cfg := config(t, dir)
	cfg.Sources = []*source.Source{s}
	in, err := pipeline.OpenIngest(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	file := filepath.Join(shared, s.ID, "sbarchi-per-giorno.csv")
	expect := func(what, state string) {
		t.Helper()
		out, err := in.Add(context.Background(), s.ID, []string{file}, 0)
		if err != nil || len(out) != 1 || out[0].State != state || out[0].Release != "2025-09-15-3ac0c779" {
			t.Fatalf("%s: %+v, error %v", what, out, err)
		}
	}
	expect("first", pipeline.Added)
	expect("again", pipeline.Known)
	whole := tree(t, dir, false)
	folder := filepath.Join(dir, "out", "lake")
	if got := len(tree(t, folder, false)); got != 2*143 {
		t.Errorf("%d files in the lake, want two for each report", got)
	}

	for _, path := range []string{"releases/it-interior-landings/2025-08-31-3ac0c779.json", "releases/it-interior-landings/2025-09-15-3ac0c779.json",
		"observations/source=it-interior-landings/2025-09-15-3ac0c779.parquet"} {
		if err := os.Remove(filepath.Join(folder, path)); err != nil {
			t.Fatal(err)
		}
	}
	out, err := in.Run(context.Background(), nil)
	if err != nil || len(out) != 1 || out[0].State != pipeline.Added || out[0].Rows != 3257 {
		t.Fatalf("after a kill: %+v, error %v", out, err)
	}
	mended := tree(t, dir, false)
	delete(mended, filepath.Join("out", "status", s.ID+".json")) // that the source is late
	same(t, mended, whole)

	obs, _, err := lake.Open(folder).AsOf(s.ID, stat.MustDate("2019-10-15"))
	if err != nil || len(obs) != 45 || obs[43].Value != stat.Known(301) {
		t.Errorf("as of 2019-10-15: %d observations, %+v, error %v", len(obs), obs[43], err)
	}
}
