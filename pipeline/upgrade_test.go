package pipeline_test

import (
	"archive/tar"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/watch"
)

// TestTheDataFolderOfTheFirstRelease goes on with a data folder that the first release of the programs
// wrote: two releases of one source, and a data version of each. Every file of them keeps its address
// and its bytes, and the next data version comes after them.
func TestTheDataFolderOfTheFirstRelease(t *testing.T) {
	dir := t.TempDir()
	untar(t, "testdata/first-release.tar.zst", dir)
	old := tree(t, filepath.Join(dir, "out", "releases"), false)
	if len(old) < 200 {
		t.Fatalf("the fixture has %d files of data versions", len(old))
	}
	cfg := config(t, dir)
	cfg.Now = func() time.Time { return time.Date(2026, 7, 20, 3, 0, 0, 0, time.UTC) }
	p := published(t, cfg, "")
	if p.Version == "1.0.0" || p.Version == "1.1.0" {
		t.Errorf("the site has the data version %s of the first release", p.Version)
	}
	now := tree(t, filepath.Join(dir, "out", "site", "releases"), false)
	for name, sum := range old {
		if now[name] != sum {
			t.Errorf("%s of the first release is lost or another", name)
		}
	}
	damaged, err := watch.Verify(cfg.registry())
	if damaged = append(damaged, edition.Open(cfg.registry().Dir.Editions()).Verify()...); err != nil || len(damaged) > 0 {
		t.Errorf("damaged: %v, error %v", damaged, err)
	}
	got := rows(t, dir, "observations")
	if len(got) != 11 {
		t.Errorf("%d observations, want the 11 of the newer release", len(got))
	}
	if !published(t, cfg, "").Unchanged {
		t.Error("nothing is new, and the site was made again")
	}
}

// untar writes the files of an archive below a folder.
func untar(t *testing.T, archive, dir string) {
	t.Helper()
	f, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for files := tar.NewReader(z); ; {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil || strings.Contains(h.Name, "..") {
			t.Fatalf("%s: %v", h.Name, err)
		}
		path := filepath.Join(dir, filepath.FromSlash(h.Name))
		if h.FileInfo().IsDir() {
			err = os.MkdirAll(path, 0o755)
		} else {
			var data []byte
			data, err = io.ReadAll(files)
			err = errors.Join(err, os.WriteFile(path, data, fs.FileMode(0o644)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
