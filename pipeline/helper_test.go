package pipeline_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline/ingest"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/source/ukhosmallboats"
	"crossings/pipeline/stat"
)

// boats is the source that the tests use, newest the file of its last release.
const (
	boats  = "ukho-small-boats"
	newest = "pub20260626_data_small_boats_time_series.ods"
)

// now is the clock of the tests.
var now = time.Date(2026, 6, 28, 3, 0, 0, 0, time.UTC)

// config is without a gate, as most tests are about altered files; gated has one.
func config(t testing.TB, dir string) world {
	t.Helper()
	clock := func() time.Time { return now }
	return world{Data: dir, Sources: sources, Client: noNetwork(t, clock), Now: clock, Pictures: sketches, Gate: check.GateOff,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// noNetwork returns a client that asks nobody: a test has a server of its own, or sources without a
// place.
func noNetwork(t testing.TB, clock func() time.Time) *fetch.Client {
	return &fetch.Client{Now: clock, Wait: instantly, HTTP: &http.Client{Transport: refusing{t}}}
}

// refusing fails the test that sends a request.
type refusing struct{ t testing.TB }

func (r refusing) RoundTrip(req *http.Request) (*http.Response, error) {
	r.t.Errorf("the test asks %s", req.URL)
	return nil, errors.New("a test has no network")
}

// sources are all sources, that of the weekly releases for those that begin in 2025.
var sources = append([]*source.Source{ukhosmallboats.Since(stat.MustDate(weekly.ShortFrom))}, all.Sources[1:]...)

// allYears is a world in which the weekly releases have all their years.
func allYears(cfg world) world {
	cfg.Sources = all.Sources
	return cfg
}

// worldIn makes a world of a data folder.
type worldIn func(t testing.TB, dir string) world

// configAllYears is config of a world of allYears.
func configAllYears(t testing.TB, dir string) world {
	t.Helper()
	return allYears(config(t, dir))
}

// gated is config with the default gate.
func gated(t testing.TB, dir string) world {
	t.Helper()
	cfg := config(t, dir)
	cfg.Gate = check.GateDefault
	return cfg
}

// sketches draws the pictures for tests that are not about pictures.
var sketches = picture.Sketches()

// Folders that the tests of the package share: for pictures that are drawn, for weekly
// releases, for the commands and for the starter data.
var drawnIn, releasesIn, commandsIn, starterIn string

// drawn keeps the pictures of the tests that draw them.
var drawn = sync.OnceValue(func() *picture.Renderer {
	s, err := picture.Open(drawnIn)
	if err != nil {
		panic(err)
	}
	return s
})

func TestMain(m *testing.M) {
	shared, err := os.MkdirTemp("", "crossings-tests")
	if err != nil {
		panic(err)
	}
	drawnIn, releasesIn = filepath.Join(shared, "pictures"), filepath.Join(shared, "releases")
	commandsIn, starterIn = filepath.Join(shared, "bin"), filepath.Join(shared, "starter")
	for _, dir := range []string{shared, releasesIn, filepath.Join(releasesIn, "short"), filepath.Join(releasesIn, "whole"), commandsIn} { // a test has another user run the commands
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.Chmod(dir, 0o755)); err != nil {
			panic(err)
		}
	}
	status := m.Run()
	os.RemoveAll(shared)
	os.Exit(status)
}

// releases returns the paths of all weekly releases with all their years, oldest first.
func releases(t testing.TB) []string {
	t.Helper()
	var paths []string
	for _, day := range weekly.Days() {
		paths = append(paths, wholeRelease(t, day))
	}
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

// made are the weekly releases that a test has asked for: each is written once, into
// the folder that TestMain made.
var made struct {
	sync.Mutex
	paths map[string]string
}

// release returns the path of the weekly release of a day, without the years before 2025: most
// tests need no older figures, and take a fifth of the time. No test may change the file.
func release(t testing.TB, day string) string {
	t.Helper()
	return saved(t, "short", day, weekly.Short)
}

// wholeRelease returns the path of the weekly release of a day with all its years, for a world
// of allYears and for the commands. No test may change the file.
func wholeRelease(t testing.TB, day string) string {
	t.Helper()
	return saved(t, "whole", day, weekly.File)
}

func saved(t testing.TB, folder, day string, make func(testing.TB, string) sourcetest.File) string {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.paths == nil {
		made.paths = map[string]string{}
	}
	key := folder + " " + day
	if made.paths[key] == "" {
		made.paths[key] = sourcetest.Save(t, filepath.Join(releasesIn, folder), make(t, day))
	}
	return made.paths[key]
}

// releaseID returns the identifier that the weekly release of a day gets.
func releaseID(t testing.TB, day string) string {
	t.Helper()
	return idOf(t, day, release(t, day))
}

// idOf returns the identifier that a file gets as the release of a day.
func idOf(t testing.TB, day, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return stat.NewReleaseID(stat.MustDate(day), fmt.Sprintf("%x", sha256.Sum256(data)))
}

// add ingests files of boats and returns the outcomes.
func add(t testing.TB, cfg world, files ...string) []review.Outcome {
	t.Helper()
	return addTo(t, cfg, boats, files...)
}

// ingested opens the ingest side and returns the outcomes of what do does. An error fails the test.
func ingested(t testing.TB, cfg world, do func(*ingest.Ingest) ([]review.Outcome, error)) []review.Outcome {
	t.Helper()
	in := opened(t, cfg)
	defer in.Close()
	out, err := do(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// addTo ingests files of a source.
func addTo(t testing.TB, cfg world, id string, files ...string) []review.Outcome {
	t.Helper()
	return ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) { return in.Add(t.Context(), id, files, 0) })
}

// runs is one nightly run of all sources, or of those named.
func runs(t testing.TB, cfg world, ids ...string) []review.Outcome {
	t.Helper()
	return ingested(t, cfg, func(in *ingest.Ingest) ([]review.Outcome, error) { return in.Run(t.Context(), ids) })
}

// noneFailed returns outcomes. A failure among them ends the test.
func noneFailed(t testing.TB, out []review.Outcome) []review.Outcome {
	t.Helper()
	for _, o := range out {
		if o.Failed() {
			t.Fatalf("%s: %v", o.File, o.Err)
		}
	}
	return out
}

// oneTree is a tree of files that several ways lead to.
type oneTree struct{ first map[string]string }

// check fails the test unless got equals the first tree that was checked.
func (o *oneTree) check(t testing.TB, got map[string]string) {
	t.Helper()
	if o.first == nil {
		o.first = got
	}
	same(t, got, o.first)
}

// dayOrNone returns a day, and no day for "".
func dayOrNone(text string) stat.Date {
	if text == "" {
		return 0
	}
	return stat.MustDate(text)
}

// opened opens a data folder for taking files in.
func opened(t testing.TB, cfg world) *ingest.Ingest {
	t.Helper()
	in, err := ingest.Open(cfg.ingest())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// mustAdd ingests files that must all be new.
func mustAdd(t testing.TB, cfg world, files ...string) {
	t.Helper()
	for _, o := range add(t, cfg, files...) {
		if o.State != review.Added {
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
		if err != nil || d.IsDir() || d.Name() == ".lock" || d.Name() == "format" { // see package datadir
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

// outOf returns the hashes of the files below out, without the notes of runs, which contain times.
func outOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := tree(t, filepath.Join(dir, "out"), false)
	for path := range out {
		// What a run notes of its day, and of the times of the site's files.
		if strings.HasPrefix(path, "runs"+string(filepath.Separator)) || path == filepath.Join("cache", "site") {
			delete(out, path)
		}
	}
	return out
}

// same fails the test if two trees differ.
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

// copied returns a configuration of a copy of its data folder.
func copied(t testing.TB, cfg world) world {
	t.Helper()
	from := cfg.Data
	cfg.Data = t.TempDir()
	if err := os.CopyFS(cfg.Data, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return cfg
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

// decodeAs returns a decoder that reads the file real instead of the given one, like a decoder that
// was taught a new layout.
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
