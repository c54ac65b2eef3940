package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/watch"
)

// TestListsOfRowsThatNoReleaseNamesAreReported puts files next to the lists of excluded rows. A run
// must not touch them, and verify must name each. A run deletes only the list of a stored file whose
// release has another date now or states nothing new.
func TestListsOfRowsThatNoReleaseNamesAreReported(t *testing.T) {
	t.Parallel()
	cfg, lists := rejectedRows(t)
	dir := filepath.Join(cfg.Data, "out", "quarantine", "rows")
	list := readAllOf(t, lists[0])
	ours := filepath.Join(filepath.Dir(lists[0]), "2001-01-01"+strings.TrimPrefix(filepath.Base(lists[0]), filepath.Base(lists[0])[:10]))
	strange := []string{
		filepath.Join(filepath.Dir(lists[0]), "2026-01-01-0123abcd.csv"),
		filepath.Join(filepath.Dir(lists[0]), "notes.csv"),
		filepath.Join(filepath.Dir(lists[0]), "notes.txt"),
		filepath.Join(dir, "source=nobody", filepath.Base(lists[0])),
		filepath.Join(dir, filepath.Base(lists[0])),
	}
	for _, path := range append(strange, ours) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, list, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	look(t, cfg)
	if _, err := os.Lstat(ours); err == nil {
		t.Errorf("%s is still there", ours)
	}
	bad, err := watch.Verify(cfg.registry())
	if err != nil || len(bad) != len(strange) {
		t.Errorf("verify says %v, %v", bad, err)
	}
	for _, path := range strange {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("%s is gone", path)
		}
		named := false
		for _, x := range bad {
			named = named || strings.HasPrefix(x.Error(), path+":") && strings.Contains(x.Error(), "no release names")
		}
		if !named {
			t.Errorf("%s is not named", path)
		}
	}
}
