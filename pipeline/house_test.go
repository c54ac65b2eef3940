package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strings"
	"testing"
)

// TestWings holds the package map against the rules of the layout: the wings do not
// import each other, and what is pure reads no clock's or disk's package of ours.
func TestWings(t *testing.T) {
	t.Parallel()
	below := func(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }
	for pkg, imports := range mayImport {
		for _, i := range imports {
			switch {
			case below(pkg, "pipeline/publish") && (below(i, "pipeline/ingest") || below(i, "pipeline/read")),
				below(pkg, "pipeline/ingest") && below(i, "pipeline/publish"),
				below(pkg, "pipeline/microdata") && below(i, "pipeline/publish"):
				t.Errorf("%s imports %s: the wings meet in lake, compare, registry and review", pkg, i)
			case (below(pkg, "pipeline/compare") || below(pkg, "pipeline/read")) && (i == "pipeline/archive" || i == "pipeline/lake" || i == "pipeline/datadir" || i == "pipeline/atomicfile"):
				t.Errorf("%s imports %s: it is to be pure", pkg, i)
			}
		}
	}
}

// maxMethods is how many methods a type may have.
const maxMethods = 25

// TestNoTypeIsARoom counts the methods of every type.
func TestNoTypeIsARoom(t *testing.T) {
	t.Parallel()
	methods := map[string]int{}
	eachFile(t, func(name string) { countMethods(t, name, methods) })
	for name, n := range methods {
		if n > maxMethods {
			t.Errorf("%s has %d methods, more than %d: divide it", name, n, maxMethods)
		}
	}
}

// countMethods adds the methods that a file declares, by package and type.
func countMethods(t *testing.T, name string, methods map[string]int) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path.Join("..", name), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv == nil {
			continue
		}
		recv := fn.Recv.List[0].Type
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = star.X
		}
		if id, ok := recv.(*ast.Ident); ok {
			methods[path.Dir(name)+"."+id.Name]++
		}
	}
}
