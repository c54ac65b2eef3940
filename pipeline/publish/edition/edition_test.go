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

func write(t testing.TB, dir string, files map[string]string) {
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
