package pipeline_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
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

// The bounds of a type, and of the code of a package without its tests.
const (
	maxMethods      = 25
	maxMethodLines  = 500
	maxPackageLines = 2500
)

// largePackages are the packages that may have more lines, and how many.
var largePackages = map[string]int{
	"pipeline/microdata/engine": 7000, // its own kind of program: a query engine
}

// methods are the methods of a type.
type methods struct{ count, lines int }

// TestNoTypeIsARoom counts the methods of every type, and their lines.
func TestNoTypeIsARoom(t *testing.T) {
	t.Parallel()
	types := map[string]methods{}
	eachFile(t, func(name string) { countMethods(t, name, types) })
	for name, n := range types {
		if n.count > maxMethods || n.lines > maxMethodLines {
			t.Errorf("%s has %d methods of %d lines, more than %d or than %d lines: divide it", name, n.count, n.lines, maxMethods, maxMethodLines)
		}
	}
}

// TestNoPackageIsTooLarge counts the lines of every package.
func TestNoPackageIsTooLarge(t *testing.T) {
	t.Parallel()
	lines := map[string]int{}
	eachFile(t, func(name string) {
		data, err := os.ReadFile(path.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		lines[path.Dir(name)] += bytes.Count(data, []byte("\n"))
	})
	for name, n := range lines {
		if most := max(maxPackageLines, largePackages[name]); n > most {
			t.Errorf("%s has %d lines, more than %d: divide it", name, n, most)
		}
	}
	for name, n := range largePackages {
		if lines[name] <= maxPackageLines {
			t.Errorf("%s has %d lines, and the list allows %d: take it off the list", name, lines[name], n)
		}
	}
}

// countMethods adds the methods that a file declares, by package and type.
func countMethods(t *testing.T, name string, types map[string]methods) {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path.Join("..", name), nil, parser.SkipObjectResolution)
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
			name := path.Dir(name) + "." + id.Name
			lines := set.Position(fn.End()).Line - set.Position(fn.Pos()).Line + 1
			types[name] = methods{types[name].count + 1, types[name].lines + lines}
		}
	}
}
