package charts

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"testing"
)

// loads are the scripts that another loads on a page.
var loads = map[string][]string{"site.js": {"controls.js", "choices.js"}}

// TestEveryPageLoadsWhatItsScriptsShare checks that each page has the shared scripts that its scripts use, and
// each of them once.
func TestEveryPageLoadsWhatItsScriptsShare(t *testing.T) {
	names := map[string]string{"clip.": "copy.js", "take.": "take.js"}
	pages, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]int{}
	for _, page := range pages {
		text, err := templates.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		var scripts []string
		for _, m := range regexp.MustCompile(`assets/{{asset "([a-z-]+\.js)"}}"`).FindAllSubmatch(text, -1) {
			scripts = append(append(scripts, string(m[1])), loads[string(m[1])]...)
		}
		var shared []string
		for _, name := range scripts {
			script, err := assets.ReadFile("assets/" + name)
			if err != nil {
				t.Fatal(err)
			}
			shared = append(shared, heads[name]...)
			for _, word := range slices.Sorted(maps.Keys(names)) {
				if !bytes.Contains(script, []byte(" "+word)) && !bytes.Contains(script, []byte("("+word)) {
					continue
				}
				if used[names[word]]++; !slices.Contains(shared, names[word]) {
					t.Errorf("%s: %s uses %s, which is not loaded before it", path.Base(page), name, names[word])
				}
			}
		}
		if slices.Sort(shared); len(slices.Compact(slices.Clone(shared))) < len(shared) {
			t.Errorf("%s loads a script twice: %v", path.Base(page), shared)
		}
	}
	if used["copy.js"] < 4 || used["take.js"] < 3 {
		t.Errorf("shared scripts are used by %v", used)
	}
}
