package pipeline_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/ingest"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/frontexdetections"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// ruritanian writes a file with six rows of a nationality that no list has.
func ruritanian(t *testing.T) string {
	t.Helper()
	data := goodRows(2023)
	for range 6 {
		data = bytes.Replace(data, []byte("Sea,TUN,"), []byte("Sea,Ruritania,"), 1)
	}
	return write(t, "2025-05-31_frontex.csv", data)
}

// listLabels writes a list of the operator. Without lines it removes it.
func listLabels(t *testing.T, dir, list string, lines ...string) {
	t.Helper()
	name := filepath.Join(dir, "labels", list+".csv")
	if len(lines) == 0 {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("publisher,label,code,note\n"+strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// rerun runs without fetching anything.
func rerun(t *testing.T, cfg world) []review.Outcome {
	t.Helper()
	cfg.Sources = []*source.Source{&frontexdetections.Source}
	return runs(t, offline(cfg))
}

// TestOperatorsLabels lists a label that the program does not know. The release is read again with
// it, and only then; the lake is what a new start with the list makes; without the list it is as
// before. The total is the same throughout.
func TestOperatorsLabels(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	file := ruritanian(t)
	addTo(t, cfg, frontex, file)
	lakeOf := func(dir string) map[string]string { return tree(t, filepath.Join(dir, "out", "lake"), false) }
	unlisted := lakeOf(dir)
	codes := func() (out string) {
		t.Helper()
		obs, _, err := lake.Open(cfg.dir().Lake()).AsOf(frontex, stat.MustDate("2026-01-01"))
		if err != nil {
			t.Fatal(err)
		}
		total, seen := int64(0), map[string]bool{}
		for _, o := range obs {
			if n, _ := o.Value.Get(); o.Series.Dimensions == stat.AllTotal {
				total += n
			}
			if c := o.Series.Origin; c == "x-ruritania" || c == "POL" {
				seen[c] = true
			}
		}
		if total != 10*(24*7+23*24/2)+9*24 {
			t.Errorf("the total is %d", total)
		}
		for c := range seen {
			out += c
		}
		return out
	}
	if got := codes(); got != "x-ruritania" {
		t.Errorf("unlisted it is %s", got)
	}
	if out := rerun(t, cfg); len(out) != 0 {
		t.Fatalf("nothing has changed: %+v", out)
	}

	listLabels(t, dir, "area", "frontex,Ruritania,POL,")
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 1 || !strings.Contains(bad[0].Error(), "ingest run") {
		t.Errorf("verify before the release is read again: %v, %v", bad, err)
	}
	if out := rerun(t, cfg); len(out) != 1 || out[0].State != review.Reread {
		t.Fatalf("%+v", out)
	}
	if got := codes(); got != "POL" {
		t.Errorf("listed it is %s", got)
	}
	if out := rerun(t, cfg); len(out) != 0 {
		t.Fatalf("nothing has changed: %+v", out)
	}
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
		t.Errorf("verify: %v, %v", bad, err)
	}

	listed := lakeOf(dir)
	if err := os.RemoveAll(cfg.dir().Lake()); err != nil {
		t.Fatal(err)
	}
	rerun(t, cfg)
	same(t, lakeOf(dir), listed)

	other := t.TempDir() // the release says what it was read with
	listLabels(t, other, "area", ",Nowhere,x-nowhere,", "frontex,Ruritania,POL,")
	addTo(t, config(t, other), frontex, file)
	same(t, lakeOf(other), listed)
	entries, err := cfg.registry().OpenLake().Entries(frontex)
	if err != nil {
		t.Fatal(err)
	}
	last := entries[len(entries)-1]
	if l := last.Findings[len(last.Findings)-1].Label; l == nil || *l != (stat.Label{List: "area", Publisher: "frontex", Text: "Ruritania", Code: "POL", Rows: 6, By: stat.ByOperator}) {
		t.Errorf("noted: %+v", l)
	}

	listLabels(t, dir, "area")
	rerun(t, cfg)
	same(t, lakeOf(dir), unlisted)
}

// TestOperatorLeavesALabelOut leaves out the rows of a label, and takes them back.
func TestOperatorLeavesALabelOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	listLabels(t, dir, "area", ",Ruritania,,no such country")
	out := addTo(t, cfg, frontex, ruritanian(t))
	if len(out) != 1 || out[0].State != review.Added || out[0].Excluded != 6 {
		t.Fatalf("%+v", out)
	}
	listLabels(t, dir, "area")
	if out := rerun(t, cfg); len(out) != 1 || out[0].State != review.Reread || out[0].Excluded != 0 {
		t.Fatalf("%+v", out)
	}
}

// TestABadListStopsBeforeAnythingChanges checks that a list with a bad line stops the command, with
// the line, and changes nothing.
func TestABadListStopsBeforeAnythingChanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	addTo(t, cfg, frontex, ruritanian(t))
	before := tree(t, filepath.Join(dir, "out"), false)
	for list, line := range map[string]string{"area": "frontex,Ruritania,NOWHERE,", "planet": ",Ruritania,POL,"} {
		listLabels(t, dir, list, line)
		in, err := ingest.Open(cfg.ingest())
		if err == nil {
			in.Close()
		}
		if !errors.Is(err, registry.ErrUsage) || !strings.Contains(err.Error(), filepath.Join("labels", list+".csv")) {
			t.Errorf("%s: %v", list, err)
		}
		if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 1 || !strings.Contains(bad[0].Error(), list+".csv") {
			t.Errorf("%s: verify: %v, %v", list, bad, err)
		}
		listLabels(t, dir, list)
	}
	same(t, tree(t, filepath.Join(dir, "out"), false), before)
	// Notes and traces of editors are no lists.
	for _, name := range []string{"README.md", ".area.csv.swp", ".area.csv"} {
		if err := os.WriteFile(filepath.Join(dir, "labels", name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out := rerun(t, cfg); len(out) != 0 {
		t.Errorf("%+v", out)
	}
}

// TestUnlistedLabels lists what is unlisted in the lake and among the pending releases, until a list
// names it.
func TestUnlistedLabels(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := gated(t, dir)
	labels := func(ids ...string) []ingest.UnlistedLabel {
		t.Helper()
		in := opened(t, cfg)
		defer in.Close()
		list, err := in.Labels(ids)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := labels(); len(list) != 0 {
		t.Errorf("before there is anything: %+v", list)
	}
	addTo(t, cfg, frontex, ruritanian(t))
	total := bytes.Replace(goodRows(2023), []byte("Sea,TUN,"), []byte("Sea,All nationalities,"), 1)
	if out := addTo(t, cfg, frontex, write(t, "2025-06-30_frontex.csv", total)); len(out) != 1 || out[0].State != review.Pending {
		t.Fatalf("%+v", out)
	}
	list := labels(frontex)
	if len(list) != 2 {
		t.Fatalf("%+v", list)
	}
	all, land := list[0], list[1]
	if all.Label != "All nationalities" || !all.MayBeSum || len(all.Pending) != 1 || len(all.Releases) != 0 || all.Rows != 1 {
		t.Errorf("%+v", all)
	}
	if land.Label != "Ruritania" || land.MayBeSum || len(land.Releases) != 1 || land.Rows != 6 || land.Figures != 6 || land.NearestCode == "" || land.Close || land.Code != "x-ruritania" {
		t.Errorf("%+v", land)
	}
	if list := labels(boats); len(list) != 0 {
		t.Errorf("of another source: %+v", list)
	}
	listLabels(t, dir, "area", "frontex,Ruritania,POL,", "frontex,All nationalities,_T,")
	if list := labels(); len(list) != 0 {
		t.Errorf("once they are listed: %+v", list)
	}
	in := opened(t, cfg)
	defer in.Close()
	if _, err := in.Labels([]string{"nobody"}); !errors.Is(err, registry.ErrUsage) {
		t.Errorf("unknown source: %v", err)
	}
}
