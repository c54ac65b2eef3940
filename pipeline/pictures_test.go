package pipeline_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestPicturesAreDrawn publishes with the renderer that the commands use: every picture of
// the site is a drawing, where most tests have sketches.
func TestPicturesAreDrawn(t *testing.T) {
	t.Parallel()
	cfg := configAllYears(t, t.TempDir())
	cfg.Pictures = drawn()
	mustAdd(t, cfg, wholeRelease(t, "2026-06-26"))
	published(t, cfg, "")
	pictures := 0
	for name := range tree(t, filepath.Join(cfg.Data, "out", "site"), false) {
		data, err := os.ReadFile(filepath.Join(cfg.Data, "out", "site", name))
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(name) {
		case ".png":
			pictures++
			picture, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			colours := map[any]bool{}
			for x := range picture.Bounds().Dx() {
				colours[picture.At(x, picture.Bounds().Dy()/2)] = true
			}
			if len(colours) < 2 {
				t.Errorf("%s is empty", name)
			}
		case ".svg":
			if bytes.HasPrefix(data, []byte("<svg role=")) {
				pictures++
				if !bytes.Contains(data, []byte("<path")) {
					t.Errorf("%s has no lines", name)
				}
			}
		}
	}
	if pictures < 20 {
		t.Errorf("%d pictures", pictures)
	}
}
