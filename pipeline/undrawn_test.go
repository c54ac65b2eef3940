package pipeline_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/hint"
	"crossings/pipeline/publish"
	"crossings/pipeline/publish/compressed"
	"crossings/pipeline/publish/picture"
)

// TestAPictureNeverStopsAPublication checks that figures are published where no picture
// can be drawn, that the run says so, and that the next one draws what is missing and
// ends with the site that was to be, though nothing else is new.
func TestAPictureNeverStopsAPublication(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-06-26"))
	slow, err := picture.Open("")
	if err != nil {
		t.Fatal(err)
	}
	slow.Limit(picture.Limits{Work: time.Nanosecond, Slow: 1})
	good := cfg.Pictures
	cfg.Pictures = slow
	for _, run := range []string{"first", "again"} {
		p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
		if !errors.Is(err, publish.ErrPicture) || hint.Of(err) == "" {
			t.Fatalf("%s: error %v, want that a picture was not drawn, with a hint", run, err)
		}
		if p == nil || p.Unchanged || len(p.Undrawn) == 0 || p.Rows["observations"] == 0 {
			t.Fatalf("%s: published %+v", run, p)
		}
		for name, there := range map[string]bool{"index.html": true, "data/observations.csv": true, p.Undrawn[0]: false} {
			if _, err := os.Stat(filepath.Join(cfg.Data, "out", "site", name)); (err == nil) != there {
				t.Errorf("%s: %s: %v", run, name, err)
			}
		}
		if damages, err := publish.VerifyPublished(cfg.dir(), cfg.publish()); err != nil || len(damages) > 0 {
			t.Errorf("%s: verify: %v, %v", run, damages, err)
		}
	}
	cfg.Pictures = good
	p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
	if err != nil || p.Unchanged || p.Undrawn != nil {
		t.Fatalf("with pictures: %+v, %v", p, err)
	}
	if p, err = publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); err != nil || !p.Unchanged {
		t.Errorf("and once more: %+v, %v", p, err)
	}
	// The edition was published without pictures and stays so, and no page offers its frames. All else
	// is as it would have been, but for the list of files and the versions that they name.
	whole := config(t, t.TempDir())
	mustAdd(t, whole, release(t, "2026-06-26"))
	if _, err := publish.Publish(t.Context(), whole.registry(), whole.publish(), 0); err != nil {
		t.Fatal(err)
	}
	frame := regexp.MustCompile(`(?s)<p>[^<]*</p>\n<pre [^>]*><code [^>]*releases/.*?</button>\n`)
	framed := 0
	for name := range tree(t, filepath.Join(whole.Data, "out", "site"), false) {
		if strings.HasPrefix(name, "releases") || name == "versions.csv" || compressed.Original(name) != name {
			continue
		}
		want, err := os.ReadFile(filepath.Join(whole.Data, "out", "site", name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(cfg.Data, "out", "site", name))
		if err != nil || !bytes.Equal(got, frame.ReplaceAll(want, nil)) {
			t.Errorf("%s is not as in a site that was drawn at once: %v", name, err)
		}
		framed += len(frame.FindAll(want, -1))
	}
	if framed == 0 {
		t.Error("no page of a site that was drawn at once offers a frame of the edition")
	}
}
