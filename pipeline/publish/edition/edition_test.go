package edition

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// content returns a content of one table.
func content(columns, rows, keys string) Content {
	return Content{Tables: map[string]Table{"a": {Columns: strings.Fields(columns), SHA256: rows}}, Keys: keys}
}

func TestNext(t *testing.T) {
	newest := &Manifest{Version: Version{1, 2, 3}, Content: content("x y", "r", "k")}
	two := content("x y", "r", "k")
	two.Tables["b"] = Table{}
	for _, c := range []struct {
		name   string
		newest *Manifest
		now    Content
		want   string
		isNew  bool
	}{
		{"first", nil, content("x", "r", "k"), "1.0.0", true},
		{"same", newest, content("x y", "r", "k"), "1.2.3", false},
		{"correction", newest, content("x y", "other", "k"), "1.2.4", true},
		{"new figures", newest, content("x y", "other", "more"), "1.3.0", true},
		{"a column more", newest, content("x y z", "other", "k"), "1.3.0", true},
		{"a table more", newest, two, "1.3.0", true},
		{"a column gone", newest, content("x", "other", "more"), "2.0.0", true},
		{"a column between", newest, content("x z y", "other", "k"), "2.0.0", true},
		{"a table gone", newest, Content{Keys: "k"}, "2.0.0", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if v, isNew := Next(c.newest, c.now); v.String() != c.want || isNew != c.isNew {
				t.Errorf("got %s, %v, want %s, %v", v, isNew, c.want, c.isNew)
			}
		})
	}
}

func TestParseVersion(t *testing.T) {
	for _, text := range []string{"1.0.0", "12.3.45"} {
		if v, err := ParseVersion(text); err != nil || v.String() != text {
			t.Errorf("%s: %v, %v", text, v, err)
		}
	}
	for _, text := range []string{"", "1.0", "0.1.0", "01.0.0", "1.0.0.0", "1.0.0 ", "1.-1.0", "v1.0.0", "../1.0.0"} {
		if v, err := ParseVersion(text); err == nil {
			t.Errorf("%q is version %s", text, v)
		}
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnEditionNeverChanges(t *testing.T) {
	dir := t.TempDir()
	a := Open(filepath.Join(dir, "releases"))
	if all, err := a.Editions(); err != nil || all != nil {
		t.Fatalf("%v, %v", all, err)
	}
	write(t, filepath.Join(dir, "one"), map[string]string{"data/a.csv": "1", "data/same.csv": "s"})
	write(t, filepath.Join(dir, "two"), map[string]string{"data/a.csv": "2", "data/same.csv": "s"})
	add := func(v Version, from string) error {
		return a.Add(Manifest{Version: v, Content: content("x", from, "k")}, filepath.Join(dir, from))
	}
	if err := add(Version{1, 0, 0}, "one"); err != nil {
		t.Fatal(err)
	}
	if err := add(Version{1, 10, 0}, "two"); err != nil {
		t.Fatal(err)
	}
	if err := add(Version{1, 0, 0}, "two"); err == nil {
		t.Error("an edition was written twice")
	}
	if err := add(Version{}, "two"); err == nil {
		t.Error("an edition without a version was written")
	}
	all, err := a.Editions()
	if err != nil || len(all) != 2 || all[1].Text != "1.10.0" || len(all[1].Files) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	one, _ := os.Stat(filepath.Join(dir, "releases", "1.0.0", "data", "same.csv"))
	two, _ := os.Stat(filepath.Join(dir, "releases", "1.10.0", "data", "same.csv"))
	if !os.SameFile(one, two) {
		t.Error("an unchanged file is stored twice")
	}
	site := filepath.Join(dir, "site")
	write(t, site, map[string]string{"1.0.0/x": "left over"})
	for range 2 {
		if err := a.Link(site); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(site, "1.0.0", "data", "a.csv")); err != nil || string(text) != "1" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := os.Stat(filepath.Join(site, "1.0.0", "x")); err == nil {
		t.Error("a folder in the way was left")
	}
	write(t, filepath.Join(dir, "new"), map[string]string{"data/a.csv": "3", "data/same.csv": "s", "index.html": ""})
	for range 2 {
		if err := a.Share(filepath.Join(dir, "new")); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]bool{"a.csv": false, "same.csv": true} {
		kept, _ := os.Stat(filepath.Join(dir, "releases", "1.10.0", "data", name))
		if got, err := os.Stat(filepath.Join(dir, "new", "data", name)); err != nil || os.SameFile(kept, got) != want {
			t.Errorf("%s is shared: %v, %v", name, !want, err)
		}
	}
	if files, err := List(filepath.Join(dir, "new"), everyFile); err != nil || len(files) != 3 {
		t.Errorf("%v, %v", files, err)
	}
	if bad := a.Verify(); bad != nil {
		t.Error(bad)
	}
}

func TestDamageIsFound(t *testing.T) {
	dir := t.TempDir()
	a := Open(filepath.Join(dir, "releases"))
	write(t, filepath.Join(dir, "one"), map[string]string{"a": "1", "b": "2", "c": "3"})
	if err := a.Add(Manifest{Version: Version{1, 0, 0}}, filepath.Join(dir, "one")); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "releases", "1.0.0")
	if err := os.Remove(filepath.Join(folder, "a")); err != nil {
		t.Fatal(err)
	}
	write(t, folder, map[string]string{"b": "x", "d": "new"})
	if bad := a.Verify(); len(bad) != 3 {
		t.Errorf("found %v", bad)
	}
	write(t, filepath.Join(dir, "releases"), map[string]string{"notes.txt": ""})
	if _, err := a.Editions(); err == nil {
		t.Error("a file that is not an edition was ignored")
	}
}

// TestAKilledAddLeavesNothingInTheWay finds the half of an edition that a killed run left, and
// writes it again.
func TestAKilledAddLeavesNothingInTheWay(t *testing.T) {
	dir := t.TempDir()
	a := Open(filepath.Join(dir, "releases"))
	write(t, filepath.Join(dir, "releases"), map[string]string{".tmp-1.0.0/a": "half"})
	write(t, filepath.Join(dir, "one"), map[string]string{"a": "whole"})
	if err := a.Add(Manifest{Version: Version{1, 0, 0}}, filepath.Join(dir, "one")); err != nil {
		t.Fatal(err)
	}
	if bad := a.Verify(); bad != nil {
		t.Error(bad)
	}
}

func TestHolds(t *testing.T) {
	for name, want := range map[string]bool{
		"releases/1.2.3/index.html": true, "releases/1.2.3/data/daily.csv": true,
		"releases/ukho-small-boats.html": false, "releases/1.2.3": false, "releases/1.2/index.html": false, "releases/01.2.3/index.html": false,
		"releases": false, "index.html": false, "data/releases/1.2.3/index.html": false, "": false,
	} {
		if got := Holds(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}

// FuzzParseVersion reads folder names. An accepted version is formatted as it was read.
func FuzzParseVersion(f *testing.F) {
	for _, text := range []string{"1.2.3", "0.1.2", "01.2.3", "1.2", "1.2.3.4", "-1.2.3", "1.2.3 ", "99999999999999999999.0.0", "+1.0.0"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := ParseVersion(text)
		if (err == nil) != (v != Version{}) || err == nil && v.String() != text {
			t.Errorf("%q is %v, %v", text, v, err)
		}
		if name := Folder + "/" + text + "/x"; Holds(name) && (err != nil && !strings.Contains(text, "/") || !filepath.IsLocal(name)) {
			t.Errorf("%q is taken for a file of an edition", name)
		}
	})
}
