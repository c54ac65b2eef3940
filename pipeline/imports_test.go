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
// "dir/*" covers each direct child of dir that has no entry of its own.
var mayImport = map[string][]string{
	"cmd/ingest":                         {"cmd/internal/cli", "pipeline/archive", "pipeline/atomicfile", "pipeline/datadir", "pipeline/ingest", "pipeline/ingest/fetch", "pipeline/microdata", "pipeline/publish/edition", "pipeline/read/check", "pipeline/registry", "pipeline/review", "pipeline/schedule", "pipeline/source", "pipeline/source/all", "pipeline/stat", "pipeline/table", "pipeline/table/row", "pipeline/tabular", "pipeline/tabular/proposal", "pipeline/watch", "pipeline/watch/notify", "pipeline/watch/runlog"},
	"cmd/internal/cli":                   {"pipeline/datadir", "pipeline/hint", "pipeline/ingest/fetch", "pipeline/registry", "pipeline/review", "pipeline/source", "pipeline/watch", "pipeline/watch/runlog"},
	"cmd/publish":                        {"cmd/internal/cli", "pipeline", "pipeline/datadir", "pipeline/publish", "pipeline/publish/edition", "pipeline/publish/tables", "pipeline/publish/upload", "pipeline/publish/web", "pipeline/registry", "pipeline/schedule", "pipeline/source/all", "pipeline/stat", "pipeline/watch", "pipeline/watch/runlog"},
	"pipeline":                           {"pipeline/ingest", "pipeline/publish", "pipeline/registry", "pipeline/stat"},
	"pipeline/ingest":                    {"pipeline/archive", "pipeline/hint", "pipeline/ingest/dated", "pipeline/ingest/fetch", "pipeline/ingest/relay", "pipeline/ingest/turn", "pipeline/lake", "pipeline/microdata", "pipeline/microdata/layout", "pipeline/read/check", "pipeline/read/codes", "pipeline/read/decode", "pipeline/registry", "pipeline/review", "pipeline/source", "pipeline/source/origin", "pipeline/stat", "pipeline/tabular", "pipeline/watch"},
	"pipeline/ingest/dated":              {"pipeline/archive", "pipeline/lake", "pipeline/read/check", "pipeline/read/codes", "pipeline/read/decode", "pipeline/registry", "pipeline/review", "pipeline/source", "pipeline/stat", "pipeline/table"},
	"pipeline/ingest/fetch":              {"pipeline/archive", "pipeline/hint", "pipeline/source/origin", "pipeline/stat"},
	"pipeline/ingest/relay":              {"pipeline/archive", "pipeline/atomicfile", "pipeline/ingest/dated", "pipeline/lake", "pipeline/read/check", "pipeline/registry", "pipeline/review", "pipeline/source", "pipeline/stat", "pipeline/tabular"},
	"pipeline/ingest/turn":               {"pipeline/atomicfile", "pipeline/source"},
	"pipeline/microdata":                 {"pipeline/archive", "pipeline/atomicfile", "pipeline/datadir", "pipeline/lake", "pipeline/microdata/engine", "pipeline/microdata/layout", "pipeline/microdata/refused", "pipeline/read/check", "pipeline/read/decode", "pipeline/registry", "pipeline/review", "pipeline/source", "pipeline/stat", "pipeline/table", "schemas"},
	"pipeline/microdata/beam":            {"pipeline/microdata/engine", "pipeline/microdata/layout", "pipeline/microdata/refused", "pipeline/stat"},
	"pipeline/microdata/bench":           {"pipeline/microdata/engine"},
	"pipeline/microdata/csvscan":         {},
	"pipeline/microdata/engine":          {"pipeline/atomicfile", "pipeline/hint", "pipeline/microdata/csvscan", "pipeline/microdata/parquetfile", "pipeline/microdata/rawfile", "pipeline/read/decode", "pipeline/read/period"},
	"pipeline/microdata/layout":          {"pipeline/microdata/engine", "pipeline/read/codes", "pipeline/read/strictjson", "pipeline/stat", "schemas"},
	"pipeline/microdata/parquetfile":     {},
	"pipeline/microdata/rawfile":         {},
	"pipeline/microdata/refused":         {"pipeline/microdata/engine", "pipeline/read/decode"},
	"pipeline/publish":                   {"charts", "pipeline/archive", "pipeline/atomicfile", "pipeline/datadir", "pipeline/hint", "pipeline/lake", "pipeline/publish/cached", "pipeline/publish/catalogue", "pipeline/publish/claimfiles", "pipeline/publish/edition", "pipeline/publish/picture", "pipeline/publish/site", "pipeline/publish/site/content", "pipeline/publish/site/stamp", "pipeline/publish/tables", "pipeline/publish/upload", "pipeline/registry", "pipeline/review", "pipeline/stat", "pipeline/table", "pipeline/table/row", "pipeline/watch", "schemas"},
	"pipeline/publish/cached":            {"pipeline/atomicfile"},
	"pipeline/publish/catalogue":         {"pipeline/stat", "schemas"},
	"pipeline/publish/claimcard":         {"pipeline/compare", "pipeline/compare/claim", "pipeline/compare/claim/numbers", "pipeline/compare/claim/packed", "pipeline/compare/claim/words", "pipeline/publish/site/wording", "pipeline/stat"},
	"pipeline/publish/claimcard/wasm":    {"pipeline/compare/claim/packed", "pipeline/publish/claimcard", "pipeline/stat"},
	"pipeline/publish/claimfiles":        {"pipeline/compare/claim/packed", "pipeline/compare/claim/words", "pipeline/lake", "pipeline/publish/cached", "pipeline/publish/tables", "pipeline/registry", "pipeline/source", "pipeline/stat", "schemas"},
	"pipeline/publish/compressed":        {},
	"pipeline/publish/edition":           {"pipeline/atomicfile", "pipeline/hint", "pipeline/publish/compressed", "pipeline/publish/edition/store"},
	"pipeline/publish/edition/deflated":  {"pipeline/publish/edition/varint"},
	"pipeline/publish/edition/store":     {"pipeline/atomicfile", "pipeline/publish/edition/deflated", "pipeline/publish/edition/varint"},
	"pipeline/publish/edition/varint":    {},
	"pipeline/publish/picture":           {"charts", "pipeline/atomicfile", "pipeline/publish/cached"},
	"pipeline/publish/quality":           {"pipeline/source", "pipeline/stat", "pipeline/table/row", "schemas"},
	"pipeline/publish/sdmx":              {"pipeline/stat", "pipeline/table", "schemas"},
	"pipeline/publish/site":              {"charts", "pipeline/atomicfile", "pipeline/publish/cached", "pipeline/publish/catalogue", "pipeline/publish/compressed", "pipeline/publish/picture", "pipeline/publish/site/calendar", "pipeline/publish/site/changes", "pipeline/publish/site/content", "pipeline/publish/site/download", "pipeline/publish/site/feed", "pipeline/publish/site/figure", "pipeline/publish/site/find", "pipeline/publish/site/pages", "pipeline/publish/site/poster", "pipeline/publish/site/share", "pipeline/publish/site/stamp", "pipeline/publish/site/translate", "pipeline/publish/site/wide"},
	"pipeline/publish/site/asof":         {"pipeline/publish/site/content", "pipeline/stat"},
	"pipeline/publish/site/breakdown":    {"pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/calendar":     {"pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/stat", "schemas"},
	"pipeline/publish/site/card":         {"charts", "pipeline/publish/site/calendar", "pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/changes":      {"pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/content":      {"charts", "pipeline/publish/catalogue", "pipeline/publish/site/stamp", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table", "pipeline/table/row"},
	"pipeline/publish/site/download":     {"charts", "pipeline/publish/cached", "pipeline/publish/catalogue", "pipeline/publish/compressed", "pipeline/publish/sdmx", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/stamp", "pipeline/publish/site/wording", "pipeline/publish/workbook", "pipeline/stat", "pipeline/stat/note", "pipeline/table", "pipeline/table/row", "schemas"},
	"pipeline/publish/site/feed":         {"pipeline/publish/site/changes", "pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/figure":       {"charts", "pipeline/publish/picture", "pipeline/publish/site/breakdown", "pipeline/publish/site/calendar", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/plot", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table", "pipeline/table/row"},
	"pipeline/publish/site/figurecard":   {"charts", "pipeline/publish/site/breakdown", "pipeline/publish/site/content", "pipeline/publish/site/figure", "pipeline/publish/site/finding", "pipeline/publish/site/section", "pipeline/publish/site/yearly"},
	"pipeline/publish/site/find":         {"charts", "pipeline/publish/site/changes", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/table/row"},
	"pipeline/publish/site/finding":      {"charts", "pipeline/publish/site/breakdown", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/stat/note", "pipeline/table/row"},
	"pipeline/publish/site/heatmap":      {"pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/incidentmap":  {"charts/coast", "pipeline/incident", "pipeline/publish/site/calendar", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row", "schemas"},
	"pipeline/publish/site/listing":      {"pipeline/publish/site/wording", "pipeline/stat", "pipeline/stat/note", "pipeline/table/row"},
	"pipeline/publish/site/months":       {"pipeline/publish/site/content", "pipeline/publish/site/finding", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/pages":        {"charts", "docs", "pipeline/publish/catalogue", "pipeline/publish/site/asof", "pipeline/publish/site/breakdown", "pipeline/publish/site/calendar", "pipeline/publish/site/card", "pipeline/publish/site/changes", "pipeline/publish/site/content", "pipeline/publish/site/download", "pipeline/publish/site/figure", "pipeline/publish/site/figurecard", "pipeline/publish/site/finding", "pipeline/publish/site/heatmap", "pipeline/publish/site/incidentmap", "pipeline/publish/site/listing", "pipeline/publish/site/months", "pipeline/publish/site/quality", "pipeline/publish/site/records", "pipeline/publish/site/section", "pipeline/publish/site/share", "pipeline/publish/site/wide", "pipeline/publish/site/wording", "pipeline/publish/site/yearly", "pipeline/stat", "pipeline/stat/note", "pipeline/table/row", "schemas"},
	"pipeline/publish/site/plot":         {},
	"pipeline/publish/site/poster":       {"charts", "pipeline/publish/site/card", "pipeline/publish/site/content", "pipeline/publish/site/figure", "pipeline/publish/site/finding", "pipeline/publish/site/section", "pipeline/publish/site/wording", "pipeline/table/row"},
	"pipeline/publish/site/quality":      {"pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/table/row"},
	"pipeline/publish/site/records":      {"pipeline/publish/site/content", "pipeline/publish/site/finding", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/site/section":      {"charts", "pipeline/publish/site/calendar", "pipeline/publish/site/changes", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/records", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/stat/note", "pipeline/table/row"},
	"pipeline/publish/site/share":        {"pipeline/publish/picture", "pipeline/publish/site/content", "pipeline/publish/site/figure"},
	"pipeline/publish/site/sitetest":     {"charts", "pipeline/compare", "pipeline/compare/claim/packed", "pipeline/compare/headline", "pipeline/publish/site/content", "pipeline/source/all", "pipeline/source/sourcetest", "pipeline/stat", "pipeline/table", "pipeline/table/row", "schemas"},
	"pipeline/publish/site/stamp":        {"pipeline/publish/cached"},
	"pipeline/publish/site/translate":    {"pipeline/publish/site/stamp", "schemas"},
	"pipeline/publish/site/wide":         {"pipeline/publish/site/calendar", "pipeline/publish/site/content", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table", "pipeline/table/row", "schemas"},
	"pipeline/publish/site/wording":      {"pipeline/stat"},
	"pipeline/publish/site/yearly":       {"pipeline/publish/site/calendar", "pipeline/publish/site/content", "pipeline/publish/site/listing", "pipeline/publish/site/wording", "pipeline/stat", "pipeline/table/row"},
	"pipeline/publish/tables":            {"charts", "pipeline/atomicfile", "pipeline/compare", "pipeline/compare/breakdown", "pipeline/compare/claim", "pipeline/compare/claim/words", "pipeline/compare/headline", "pipeline/compare/revision", "pipeline/datadir", "pipeline/hint", "pipeline/incident", "pipeline/lake", "pipeline/publish/quality", "pipeline/registry", "pipeline/source", "pipeline/stat", "pipeline/stat/note", "pipeline/table", "pipeline/table/row", "pipeline/watch", "schemas"},
	"pipeline/publish/upload":            {"pipeline/atomicfile", "pipeline/publish/compressed", "pipeline/publish/edition", "pipeline/publish/web"},
	"pipeline/publish/web":               {"pipeline/publish/edition"},
	"pipeline/publish/workbook":          {"pipeline/stat"},
	"pipeline/watch":                     {"pipeline/archive", "pipeline/atomicfile", "pipeline/compare", "pipeline/lake", "pipeline/microdata", "pipeline/read/check", "pipeline/registry", "pipeline/review", "pipeline/source", "pipeline/stat", "pipeline/table", "pipeline/table/row", "pipeline/watch/notify", "schemas"},
	"pipeline/watch/notify":              {},
	"pipeline/watch/runlog":              {"pipeline/atomicfile", "pipeline/table"},
	"pipeline/compare":                   {"pipeline/stat", "pipeline/stat/note"},
	"pipeline/compare/breakdown":         {"pipeline/compare", "pipeline/stat", "pipeline/stat/note"},
	"pipeline/compare/claim":             {"pipeline/compare", "pipeline/compare/claim/numbers", "pipeline/compare/claim/words", "pipeline/stat"},
	"pipeline/compare/claim/numbers":     {},
	"pipeline/compare/claim/packed":      {"pipeline/compare", "pipeline/compare/claim", "pipeline/compare/claim/words", "pipeline/stat"},
	"pipeline/compare/claim/words":       {"pipeline/compare", "pipeline/compare/claim/numbers", "pipeline/stat"},
	"pipeline/compare/headline":          {"pipeline/compare", "pipeline/compare/breakdown", "pipeline/stat"},
	"pipeline/compare/revision":          {"pipeline/compare", "pipeline/stat"},
	"pipeline/read/cellformat":           {"pipeline/read/decode"},
	"pipeline/read/check":                {"pipeline/hint", "pipeline/stat"},
	"pipeline/read/codes":                {"pipeline/read/decode", "pipeline/stat", "schemas"},
	"pipeline/read/dayorder":             {"pipeline/read/decode"},
	"pipeline/read/decode":               {},
	"pipeline/read/period":               {"pipeline/read/decode", "pipeline/stat"},
	"pipeline/read/rowtape":              {},
	"pipeline/read/spreadsheet":          {"pipeline/hint", "pipeline/read/cellformat", "pipeline/read/decode", "pipeline/read/rowtape", "pipeline/read/xmlscan"},
	"pipeline/read/strictjson":           {"pipeline/read/decode"},
	"pipeline/read/webpage":              {"pipeline/read/decode"},
	"pipeline/read/xmlscan":              {"pipeline/read/decode"},
	"pipeline/review":                    {"pipeline/archive", "pipeline/hint", "pipeline/lake", "pipeline/read/check", "pipeline/source", "pipeline/stat"},
	"pipeline/registry":                  {"pipeline/archive", "pipeline/atomicfile", "pipeline/datadir", "pipeline/hint", "pipeline/lake", "pipeline/microdata/layout", "pipeline/read/check", "pipeline/read/codes", "pipeline/read/decode", "pipeline/source", "pipeline/stat", "pipeline/table", "pipeline/tabular", "schemas"},
	"pipeline/source":                    {"pipeline/microdata/layout", "pipeline/read/check", "pipeline/read/codes", "pipeline/read/decode", "pipeline/read/webpage", "pipeline/source/origin", "pipeline/stat", "pipeline/table", "pipeline/tabular", "pipeline/tabular/reader", "schemas"},
	"pipeline/source/*":                  {"pipeline/incident", "pipeline/read/check", "pipeline/read/codes", "pipeline/read/dayorder", "pipeline/read/decode", "pipeline/read/period", "pipeline/read/spreadsheet", "pipeline/read/webpage", "pipeline/source", "pipeline/source/origin", "pipeline/source/ukhodetailed", "pipeline/stat", "pipeline/table"},
	"pipeline/source/all":                {"pipeline/source", "pipeline/source/*"},
	"pipeline/source/fixture":            {"pipeline/read/decode", "pipeline/read/spreadsheet", "pipeline/read/webpage", "pipeline/source", "pipeline/source/all", "pipeline/stat", "schemas"},
	"pipeline/source/origin":             {"pipeline/stat"},
	"pipeline/source/sourcetest":         {"pipeline/read/check", "pipeline/read/codes", "pipeline/read/decode", "pipeline/read/spreadsheet", "pipeline/source", "pipeline/source/sourcetest/files", "pipeline/stat", "pipeline/table", "schemas"},
	"pipeline/source/sourcetest/altered": {"pipeline/lake", "pipeline/read/check", "pipeline/read/decode", "pipeline/source", "pipeline/source/sourcetest", "pipeline/stat"},
	"pipeline/source/sourcetest/files":   {},
	"pipeline/source/sourcetest/mirror":  {"pipeline/source/sourcetest", "pipeline/source/sourcetest/weekly", "pipeline/stat"},
	"pipeline/source/sourcetest/weekly":  {"pipeline/source/sourcetest"},
	"pipeline/source/ukhodetailed":       {"pipeline/read/check", "pipeline/read/codes", "pipeline/read/decode", "pipeline/read/period", "pipeline/read/spreadsheet", "pipeline/source", "pipeline/source/origin", "pipeline/stat", "schemas"},
	"pipeline/lake":                      {"pipeline/atomicfile", "pipeline/hint", "pipeline/stat", "pipeline/table", "schemas"},
	"pipeline/archive":                   {"pipeline/hint", "pipeline/stat"},
	"pipeline/table":                     {"pipeline/read/decode", "pipeline/stat", "schemas"},
	"pipeline/table/row":                 {"pipeline/stat", "pipeline/stat/note", "pipeline/table", "schemas"},
	"charts":                             {"pipeline/stat"},
	"charts/coast":                       {},
	"docs":                               {},
	"pipeline/atomicfile":                {},
	"pipeline/datadir":                   {"pipeline/atomicfile", "pipeline/hint"},
	"pipeline/hint":                      {},
	"pipeline/incident":                  {"pipeline/stat", "schemas"},
	"pipeline/schedule":                  {},
	"pipeline/stat":                      {},
	"pipeline/stat/note":                 {"pipeline/stat"},
	"pipeline/tabular":                   {"pipeline/read/codes", "pipeline/read/decode", "pipeline/read/period", "pipeline/read/strictjson", "pipeline/stat", "schemas"},
	"pipeline/tabular/grid":              {"pipeline/read/decode", "pipeline/read/spreadsheet", "pipeline/tabular"},
	"pipeline/tabular/proposal":          {"pipeline/read/codes", "pipeline/read/decode", "pipeline/read/period", "pipeline/stat", "pipeline/tabular", "pipeline/tabular/grid", "pipeline/tabular/reader", "schemas"},
	"pipeline/tabular/reader":            {"pipeline/read/codes", "pipeline/read/decode", "pipeline/read/period", "pipeline/stat", "pipeline/tabular", "pipeline/tabular/grid", "schemas"},
	"schemas":                            {},
}

// TestImportDirection reads the files themselves rather than asking the go
// command. go test tracks the files that a test opens, so a changed import is
// never hidden behind a cached result.
func TestImportDirection(t *testing.T) {
	t.Parallel()
	eachFile(t, func(name string) { checkImports(t, name) })
}

// eachFile calls visit with the name of each Go file of the programs, from the root of the
// repository. It leaves out tests.
func eachFile(t *testing.T, visit func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "data" || name == "bin" || d.Name() == "testdata" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return fs.SkipDir
		case path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go"):
			visit(name)
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
		if rel, ours := strings.CutPrefix(p, module); ours && !slices.Contains(may, rel) && !slices.Contains(may, path.Dir(rel)+"/*") {
			t.Errorf("%s: %s may not import %s", name, pkg, rel)
		}
	}
}
