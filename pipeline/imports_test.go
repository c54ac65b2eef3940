package pipeline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "crossings/"

// mayImport is the package map: the project packages that each may import. A
// package that is not in it fails the test, so that adding one is a decision.
// nil means any; "dir/*" covers each direct child of dir.
var mayImport = map[string][]string{
	"docs":                              {},
	"schemas":                           {},
	"pipeline/stat":                     {},
	"pipeline/read/decode":                   {},
	"pipeline/read/codes":                {"pipeline/stat", "schemas"},
	"pipeline/atomicfile":               {},
	"pipeline/schedule":                 {},
	"charts":                            {"pipeline/stat"},
	"pipeline/read/check":                    {"pipeline/stat"},
	"pipeline/compare":                {"pipeline/stat"},
	"pipeline/fetch":                    {"pipeline/stat"},
	"pipeline/tabular":                  {"pipeline/stat", "pipeline/read/decode", "schemas"},
	"pipeline/lake":                     {"pipeline/stat", "pipeline/tabular", "pipeline/atomicfile", "schemas"},
	"pipeline/microdata/engine":                    {"pipeline/atomicfile", "pipeline/microdata/parquetfile", "pipeline/microdata/csvscan"},
	"pipeline/microdata/layout":                  {"pipeline/read/decode", "pipeline/microdata/engine", "pipeline/stat", "schemas"},
	"pipeline/microdata/csvscan":            {},
	"pipeline/microdata/parquetfile":            {},
	"pipeline/compare/headline":                 {"pipeline/stat", "pipeline/compare"},
	"pipeline/compare/revision":                 {"pipeline/stat", "pipeline/compare"},
	"pipeline/compare/claim":                    {"pipeline/stat", "pipeline/compare"},
	"pipeline/edition":                  {"pipeline/atomicfile"},
	"pipeline/notify":                   {},
	"pipeline/runlog":                   {"pipeline/atomicfile", "pipeline/tabular"},
	"pipeline/target":                   {"pipeline/atomicfile", "pipeline/edition"},
	"pipeline/watch":                    {"pipeline/stat", "pipeline/atomicfile"},
	"pipeline/book":                     {"pipeline/stat"},
	"pipeline/catalogue":                {"pipeline/stat", "schemas"},
	"pipeline/picture":                  {"pipeline/atomicfile", "charts"},
	"pipeline/render":                   {"pipeline/stat", "pipeline/tabular", "pipeline/atomicfile", "pipeline/book", "pipeline/catalogue", "pipeline/picture", "charts", "docs", "schemas"},
	"pipeline/source":                   {"pipeline/stat", "pipeline/read/decode", "pipeline/fetch", "pipeline/read/check", "pipeline/microdata/layout", "pipeline/tabular"},
	"pipeline/source/*":                 {"pipeline/stat", "pipeline/read/decode", "pipeline/fetch", "pipeline/read/check", "pipeline/microdata/layout", "pipeline/source", "pipeline/source/ukhodetailed", "pipeline/read/codes", "pipeline/tabular"},
	"pipeline/source/all":               nil,
	"pipeline/source/sourcetest":        {"pipeline/stat", "pipeline/read/decode", "pipeline/read/check", "pipeline/read/codes", "pipeline/source", "pipeline/tabular", "schemas"},
	"pipeline/source/fixture":           nil,
	"pipeline/source/sourcetest/weekly": {"pipeline/source/sourcetest"},
	"pipeline": {"charts", "schemas", "pipeline/compare", "pipeline/atomicfile", "pipeline/catalogue", "pipeline/read/check", "pipeline/compare/claim", "pipeline/read/decode", "pipeline/edition", "pipeline/microdata/engine", "pipeline/fetch",
		"pipeline/compare/headline", "pipeline/lake", "pipeline/read/codes", "pipeline/notify", "pipeline/picture", "pipeline/microdata/layout", "pipeline/render", "pipeline/compare/revision", "pipeline/source", "pipeline/stat", "pipeline/tabular", "pipeline/target", "pipeline/watch"},
	"pipeline/cli": {"pipeline", "pipeline/fetch", "pipeline/runlog", "pipeline/source", "pipeline/watch"},
	"bench/*":      {"pipeline/microdata/engine"},
	"engine/*":     {"pipeline/microdata/engine"},
	"cmd/*":        {"pipeline", "pipeline/read/check", "pipeline/atomicfile", "pipeline/cli", "pipeline/edition", "pipeline/fetch", "pipeline/notify", "pipeline/runlog", "pipeline/schedule", "pipeline/source", "pipeline/stat", "pipeline/source/all", "pipeline/target", "pipeline/tabular", "pipeline/watch"},
}

// TestImportDirection reads the files themselves rather than asking the go
// command: go test tracks the files that a test opens, so that a changed import
// is never hidden behind a cached pass.
func TestImportDirection(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "data" || name == "bin" || d.Name() == "testdata" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return fs.SkipDir
		case path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go"):
			checkImports(t, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImports(t *testing.T, name string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path.Join("..", name), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	pkg := path.Dir(name)
	may, ok := mayImport[pkg]
	if !ok {
		may, ok = mayImport[path.Dir(pkg)+"/*"]
	}
	if !ok {
		t.Errorf("%s: the package is not in the map; add it to mayImport and to docs/architecture.md", pkg)
		return
	}
	for _, imp := range f.Imports {
		p, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if rel, ours := strings.CutPrefix(p, module); ours && may != nil && !slices.Contains(may, rel) {
			t.Errorf("%s: %s may not import %s", name, pkg, rel)
		}
	}
}
