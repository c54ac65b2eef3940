package pipeline_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/archive"
	"crossings/pipeline/review"
	"crossings/pipeline/watch"
)

// rejectedRows is a data folder in which rows of a table and records are in quarantine, and the
// files that they are in.
func rejectedRows(t *testing.T) (world, []string) {
	t.Helper()
	cfg := offline(config(t, t.TempDir()))
	addTo(t, cfg, frontex, badRows(t, "-41", "-2"))
	mustAddRecords(t, cfg, lenient(t, "50"), "2025-02-01", nights(t)[0])
	mustAddRecords(t, cfg, "", "2025-02-03", nights(t)[1])
	files, err := filepath.Glob(filepath.Join(cfg.Data, "out", "quarantine", "rows", "*", "*.csv"))
	if err != nil || len(files) < 2 || !strings.Contains(files[0], frontex) || !strings.Contains(files[len(files)-1], "~border") {
		t.Fatal(files, err)
	}
	return cfg, files
}

// TestDamagedRowsOfQuarantineAreRebuilt damages each file of rejected rows, in every way. Verify names
// it, and the next run makes it again from the file of the publisher and says so.
func TestDamagedRowsOfQuarantineAreRebuilt(t *testing.T) {
	t.Parallel()
	cfg, files := rejectedRows(t)
	look(t, cfg)
	out := filepath.Join(cfg.Data, "out")
	parts := func() map[string]string {
		all := tree(t, out, false)
		maps.DeleteFunc(all, func(path, _ string) bool {
			return !strings.HasPrefix(path, "lake") && !strings.HasPrefix(path, "quarantine") || strings.HasSuffix(path, ".old")
		})
		return all
	}
	right := parts()
	ways := maps.Clone(damages)
	ways["empty"] = func(path string) error { return os.Truncate(path, 0) }
	for _, file := range files {
		for _, how := range slices.Sorted(maps.Keys(ways)) {
			if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
				t.Fatalf("before: %v, %v", bad, err)
			}
			if err := ways[how](file); err != nil {
				t.Fatal(err)
			}
			if how == "rename" { // a file that nobody knows is reported too
				remove(t, file+".old")
			}
			bad, err := watch.Verify(cfg.registry())
			if err != nil || len(bad) != 1 || !strings.Contains(bad[0].Error(), filepath.Base(file)) {
				t.Errorf("%s %s: verify says %v, %v", how, file, bad, err)
			}
			outcomes := look(t, cfg)
			if !slices.ContainsFunc(outcomes, func(o review.Outcome) bool {
				return o.State == review.Rebuilt && strings.Contains(o.Reason, "the list of excluded rows")
			}) {
				t.Errorf("%s %s: nothing says that it was rebuilt: %+v", how, file, outcomes)
			}
			same(t, parts(), right)
			if t.Failed() {
				t.FailNow()
			}
		}
	}
}

// TestRowsOfQuarantineThatCannotBeRebuilt loses the publisher's file too: the run does not end well,
// and takes nothing away.
func TestRowsOfQuarantineThatCannotBeRebuilt(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	addTo(t, cfg, frontex, badRows(t, "-41"))
	file, err := filepath.Glob(filepath.Join(cfg.Data, "out", "quarantine", "rows", "*", "*.csv"))
	if err != nil || len(file) != 1 {
		t.Fatal(file, err)
	}
	if err := errors.Join(damages["flip"](file[0]), os.RemoveAll(filepath.Join(cfg.Data, "raw", frontex))); err != nil {
		t.Fatal(err)
	}
	before := tree(t, filepath.Join(cfg.Data, "out", "lake"), false)
	in := opened(t, cfg)
	outcomes, err := in.Run(t.Context(), []string{frontex})
	in.Close()
	if err != nil || !slices.ContainsFunc(outcomes, func(o review.Outcome) bool { return o.Failed() && errors.Is(o.Err, archive.ErrDamaged) }) {
		t.Errorf("%+v, %v", outcomes, err)
	}
	same(t, tree(t, filepath.Join(cfg.Data, "out", "lake"), false), before)
}
