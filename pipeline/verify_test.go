package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/watch"
)

// TestVerifyComparesRawAndLake: a release that only one of the two has is damage, as is a
// folder that is not there.
func TestVerifyComparesRawAndLake(t *testing.T) {
	t.Parallel()
	filled := func(t *testing.T) world {
		cfg := config(t, t.TempDir())
		mustAdd(t, cfg, release(t, "2025-11-14"))
		return cfg
	}
	for name, c := range map[string]struct {
		damage func(t *testing.T, data string)
		want   string
	}{
		"no data folder": {func(t *testing.T, data string) { remove(t, data) }, "raw is not there"},
		"no raw folder":  {func(t *testing.T, data string) { remove(t, filepath.Join(data, "raw")) }, "raw is not there"},
		"no lake":        {func(t *testing.T, data string) { remove(t, filepath.Join(data, "out", "lake")) }, "lake is not there"},
		"an empty lake": {func(t *testing.T, data string) {
			remove(t, filepath.Join(data, "out", "lake", "releases"))
			remove(t, filepath.Join(data, "out", "lake", "observations"))
		}, "the lake lacks this release"},
		"no entry": {func(t *testing.T, data string) {
			removeAll(t, filepath.Join(data, "out", "lake", "releases", boats, "*.json"))
		}, "the lake lacks this release"},
		"no snapshot":   {func(t *testing.T, data string) { remove(t, filepath.Join(data, "raw", boats)) }, "the file is gone"},
		"another date":  {func(t *testing.T, data string) { inSidecar(t, data, `"released": "2025`, `"released": "2024`) }, "a fact in it was changed"},
		"another place": {func(t *testing.T, data string) { inSidecar(t, data, `"publisher": "`, `"publisher": "Not the `) }, "a fact in it was changed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := filled(t)
			if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
				t.Fatalf("before: %v %v", bad, err)
			}
			c.damage(t, cfg.Data)
			before := tree(t, cfg.Data, false)
			bad, err := watch.Verify(cfg.registry())
			if err != nil || len(bad) == 0 {
				t.Fatalf("%v %v", bad, err)
			}
			var texts []string
			for _, x := range bad {
				texts = append(texts, x.Error())
			}
			if all := strings.Join(texts, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("%s\ndo not say %q", all, c.want)
			}
			same(t, tree(t, cfg.Data, false), before)
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(path); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

// removeAll removes the files of a pattern, at least one.
func removeAll(t *testing.T, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v %v", pattern, files, err)
	}
	for _, f := range files {
		remove(t, f)
	}
}

// inSidecar replaces a text in the sidecar of the one snapshot.
func inSidecar(t *testing.T, data, old, by string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "raw", boats, "*", "*.meta.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), old, by, 1)
	if changed == string(text) {
		t.Fatalf("no %q in %s", old, text)
	}
	if err := os.WriteFile(files[0], []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}
