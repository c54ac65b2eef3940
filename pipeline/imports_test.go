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
	"pipeline/read/decode":              {},
	"pipeline/read/codes":               {"pipeline/stat", "schemas"},
	"pipeline/atomicfile":               {},
	"pipeline/schedule":                 {},
	"charts":                            {"pipeline/stat"},
	"pipeline/read/check":               {"pipeline/stat"},
	"pipeline/compare":                  {"pipeline/stat"},
	"pipeline/archive":                  {"pipeline/stat"},
	"pipeline/ingest/fetch":             {"pipeline/archive"},
	"pipeline/table":                    {"pipeline/stat", "pipeline/read/decode", "schemas"},
	"pipeline/table/row":                {"pipeline/stat", "pipeline/table"},
	"pipeline/lake":                     {"pipeline/stat", "pipeline/table", "pipeline/atomicfile", "schemas"},
	"pipeline/microdata/engine":         {"pipeline/atomicfile", "pipeline/microdata/parquetfile", "pipeline/microdata/csvscan"},
	"pipeline/microdata/beam":           {"pipeline/microdata/engine"},
	"pipeline/microdata/bench":          {"pipeline/microdata/engine"},
	"pipeline/microdata/layout":         {"pipeline/read/decode", "pipeline/microdata/engine", "pipeline/stat", "schemas"},
	"pipeline/microdata/csvscan":        {},
	"pipeline/microdata/parquetfile":    {},
	"pipeline/compare/headline":         {"pipeline/stat", "pipeline/compare"},
	"pipeline/compare/revision":         {"pipeline/stat", "pipeline/compare"},
	"pipeline/compare/claim":            {"pipeline/stat", "pipeline/compare"},
	"pipeline/publish/edition":          {"pipeline/atomicfile"},
	"pipeline/watch/notify":             {},
	"pipeline/watch/runlog":             {"pipeline/atomicfile", "pipeline/table"},
	"pipeline/publish/upload":           {"pipeline/atomicfile", "pipeline/publish/edition"},
	"pipeline/watch":                    {"pipeline/stat", "pipeline/atomicfile"},
	"pipeline/publish/workbook":         {"pipeline/stat"},
	"pipeline/publish/catalogue":        {"pipeline/stat", "schemas"},
	"pipeline/publish/picture":          {"pipeline/atomicfile", "charts"},
	"pipeline/publish/site":             {"pipeline/stat", "pipeline/table", "pipeline/atomicfile", "pipeline/publish/workbook", "pipeline/publish/catalogue", "pipeline/publish/picture", "charts", "docs", "schemas"},
	"pipeline/source":                   {"pipeline/stat", "pipeline/read/decode", "pipeline/ingest/fetch", "pipeline/read/check", "pipeline/microdata/layout", "pipeline/table", "schemas"},
	"pipeline/source/*":                 {"pipeline/stat", "pipeline/read/decode", "pipeline/ingest/fetch", "pipeline/read/check", "pipeline/microdata/layout", "pipeline/source", "pipeline/source/ukhodetailed", "pipeline/read/codes", "pipeline/table"},
	"pipeline/source/all":               nil,
	"pipeline/source/sourcetest":        {"pipeline/stat", "pipeline/read/decode", "pipeline/read/check", "pipeline/read/codes", "pipeline/source", "pipeline/table", "schemas"},
	"pipeline/source/fixture":           nil,
	"pipeline/source/sourcetest/weekly": {"pipeline/source/sourcetest"},
	"pipeline": {"charts", "schemas", "pipeline/compare", "pipeline/atomicfile", "pipeline/publish/catalogue", "pipeline/read/check", "pipeline/compare/claim", "pipeline/read/decode", "pipeline/publish/edition", "pipeline/microdata/engine", "pipeline/archive", "pipeline/ingest/fetch",
		"pipeline/compare/headline", "pipeline/lake", "pipeline/read/codes", "pipeline/watch/notify", "pipeline/publish/picture", "pipeline/microdata/layout", "pipeline/publish/site", "pipeline/compare/revision", "pipeline/source", "pipeline/stat", "pipeline/table", "pipeline/publish/upload", "pipeline/watch"},
	"cmd/internal/cli": {"pipeline", "pipeline/archive", "pipeline/ingest/fetch", "pipeline/watch/runlog", "pipeline/source", "pipeline/watch"},
	"cmd/*":            {"pipeline", "pipeline/read/check", "pipeline/atomicfile", "cmd/internal/cli", "pipeline/publish/edition", "pipeline/archive", "pipeline/ingest/fetch", "pipeline/watch/notify", "pipeline/watch/runlog", "pipeline/schedule", "pipeline/source", "pipeline/stat", "pipeline/source/all", "pipeline/publish/upload", "pipeline/table", "pipeline/watch"},
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
