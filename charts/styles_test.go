package charts

import (
	"io/fs"
	"regexp"
	"testing"
)

// TestEveryPartIsInTheStyleSheet fails if a file of the style sheet is in no page.
func TestEveryPartIsInTheStyleSheet(t *testing.T) {
	files, err := fs.Glob(styles, "styles/*.css")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(sheets) {
		t.Errorf("%d files in charts/styles, %d parts of the style sheet", len(files), len(sheets))
	}
	if sheet, err := styleSheet(); err != nil || len(sheet) == 0 {
		t.Errorf("style sheet of %d bytes: %v", len(sheet), err)
	}
}

// TestEveryFileOfAPageIsServed fails if a template names a file that the site does not serve, or names
// one without its hash.
func TestEveryFileOfAPageIsServed(t *testing.T) {
	assets, err := Assets()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, page := range pages {
		text, err := templates.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`assets/(?:{{asset "([^"]*)"}}|[^" ]+)"`).FindAllSubmatch(text, -1) {
			named++
			if _, err := assets.Name(string(m[1])); err != nil {
				t.Errorf("%s has %s: %v", page, m[0], err)
			}
		}
	}
	if named == 0 {
		t.Error("no page names a file")
	}
}
