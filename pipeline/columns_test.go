package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/schemas"
)

// byColumnName are the packages and files that may find a column by its name or place, and why. All
// others make and read the rows of published tables as the structs of pipeline/table/row.
var byColumnName = map[string]string{
	"pipeline/table":                     "the tables themselves, and the tidy layout",
	"pipeline/lake/lake.go":              "tables of events, which are not published",
	"pipeline/lake/events.go":            "tables of events, which are not published",
	"pipeline/source/time.go":            "tables of events, which are not published",
	"pipeline/ingest/dated/reissue.go":   "tables of events, which are not published",
	"pipeline/publish/diff.go":           "compares any two tables by their schema",
	"pipeline/publish/restated.go":       "compares any two tables by their schema",
	"pipeline/publish/sdmx":              "writes all columns of all tables by their schema",
	"pipeline/publish/site/download":     "writes all columns of all tables by their schema",
	"pipeline/microdata/layout":          "the columns of a publisher's records",
	"pipeline/publish/site/sitetest":     "tables that tests change at will",
	"pipeline/watch/runlog":              "the table of runs, which is not published",
	"pipeline/registry/excluded.go":      "the table of excluded rows, which is not published",
	"pipeline/source/iommissingmigrants": "tables of events, which are not published",
}

// TestColumnsAreReadByTheirFields fails on code that reads a column of a published table by a string
// or makes a row of one cell by cell.
func TestColumnsAreReadByTheirFields(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	eachFile(t, func(name string) {
		found := columnNames(t, name)
		for _, key := range []string{name, path.Dir(name)} {
			if byColumnName[key] != "" {
				used[key] = used[key] || len(found) > 0
				return
			}
		}
		for _, f := range found {
			t.Errorf("%s: use a struct of pipeline/table/row", f)
		}
	})
	for key := range byColumnName {
		if !used[key] {
			t.Errorf("%s is in the list and does nothing with columns by their names: remove it", key)
		}
	}
}

// columnNames returns the places of a file that find columns of tables by name or place.
func columnNames(t *testing.T, name string) (found []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path.Join("..", name), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !usesTables(file) {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		what := ""
		switch n := n.(type) {
		case *ast.CallExpr:
			what = columnCall(n)
		case *ast.BinaryExpr:
			if s, ok := n.X.(*ast.SelectorExpr); ok && s.Sel.Name == "Name" && !ofSchema(s) && isColumn(n.Y) {
				what = "compares the name of a column"
			}
		}
		if what != "" {
			found = append(found, files.Position(n.Pos()).String()+" "+what)
		}
		return true
	})
	return found
}

// usesTables reports whether a file can have a table in its hands.
func usesTables(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool {
		p := strings.Trim(i.Path.Value, `"`)
		return p == "crossings/schemas" || strings.HasPrefix(p, "crossings/pipeline/") && p != "crossings/pipeline/stat"
	})
}

// columnCall says what a call does with columns by their names or places, or "".
func columnCall(c *ast.CallExpr) string {
	s, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	switch {
	case s.Sel.Name == "Index" && ofSchema(s):
		return "finds a column by its name"
	case (s.Sel.Name == "Index" || s.Sel.Name == "Column") && len(c.Args) == 1 && isColumn(c.Args[0]):
		return "reads a column by its name"
	case s.Sel.Name == "Add" && slices.ContainsFunc(c.Args, isCell):
		return "adds a row cell by cell"
	}
	return ""
}

// ofSchema reports whether a selector is one of the schema of a table.
func ofSchema(s *ast.SelectorExpr) bool {
	of, ok := s.X.(*ast.SelectorExpr)
	return ok && of.Sel.Name == "Schema"
}

// isCell reports whether an expression makes a cell of a table.
func isCell(e ast.Expr) bool {
	c, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	p, ok := s.X.(*ast.Ident)
	return ok && p.Name == "table"
}

// isColumn reports whether an expression is the name of a column of a published table.
func isColumn(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return false
	}
	text, err := strconv.Unquote(l.Value)
	return err == nil && slices.ContainsFunc(schemas.TableNames(), func(t string) bool { return schemas.MustLoad(t).Index(text) >= 0 })
}
