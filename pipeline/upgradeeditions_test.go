package pipeline_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/edition"
)

// asBefore turns the archive of a data folder into what an earlier version of the program kept: a folder
// for each edition, with all its files and their compressed copies, and another note of it.
func asBefore(t *testing.T, cfg world) {
	t.Helper()
	archive, site := cfg.dir().Editions(), filepath.Join(cfg.dir().Site(), edition.Folder)
	all, err := edition.Open(archive).Versions()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(archive), os.WriteFile(cfg.dir().Cache("editions"), []byte("another"), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		to := filepath.Join(archive, v.String())
		if err := os.CopyFS(to, os.DirFS(filepath.Join(site, v.String()))); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"index.html.gz", "index.html.br", "edition.json.gz", "edition.json.br"} {
			remove(t, filepath.Join(to, name))
		}
		var m edition.Manifest
		text, err := os.ReadFile(filepath.Join(to, edition.ManifestName))
		if err := errors.Join(err, json.Unmarshal(text, &m)); err != nil {
			t.Fatal(err)
		}
		m.Files, err = edition.List(to, func(string, fs.FileInfo) bool { return true })
		m.Files = slices.DeleteFunc(m.Files, func(f edition.File) bool { return f.Name == edition.ManifestName })
		text, err2 := json.MarshalIndent(m, "", " ")
		text = append(text, '\n')
		for _, folder := range []string{to, filepath.Join(site, v.String())} {
			if err := errors.Join(err, err2, os.WriteFile(filepath.Join(folder, edition.ManifestName), text, 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestEditionsInFoldersAreKept publishes with the data folder of an earlier version of the program, and
// kills that at random instants. Every file of every edition must be what it was, at its address.
func TestEditionsInFoldersAreKept(t *testing.T) {
	t.Parallel()
	command, dir := build(t, "publish"), t.TempDir()
	cfg := config(t, dir)
	for i, value := range []string{"1", "2"} {
		addTidy(t, cfg, tidyFile(t, "mine.csv", "First", value), []string{"2026-02-10", "2026-02-20"}[i])
		published(t, cfg, "")
	}
	asBefore(t, cfg)
	want := tree(t, cfg.dir().Editions(), false)
	check := func(after string, kept map[string]string) {
		t.Helper()
		for name, data := range want {
			if kept[name] != data {
				t.Fatalf("%s: %s is not what it was", after, name)
			}
		}
	}
	interrupted := 0
	for i := range max(kills(t)/4, 3) {
		fresh := copied(t, cfg).Data
		interrupted += killed(t, exec.Command(command, "run", "--data", fresh), time.Duration(rand.Int64N(int64(time.Second)<<(i%4))))
		check("killed", tree(t, filepath.Join(fresh, "out", "site", "releases"), false))
		must(t, command, "run", "--data", fresh)
		check("after it", tree(t, filepath.Join(fresh, "out", "site", "releases"), false))
		must(t, command, "verify", "--data", fresh)
	}
	must(t, command, "run", "--data", dir)
	for name := range tree(t, cfg.dir().Editions(), false) {
		if !strings.HasSuffix(name, ".pack") {
			t.Errorf("%s is still there", name)
		}
	}
	remove(t, cfg.dir().Site())
	must(t, command, "run", "--data", dir)
	check("from the store", tree(t, filepath.Join(cfg.dir().Site(), "releases"), false))
	t.Logf("%d interrupted", interrupted)
}
