package pipeline_test

import (
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"
)

// TestTheStoryIsTrue compares the steps in the comment of the package with the package map: each
// names packages that exist, and the conductor can reach every one of them.
func TestTheStoryIsTrue(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "pipeline.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	release, site, found := strings.Cut(file.Doc.Text(), "What happens to a site")
	if !found {
		t.Fatal("the comment does not say what happens to a site")
	}
	for conductor, story := range map[string]string{"pipeline/ingest": release, "pipeline/publish": site} {
		steps := regexp.MustCompile(`(?m)^ +\d\. .*: (.*)$`).FindAllStringSubmatch(story, -1)
		if len(steps) != 7 {
			t.Errorf("%s: %d steps, want 7", conductor, len(steps))
		}
		reached := reachable(conductor)
		for _, step := range steps {
			for _, name := range regexp.MustCompile(`[a-z]+(/[a-z]+)*`).FindAllString(step[1], -1) {
				if pkg := "pipeline/" + name; !reached[pkg] {
					t.Errorf("%s: step %q names %s, which it does not use", conductor, step[0], pkg)
				}
			}
		}
	}
}

// reachable returns a package with everything that it imports, directly or not, and the sources:
// the registry hands them in.
func reachable(pkg string) map[string]bool {
	out := map[string]bool{}
	for todo := []string{pkg, "pipeline/source/*"}; len(todo) > 0; todo = todo[1:] {
		if !out[todo[0]] {
			out[todo[0]] = true
			todo = append(todo, mayImport[todo[0]]...)
		}
	}
	return out
}
