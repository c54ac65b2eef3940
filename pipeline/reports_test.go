package pipeline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/lake"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/itinteriorlandings"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestFileOfManyReleases ingests a file that states 48 reports.
func TestFileOfManyReleases(t *testing.T) {
	t.Parallel()
	first := stat.MustDate("2019-09-01")
	f := sourcetest.ItalianReports(first, stat.MustDate("2021-09-01"))
	manyReleases(t, write(t, f.Name, f.Data), manyReports{reports: 48, rows: bytes.Count(f.Data, []byte("\n")) - 1, newest: "2021-08-31", before: "2021-08-15",
		known: 45, value: int64(sourcetest.Landings(first, stat.MustDate("2019-10-14")))})
}

// manyReports is what a file of many reports states, and what was known of it on 15
// October 2019: so many days, and the figure of the last but one.
type manyReports struct {
	reports, rows  int
	newest, before string
	known          int
	value          int64
}

// manyReleases ingests a file that states many reports: one snapshot, named by the
// newest, and a release in the lake for each. A run that was killed between two of them
// is finished by the next.
func manyReleases(t *testing.T, file string, want manyReports) {
	t.Helper()
	data := readAllOf(t, file)
	id := func(day string) string {
		return stat.NewReleaseID(stat.MustDate(day), fmt.Sprintf("%x", sha256.Sum256(data)))
	}
	dir := t.TempDir()
	offline := itinteriorlandings.Source
	offline.Place.Address = "" // restoring is what is tested, not fetching
	s := &offline
	cfg := config(t, dir)
	cfg.Sources = []*source.Source{s}
	in := opened(t, cfg)
	defer in.Close()
	expect := func(what, state string) {
		t.Helper()
		out, err := in.Add(context.Background(), s.ID, []string{file}, 0)
		if err != nil || len(out) != 1 || out[0].State != state || out[0].Release != id(want.newest) {
			t.Fatalf("%s: %+v, error %v", what, out, err)
		}
	}
	expect("first", review.Added)
	expect("again", review.Known)
	whole := tree(t, dir, false)
	folder := filepath.Join(dir, "out", "lake")
	if got := len(tree(t, folder, false)); got != 2*want.reports {
		t.Errorf("%d files in the lake, want two for each report", got)
	}

	for _, path := range []string{"releases/it-interior-landings/" + id(want.before) + ".json", "releases/it-interior-landings/" + id(want.newest) + ".json",
		"observations/source=it-interior-landings/" + id(want.newest) + ".parquet"} {
		if err := os.Remove(filepath.Join(folder, path)); err != nil {
			t.Fatal(err)
		}
	}
	out, err := in.Run(context.Background(), nil)
	if err != nil || len(out) != 1 || out[0].State != review.Added || out[0].Rows != want.rows {
		t.Fatalf("after a kill: %+v, error %v", out, err)
	}
	mended := tree(t, dir, false)
	delete(mended, filepath.Join("out", "status", s.ID+".json")) // that the source is late
	same(t, mended, whole)

	obs, _, err := lake.Open(folder).AsOf(s.ID, stat.MustDate("2019-10-15"))
	if err != nil || len(obs) != want.known || obs[want.known-2].Value != stat.Known(want.value) {
		t.Errorf("as of 2019-10-15: %d observations, %+v, error %v", len(obs), obs[want.known-2], err)
	}
}
