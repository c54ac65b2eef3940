package pipeline_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/upload"
)

// TestKillUpload kills publish upload to a folder at random instants. The front page must be either the
// old one, or the new one with everything that it needs, and no edition may change. The next upload must
// give the result of an undisturbed one, without leftovers.
func TestKillUpload(t *testing.T) {
	t.Parallel()
	command, dir := build(t, "publish"), t.TempDir()
	cfg := config(t, dir)
	site, www := filepath.Join(dir, "out", "site"), filepath.Join(t.TempDir(), "www")
	uploading := func(to string) *exec.Cmd { return exec.Command(command, "upload", "--data", dir, "--to", to) }
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2026-02-10")
	published(t, cfg, "")
	must(t, command, "upload", "--data", dir, "--to", www)
	old := tree(t, www, false)
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "2"), "2026-02-20")
	published(t, cfg, "")
	fresh := func() string {
		to := filepath.Join(t.TempDir(), "www")
		if err := os.CopyFS(to, os.DirFS(www)); err != nil {
			t.Fatal(err)
		}
		return to
	}
	undisturbed := fresh()
	start := time.Now()
	must(t, command, "upload", "--data", dir, "--to", undisturbed)
	took, whole := time.Since(start), tree(t, site, false)
	want := tree(t, undisturbed, false)
	delete(want, upload.ManifestName)
	if old["index.html"] == whole["index.html"] {
		t.Fatal("both front pages are the same")
	}
	interrupted := 0
	for i := range max(kills(t)/2, 4) {
		to := fresh()
		cmd := uploading(to)
		interrupted += killed(t, cmd, time.Duration(rand.Int64N(int64(took))))
		after := tree(t, to, false)
		switch after["index.html"] {
		case old["index.html"]:
		case whole["index.html"]:
			for name, sum := range whole {
				if after[name] != sum {
					t.Errorf("kill %d: the front page is new, and %s is not", i, name)
				}
			}
		default:
			t.Errorf("kill %d: the front page is neither the old one nor the new one", i)
		}
		for name, sum := range old {
			if strings.HasPrefix(name, filepath.Join("releases", "1.0.0")) && after[name] != sum && after[name] != whole[name] {
				t.Errorf("kill %d: %s of an edition was changed", i, name)
			}
		}
		must(t, command, "upload", "--data", dir, "--to", to)
		got := tree(t, to, false)
		delete(got, upload.ManifestName)
		same(t, got, want)
		if t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d interrupted", interrupted)
}
