package site

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
)

// TestAnEditionHasItsFilesWhole writes a file that is as large as a table in SDMX may get. Libraries of SDMX
// open no compressed file, and the store of editions keeps differences of text only.
func TestAnEditionHasItsFilesWhole(t *testing.T) {
	s := sitetest.Small(t)
	s.Version, s.NewEdition, s.Editions = "1.0.0", true, []content.EditionInfo{{Version: "1.0.0", Vintage: stat.MustDate("2026-06-26")}}
	b, err := newBuild(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(t.TempDir(), Options{})
	text := bytes.Repeat([]byte("dataflow,CROSSINGS:X(1.0),I,D,2026-06-26,1\r\n"), 300_000)
	if err := w.file("data/sdmx/observations.csv", text); err != nil {
		t.Fatal(err)
	}
	if err := w.compress(); err != nil {
		t.Fatal(err)
	}
	if err := b.edition(w); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", ".gz", ".br"} {
		name := "data/sdmx/observations.csv" + suffix
		want, err1 := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
		got, err2 := os.ReadFile(filepath.Join(w.dir, "releases", "1.0.0", filepath.FromSlash(name)))
		if err1 != nil || err2 != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v, %v", name, err1, err2)
		}
	}
}
