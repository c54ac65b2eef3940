package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish"
)

// TestOldEditionsAreRemovedByARule publishes four editions of two months and removes old ones, killed at
// random instants and then whole. The others, and the target of an earlier upload, keep every file.
func TestOldEditionsAreRemovedByARule(t *testing.T) {
	t.Parallel()
	command, dir := build(t, "publish"), t.TempDir()
	cfg := config(t, dir)
	for i, day := range []string{"2026-01-05", "2026-01-20", "2026-02-10", "2026-02-20"} {
		addTidy(t, cfg, tidyFile(t, "mine.csv", "First", fmt.Sprint(i+1)), day)
		published(t, cfg, "")
	}
	www := filepath.Join(t.TempDir(), "www")
	must(t, command, "upload", "--data", dir, "--to", www)
	before, uploaded := tree(t, filepath.Join(dir, "out", "site", "releases"), false), tree(t, www, false)
	keeping := []string{"editions", "--keep", "1d"}
	must(t, command, append(keeping, "--dry-run", "--data", dir)...)
	if all, total, err := publish.Archived(cfg.dir(), cfg.publish(), nil, false); err != nil || len(all) != 4 || total == 0 || all[0].Bytes == 0 {
		t.Fatalf("%+v, %d, %v", all, total, err)
	}
	check := func(data string) {
		t.Helper()
		must(t, command, append(keeping, "--data", data)...)
		if err := os.RemoveAll(filepath.Join(data, "out", "site", "releases")); err != nil {
			t.Fatal(err)
		}
		must(t, command, "run", "--data", data)
		must(t, command, "verify", "--data", data)
		after := tree(t, filepath.Join(data, "out", "site", "releases"), false)
		for name, text := range before {
			removed := strings.HasPrefix(name, "1.0.0") || strings.HasPrefix(name, "1.0.2")
			if _, there := after[name]; there == removed && strings.Count(name, string(filepath.Separator)) > 0 {
				t.Errorf("%s is there: %t", name, there)
			} else if there && strings.Count(name, string(filepath.Separator)) > 0 && after[name] != text {
				t.Errorf("%s is not what it was", name)
			}
		}
	}
	for range max(kills(t)/4, 3) {
		fresh := copied(t, cfg).Data
		killed(t, exec.Command(command, append(keeping, "--data", fresh)...), time.Duration(rand.Int64N(int64(300*time.Millisecond))))
		check(fresh)
	}
	check(dir)
	must(t, command, "upload", "--data", dir, "--to", www)
	now := tree(t, www, false)
	for name, text := range uploaded {
		if strings.HasPrefix(name, filepath.Join("releases", "1.0.0")) && now[name] != text {
			t.Errorf("%s of the target changed", name)
		}
	}
}
