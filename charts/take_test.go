package charts

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"testing"
)

// TestAPageTakesOnce checks that no template names two scripts that begin with take.js, and that every
// script which uses it is one of these or comes after one.
func TestAPageTakesOnce(t *testing.T) {
	after := map[string]string{"explore.js": "selection.js", "controls.js": "site.js", "choices.js": "site.js"}
	scripts, err := fs.Glob(assets, "assets/*.js")
	if err != nil {
		t.Fatal(err)
	}
	using := 0
	for _, file := range scripts {
		text, err := assets.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := path.Base(file)
		if !bytes.Contains(text, []byte("take.")) || name == "take.js" || name == LibraryName {
			continue
		}
		if using++; !slices.Contains(takers, name) && !slices.Contains(takers, after[name]) {
			t.Errorf("%s uses take.js, which no page loads before it", name)
		}
	}
	if using < len(takers)+2 {
		t.Errorf("%d scripts use take.js", using)
	}
	pages, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		text, err := templates.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, name := range takers {
			if bytes.Contains(text, []byte("assets/"+name)) {
				found = append(found, name)
			}
		}
		explores := bytes.Contains(text, []byte("assets/explore.js"))
		if len(found) > 1 || explores && !slices.Contains(found, after["explore.js"]) {
			t.Errorf("%s loads %v", page, found)
		}
	}
}
