package archive

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const border = "tidy-events:border"

// stage stages files whose content is one letter, which is also the name.
func stage(t *testing.T, s *Store, files ...string) *Staging {
	t.Helper()
	g, err := s.Stage(border)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		m, err := g.Add(f, strings.NewReader(f), 1, meta)
		if err != nil || m.Size != 1 || m.SHA256 == "" {
			t.Fatalf("%+v %v", m, err)
		}
		if data, err := os.ReadFile(g.Path(f)); err != nil || string(data) != f {
			t.Errorf("staged %s: %q %v", f, data, err)
		}
	}
	return g
}

func TestStage(t *testing.T) {
	s, dir := open(t)
	if err := stage(t, s, "b", "c", "a").Abort(); err != nil || len(tree(t, dir)) != 1 {
		t.Errorf("after Abort: %v %v", err, tree(t, dir))
	}
	g := stage(t, s, "b", "c", "a")
	if err := g.Drop("c"); err != nil {
		t.Fatal(err)
	}
	if err := g.Commit("2026-06-26-x"); err != nil {
		t.Fatal(err)
	}
	if err := g.Abort(); err != nil {
		t.Error(err)
	}
	want := []string{".", "tidy-events~border", "tidy-events~border/2026-06-26-x", "tidy-events~border/2026-06-26-x/a", "tidy-events~border/2026-06-26-x/a.meta.json",
		"tidy-events~border/2026-06-26-x/b", "tidy-events~border/2026-06-26-x/b.meta.json"}
	if got := tree(t, dir); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	all, err := s.Snapshots(border)
	if err != nil || len(all) != 2 || all[0].File != "a" || all[1].File != "b" {
		t.Fatalf("%+v %v", all, err)
	}
	if p, err := s.Path(all[1]); err != nil || p != filepath.Join(dir, "tidy-events~border", "2026-06-26-x", "b") {
		t.Errorf("%s %v", p, err)
	}
	if err := stage(t, s, "a", "b").Commit("2026-06-26-x"); err != nil {
		t.Errorf("the same release again: %v", err)
	}
	if err := stage(t, s, "a").Commit("2026-06-26-x"); err == nil {
		t.Error("other files under the same release")
	}
	if err := s.Sweep(); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir); !slices.Equal(got, want) {
		t.Errorf("at the end: %v", got)
	}
	if errs := s.Verify(); errs != nil {
		t.Error(errs)
	}
	os.WriteFile(filepath.Join(dir, "tidy-events~border", "2026-06-26-x", "b"), []byte("X"), 0o644)
	if _, err := s.Path(all[1]); !errors.Is(err, ErrDamaged) {
		t.Errorf("a changed file: %v", err)
	}
	if errs := s.Verify(); len(errs) != 1 {
		t.Errorf("a changed file: %v", errs)
	}
}

func TestStageRefuses(t *testing.T) {
	s, dir := open(t)
	g := stage(t, s, "a")
	for name, want := range map[string]string{"a": "two files", "a.meta.json": "sidecar", "a/x": "separator", ".x": "begins with a dot"} {
		if _, err := g.Add(name, strings.NewReader("x"), 9, meta); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := g.Add("big", io.LimitReader(zeros{}, 11), 10, meta); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file that is too large: %v", err)
	}
	if err := g.Abort(); err != nil || len(tree(t, dir)) != 1 {
		t.Errorf("left: %v %v", err, tree(t, dir))
	}
}

// zeros reads as zeros without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestLink puts a staged release into another store.
func TestLink(t *testing.T) {
	from, _ := open(t)
	to, _ := open(t)
	g := stage(t, from, "b", "a")
	h, err := to.Stage(border)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(h.Link(g), g.Abort(), h.Commit("2026-06-26-x")); err != nil {
		t.Fatal(err)
	}
	files, err := to.Files(border, "2026-06-26-x")
	if err != nil || len(files) != 2 || files[0].File != "a" || files[0].Meta.Size != 1 || files[0].Meta.Released != meta.Released {
		t.Errorf("%+v %v", files, err)
	}
	if bad := to.Verify(); bad != nil {
		t.Error(bad)
	}
}
