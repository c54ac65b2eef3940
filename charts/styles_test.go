package charts

import (
	"io/fs"
	"regexp"
	"slices"
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

// TestEveryScriptOfAPageIsServed fails if a template names a script that the site does not serve.
func TestEveryScriptOfAPageIsServed(t *testing.T) {
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
		for _, m := range regexp.MustCompile(`assets/([a-z-]+\.js)"`).FindAllSubmatch(text, -1) {
			if named++; !slices.Contains(slices.Concat(served, takers), string(m[1])) {
				t.Errorf("%s names %s, which the site does not serve", page, m[1])
			}
		}
	}
	if named == 0 {
		t.Error("no page names a script")
	}
}
