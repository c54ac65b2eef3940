package spreadsheet

import (
	"encoding/xml"
	"strconv"

	"crossings/pipeline/read/decode"
)

// isOn reports whether an attribute of an element is true.
func isOn(e xml.StartElement, name string) bool {
	s, _ := attr(e, "", name)
	return s == "1" || s == "true"
}

// order puts what is hidden last.
func order(hidden bool) int {
	if hidden {
		return 1
	}
	return 0
}

// col notes hidden columns.
func (g *grid) col(e xml.StartElement) error {
	if !is(e, g.ns, "col") || !isOn(e, "hidden") || len(g.columns) == maxSheetColumns {
		return g.skip()
	}
	from, _ := attr(e, "", "min")
	to, _ := attr(e, "", "max")
	first, bad := strconv.Atoi(from)
	last, err := strconv.Atoi(to)
	if bad == nil && err == nil && first > 0 {
		g.columns = append(g.columns, [2]int{first - 1, last - 1})
	}
	return g.skip()
}

// hide notes that the row of a line is hidden.
func (g *grid) hide(line int) {
	if n := len(g.hiddenRows); n > 0 && g.hiddenRows[n-1][1] == line-1 {
		g.hiddenRows[n-1][1] = line
		return
	}
	g.hiddenRows = append(g.hiddenRows, [2]int{line, line})
}

// hiding returns a function that says what of a row is hidden, for the lines of rows that rise.
func (g *grid) hiding() func(line int) *decode.Hidden {
	var every *decode.Hidden
	if g.sheet || len(g.columns) > 0 {
		every = &decode.Hidden{Sheet: g.sheet, Columns: g.columns}
	}
	some := &decode.Hidden{Sheet: g.sheet, Columns: g.columns, Row: !g.filtered, Filtered: g.filtered}
	runs := g.hiddenRows
	return func(line int) *decode.Hidden {
		for len(runs) > 0 && runs[0][1] < line {
			runs = runs[1:]
		}
		if len(runs) > 0 && runs[0][0] <= line {
			return some
		}
		return every
	}
}
