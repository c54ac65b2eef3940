package main

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// edit inserts text at a place in a file, or replaces what is between two places.
type edit struct {
	at, end int
	text    string
	closes  bool // text ends what an earlier edit began
	order   int
}

// editor collects the edits of one file.
type editor struct {
	fset  *token.FileSet
	src   []byte
	edits []edit
}

func (e *editor) offset(p token.Pos) int { return e.fset.Position(p).Offset }

func (e *editor) text(n ast.Node) string {
	return string(e.src[e.offset(n.Pos()):e.offset(n.End())])
}

// insert puts text at a place.
func (e *editor) insert(at token.Pos, text string) {
	a := e.offset(at)
	e.edits = append(e.edits, edit{a, a, text, true, len(e.edits)})
}

// wrap puts text before and after a node.
func (e *editor) wrap(n ast.Node, before, after string) {
	a, b := e.offset(n.Pos()), e.offset(n.End())
	e.edits = append(e.edits, edit{a, a, before, false, len(e.edits)}, edit{b, b, after, true, len(e.edits) + 1})
}

// replace replaces a token with text.
func (e *editor) replace(at token.Pos, old, text string) {
	a := e.offset(at)
	e.edits = append(e.edits, edit{a, a + len(old), text, false, len(e.edits)})
}

// apply returns the text of the file with all edits.
func (e *editor) apply() string {
	slices.SortStableFunc(e.edits, func(a, b edit) int {
		if a.at != b.at {
			return a.at - b.at
		}
		if a.closes != b.closes {
			if a.closes {
				return -1
			}
			return 1
		}
		if a.closes {
			return b.order - a.order // the edit that began last ends first
		}
		return cmp.Compare(a.order, b.order)
	})
	var out strings.Builder
	last := 0
	for _, x := range e.edits {
		out.Write(e.src[last:x.at])
		out.WriteString(x.text)
		last = max(x.end, x.at)
	}
	out.Write(e.src[last:])
	return out.String()
}
