package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/andybalholm/brotli"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/upload"
)

// binary are the formats of a site that are no text.
var binary = []string{".parquet", ".png", ".xlsx", ".ods", ".zip", ".gz", ".br", ".wasm", ".woff2"}

// unpack reads a compressed copy.
func unpack(t *testing.T, name, data string) string {
	t.Helper()
	var r io.Reader = brotli.NewReader(strings.NewReader(data))
	if path.Ext(name) == ".gz" {
		z, err := gzip.NewReader(strings.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		r = z
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(name, err)
	}
	return string(out)
}

// siteFiles returns every file of the published site, with its content.
func siteFiles(t *testing.T, cfg world) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name := range tree(t, filepath.Join(cfg.Data, "out", "site"), false) {
		files[name] = text(t, cfg, name)
	}
	return files
}

// checkCopies fails unless each text file of more than 1 kB has both copies, each copy holds its file,
// and no copy is left of a file that is gone.
func checkCopies(t *testing.T, files map[string]string) {
	t.Helper()
	compressed := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data := files[name]
		if original, end := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".br"), path.Ext(name); original != name {
			if of, there := files[original]; !there || unpack(t, name, data) != of {
				t.Errorf("%s is not its file, %s compressed", name, end)
			}
			continue
		}
		if slices.Contains(binary, path.Ext(name)) || len(data) <= 1000 {
			continue
		}
		if !utf8.ValidString(data) {
			t.Errorf("%s is neither text nor a known format", name)
		}
		for _, end := range []string{".gz", ".br"} {
			if _, there := files[name+end]; !there {
				t.Errorf("%s has %d bytes and no %s", name, len(data), end)
			}
			compressed++
		}
	}
	if compressed < 100 {
		t.Errorf("%d copies", compressed)
	}
}

// TestTextFilesHaveCompressedCopies publishes two editions and takes back what the second was made
// from. Every text file has its copies each time: also the page of that edition, which then says so,
// while the archive stays as it was.
func TestTextFilesHaveCompressedCopies(t *testing.T) {
	t.Parallel()
	cfg, wrong := twoVersions(t)
	before := siteFiles(t, cfg)
	checkCopies(t, before)
	archive := tree(t, filepath.Join(cfg.Data, "out", "releases"), false)
	for _, name := range []string{"releases/1.1.0/data/observations.json.gz", "releases/1.1.0/data/observations.json.br"} {
		if before[name] == "" {
			t.Errorf("the edition has no %s", name)
		}
	}
	withdraw(t, cfg, "tidy:mine", wrong, "a slip")
	published(t, cfg, "")
	after := siteFiles(t, cfg)
	checkCopies(t, after)
	for _, name := range []string{"releases/1.1.0/index.html.gz", "releases/1.1.0/index.html.br"} {
		if page := unpack(t, name, after[name]); !strings.Contains(page, "a slip") || after[name] == before[name] {
			t.Errorf("%s does not say what was taken back", name)
		}
	}
	for name, data := range tree(t, filepath.Join(cfg.Data, "out", "releases"), false) {
		if was, there := archive[name]; there && was != data {
			t.Errorf("%s of the archive changed", name)
		}
	}
	if faults, err := publish.VerifyPublished(cfg.dir(), cfg.publish()); err != nil || len(faults) > 0 {
		t.Errorf("verify: %v %v", faults, err)
	}
	checkUploaded(t, cfg, after)
}

// checkUploaded uploads the site and compares the target with it. A copy that is damaged afterwards is
// found, and put again.
func checkUploaded(t *testing.T, cfg world, site map[string]string) {
	t.Helper()
	to := t.TempDir()
	target, err := upload.Open(to, upload.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), target, false, nil); err != nil {
		t.Fatal(err)
	}
	for name, want := range site {
		got, err := os.ReadFile(filepath.Join(to, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(got, []byte(want)) {
			t.Errorf("%s on the target: %v", name, err)
		}
	}
	damaged := filepath.Join(cfg.Data, "out", "site", "index.html.gz")
	if err := os.Remove(damaged); err != nil {
		t.Fatal(err)
	}
	if faults, _ := publish.VerifyPublished(cfg.dir(), cfg.publish()); len(faults) != 1 || !strings.Contains(faults[0].Error(), "index.html.gz is missing") {
		t.Errorf("verify of a site without a copy: %v", faults)
	}
	published(t, cfg, "")
	checkCopies(t, siteFiles(t, cfg))
}
