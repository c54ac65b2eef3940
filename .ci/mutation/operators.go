package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// arithmetic maps each operator to the helper that replaces it with another one.
var arithmetic = map[token.Token]string{
	token.ADD: "mutAdd", token.SUB: "mutSub", token.MUL: "mutMul", token.QUO: "mutQuo", token.REM: "mutRem",
	token.AND: "mutAnd", token.OR: "mutOr", token.XOR: "mutXor", token.AND_NOT: "mutAndNot",
}

// assigned maps each assignment operator, such as +=, to its operator.
var assigned = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO,
	token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR,
}

// boundary maps each comparison to the one that differs only if both sides are equal.
var boundary = map[token.Token]string{token.LSS: "<=", token.GTR: ">=", token.LEQ: "<", token.GEQ: ">"}

// expression adds the mutants of an expression, and reports whether to go on below it.
func (m *mutator) expression(e ast.Expr) bool {
	if v := m.info.Types[e]; v.IsType() {
		return false
	} else if v.Value != nil {
		m.constant(e, v)
		return false
	}
	switch x := e.(type) {
	case *ast.SelectorExpr:
		m.below(x, x.X)
		return false
	case *ast.FuncLit:
		m.mayLeave(x.Body, x.Type.Results)
	case *ast.UnaryExpr:
		m.unary(x)
	case *ast.BinaryExpr:
		m.binary(x)
	}
	return true
}

// constant raises and lowers a number by one, and inverts true and false.
func (m *mutator) constant(e ast.Expr, v types.TypeAndValue) {
	if v.Value.Kind() == constant.Bool {
		if t := types.Default(v.Type); t == types.Typ[types.Bool] {
			m.wrap(e, fmt.Sprintf("(mutOn(%d) != (", m.mutant(e, "invert")), "))")
		}
		return
	}
	if id, ok := e.(*ast.Ident); ok && (m.info.Uses[id] == nil || m.info.Uses[id].Pkg() != m.pkg) {
		return
	}
	if _, ok := e.(*ast.SelectorExpr); ok || !isNumber(v.Type) {
		return
	}
	if _, isLit := e.(*ast.BasicLit); !isLit {
		if _, named := v.Type.(*types.Named); named && !strings.ContainsAny(m.text(e), "0123456789") {
			return // one of an enumeration
		}
	}
	if t := m.typeText(v.Type); t != "" {
		m.wrap(e, fmt.Sprintf("mutConst[%s](%d, %d, ", t, m.mutant(e, "plus 1"), m.mutant(e, "minus 1")), ")")
	}
}

func (m *mutator) unary(x *ast.UnaryExpr) {
	switch x.Op {
	case token.NOT:
		m.negate(x)
	case token.SUB:
		if t := m.typeText(m.info.TypeOf(x)); t != "" {
			id := m.mutant(x, "without minus")
			m.wrap(x, "", ")")
			m.replace(x.OpPos, "-", fmt.Sprintf("mutNeg[%s](%d, ", t, id))
		}
	}
}

// negate inverts a truth value, unless it is a condition, which becomes true and false.
func (m *mutator) negate(x ast.Expr) {
	if !m.inert[x] {
		m.wrap(x, fmt.Sprintf("(mutOn(%d) != (", m.mutant(x, "invert")), "))")
	}
}

func (m *mutator) binary(x *ast.BinaryExpr) {
	switch x.Op {
	case token.LAND, token.LOR:
		m.operand(x.X, x.Op)
		m.operand(x.Y, x.Op)
	case token.EQL, token.NEQ:
		m.negate(x)
	case token.LSS, token.GTR, token.LEQ, token.GEQ:
		m.negate(x)
		m.boundary(x)
	default:
		t := m.typeText(m.info.TypeOf(x))
		if arithmetic[x.Op] == "" || t == "" || !isNumber(m.info.TypeOf(x)) {
			return
		}
		m.wrap(x, fmt.Sprintf("%s[%s](%d, ", arithmetic[x.Op], t, m.mutant(x, "operator "+x.Op.String())), ")")
		m.replace(x.OpPos, x.Op.String(), ",")
	}
}

// operand leaves out one side of "and" or "or", then the other. This tells more than exchanging
// the operators.
func (m *mutator) operand(x ast.Expr, op token.Token) {
	m.inert[ast.Unparen(x)] = true
	if in, ok := ast.Unparen(x).(*ast.BinaryExpr); ok && in.Op == op {
		return // its own sides are left out
	}
	if op == token.LAND {
		m.wrap(x, fmt.Sprintf("(mutOn(%d) || ", m.mutant(x, "leave out of &&")), ")")
	} else {
		m.wrap(x, fmt.Sprintf("(!mutOn(%d) && (", m.mutant(x, "leave out of ||")), "))")
	}
}

// boundary adds equality to a comparison or removes it. If an integer is compared with a constant,
// the constant's own mutants do so.
func (m *mutator) boundary(x *ast.BinaryExpr) {
	if isInteger(m.info.TypeOf(x.X)) && (ownConstant(x.X, m.info.Types[x.X]) || ownConstant(x.Y, m.info.Types[x.Y])) {
		return
	}
	id := m.mutant(x, "becomes "+boundary[x.Op])
	same := fmt.Sprintf("mutOn(%d) && (%s) == (%s)", id, m.text(x.X), m.text(x.Y))
	if strings.HasSuffix(boundary[x.Op], "=") {
		m.wrap(x, "((", ") || "+same+")")
	} else {
		m.wrap(x, "((", ") && !("+same+"))")
	}
}

// ownConstant reports whether an expression with a value is a constant with mutants.
func ownConstant(e ast.Expr, v types.TypeAndValue) bool {
	_, foreign := e.(*ast.SelectorExpr)
	return v.Value != nil && !foreign
}

// condition makes a condition true, then false.
func (m *mutator) condition(c ast.Expr) {
	if c == nil || m.info.Types[c].Value != nil {
		return
	}
	m.inert[ast.Unparen(c)] = true
	m.wrap(c, fmt.Sprintf("mutCond(%d, %d, ", m.mutant(c, "always true"), m.mutant(c, "always false")), ")")
}

// statement adds the mutants of a statement.
func (m *mutator) statement(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.IfStmt:
		m.condition(x.Cond)
	case *ast.ForStmt:
		if x.Cond != nil {
			m.inert[ast.Unparen(x.Cond)] = true
			m.wrap(x.Cond, fmt.Sprintf("!mutOn(%d) && (", m.mutant(x.Cond, "always false")), ")")
		}
	case *ast.CaseClause:
		m.clause(x)
	case *ast.ReturnStmt:
		m.returns(x)
	case *ast.ExprStmt, *ast.RangeStmt, *ast.DeferStmt, *ast.SendStmt:
		m.remove(x)
	case *ast.BranchStmt:
		if x.Tok == token.BREAK || x.Tok == token.CONTINUE {
			m.remove(x)
		}
	case *ast.IncDecStmt:
		m.remove(x)
		if t := m.typeText(m.info.TypeOf(x.X)); t != "" {
			id := m.mutant(x, "other direction")
			m.replace(x.TokPos, x.Tok.String(), fmt.Sprintf(" %c= mutStep[%s](%d)", x.Tok.String()[0], t, id))
		}
	case *ast.AssignStmt:
		m.assign(x)
	}
}

// remove leaves a statement out.
func (m *mutator) remove(s ast.Stmt) {
	switch m.parent().(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
	default:
		return // a part of another statement
	}
	if e, ok := s.(*ast.ExprStmt); ok {
		call, _ := e.X.(*ast.CallExpr)
		if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "panic" {
			return
		}
	}
	m.wrap(s, fmt.Sprintf("if !mutOn(%d) { ", m.mutant(s, "remove")), " }")
}

func (m *mutator) assign(x *ast.AssignStmt) {
	if x.Tok == token.DEFINE {
		return
	}
	m.remove(x)
	op, ok := assigned[x.Tok]
	if !ok || !isNumber(m.info.TypeOf(x.Lhs[0])) {
		return
	}
	if t := m.typeText(m.info.TypeOf(x.Lhs[0])); t != "" {
		id := m.mutant(x, "operator "+op.String())
		m.wrap(x, "", ")")
		m.replace(x.TokPos, x.Tok.String(), fmt.Sprintf("= %s[%s](%d, %s,", arithmetic[op], t, id, m.text(x.Lhs[0])))
	}
}

// clause makes the conditions of a case true and false, or skips its body where the
// switch compares a value.
func (m *mutator) clause(x *ast.CaseClause) {
	sw, _ := m.stack[len(m.stack)-2].(*ast.SwitchStmt)
	if sw != nil && sw.Tag == nil {
		for _, c := range x.List {
			m.condition(c)
		}
		return
	}
	if len(x.Body) > 0 {
		if b, ok := x.Body[len(x.Body)-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
			return
		}
		name := "default"
		if len(x.List) > 0 {
			name = m.text(x.List[0])
		}
		id := len(*m.mutants) + 1
		*m.mutants = append(*m.mutants, mutant{ID: id, Name: fmt.Sprintf("%s %s: skip case: %s", m.name, m.function(), short(name))})
		m.wrap(x.Body[0], fmt.Sprintf("if mutOn(%d) { break }; ", id), "")
	}
}

// returns makes each result the zero value of its type.
func (m *mutator) returns(x *ast.ReturnStmt) {
	results := m.results()
	if results == nil || len(x.Results) == 0 {
		return
	}
	if len(x.Results) != results.Len() {
		var zeros []string
		for i := range results.Len() {
			t := m.typeText(results.At(i).Type())
			if t == "" {
				return
			}
			zeros = append(zeros, fmt.Sprintf("*new(%s)", t))
		}
		m.wrap(x, fmt.Sprintf("if mutOn(%d) { return %s }; ", m.mutant(x, "zero values"), strings.Join(zeros, ", ")), "")
		return
	}
	for i, e := range x.Results {
		t := m.typeText(results.At(i).Type())
		b, _ := results.At(i).Type().Underlying().(*types.Basic)
		switch {
		case b != nil && b.Info()&types.IsBoolean != 0:
			m.truth(e)
		case t != "" && !isZero(e, m.info.Types[e]):
			m.wrap(e, fmt.Sprintf("mutZero[%s](%d, ", t, m.mutant(e, "return zero")), ")")
		}
	}
}

// truth inverts a result that is neither a constant nor an operation: those have mutants
// of their own.
func (m *mutator) truth(e ast.Expr) {
	switch ast.Unparen(e).(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr:
		return
	}
	if m.info.Types[e].Value == nil {
		m.wrap(e, fmt.Sprintf("(mutOn(%d) != (", m.mutant(e, "invert")), "))")
	}
}
