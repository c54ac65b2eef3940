package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const module = "crossings/"

// graph has the packages of the module, and what each imports of the others.
type graph map[string][]string

// readGraph reads the imports of every package below a folder, without those of tests.
// Published data sets count as one package, pipeline/source/*.
func readGraph(root string) (graph, error) {
	found := map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") && name != "."):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := room(filepath.ToSlash(filepath.Dir(file)))
		if found[pkg] == nil {
			found[pkg] = map[string]bool{}
		}
		for _, i := range syntax.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if own, is := strings.CutPrefix(name, module); is && room(own) != pkg {
				found[pkg][room(own)] = true
			}
		}
		return nil
	})
	g := graph{}
	for pkg, imports := range found {
		g[pkg] = slices.Sorted(maps.Keys(imports))
	}
	return g, err
}

// shared are the packages below pipeline/source that are no published data set.
var shared = []string{"all", "fixture", "origin", "sourcetest", "ukhodetailed"}

// room returns the name under which a package is shown.
func room(pkg string) string {
	if dir, name := path.Split(pkg); dir == "pipeline/source/" && !slices.Contains(shared, name) {
		return "pipeline/source/*"
	}
	return pkg
}

// wings are the parts of the program, in the order of the table of packages.
var wings = []string{"cmd", "pipeline", "pipeline/ingest", "pipeline/microdata", "pipeline/publish", "pipeline/watch", "pipeline/compare", "pipeline/read",
	"pipeline/review", "pipeline/registry", "pipeline/source", "pipeline/lake", "pipeline/archive", "pipeline/table"}

// wing returns the place of a package among the wings: that of the longest name that covers it.
func wing(pkg string) int {
	best := len(wings)
	for i, w := range wings {
		if (pkg == w || w != "pipeline" && strings.HasPrefix(pkg, w+"/")) && (best == len(wings) || len(w) > len(wings[best])) {
			best = i
		}
	}
	return best
}

// packages returns the names of all packages, by wing and name.
func (g graph) packages() []string {
	return slices.SortedFunc(maps.Keys(g), func(a, b string) int { return cmp.Or(cmp.Compare(wing(a), wing(b)), cmp.Compare(a, b)) })
}

// header begins the table of packages.
const header = "| package | what it is | may import |\n|---|---|---|\n"

// table replaces the table of packages in a document by one that the code says. It returns an
// error if a package has no description.
func (g graph) table(document string) (string, error) {
	start := strings.Index(document, header)
	if start < 0 {
		return "", errors.New("the document has no table of packages")
	}
	rest := document[start+len(header):]
	end := strings.Index(rest, "\n\n") + 1
	described := map[string]string{}
	for line := range strings.Lines(rest[:end]) {
		if cells := strings.Split(line, " | "); len(cells) == 3 {
			described[strings.Trim(cells[0], "|` ")] = cells[1]
		}
	}
	out := strings.Builder{}
	for _, pkg := range g.packages() {
		if described[pkg] == "" {
			return "", fmt.Errorf("%s has no description; add a row for it to the table of packages", pkg)
		}
		imports := "nothing of ours"
		if g[pkg] != nil {
			imports = "`" + strings.Join(g[pkg], "`, `") + "`"
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s |\n", pkg, described[pkg], imports)
	}
	return document[:start] + header + out.String() + rest[end:], nil
}
