package edition

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/publish/compressed"
)

// long is a text that has compressed copies.
var long = strings.Repeat("series,date,value\r\n", 200)

// contents returns the files below a folder by name.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	files, err := List(dir, everyFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Name)))
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
	}
	return out
}

// place is a data folder in a test.
type place struct {
	Archive
	dir, site string // the folders of the archive, and of the editions in a site
}

func newPlace(t testing.TB) place {
	dir := t.TempDir()
	releases := filepath.Join(dir, "releases")
	return place{Open(releases), releases, filepath.Join(dir, "site")}
}

// add publishes an edition of these files, as a run does: into the archive and into a new site.
func (p place) add(t testing.TB, v Version, files map[string]string) {
	t.Helper()
	next := p.site + ".next"
	from := filepath.Join(next, v.String())
	write(t, from, files)
	for name := range files {
		if err := compressed.NextTo(filepath.Join(from, filepath.FromSlash(name)), func(path string, data []byte) error { return os.WriteFile(path, data, 0o644) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Add(Manifest{Version: v, Vintage: "2026-06-26"}, from); err != nil {
		t.Fatal(err)
	}
	p.show(t, All)
}

// show makes a new site of the editions.
func (p place) show(t testing.TB, count int) {
	t.Helper()
	next := p.site + ".next"
	if err := p.Expand(next, p.site, count); err != nil {
		t.Fatal(err)
	}
	all, err := p.Versions()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range Newest(all, count) {
		if err := Compress(filepath.Join(next, v.String())); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.RemoveAll(p.site), os.Rename(next, p.site)); err != nil {
		t.Fatal(err)
	}
}

// TestAnEditionNeverChanges publishes two editions and shows them again and again: from the site before,
// and from the archive.
func TestAnEditionNeverChanges(t *testing.T) {
	p := newPlace(t)
	if all, err := p.Editions(); err != nil || all != nil {
		t.Fatalf("%v, %v", all, err)
	}
	if m, err := p.Newest(); err != nil || m != nil {
		t.Fatalf("%v, %v", m, err)
	}
	one := map[string]string{"data/a.csv": "1", "data/same.csv": long, "index.html": "<p>1</p>"}
	two := map[string]string{"data/a.csv": "2", "data/same.csv": long, "index.html": "<p>2</p>", "data/only.csv.gz": "the file itself is not there"}
	p.add(t, Version{1, 0, 0}, one)
	first := contents(t, filepath.Join(p.site, "1.0.0"))
	p.add(t, Version{1, 10, 0}, two)
	for _, v := range []Version{{1, 0, 0}, {}} {
		if err := p.Add(Manifest{Version: v}, filepath.Join(p.site, "1.10.0")); err == nil {
			t.Errorf("edition %q was written again", v)
		}
	}
	all, err := p.Editions()
	if err != nil || len(all) != 2 || all[1].Text != "1.10.0" || all[0].Vintage != "2026-06-26" || all[1].Files != nil {
		t.Fatalf("%+v, %v", all, err)
	}
	m, err := p.Newest()
	if err != nil || m.Text != "1.10.0" || len(m.Files) != len(two) {
		t.Fatalf("%+v, %v", m, err)
	}
	second := contents(t, filepath.Join(p.site, "1.10.0"))
	for name, text := range two {
		if second[name] != text {
			t.Errorf("%s is %q", name, second[name])
		}
	}
	for _, name := range []string{"data/same.csv.gz", "data/same.csv.br", ManifestName} {
		if first[name] == "" || second[name] == "" {
			t.Errorf("an edition has no %s", name)
		}
	}
	again := func(what string) {
		t.Helper()
		p.show(t, All)
		if !maps.Equal(contents(t, filepath.Join(p.site, "1.0.0")), first) || !maps.Equal(contents(t, filepath.Join(p.site, "1.10.0")), second) {
			t.Errorf("%s: an edition changed", what)
		}
		if !p.Intact(p.site, All) {
			t.Errorf("%s: the site is not as it should be", what)
		}
	}
	before, _ := os.Stat(filepath.Join(p.site, "1.0.0", "data", "same.csv.br"))
	again("from the site before")
	if after, _ := os.Stat(filepath.Join(p.site, "1.0.0", "data", "same.csv.br")); !os.SameFile(before, after) {
		t.Error("a file was made again that was there")
	}
	for _, name := range []string{"data/a.csv", "data/same.csv.gz", "index.html", ManifestName} {
		if err := os.WriteFile(filepath.Join(p.site, "1.0.0", name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		again(name + " was changed")
	}
	if err := os.RemoveAll(p.site); err != nil {
		t.Fatal(err)
	}
	again("from the archive")
	if bad := p.Verify(); bad != nil {
		t.Error(bad)
	}
	data, err := p.Read(Version{1, 0, 0}, "data/a.csv")
	if err != nil || string(data) != "1" {
		t.Errorf("%q, %v", data, err)
	}
	for _, name := range []string{"data/none.csv", "../1.10.0"} {
		if _, err := p.Read(Version{1, 0, 0}, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOnlyTheNewestAreShown shows two of three editions, and then all.
func TestOnlyTheNewestAreShown(t *testing.T) {
	p := newPlace(t)
	for i := range 3 {
		p.add(t, Version{1, i, 0}, map[string]string{"a": strings.Repeat("a", i+1), "index.html": ""})
	}
	whole := contents(t, p.site)
	p.show(t, 2)
	if there, _ := os.ReadDir(p.site); len(there) != 2 || there[0].Name() != "1.1.0" || !p.Intact(p.site, 2) || p.Intact(p.site, 3) {
		t.Errorf("shown are %v", there)
	}
	p.show(t, All)
	if !maps.Equal(contents(t, p.site), whole) {
		t.Error("an edition is not what it was")
	}
	// A night looks at the newest, and a build at all.
	if err := os.Remove(filepath.Join(p.site, "1.0.0", "a")); err != nil {
		t.Fatal(err)
	}
	if !p.Intact(p.site, 2) || p.Intact(p.site, All) {
		t.Error("what is looked at are not the newest two")
	}
	if p.show(t, All); !maps.Equal(contents(t, p.site), whole) {
		t.Error("a lost file of an older edition did not come back")
	}
}

// TestChangesInTheSiteAreFound changes files of a shown edition in every way.
func TestChangesInTheSiteAreFound(t *testing.T) {
	p := newPlace(t)
	p.add(t, Version{1, 0, 0}, map[string]string{"a.csv": long, "b": "1", "index.html": "<p>"})
	folder := filepath.Join(p.site, "1.0.0")
	other := strings.Repeat("x", len(long))
	copies, err := compressed.Copies("a.csv", []byte(other))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func() error{
		"a.csv":    func() error { return os.WriteFile(filepath.Join(folder, "a.csv"), []byte(other), 0o644) },
		"b":        func() error { return os.Remove(filepath.Join(folder, "b")) },
		"a.csv.gz": func() error { return os.WriteFile(filepath.Join(folder, "a.csv.gz"), copies[0].Data, 0o644) },
		"a.csv.br": func() error { return os.Remove(filepath.Join(folder, "a.csv.br")) },
		"c":        func() error { return os.WriteFile(filepath.Join(folder, "c"), nil, 0o644) },
	} {
		if bad, err := VerifyShown(p.site); err != nil || bad != nil || !p.Intact(p.site, All) {
			t.Fatalf("before %s: %v, %v", name, bad, err)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if bad, err := VerifyShown(p.site); err != nil || !slices.Contains(bad, "1.0.0/"+name) || p.Intact(p.site, All) {
			t.Errorf("%s: found %v, %v", name, bad, err)
		}
		p.show(t, All)
	}
}

// TestDamageIsFound damages packs, and makes one again from the site.
func TestDamageIsFound(t *testing.T) {
	p := newPlace(t)
	for i := range 3 {
		p.add(t, Version{1, i, 0}, map[string]string{"a.csv": long + strings.Repeat("1,2\n", i), "index.html": ""})
	}
	noted, bad, err := p.Check(Notes{})
	if err != nil || bad != nil || len(noted) != 3 {
		t.Fatalf("%v, %v, %v", noted, bad, err)
	}
	path := filepath.Join(p.dir, "000002-1.1.0.pack")
	right, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() error{
		"removed": func() error { return os.Remove(path) },
		"flipped": func() error { return os.WriteFile(path, append([]byte("c"), right[1:]...), 0o644) },
		"another": func() error {
			return os.WriteFile(path, must(os.ReadFile(filepath.Join(p.dir, "000001-1.0.0.pack"))), 0o644)
		},
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		now, bad, err := p.Check(noted)
		if err != nil || len(bad) != 1 || bad[0].Version != "1.1.0" || !errors.Is(bad[0], ErrDamaged) || now["1.1.0"] != "" {
			t.Errorf("%s: found %v, %v", name, bad, err)
			continue
		}
		if name != "another" && p.Verify() == nil {
			t.Errorf("%s: verify found nothing", name)
		}
		if p.Remake(bad[0], filepath.Join(p.site, "1.2.0")) {
			t.Errorf("%s: made again from another edition", name)
		}
		if !p.Remake(bad[0], filepath.Join(p.site, "1.1.0")) {
			t.Errorf("%s: not made again", name)
		}
		if have, err := os.ReadFile(path); err != nil || string(have) != string(right) {
			t.Errorf("%s: the pack is another, %v", name, err)
		}
		if bad := p.Verify(); bad != nil {
			t.Errorf("%s: %v", name, bad)
		}
	}
	write(t, p.dir, map[string]string{"notes.txt": ""})
	if _, err := p.Editions(); err == nil {
		t.Error("a file that is not an edition was ignored")
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// inFolders writes editions as an earlier version of the program did, each into a folder with all its
// files and their compressed copies.
func inFolders(t testing.TB, dir string, editions map[string]map[string]string) {
	t.Helper()
	for v, files := range editions {
		folder := filepath.Join(dir, v)
		write(t, folder, files)
		list, err := List(folder, everyFile)
		if err != nil {
			t.Fatal(err)
		}
		if err := writeManifest(filepath.Join(folder, ManifestName), Manifest{Text: v, Files: list}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFoldersAreMoved moves editions that an earlier version of the program wrote, also after it was
// stopped at any point. Every file is what it was.
func TestFoldersAreMoved(t *testing.T) {
	old := map[string]map[string]string{"1.0.0": {"a.csv": long, "a.csv.gz": "gz", "index.html": "<p>1"}, "1.9.0": {"a.csv": long + "1", "index.html": "<p>2"}, "1.10.0": {"a.csv": long + "2", "index.html": "<p>3"}}
	for name, stop := range map[string]func(p place) error{
		"not at all": func(place) error { return nil },
		"half a pack": func(p place) error {
			return os.WriteFile(filepath.Join(p.dir, ".tmp-000001-1.0.0.pack"), []byte("CRS"), 0o644)
		},
		"in both": func(p place) error {
			again := t.TempDir()
			if err := os.CopyFS(again, os.DirFS(filepath.Join(p.dir, "1.0.0"))); err != nil {
				return err
			}
			if err := p.Move(); err != nil {
				return err
			}
			return os.CopyFS(filepath.Join(p.dir, "1.0.0"), os.DirFS(again))
		},
		"half a folder": func(p place) error {
			if err := p.Move(); err != nil {
				return err
			}
			return os.MkdirAll(filepath.Join(p.dir, ".tmp-1.0.0", "data"), 0o755)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			inFolders(t, p.dir, old)
			want := contents(t, p.dir)
			p.show(t, All)
			if err := stop(p); err != nil {
				t.Fatal(err)
			}
			if all, err := p.Editions(); err != nil || len(all) != 3 || all[2].Text != "1.10.0" {
				t.Fatalf("%+v, %v", all, err)
			}
			if err := p.Move(); err != nil {
				t.Fatal(err)
			}
			for v := range old {
				if _, err := os.Stat(filepath.Join(p.dir, v)); err == nil {
					t.Errorf("%s is still a folder", v)
				}
			}
			if err := os.RemoveAll(p.site); err != nil {
				t.Fatal(err)
			}
			p.show(t, All)
			got := contents(t, p.site)
			for name, text := range want {
				if got[name] != text {
					t.Errorf("%s is not what it was", name)
				}
			}
			if bad := p.Verify(); bad != nil || !p.Intact(p.site, All) {
				t.Error(bad)
			}
		})
	}
}

// TestADamagedFolderIsNotMoved leaves a folder as it is whose files are not those of its manifest.
func TestADamagedFolderIsNotMoved(t *testing.T) {
	p := newPlace(t)
	inFolders(t, p.dir, map[string]map[string]string{"1.0.0": {"a": "1", "b": "2"}})
	write(t, filepath.Join(p.dir, "1.0.0"), map[string]string{"a": "x", "c": "new"})
	if bad := p.Verify(); len(bad) != 2 {
		t.Errorf("found %v", bad)
	}
	if bad, err := p.Damaged(); err != nil || len(bad) != 1 || bad[0].File.Name != "a" {
		t.Errorf("found %v, %v", bad, err)
	}
	if err := p.Move(); err == nil {
		t.Error("a damaged edition was moved")
	}
	if text, err := os.ReadFile(filepath.Join(p.dir, "1.0.0", "b")); err != nil || string(text) != "2" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestAKilledAddLeavesNothingInTheWay finds the half of a pack that a killed run left.
func TestAKilledAddLeavesNothingInTheWay(t *testing.T) {
	p := newPlace(t)
	write(t, p.dir, map[string]string{".tmp-000001-1.0.0.pack": "half"})
	p.add(t, Version{1, 0, 0}, map[string]string{"a": "whole", "index.html": ""})
	if bad := p.Verify(); bad != nil {
		t.Error(bad)
	}
}
