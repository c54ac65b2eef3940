package pipeline_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline"
	"crossings/pipeline/fetch"
	"crossings/pipeline/picture"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// boats is the source that the tests use, newest its last real file.
const (
	boats  = "ukho-small-boats"
	newest = "pub20260626_data_small_boats_time_series.ods"
)

// now is the tests' clock.
var now = time.Date(2026, 6, 28, 3, 0, 0, 0, time.UTC)

func config(t testing.TB, dir string) pipeline.Config {
	t.Helper()
	clock := func() time.Time { return now }
	return pipeline.Config{Data: dir, Sources: all.Sources, Client: &fetch.Client{Now: clock}, Now: clock, Pictures: drawn(),
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// drawnIn is the folder that TestMain gives the pictures of all tests.
var drawnIn string

// drawn keeps the pictures of all tests of the package: the same charts are drawn
// again and again, and drawing takes most of the time.
var drawn = sync.OnceValue(func() *picture.Studio {
	s, err := picture.Open(drawnIn)
	if err != nil {
		panic(err)
	}
	return s
})

func TestMain(m *testing.M) {
	var err error
	if drawnIn, err = os.MkdirTemp("", "pictures"); err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(drawnIn)
	os.Exit(status)
}

// releases returns the paths of the real releases, oldest first.
func releases(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(shared, boats, "*.ods"))
	if err != nil || len(paths) != 27 {
		t.Fatalf("%d real releases in %s (%v), want 27", len(paths), shared, err)
	}
	date := func(p string) stat.Date { return releaseDate(t, p) }
	slices.SortFunc(paths, func(a, b string) int { return int(date(a) - date(b)) })
	return paths
}

func releaseDate(t testing.TB, path string) stat.Date {
	t.Helper()
	d, _ := all.Sources[0].Date(filepath.Base(path), nil)
	if d.IsZero() {
		t.Fatalf("%s has no date in its name", path)
	}
	return d
}

// release returns the path of the real release of a day.
func release(t testing.TB, day string) string {
	t.Helper()
	paths := releases(t)
	i := slices.IndexFunc(paths, func(p string) bool { return releaseDate(t, p).String() == day })
	if i < 0 {
		t.Fatalf("no release of %s", day)
	}
	return paths[i]
}

// add ingests files of boats and returns what became of them.
func add(t testing.TB, cfg pipeline.Config, files ...string) []pipeline.Outcome {
	t.Helper()
	return addTo(t, cfg, boats, files...)
}

// addTo ingests files of a source.
func addTo(t testing.TB, cfg pipeline.Config, id string, files ...string) []pipeline.Outcome {
	t.Helper()
	in, err := pipeline.OpenIngest(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := in.Add(context.Background(), id, files, 0)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// mustAdd ingests files that must all be new.
func mustAdd(t testing.TB, cfg pipeline.Config, files ...string) {
	t.Helper()
	for _, o := range add(t, cfg, files...) {
		if o.State != pipeline.Added {
			t.Fatalf("%s: %s %v", o.File, o.State, o.Err)
		}
	}
}

// tree returns the hash of every file below dir by its path. With times the
// moment of its last change is part of it.
func tree(t testing.TB, dir string, times bool) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		out[rel] = fmt.Sprintf("%x", sha256.Sum256(data))
		if times {
			info, err := d.Info()
			if err != nil {
				return err
			}
			out[rel] += info.ModTime().String()
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

// same fails the test where two trees differ.
func same(t testing.TB, got, want map[string]string) {
	t.Helper()
	for path := range want {
		if got[path] == "" {
			t.Errorf("%s is missing", path)
		} else if got[path] != want[path] {
			t.Errorf("%s differs", path)
		}
	}
	for path := range got {
		if want[path] == "" {
			t.Errorf("%s should not be there", path)
		}
	}
}

// rewrite writes a copy of a release with its content.xml changed by edit, and
// returns the copy's path.
func rewrite(t testing.TB, path, name string, edit func(string) string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, name, sourcetest.EditODS(t, data, edit))
}

func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// replace returns an edit that replaces one text by another, once.
func replace(old, by string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, by, 1) }
}

// decodeAs returns a decoder that reads the real file in place of the one given:
// what a decoder does that has learnt a new layout.
func decodeAs(t testing.TB, real string, decode func(source.File) (source.Result, error)) func(source.File) (source.Result, error) {
	t.Helper()
	data, err := os.ReadFile(real)
	if err != nil {
		t.Fatal(err)
	}
	return func(f source.File) (source.Result, error) {
		f.Data = data
		return decode(f)
	}
}
