package upload

import (
	"errors"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/minio/minio-go/v7"

	"crossings/pipeline/publish/edition"
)

// server starts a real S3 server and returns its address. make test installs it.
var server = sync.OnceValues(func() (string, error) {
	path, err := filepath.Abs("../../../.cache/bin/versitygw")
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "crossings-s3-")
	if err != nil {
		return "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	addr := l.Addr().String()
	l.Close()
	for _, d := range []string{"objects", "meta"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			return "", err
		}
	}
	cmd := exec.Command(path, "--quiet", "--port", addr, "--access", "reader", "--secret", "only-for-this-test", "posix", "--sidecar", filepath.Join(dir, "meta"), filepath.Join(dir, "objects"))
	if err := cmd.Start(); err != nil {
		return "", errors.Join(err, errors.New("make test installs the S3 server of this test"))
	}
	stop = func() {
		cmd.Process.Kill()
		cmd.Wait()
		os.RemoveAll(dir)
	}
	for range 200 {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return "http://" + addr, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return "", errors.New("the S3 server does not answer")
})

var stop = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	stop()
	os.Exit(code)
}

// newBucket returns a target in a new bucket on a server.
func newBucket(t *testing.T, name string) *bucket {
	t.Helper()
	endpoint, err := server()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "reader")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "only-for-this-test")
	to, err := Open("s3://"+name+"/statistics/crossings", Options{Endpoint: endpoint})
	if err != nil {
		t.Fatal(err)
	}
	b := to.(*bucket)
	if err := b.client.MakeBucket(t.Context(), name, minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// first returns a site with one edition. The later sites are made from it.
func first() map[string]string {
	return map[string]string{
		"index.html": "front 1", "about.html": "about", "old.html": "old", "feed.atom": "feed 1", "release.json": "{1}", "assets/site.css": "css",
		"data/daily.csv": "d,1", "data/old.csv": "gone", "charts/a.svg": "<svg/>", "releases/boats.html": "releases 1",
		"releases/1.0.0/data/daily.csv": "d,1", "releases/1.0.0/index.html": "edition 1", "releases/1.0.0/edition.json": "{}",
	}
}

// second has a new edition and changed files, and lacks some files of the first.
func second() map[string]string {
	s := first()
	delete(s, "old.html")
	delete(s, "data/old.csv")
	maps.Copy(s, map[string]string{"index.html": "front 2", "feed.atom": "feed 2", "release.json": "{2}", "data/daily.csv": "d,2", "releases/boats.html": "releases 2",
		"releases/1.1.0/data/daily.csv": "d,2", "releases/1.1.0/index.html": "edition 2", "releases/1.1.0/edition.json": "{}"})
	return s
}

func siteOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		then := time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// holds returns the files on a target, without the manifest.
func holds(t *testing.T, to Target) map[string]string {
	t.Helper()
	list, err := to.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name := range list {
		if name == ManifestName {
			continue
		}
		data, err := to.Get(t.Context(), name, 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(data)
	}
	return out
}

func upload(t *testing.T, to Target, dir string) Plan {
	t.Helper()
	p, err := NewPlan(t.Context(), dir, to)
	if err != nil {
		t.Fatal(err)
	}
	if err := Upload(t.Context(), dir, to, p, nil); err != nil {
		t.Fatal(err)
	}
	return p
}

// each runs a test with each kind of target.
func each(t *testing.T, name string, test func(t *testing.T, to Target)) {
	t.Run("folder", func(t *testing.T) { test(t, folder{filepath.Join(t.TempDir(), "www")}) })
	t.Run("bucket", func(t *testing.T) { test(t, newBucket(t, name)) })
}

func TestUpload(t *testing.T) {
	each(t, "upload", func(t *testing.T, to Target) {
		one, two := siteOf(t, first()), siteOf(t, second())
		if p := upload(t, to, one); len(p.Put) != len(first()) || p.Same != 0 {
			t.Errorf("first: %d put, %d there", len(p.Put), p.Same)
		}
		if diff := cmp.Diff(first(), holds(t, to)); diff != "" {
			t.Error(diff)
		}
		if p := upload(t, to, one); len(p.Put)+len(p.Remove) != 0 || p.Same != len(first()) {
			t.Errorf("again: %v", p)
		}
		mine := siteOf(t, map[string]string{"mine.html": "not ours"})
		if err := to.Put(t.Context(), mine, edition.File{Name: "mine.html", Bytes: 8}); err != nil {
			t.Fatal(err)
		}
		if p := upload(t, to, two); len(p.Put) != 8 || !slices.Equal(p.Remove, []string{"data/old.csv", "old.html"}) {
			t.Errorf("second: %+v", p)
		}
		want := second()
		want["mine.html"] = "not ours"
		if diff := cmp.Diff(want, holds(t, to)); diff != "" {
			t.Error(diff)
		}
		if err := to.Remove(t.Context(), "about.html"); err != nil {
			t.Fatal(err)
		}
		if p := upload(t, to, two); len(p.Put) != 1 || p.Put[0].Name != "about.html" {
			t.Errorf("a file that somebody removed is not put again: %+v", p)
		}
		if err := to.Remove(t.Context(), "no-such-file"); err != nil {
			t.Error(err)
		}
	})
}

func TestAnEditionNeverChanges(t *testing.T) {
	each(t, "editions", func(t *testing.T, to Target) {
		upload(t, to, siteOf(t, second()))
		other := first()
		other["releases/1.0.0/data/daily.csv"] = "d,9"
		if _, err := NewPlan(t.Context(), siteOf(t, other), to); !errors.Is(err, ErrEdition) || !strings.Contains(err.Error(), "releases/1.0.0/data/daily.csv") {
			t.Errorf("another edition of that name: %v", err)
		}
		// A site that lost its editions removes none from the target.
		bare := maps.Clone(first())
		maps.DeleteFunc(bare, func(name, _ string) bool { return edition.Holds(name) })
		for range 2 {
			upload(t, to, siteOf(t, bare))
			if got := holds(t, to); got["releases/1.1.0/data/daily.csv"] != "d,2" || got["releases/1.0.0/edition.json"] != "{}" {
				t.Errorf("editions are gone: %v", slices.Sorted(maps.Keys(got)))
			}
		}
		// If the manifest on the target is lost, the plan compares the files themselves.
		if err := to.Remove(t.Context(), ManifestName); err != nil {
			t.Fatal(err)
		}
		if p := upload(t, to, siteOf(t, second())); slices.ContainsFunc(p.Put, func(f edition.File) bool { return edition.Holds(f.Name) }) {
			t.Errorf("an edition was put again: %+v", p.Put)
		}
	})
}

func TestFolderKeepsTimes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "www")
	upload(t, folder{dir}, siteOf(t, first()))
	before, err := os.Stat(filepath.Join(dir, "about.html"))
	if err != nil || !before.ModTime().Equal(time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC)) {
		t.Fatalf("%v, %v", before.ModTime(), err)
	}
	upload(t, folder{dir}, siteOf(t, second()))
	if after, err := os.Stat(filepath.Join(dir, "about.html")); err != nil || !os.SameFile(before, after) {
		t.Errorf("an unchanged file was written again, error %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "old.html")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("old.html: %v", err)
	}
}

// TestBucketHeaders checks the headers that a reader gets from the server.
func TestBucketHeaders(t *testing.T) {
	b := newBucket(t, "headers")
	site := second()
	site["data/large.parquet"] = strings.Repeat("0123456789abcdef", 2<<20) // uploaded in several parts
	upload(t, b, siteOf(t, site))
	for name, want := range map[string][2]string{
		"index.html":                    {"text/html; charset=utf-8", "public, max-age=60, must-revalidate"},
		"data/daily.csv":                {"text/csv; charset=utf-8", "public, max-age=60, must-revalidate"},
		"data/large.parquet":            {"application/vnd.apache.parquet", "public, max-age=60, must-revalidate"},
		"releases/boats.html":           {"text/html; charset=utf-8", "public, max-age=60, must-revalidate"},
		"releases/1.1.0/data/daily.csv": {"text/csv; charset=utf-8", "public, max-age=31536000, immutable"},
	} {
		info, err := b.client.StatObject(t.Context(), "headers", "statistics/crossings/"+name, minio.StatObjectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{info.ContentType, info.Metadata.Get("Cache-Control")}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		sum, err := b.Sum(t.Context(), name)
		if own, _ := sumOf(strings.NewReader(site[name])); err != nil || sum != own {
			t.Errorf("%s: hash %s, %v", name, sum, err)
		}
	}
}

func TestBucketErrors(t *testing.T) {
	b := newBucket(t, "errors")
	site := siteOf(t, first())
	if _, err := b.Get(t.Context(), "none", 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no object: %v", err)
	}
	if err := b.Put(t.Context(), site, edition.File{Name: "about.html"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Get(t.Context(), "about.html", 3); err == nil {
		t.Error("an object larger than the limit was read")
	}
	endpoint, _ := server()
	t.Setenv("AWS_SECRET_ACCESS_KEY", "another")
	for address, want := range map[string]string{"s3://errors/x": "refuses these credentials", "s3://nowhere/x": "refuses these credentials"} {
		to, err := Open(address, Options{Endpoint: endpoint})
		if err != nil {
			t.Fatal(err)
		}
		_, err = NewPlan(t.Context(), site, to)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "another") {
			t.Errorf("%s: %v", address, err)
		}
	}
	b.name = "nowhere"
	if _, err := NewPlan(t.Context(), site, b); err == nil || !strings.Contains(err.Error(), `no bucket "nowhere"`) {
		t.Errorf("no bucket: %v", err)
	}
}
