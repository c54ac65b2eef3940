package decode

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// worksheet is the kind of sheet that has cells.
const worksheet = "worksheet"

// The columns of a sheet, 16,384 at most, leave two bits free.
const (
	boolean = 1 << 15 // marks a cell of a grid that holds TRUE or FALSE
	joined  = 1 << 14 // marks one whose text is figures of several runs; see texts.apart
)

// maxEscapes bounds the characters of one text that are written as _x000D_:
// excelize copies the whole text for each. A text of Excel has 32,767 characters
// at most.
const maxEscapes = 1000

// piece is about what excelize takes up for a text, or a run of one, besides its
// characters. The file takes up as little as five bytes, so without a bound one
// within the limits could ask for gigabytes.
const piece = 128

// texts reads the texts of a part.
type texts struct {
	*tokens
	ns     string // of the elements
	buf    []byte // the current text
	ends   []int  // where its runs end
	pieces int    // texts, and their runs, so far
}

// apart returns the current text with a space between its runs where it has
// several and no letters: 249 and a raised 1 are not 2491. For all others it
// returns "".
func (x *texts) apart() string {
	if len(x.ends) < 2 || bytes.ContainsFunc(x.buf, unicode.IsLetter) {
		return ""
	}
	var runs []string
	start := 0
	for _, end := range x.ends {
		if run := fold(string(x.buf[start:end])); run != "" {
			runs = append(runs, run)
		}
		start = end
	}
	if len(runs) < 2 {
		return ""
	}
	return strings.Join(runs, " ")
}

// plain appends the characters of the open element, which has no children.
func (x *texts) plain() error {
	for {
		tok, err := x.next()
		if err != nil {
			return x.inside(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			if x.buf = append(x.buf, tok...); len(x.buf) > x.lim.Token {
				return fmt.Errorf("%w: %s has a text of more than %d bytes", ErrTooLarge, x.part, x.lim.Token)
			}
		case xml.StartElement:
			return fmt.Errorf("%w: %s has an element %s within a text", ErrFormat, x.part, quote(tok.Name.Local))
		case xml.EndElement:
			return nil
		}
	}
}

// item reads the text of the open element, si or is: that of its t, or of the t
// of each r, a run in one type face. How the text is pronounced (rPh) is left
// out.
func (x *texts) item() error {
	x.buf, x.ends = x.buf[:0], x.ends[:0]
	if err := x.children(x.run()); err != nil {
		return err
	}
	if bytes.Count(x.buf, []byte("_x")) > maxEscapes {
		return fmt.Errorf("%w: %s has a text with more than %d escapes", ErrTooLarge, x.part, maxEscapes)
	}
	return nil
}

// run returns the function that reads the children of si, is or r.
func (x *texts) run() func(xml.StartElement) error {
	found := false
	return func(e xml.StartElement) error {
		if err := x.count(); err != nil {
			return err
		}
		switch {
		case is(e, x.ns, "r"):
			return x.children(x.run())
		case !is(e, x.ns, "t"):
			return x.other(e, "r", "t")
		case found:
			return fmt.Errorf("%w: %s has two texts in one place", ErrFormat, x.part)
		}
		found = true
		err := x.plain()
		x.ends = append(x.ends, len(x.buf))
		return err
	}
}

// other passes over an element that means nothing here. It refuses one that bears
// such a name in another namespace, for excelize looks at the names alone.
func (x *texts) other(e xml.StartElement, names ...string) error {
	if slices.Contains(names, e.Name.Local) {
		return fmt.Errorf("%w: %s has an element %s of another namespace", ErrFormat, x.part, quote(e.Name.Local))
	}
	return x.skip()
}

// count bounds the texts, their runs and what comes with them.
func (x *texts) count() error {
	if x.pieces++; int64(x.pieces) > x.lim.XML/piece {
		return fmt.Errorf("%w: %s has more than %d runs of text", ErrTooLarge, x.part, x.lim.XML/piece)
	}
	return nil
}

// sharedTexts returns the bytes of each text that the sheets share, and those of
// figures in several runs as they are kept apart.
func sharedTexts(f *zip.File, ns string, lim Limits) ([]int, map[int]string, error) {
	var sizes []int
	apart := map[int]string{}
	err := readPart(f, lim, func(t *tokens) error {
		x := texts{tokens: t, ns: ns}
		return t.root(xml.Name{Space: ns, Local: "sst"}, func(e xml.StartElement) error {
			if !is(e, ns, "si") {
				return x.other(e, "si")
			}
			if err := x.count(); err != nil {
				return err
			}
			err := x.item()
			if s := x.apart(); s != "" {
				apart[len(sizes)] = s
			}
			sizes = append(sizes, len(x.buf))
			return err
		})
	})
	return sizes, apart, err
}

// grid is one check of a sheet: that its XML is whole, its rows and cells are in
// order, its texts are there and the limits are kept. It notes where there is
// content.
type grid struct {
	texts
	shared []int          // bytes of each shared text
	split  map[int]string // those of figures in several runs, kept apart

	rows    []gridRow
	cells   []uint16 // the columns with content, from 0, row by row
	figures []string // the texts of those that are joined, in the same order
	line    int      // the current row, from 1; 0 before the first
	column  int      // the current cell's, from 1
	letter  string   // the column of an error, where it has one
	chars   int64    // bytes of cell text so far

	kind    string // the type of the current cell
	size    int    // bytes of its text
	valued  bool   // it has a v
	inline  bool   // it has an is, a text of its own
	formula bool
	text    string // its text where it is joined, kept apart
}

// gridRow is a row with content.
type gridRow struct{ line, end int }

// filled returns the columns with content of a row, counted from 0.
func (g *grid) filled(i int) []uint16 {
	start := 0
	if i > 0 {
		start = g.rows[i-1].end
	}
	return g.cells[start:g.rows[i].end]
}

// document reads the whole part.
func (g *grid) document() error {
	found := false
	err := g.root(xml.Name{Space: g.ns, Local: worksheet}, func(e xml.StartElement) error {
		if !is(e, g.ns, "sheetData") {
			return g.skip()
		}
		if found {
			return fmt.Errorf("%w: %s has two tables of cells", ErrFormat, g.part)
		}
		found = true
		err := g.children(g.row)
		if err == nil {
			g.line = 0
		}
		return err
	})
	if err == nil && !found {
		return fmt.Errorf("%w: %s has no table of cells", ErrFormat, g.part)
	}
	return err
}

// row reads one row of the table and notes it if it has content.
func (g *grid) row(e xml.StartElement) error {
	if !is(e, g.ns, "row") {
		return g.other(e, "row", "c")
	}
	line := g.line + 1
	if s, ok := attr(e, "", "r"); ok {
		n, err := strconv.Atoi(s)
		if err != nil || n < line {
			return fmt.Errorf("%w: the rows are out of order, after row %d comes one numbered %s", ErrFormat, g.line, quote(s))
		}
		line = n
	}
	g.line, g.column = line, 0
	if line > excelize.TotalRows {
		return fmt.Errorf("%w: a sheet has no more than %d rows", ErrFormat, excelize.TotalRows)
	}
	start := len(g.cells)
	if err := g.children(g.cell); err != nil || len(g.cells) == start {
		return err
	}
	if len(g.rows) >= g.lim.Rows {
		return fmt.Errorf("%w: the sheet has more than %d rows with content", ErrTooLarge, g.lim.Rows)
	}
	g.rows = append(g.rows, gridRow{line, len(g.cells)})
	return nil
}

// cell reads one cell of a row and notes it if it has content.
func (g *grid) cell(e xml.StartElement) error {
	if !is(e, g.ns, "c") {
		return g.other(e, "row", "c")
	}
	err := g.place(e)
	if err == nil {
		err = g.content(e)
	}
	if err != nil {
		g.letter = ColumnLetter(g.column - 1)
	}
	return err
}

// place finds the column of the cell, which is the next one where the cell does
// not say.
func (g *grid) place(e xml.StartElement) error {
	g.column++
	ref, ok := attr(e, "", "r")
	if ok {
		column, line := splitRef(ref)
		if line != g.line || column < g.column {
			return fmt.Errorf("%w: a cell of the row is named %s", ErrFormat, quote(ref))
		}
		g.column = column
	}
	if g.column > excelize.MaxColumns {
		return fmt.Errorf("%w: a sheet has no more than %d columns", ErrFormat, excelize.MaxColumns)
	}
	return nil
}

// splitRef returns the column and row, both from 1, of a cell named like AB12.
// One of them is 0 where it is not named so.
func splitRef(ref string) (column, line int) {
	i := 0
	for ; i < len(ref) && 'A' <= ref[i] && ref[i] <= 'Z'; i++ {
		if column = column*26 + int(ref[i]-'A') + 1; column > excelize.MaxColumns {
			return 0, 0
		}
	}
	if s, rest := digits(ref[i:]); rest == "" {
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
		return fmt.Errorf("%w: the cell is of the unknown type %s", ErrFormat, quote(g.kind))
	}
	g.size, g.valued, g.inline, g.formula, g.text = 0, false, false, false, ""
	if err := g.children(g.inCell); err != nil {
		return err
	}
	if g.column > g.lim.Columns && (g.size > 0 || g.formula) {
		return fmt.Errorf("%w: the row has content beyond column %s", ErrTooLarge, ColumnLetter(g.lim.Columns-1))
	}
	if g.size == 0 {
		return nil
	}
	if g.chars += int64(g.size); g.chars > g.lim.XML {
		return fmt.Errorf("%w: the cells have more than %d bytes of text", ErrTooLarge, g.lim.XML)
	}
	c := uint16(g.column - 1)
	if g.kind == "b" {
		c |= boolean
	}
	if g.text != "" {
		c |= joined
		g.figures = append(g.figures, g.text)
	}
	g.cells = append(g.cells, c)
	return nil
}

// inCell reads the value, the text or the formula of a cell. There is one of
// each at most, and nothing else that excelize could take for one.
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
		return g.measure()
	case is(e, g.ns, "is") && !g.inline:
		g.pieces = 0
		err := g.item()
		if g.kind == "inlineStr" { // elsewhere it means nothing
			g.inline, g.size, g.text = true, len(g.buf), g.apart()
		}
		return err
	}
	return fmt.Errorf("%w: the cell has an element %s out of place", ErrFormat, quote(e.Name.Local))
}

// measure finds the size of the text that the cell's v holds or points to.
func (g *grid) measure() error {
	g.size = len(g.buf)
	if g.kind != "s" || g.size == 0 {
		return nil
	}
	i, err := strconv.Atoi(string(bytes.TrimSpace(g.buf)))
	if err != nil || i < 0 || i >= len(g.shared) {
		return fmt.Errorf("%w: the cell has the shared text %s of %d", ErrFormat, quote(string(g.buf)), len(g.shared))
	}
	g.size, g.text = g.shared[i], g.split[i]
	return nil
}
