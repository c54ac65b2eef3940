package pipeline_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/watch"
)

// TestEveryPublishedStateStays publishes as releases come in. Each state of the data must become an
// edition with its own address, where it never changes.
func TestEveryPublishedStateStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	site := filepath.Join(dir, "out", "site")
	step := func(want string) *publish.Published {
		t.Helper()
		p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
		if err != nil {
			t.Fatal(err)
		}
		if p.Version != want {
			t.Errorf("data version is %s, want %s", p.Version, want)
		}
		return p
	}
	mustAdd(t, cfg, release(t, "2026-02-20"))
	step("1.0.0")
	first := tree(t, filepath.Join(site, "releases", "1.0.0"), false)
	step("1.0.0")
	// The release of 27 February states a week more, and another value for an old one.
	mustAdd(t, cfg, release(t, "2026-02-27"))
	step("1.1.0")
	// An older release states no period that was not known: it corrects the ledger.
	mustAdd(t, cfg, release(t, "2026-02-06"))
	step("1.1.1")
	then := published(t, cfg, "2026-02-21")
	if _, err := os.Stat(filepath.Join(then.Site, "releases", "1.0.0")); err == nil {
		t.Error("a site as of a day in the past has data versions")
	}
	step("1.1.1")
	same(t, tree(t, filepath.Join(site, "releases", "1.0.0"), false), first)
	for _, name := range []string{"data/observations.csv", "data/year-to-date.parquet", "index.html", "edition.json", "index.html.gz", "edition.json.br", "data/observations.csv.br"} {
		if first[name] == "" {
			t.Errorf("the edition has no %s", name)
		}
	}
	page, err := os.ReadFile(filepath.Join(site, "releases", "index.html"))
	if err != nil || !strings.Contains(string(page), `<a href="1.1.0/index.html">1.1.0</a>, newest release of 27 February 2026`) {
		t.Errorf("the list of versions is %s, %v", page, err)
	}
	// The release of 27 February has another number of uncontrolled landings for a week of the older one.
	for _, want := range []string{`<h2 id="v1.1.0">Restated in version 1.1.0</h2>`, "because publishers restated theirs", `of it restated by <a href="#v1.1.0">1.1.0</a>`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the list of versions lacks %q:\n%s", want, page)
		}
	}
	var m struct{ Restated *edition.Restated }
	text, err := os.ReadFile(filepath.Join(site, "releases", "1.1.0", "edition.json"))
	if err := errors.Join(err, json.Unmarshal(text, &m)); err != nil || m.Restated == nil || m.Restated.Own || m.Restated.Before != "1.0.0" || m.Restated.Counts["observations"] == 0 {
		t.Errorf("edition.json says %+v, %v", m.Restated, err)
	}
	archive := edition.Open(cfg.dir().Editions())
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 || archive.Verify() != nil {
		t.Errorf("%v, %v, %v", bad, err, archive.Verify())
	}
	whole := tree(t, site, false)
	if err := os.RemoveAll(site); err != nil {
		t.Fatal(err)
	}
	step("1.1.1")
	same(t, tree(t, site, false), whole)
	pack := filepath.Join(dir, "out", "releases", "000001-1.0.0.pack")
	data, err := os.ReadFile(pack)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/3] ^= 4
	if err := os.WriteFile(pack, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if bad := archive.Verify(); len(bad) == 0 || !strings.Contains(bad[0].Error(), "edition 1.0.0: ") {
		t.Errorf("damage: %v", bad)
	}
}
