package charts

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestAChangedFileHasAnotherName changes a font. The style sheet that names it changes too, and no
// other file.
func TestAChangedFileHasAnotherName(t *testing.T) {
	files := map[string][]byte{"a.css": []byte(`src: url(f.woff2); fill: url(#x)`), "f.woff2": []byte("1"), "b.js": []byte(`load("c.js", d.js)`), "c.js": nil}
	before := bundle(t, files)
	files["f.woff2"] = []byte("2")
	after := bundle(t, files)
	for file, same := range map[string]bool{"a.css": false, "f.woff2": false, "b.js": true, "c.js": true} {
		was, is := name(t, before, file), name(t, after, file)
		if (was == is) != same {
			t.Errorf("%s was %s and is %s", file, was, is)
		}
	}
	font, script := name(t, after, "f.woff2"), name(t, after, "c.js")
	if got, want := string(after.Files[name(t, after, "a.css")]), "src: url("+font+"); fill: url(#x)"; got != want {
		t.Errorf("the style sheet is %q, want %q", got, want)
	}
	if got, want := string(after.Files[name(t, after, "b.js")]), `load("`+script+`", d.js)`; got != want {
		t.Errorf("the script is %q, want %q", got, want)
	}
	if _, err := after.Name("d.js"); err == nil {
		t.Error("a file that is not served has a name")
	}
}

// TestFilesThatCannotBeNamedAreRefused has files that mention themselves, and one that is not served.
func TestFilesThatCannotBeNamedAreRefused(t *testing.T) {
	for _, files := range []map[string][]byte{
		{"a.js": []byte(`"b.js"`), "b.js": []byte(`"a.js"`)},
		{"a.js": []byte(`"a.js"`)},
		{"a.js": []byte(`"b.js"`)},
	} {
		if b, err := newBundle(files); err == nil {
			t.Errorf("named %v", slices.Collect(maps.Keys(b.Files)))
		}
	}
}

// TestFilesOfTheSiteNameEachOther looks in all files of the site for the plain name of another one, by
// which a browser would find nothing.
func TestFilesOfTheSiteNameEachOther(t *testing.T) {
	b, err := Assets()
	if err != nil {
		t.Fatal(err)
	}
	hashed := regexp.MustCompile(`\.[0-9a-f]{10}\.[a-z0-9]+$`)
	for served, text := range b.Files {
		if !hashed.MatchString(served) {
			t.Errorf("%s has no hash in its name", served)
		}
		if strings.HasPrefix(served, "echarts") {
			continue
		}
		for plain := range b.names {
			for _, quoted := range []string{`"` + plain + `"`, `'` + plain + `'`, "(" + plain + ")"} {
				if strings.Contains(string(text), quoted) {
					t.Errorf("%s mentions %s", served, quoted)
				}
			}
		}
	}
}

func bundle(t *testing.T, files map[string][]byte) Bundle {
	t.Helper()
	b, err := newBundle(files)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func name(t *testing.T, b Bundle, file string) string {
	t.Helper()
	name, err := b.Name(file)
	if err != nil {
		t.Fatal(err)
	}
	return name
}
