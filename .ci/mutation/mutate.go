package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// mutator makes one copy of a file with all its mutants, each behind a switch.
type mutator struct {
	editor
	info    *types.Info
	pkg     *types.Package
	file    *ast.File
	name    string // path of the file in the repository
	mutants *[]mutant
	stack   []ast.Node
	inert   map[ast.Node]bool // conditions that already have mutants of their own
}

// mutant adds a mutant of a node and returns its number.
func (m *mutator) mutant(n ast.Node, change string) int {
	id := len(*m.mutants) + 1
	*m.mutants = append(*m.mutants, mutant{ID: id, Name: fmt.Sprintf("%s %s: %s: %s", m.name, m.function(), change, short(m.text(n)))})
	return id
}

// short returns the text of a node on one line.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 70 {
		return string(r[:70]) + " …"
	}
	return s
}

// function returns the name of the function that is being read.
func (m *mutator) function() string {
	for _, n := range m.stack {
		f, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if f.Recv == nil {
			return f.Name.Name
		}
		return strings.TrimLeft(types.ExprString(f.Recv.List[0].Type), "*") + "." + f.Name.Name
	}
	return "package"
}

// results returns the types of the results of the function around a node.
func (m *mutator) results() *types.Tuple {
	for _, n := range slices.Backward(m.stack) {
		switch f := n.(type) {
		case *ast.FuncLit:
			return m.info.TypeOf(f).(*types.Signature).Results()
		case *ast.FuncDecl:
			return m.info.TypeOf(f.Name).(*types.Signature).Results()
		}
	}
	return nil
}

// typeText returns a type as this file can write it, or "" if it cannot.
func (m *mutator) typeText(t types.Type) string {
	written := true
	s := types.TypeString(types.Default(t), func(p *types.Package) string {
		if p == m.pkg {
			return ""
		}
		for _, i := range m.file.Imports {
			if strings.Trim(i.Path.Value, `"`) == p.Path() {
				if i.Name != nil {
					return i.Name.Name
				}
				return p.Name()
			}
		}
		written = false
		return p.Name()
	})
	if !written {
		return ""
	}
	return s
}

// walk visits a node and all below it.
func (m *mutator) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			m.stack = m.stack[:len(m.stack)-1]
			return true
		}
		if !m.visit(n) {
			return false
		}
		m.stack = append(m.stack, n)
		return true
	})
}

// parent returns the node above the one that is visited.
func (m *mutator) parent() ast.Node {
	if len(m.stack) == 0 {
		return nil
	}
	return m.stack[len(m.stack)-1]
}

// visit adds the mutants of one node, and reports whether to go on below it.
func (m *mutator) visit(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.GenDecl:
		return x.Tok == token.VAR
	case *ast.ArrayType, *ast.FuncType, *ast.StructType, *ast.InterfaceType, *ast.ImportSpec:
		return false
	case *ast.KeyValueExpr:
		m.keyed(x)
		return false
	case ast.Expr:
		return m.expression(x)
	case ast.Stmt:
		m.statement(x)
	case *ast.FuncDecl:
		m.mayLeave(x.Body, x.Type.Results)
	}
	return true
}

// keyed visits the value of a key, and the key only if it may be computed.
func (m *mutator) keyed(x *ast.KeyValueExpr) {
	lit, _ := m.parent().(*ast.CompositeLit)
	if lit != nil {
		if _, ok := m.info.TypeOf(lit).Underlying().(*types.Map); ok {
			m.below(x, x.Key)
		}
	}
	m.below(x, x.Value)
}

func (m *mutator) below(parent, n ast.Node) {
	m.stack = append(m.stack, parent)
	m.walk(n)
	m.stack = m.stack[:len(m.stack)-1]
}

// mayLeave ends a function so that it compiles even if a mutant skips its last switch.
func (m *mutator) mayLeave(body *ast.BlockStmt, results *ast.FieldList) {
	if body == nil || results == nil || len(body.List) == 0 {
		return
	}
	if _, ok := body.List[len(body.List)-1].(*ast.ReturnStmt); !ok {
		m.insert(body.Rbrace, `; panic("a mutant left the function") `)
	}
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0 && b.Info()&types.IsComplex == 0
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// isZero reports whether an expression, with its type and value, is nil or a constant of value zero.
func isZero(e ast.Expr, v types.TypeAndValue) bool {
	if v.IsNil() {
		return true
	}
	if c, ok := e.(*ast.CompositeLit); ok && len(c.Elts) == 0 {
		_, isStruct := v.Type.Underlying().(*types.Struct)
		return isStruct
	}
	if v.Value == nil {
		return false
	}
	switch v.Value.Kind() {
	case constant.Bool:
		return !constant.BoolVal(v.Value)
	case constant.String:
		return constant.StringVal(v.Value) == ""
	}
	return constant.Sign(v.Value) == 0
}
