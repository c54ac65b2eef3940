package upload

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/publish/edition"
)

// failing is a target that fails after some writes, like a killed run.
type failing struct {
	Target
	left   int
	mu     sync.Mutex
	writes []string
}

var errKilled = errors.New("killed")

func (f *failing) write(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 {
		return errKilled
	}
	f.left--
	f.writes = append(f.writes, name)
	return nil
}

func (f *failing) Put(ctx context.Context, dir string, file edition.File) error {
	if err := f.write(file.Name); err != nil {
		return err
	}
	return f.Target.Put(ctx, dir, file)
}

func (f *failing) Remove(ctx context.Context, name string) error {
	if err := f.write("-" + name); err != nil {
		return err
	}
	return f.Target.Remove(ctx, name)
}

// TestStoppedAnywhere stops the second upload after each number of writes. Every newer file on the
// target has what it links to, and the next run completes the site.
func TestStoppedAnywhere(t *testing.T) {
	one, two := siteOf(t, first()), siteOf(t, second())
	for n := range 13 {
		to := &failing{Target: folder{filepath.Join(t.TempDir(), "www")}, left: -1}
		upload(t, to, one)
		to.left, to.writes = n, nil
		p, err := NewPlan(t.Context(), two, to)
		if err != nil {
			t.Fatal(err)
		}
		err = Upload(t.Context(), two, to, p, nil)
		if want := n < 12; errors.Is(err, errKilled) != want {
			t.Fatalf("after %d writes: %v", n, err)
		}
		got := holds(t, to)
		if got["index.html"] == "front 2" {
			for name, text := range second() {
				if got[name] != text {
					t.Errorf("after %d writes the front page is there and %s is not", n, name)
				}
			}
		} else if len(got) < len(first()) {
			t.Errorf("after %d writes a file was removed before the front page came", n)
		}
		for i := 1; i < len(to.writes)-1; i++ {
			if a, b := to.writes[i], to.writes[i+1]; b != ManifestName && a[0] != '-' && b[0] != '-' && turn(a) > turn(b) {
				t.Errorf("%s is put before %s", a, b)
			}
		}
		to.left = -1
		upload(t, to, two)
		if diff := cmp.Diff(second(), holds(t, to)); diff != "" {
			t.Errorf("after %d writes and another run: %s", n, diff)
		}
		// A file that a stopped run put and the site no longer has is removed.
		upload(t, to, one)
		want := first()
		maps.Copy(want, map[string]string{"releases/1.1.0/data/daily.csv": "d,2", "releases/1.1.0/index.html": "edition 2", "releases/1.1.0/edition.json": "{}"})
		if diff := cmp.Diff(want, holds(t, to)); diff != "" {
			t.Errorf("after %d writes and back: %s", n, diff)
		}
	}
}
