package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/datadir"
	"crossings/pipeline/ingest"
	"crossings/pipeline/lake"
	"crossings/pipeline/publish"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

func TestReleasesInAnyOrderGiveTheSameLake(t *testing.T) {
	t.Parallel()
	var paths []string
	for _, day := range []string{"2025-11-14", "2025-12-31", "2026-02-06", "2026-02-20", "2026-02-27", "2026-05-01", "2026-06-26"} {
		paths = append(paths, release(t, day))
	}
	anyOrder(t, config, paths)
}

// anyOrder adds releases in several orders.
func anyOrder(t *testing.T, config worldIn, paths []string) {
	t.Helper()
	var want oneTree
	for name, order := range map[string]func(){
		"oldest first": func() {},
		"newest first": func() { slices.Reverse(paths) },
		"shuffled": func() {
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
		},
	} {
		order()
		dir := t.TempDir()
		mustAdd(t, config(t, dir), paths...)
		got := tree(t, filepath.Join(dir, "out", "lake"), false)
		if len(got) != 2*len(paths) {
			t.Errorf("%s: %d files in the lake", name, len(got))
		}
		want.check(t, got)
	}
}

func TestAddingAgainWritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	before := tree(t, dir, true)
	data, err := os.ReadFile(release(t, "2026-06-26"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{release(t, "2026-06-26"), write(t, "another name 2020-01-01.ods", data)} {
		if out := add(t, cfg, path); out[0].State != review.Known || out[0].Release != releaseID(t, "2026-06-26") {
			t.Errorf("outcome %+v", out[0])
		}
	}
	same(t, tree(t, dir, true), before)
}

func TestStarterAndReleaseAreOneVintage(t *testing.T) {
	t.Parallel()
	starter := filepath.Join("..", "data", "raw", "starter", boats+".csv")
	file := wholeRelease(t, "2026-06-26")
	var want oneTree
	for _, order := range [][]string{{starter, file}, {file, starter}} {
		dir := t.TempDir()
		cfg := configAllYears(t, dir)
		for _, o := range add(t, cfg, order...) {
			if o.Failed() {
				t.Fatal(o.Err)
			}
		}
		got := tree(t, filepath.Join(dir, "out", "lake"), false)
		for name := range got { // notes of what another release states too
			if strings.HasSuffix(name, ".same") {
				delete(got, name)
			}
		}
		if len(got) != 2 || got[filepath.Join("releases", boats, idOf(t, "2026-06-26", file)+".json")] == "" {
			t.Errorf("the lake has %v, want the publisher's release alone", got)
		}
		want.check(t, got)
	}
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustAdd(t, config(t, dir), release(t, "2026-06-26"), release(t, "2026-02-20"), release(t, "2026-02-27"))
	l := lake.Open(filepath.Join(dir, "out", "lake"))
	for day, want := range map[string]int64{"2026-02-21": 5, "2026-02-28": 0, "2026-06-30": 0} {
		obs, _, err := l.AsOf(boats, stat.MustDate(day))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, o := range obs {
			if o.Series.ID == boats+":uncontrolled-landings:W" && o.Period.End.String() == "2026-02-15" {
				found = true
				if o.Value != stat.Known(want) {
					t.Errorf("as of %s: %s landings, want %d", day, o.Value, want)
				}
			}
		}
		if !found {
			t.Errorf("as of %s: the week is not there", day)
		}
	}
}

func TestTheSnapshotIsTheFileAsServed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustAdd(t, config(t, dir), release(t, "2026-06-26"))
	got, err := os.ReadFile(filepath.Join(dir, "raw", boats, releaseID(t, "2026-06-26"), newest))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(release(t, "2026-06-26"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the bytes differ")
	}
	meta, err := os.ReadFile(filepath.Join(dir, "raw", boats, releaseID(t, "2026-06-26"), newest+".meta.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"released": "2026-06-26"`, `"retrieved_at": "2026-06-28T03:00:00Z"`, fmt.Sprintf(`"size": %d`, len(want)), `"publisher": "UK Home Office"`,
		`"licence": "Open Government Licence v3.0"`, `"media_type": "application/vnd.oasis.opendocument.spreadsheet"`, `"sha256": "` + releaseID(t, "2026-06-26")[len("2026-06-26-"):]} {
		if !strings.Contains(string(meta), part) {
			t.Errorf("sidecar lacks %s:\n%s", part, meta)
		}
	}
}

func TestTheLakeIsRestoredFromTheSnapshots(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2025-12-31"), release(t, "2026-02-20"), release(t, "2026-02-27"))
	want := tree(t, filepath.Join(dir, "out", "lake"), false)
	if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	offline := *cfg.Sources[0]
	offline.Place.Page = ""
	cfg.Sources = []*source.Source{&offline}
	in := opened(t, cfg)
	if _, err := in.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	in.Close()
	same(t, tree(t, filepath.Join(dir, "out", "lake"), false), want)
}

func TestLock(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	in := opened(t, cfg)
	if _, err := ingest.Open(cfg.ingest()); !errors.Is(err, datadir.ErrLocked) {
		t.Errorf("second ingest: %v", err)
	}
	if _, err := publish.Publish(context.Background(), cfg.registry(), cfg.publish(), 0); !errors.Is(err, datadir.ErrLocked) {
		t.Errorf("publish during ingest: %v", err)
	}
	in.Close()
	again := opened(t, cfg)
	again.Close()
}

func TestVerifyFindsDamage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	mustAdd(t, cfg, release(t, "2026-06-26"))
	if errs, err := watch.Verify(cfg.registry()); err != nil || len(errs) != 0 {
		t.Fatalf("%v, %v", errs, err)
	}
	for path := range tree(t, dir, false) {
		full := filepath.Join(dir, path)
		data, err := os.ReadFile(full)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, ".json") {
			continue
		}
		bad := slices.Clone(data)
		bad[len(bad)/2] ^= 1
		if err := os.WriteFile(full, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if errs, err := watch.Verify(cfg.registry()); err != nil || len(errs) != 1 {
			t.Errorf("%s: %v, %v", path, errs, err)
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestASnapshotThatIsGone removes a snapshot whose figures the lake still has. That is damage. If the
// same file is added again, it goes back to its old release.
func TestASnapshotThatIsGone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config(t, dir)
	file := release(t, "2026-06-26")
	mustAdd(t, cfg, file)
	lake := tree(t, filepath.Join(dir, "out", "lake"), true)
	kept := filepath.Join(dir, "raw", boats)
	before := slices.Sorted(maps.Keys(tree(t, kept, false)))
	if err := os.RemoveAll(kept); err != nil {
		t.Fatal(err)
	}
	errs, err := watch.Verify(cfg.registry())
	if err != nil || len(errs) != 1 || !errors.Is(errs[0], archive.ErrDamaged) || !strings.Contains(errs[0].Error(), boats+"/2026-06-26") {
		t.Errorf("the snapshot is gone: %v, %v", errs, err)
	}
	if out := add(t, cfg, file); out[0].Failed() {
		t.Fatalf("%+v", out)
	}
	if after := slices.Sorted(maps.Keys(tree(t, kept, false))); !slices.Equal(after, before) {
		t.Errorf("kept are %v, and were %v", after, before)
	}
	same(t, tree(t, filepath.Join(dir, "out", "lake"), true), lake)
	if errs, err := watch.Verify(cfg.registry()); err != nil || len(errs) != 0 {
		t.Errorf("put back: %v, %v", errs, err)
	}
}

func BenchmarkIngestAdd(b *testing.B) {
	path := release(b, "2026-06-26")
	b.ReportAllocs()
	for b.Loop() {
		mustAdd(b, config(b, b.TempDir()), path)
	}
}

// tidyFile writes a file in the tidy layout.
func tidyFile(t testing.TB, name, publisher, value string) string {
	t.Helper()
	return write(t, name, []byte("# publisher: "+publisher+"\n# flow: arrival\n# unit: persons\nseries,period_start,value\ntidy:mine:arrivals:M,2023-01-01,"+value+"\n"))
}

// TestFiguresDatedOnTheCommandLineArePublished adds tidy files without a release date, and builds
// sites as of days before and between their releases.
func TestFiguresDatedOnTheCommandLineArePublished(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	in := opened(t, cfg)
	for _, x := range [][2]string{{"2023-02-10", "First"}, {"2023-03-10", "Second"}} {
		file := tidyFile(t, "mine.csv", x[1], x[0][6:7])
		if out, err := in.Add(t.Context(), "tidy:mine", []string{file}, stat.MustDate(x[0])); err != nil || out[0].State != review.Added {
			t.Fatalf("%+v, error %v", out, err)
		}
	}
	in.Close()
	mustAdd(t, cfg, release(t, "2025-11-28"))
	site := ""
	for _, x := range [][2]string{{"", "Second"}, {"2023-02-28", "First"}} {
		p := published(t, cfg, x[0])
		if row := find(t, rowsOf(t, p.Site, "sources"), "source=tidy:mine"); row["publisher"] != x[1] {
			t.Errorf("as of %q: publisher %s", x[0], row["publisher"])
		}
		site = p.Site
	}
	releases := rowsOf(t, site, "releases")
	if row := find(t, releases, "source=tidy:mine"); row["first_seen"] != "2023-02-10T00:00:00Z" {
		t.Errorf("as of February: %v", row)
	}
	if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), stat.MustDate("2023-01-31")); !errors.Is(err, tables.ErrNothing) {
		t.Errorf("before the first release: %v", err)
	}
}

// TestAReleaseIsWaitedFor checks before and after the day on which the next release is due, by the
// publisher's clock.
func TestAReleaseIsWaitedFor(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	mustAdd(t, cfg, release(t, "2026-06-19"))
	for instant, want := range map[string]bool{"2026-06-25T22:59:00Z": false, "2026-06-25T23:01:00Z": true, "2026-06-26T09:00:00Z": true, "2026-06-20T09:00:00Z": false} {
		now, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Now = func() time.Time { return now }
		in := opened(t, cfg)
		if got := in.Waits(cfg.Sources[0]); got != want {
			t.Errorf("%s at %s: waits %v", cfg.Sources[0].ID, instant, got)
		}
		in.Close()
	}
}
