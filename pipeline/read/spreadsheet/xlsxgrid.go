package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"

	"crossings/pipeline/read/cellformat"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/rowtape"
)

// worksheet is the kind of sheet that has cells.
const worksheet = "worksheet"

// The largest sheet that Excel allows.
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
)

// errEnough ends a pass over a sheet after its first rows.
var errEnough = errors.New("enough")

// grid reads and holds the content of a sheet. It checks that the XML is complete, the rows and
// cells are in order, the shared texts exist, and the limits are kept.
type grid struct {
	textReader
	shared []string // the texts that the sheets share
	most   int      // rows to read; 0 for all

	formats  []cellformat.Format // by style; nil if they are not read
	from1904 bool

	tape   rowtape.Tape // the rows with content
	line   int          // current row, from 1; 0 before the first
	column int          // current cell, from 1
	letter string       // column of an error, "" if it has none
	chars  int64        // bytes of cell text so far

	sheet      bool     // the sheet is hidden
	columns    [][2]int // that are hidden
	hiddenRows [][2]int // the first and last line of runs of rows that are hidden
	filtered   bool     // a filter is on

	kind    string // the type of the current cell
	text    string // its text
	place   int    // index of its text among the shared ones, or rowtape.Own
	valued  bool   // it has a v element
	inline  bool   // it has an is element, a text of its own
	formula bool
}

// appendCells appends the cells of a row, up to the last one with content.
func (g *grid) appendCells(cells []decode.Cell, row []rowtape.Cell) []decode.Cell {
	for _, c := range row {
		for len(cells) < c.Column {
			cells = append(cells, decode.Cell{})
		}
		v := c.Text
		if c.Shared != rowtape.Own {
			v = g.shared[c.Shared]
		}
		kind := decode.Text
		if c.Truth {
			kind = decode.Other
		} else if cellformat.Decimal(v) {
			kind = decode.Number
		}
		cell := decode.Cell{Kind: kind, Value: v, Text: v}
		if look := cellformat.Look(c.Look); look == cellformat.StoredText {
			cell.Kind = decode.Text
		} else if look != 0 && kind == decode.Number {
			cell = cellformat.Show(cell, look, g.from1904)
		}
		cells = append(cells, cell)
	}
	return cells
}

// document reads the whole part.
func (g *grid) document() error {
	found := false
	err := g.root(xml.Name{Space: g.ns, Local: worksheet}, func(e xml.StartElement) error {
		switch {
		case is(e, g.ns, "cols"):
			return g.children(g.col)
		case is(e, g.ns, "autoFilter"):
			return g.children(func(xml.StartElement) error { g.filtered = true; return g.skip() })
		case !is(e, g.ns, "sheetData"):
			return g.skip()
		}
		if found {
			return fmt.Errorf("%w: %s has two tables of cells", decode.ErrFormat, g.part)
		}
		found = true
		err := g.children(g.row)
		if err == nil {
			g.line = 0
		}
		return err
	})
	if err == nil && !found {
		return fmt.Errorf("%w: %s has no table of cells", decode.ErrFormat, g.part)
	}
	return err
}

// row reads one row of the table and stores it if it has content.
func (g *grid) row(e xml.StartElement) error {
	if !is(e, g.ns, "row") {
		return g.other(e, "row", "c")
	}
	line := g.line + 1
	if s, ok := attr(e, "", "r"); ok {
		n, err := strconv.Atoi(s)
		if err != nil || n < line {
			return fmt.Errorf("%w: the rows are out of order, after row %d comes one numbered %s", decode.ErrFormat, g.line, decode.Quote(s))
		}
		line = n
	}
	g.line, g.column = line, 0
	if line > maxSheetRows {
		return fmt.Errorf("%w: a sheet has no more than %d rows", decode.ErrFormat, maxSheetRows)
	}
	hidden := isOn(e, "hidden")
	if err := g.children(g.cell); err != nil || !g.tape.End(line) {
		return err
	}
	if hidden {
		g.hide(line)
	}
	if g.tape.Rows() > g.lim.Rows {
		return fmt.Errorf("%w: the sheet has more than %d rows with content", decode.ErrTooLarge, g.lim.Rows)
	}
	if g.tape.Rows() == g.most {
		return errEnough
	}
	return nil
}

// cell reads one cell of a row and stores it if it has content.
func (g *grid) cell(e xml.StartElement) error {
	if !is(e, g.ns, "c") {
		return g.other(e, "row", "c")
	}
	err := g.locate(e)
	if err == nil {
		err = g.content(e)
	}
	if err != nil {
		g.letter = decode.ColumnLetter(g.column - 1)
	}
	return err
}

// locate finds the column of the cell. A cell that does not name its column is in the next one.
func (g *grid) locate(e xml.StartElement) error {
	g.column++
	ref, ok := attr(e, "", "r")
	if ok {
		column, line := splitRef(ref)
		if line != g.line || column < g.column {
			return fmt.Errorf("%w: a cell of the row is named %s", decode.ErrFormat, decode.Quote(ref))
		}
		g.column = column
	}
	if g.column > maxSheetColumns {
		return fmt.Errorf("%w: a sheet has no more than %d columns", decode.ErrFormat, maxSheetColumns)
	}
	return nil
}

// splitRef returns the column and row, both from 1, of a cell named like AB12. If it is not named
// so, one of them is 0.
func splitRef(ref string) (column, line int) {
	i := 0
	for ; i < len(ref) && 'A' <= ref[i] && ref[i] <= 'Z'; i++ {
		if column = column*26 + int(ref[i]-'A') + 1; column > maxSheetColumns {
			return 0, 0
		}
	}
	if s, rest := cellformat.Digits(ref[i:]); rest == "" {
		line, _ = strconv.Atoi(s) // an error leaves a line that no row has
	}
	return column, line
}

// content reads what the cell holds.
func (g *grid) content(e xml.StartElement) error {
	g.kind, _ = attr(e, "", "t")
	switch g.kind {
	case "", "b", "d", "e", "inlineStr", "n", "s", "str":
	default:
		return fmt.Errorf("%w: the cell is of the unknown type %s", decode.ErrFormat, decode.Quote(g.kind))
	}
	g.text, g.place, g.valued, g.inline, g.formula = "", rowtape.Own, false, false, false
	if err := g.children(g.inCell); err != nil {
		return err
	}
	if g.column > g.lim.Columns && (g.text != "" || g.formula) {
		return fmt.Errorf("%w: the row has content beyond column %s", decode.ErrTooLarge, decode.ColumnLetter(g.lim.Columns-1))
	}
	if g.text == "" {
		return nil
	}
	if g.chars += int64(len(g.text)); g.chars > g.lim.XML {
		return fmt.Errorf("%w: the cells have more than %d bytes of text", decode.ErrTooLarge, g.lim.XML)
	}
	c := rowtape.Cell{Column: g.column - 1, Shared: g.place, Text: g.text, Truth: g.kind == "b"}
	if g.formats != nil {
		c.Look = uint8(g.lookOf(e))
	}
	g.tape.Add(c)
	return nil
}

// inCell reads the value, the text or the formula of a cell. A cell has at most one of each, and
// nothing else.
func (g *grid) inCell(e xml.StartElement) error {
	switch {
	case is(e, g.ns, "f") && !g.formula:
		g.formula = true
		return g.skip()
	case is(e, g.ns, "v") && !g.valued:
		g.valued, g.buf = true, g.buf[:0]
		if err := g.plain(); err != nil || g.inline {
			return err
		}
		return g.stored()
	case is(e, g.ns, "is") && !g.inline:
		g.pieces = 0
		err := g.item()
		if g.kind == "inlineStr" { // in other cells it means nothing
			g.inline, g.text, g.place = true, g.value(), rowtape.Own
		}
		return err
	}
	return fmt.Errorf("%w: the cell has an element %s out of place", decode.ErrFormat, decode.Quote(e.Name.Local))
}

// stored reads the text that the cell's v element holds or points to.
func (g *grid) stored() error {
	if g.kind != "s" || len(g.buf) == 0 {
		g.text = string(g.buf)
		return nil
	}
	i, err := strconv.Atoi(string(bytes.TrimSpace(g.buf)))
	if err != nil || i < 0 || i >= len(g.shared) {
		return fmt.Errorf("%w: the cell has the shared text %s of %d", decode.ErrFormat, decode.Quote(string(g.buf)), len(g.shared))
	}
	g.text, g.place = g.shared[i], i
	return nil
}
