package pipeline_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/hint"
	"crossings/pipeline/ingest"
	"crossings/pipeline/publish"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// everyKind makes a data folder with each kind of file that out can have: two sources of figures,
// one with a file of two releases, microdata, excluded rows, and a site of two editions.
func everyKind(t *testing.T) world {
	t.Helper()
	cfg := offline(config(t, t.TempDir()))
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2026-02-10")
	mustAddRecords(t, cfg, borderLayout, "2026-02-01", nights(t)[0])
	look(t, cfg)
	published(t, cfg, "")
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "2"), "2026-02-20")
	two := "# flow: arrival\n# unit: persons\nseries,period_start,value,vintage,first_seen\n" +
		"tidy:two:arrivals:M,2023-01-01,5,2026-01-10,2026-01-10T00:00:00Z\ntidy:two:arrivals:M,2023-02-01,6,2026-01-20,2026-01-20T00:00:00Z\n"
	in := opened(t, cfg)
	out, err := in.Add(t.Context(), "tidy:two", []string{write(t, "two.csv", []byte(two))}, 0)
	in.Close()
	if err != nil || out[0].State != review.Added {
		t.Fatalf("%+v, %v", out, err)
	}
	mustAddRecords(t, cfg, "", "2026-02-02", nights(t)[1])
	look(t, cfg)
	published(t, cfg, "")
	return cfg
}

// numbers matches the parts of a path in which files of one kind differ.
var numbers = regexp.MustCompile(`[0-9a-f]{8,}|[0-9]+|~(mine|two|border)`)

// oneOfEachKind returns the first file of each kind in a folder and below.
func oneOfEachKind(t testing.TB, dir string) (out []string) {
	t.Helper()
	seen := map[string]int{}
	for _, path := range slices.Sorted(maps.Keys(tree(t, dir, false))) {
		if strings.HasPrefix(path, "cache"+string(filepath.Separator)+"pictures") {
			continue
		}
		kind := numbers.ReplaceAllString(path, "#")
		if strings.HasPrefix(path, "site") { // of a thousand files a few
			kind = filepath.Join(path[:4], filepath.Base(filepath.Dir(kind)), filepath.Ext(path))
		}
		if seen[kind]++; seen[kind] == 1 {
			out = append(out, path)
		}
	}
	return out
}

// damages lists what may happen to a file.
var damages = map[string]func(path string) error{
	"delete": os.Remove,
	"rename": func(path string) error { return os.Rename(path, path+".old") },
	"truncate": func(path string) error {
		info, err := os.Stat(path)
		return errors.Join(err, os.Truncate(path, info.Size()/2))
	},
	"flip": func(path string) error {
		data, err := os.ReadFile(path)
		if err != nil || len(data) == 0 {
			return err
		}
		data[len(data)/2] ^= 1
		return os.WriteFile(path, data, 0o644) // into the same file, whatever other names it has
	},
}

// damagedNight runs ingest run and publish run, and reports whether both succeeded.
func damagedNight(t *testing.T, cfg world) (outcomes []review.Outcome, well bool) {
	t.Helper()
	in, err := ingest.Open(cfg.ingest())
	if err != nil {
		return nil, false
	}
	outcomes, err = in.Run(t.Context(), nil)
	in.Close()
	well = err == nil && !slices.ContainsFunc(outcomes, review.Outcome.Failed)
	p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
	return outcomes, well && p != nil && err == nil
}

// TestEveryFileMayBeDamaged damages files of every kind below out, in every way. The next night must
// either end with the right site, or fail and leave the site as it was.
func TestEveryFileMayBeDamaged(t *testing.T) {
	t.Parallel()
	cfg := everyKind(t)
	out := filepath.Join(cfg.Data, "out")
	right := tree(t, out, false)
	files := oneOfEachKind(t, out)
	kept := filepath.Join(t.TempDir(), "out")
	if err := os.CopyFS(kept, os.DirFS(out)); err != nil {
		t.Fatal(err)
	}
	site := func(of map[string]string) map[string]string {
		only := map[string]string{}
		for path, sum := range of {
			if strings.HasPrefix(path, "site"+string(filepath.Separator)) {
				only[path] = sum
			}
		}
		return only
	}
	ended := map[bool]int{}
	for i, file := range files {
		ways := slices.Sorted(maps.Keys(damages))
		if strings.HasPrefix(file, "site") {
			ways = []string{ways[i%len(ways)]} // each way in turn: there are many
		}
		for _, how := range ways {
			path := filepath.Join(out, file)
			if err := damages[how](path); err != nil {
				t.Fatal(err)
			}
			before := site(tree(t, out, false))
			outcomes, well := damagedNight(t, cfg)
			after := tree(t, out, false)
			ended[well]++
			want := site(right)
			if !well {
				want = before
			}
			if !maps.Equal(site(after), want) {
				t.Errorf("%s %s: well %t, and the site is another", how, file, well)
			}
			rebuilt := slices.ContainsFunc(outcomes, func(o review.Outcome) bool { return o.State == review.Rebuilt })
			if strings.HasPrefix(file, "lake") && strings.HasSuffix(file, ".parquet") && !rebuilt {
				t.Errorf("%s %s: nothing says that it was rebuilt: %+v", how, file, outcomes)
			}
			if strings.HasPrefix(file, "lake") || strings.HasPrefix(file, filepath.Join("quarantine", "rows")) {
				if !well || after[file] != right[file] {
					t.Errorf("%s %s: not rebuilt: well %t, %+v", how, file, well, outcomes)
				}
				if _, err := os.Stat(path + ".old"); how == "rename" && errors.Is(err, fs.ErrNotExist) && !strings.Contains(file, "~border") {
					t.Errorf("%s was deleted, and nobody knows whose it is", file)
				}
			}
			if !maps.Equal(after, right) {
				putBack(t, kept, out)
			}
		}
	}
	t.Logf("%d files: %d nights were well, %d were not", len(files), ended[true], ended[false])
}

// putBack makes a folder a copy of another.
func putBack(t testing.TB, from, to string) {
	t.Helper()
	for path := range tree(t, to, false) {
		if _, err := os.Stat(filepath.Join(from, path)); err != nil {
			if err := os.Remove(filepath.Join(to, path)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for path := range tree(t, from, false) {
		want, err := os.ReadFile(filepath.Join(from, path))
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(to, path)
		if have, err := os.ReadFile(target); err == nil && bytes.Equal(have, want) {
			continue
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), os.WriteFile(target, want, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFewerReleasesAreNotPublished removes releases from the lake and from raw.
func TestFewerReleasesAreNotPublished(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "1"), "2026-02-10")
	addTidy(t, cfg, tidyFile(t, "mine.csv", "First", "2"), "2026-02-20")
	mustAddRecords(t, cfg, borderLayout, "2026-02-01", nights(t)[0])
	published(t, cfg, "")
	site := filepath.Join(cfg.Data, "out", "site")
	before := tree(t, site, true)
	refused := func(what, named string) {
		t.Helper()
		p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
		if p != nil || !errors.Is(err, publish.ErrFewer) || !strings.Contains(err.Error(), named) || hint.Of(err) == "" {
			t.Errorf("%s: %+v, %v", what, p, err)
		}
		same(t, tree(t, site, true), before)
	}
	glob := func(pattern string) string {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(cfg.Data, filepath.FromSlash(pattern)))
		if err != nil || len(files) != 1 {
			t.Fatal(pattern, files, err)
		}
		return files[0]
	}
	entry := glob("out/lake/releases/tidy~mine/2026-02-20-*.json")
	if err := os.Rename(entry, entry+".old"); err != nil {
		t.Fatal(err)
	}
	refused("an entry is lost", "tidy:mine: 2026-02-20-")
	if err := os.RemoveAll(filepath.Join(cfg.Data, "raw", "tidy~mine", strings.TrimSuffix(filepath.Base(entry), ".json"))); err != nil {
		t.Fatal(err)
	}
	refused("entry and file are lost", "tidy:mine: 2026-02-20-")
	if err := os.Rename(entry+".old", entry); err != nil {
		t.Fatal(err)
	}
	parquet := glob("out/lake/observations/source=tidy~mine/2026-02-20-*.parquet")
	if err := damages["flip"](parquet); err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(cfg.Data, "out", "cache", "site")) // so that it looks
	refused("a source cannot be read", "tidy:mine: it cannot be read: ")
	if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), stat.MustDate("2026-02-25")); !errors.Is(err, publish.ErrFewer) {
		t.Errorf("as of a day: %v", err)
	}
	out, _ := damagedNight(t, cfg)
	if !slices.ContainsFunc(out, func(o review.Outcome) bool {
		return o.Failed() && strings.Contains(o.Error, "its file is not in data/raw") && strings.Contains(o.Hint, "backup")
	}) {
		t.Errorf("nothing says that it cannot be rebuilt: %+v", out)
	}
	cfg.AllowFewer = true
	if p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); p == nil || err == nil || !strings.Contains(err.Error(), "tidy:mine") {
		t.Errorf("allowed: %+v, %v", p, err)
	}
}
