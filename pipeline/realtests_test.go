package pipeline_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestOnlyTestRealNeedsRealFiles looks at every test file. make test-real runs the tests
// called TestReal of files with the build tag real, and make test runs the others, in a
// clone with nothing next to it.
func TestOnlyTestRealNeedsRealFiles(t *testing.T) {
	t.Parallel()
	const tag = "//go:build real\n"
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(t `)
	real := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		code, err := os.ReadFile(path.Join("..", name))
		if err != nil {
			return err
		}
		tagged := bytes.HasPrefix(code, []byte(tag))
		if tagged != strings.HasSuffix(name, "_real_test.go") {
			t.Errorf("%s: the build tag real and a name that ends in _real_test.go go together", name)
		}
		for _, m := range function.FindAllSubmatch(code, -1) {
			if is := bytes.HasPrefix(m[1], []byte("TestReal")); tagged && !is {
				t.Errorf("%s: make test-real runs tests called TestReal, and not %s", name, m[1])
			} else if is {
				real++
			}
		}
		if outside := "../" + "shared"; !tagged && bytes.Contains(code, []byte(outside)) {
			t.Errorf("%s: needs %s, which a clone does not have", name, outside)
		}
		return nil
	})
	if err != nil || real < 10 {
		t.Errorf("%d tests on real files, %v", real, err)
	}
}
