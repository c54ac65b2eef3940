package spreadsheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"math"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/xmlscan"
)

// maxSheets is the most sheets a workbook may have. Their names are kept.
const maxSheets = 1024

// errStop ends a pass that the caller has stopped.
var errStop = errors.New("stop")

// odsReader is one pass over content.xml.
type odsReader struct {
	*tokens
	lim   decode.Limits
	yield func(decode.Row, error) bool

	names  map[string]bool // the sheets so far
	rows   int             // rows with content so far, in all sheets
	chars  int64           // current row, from 1; 0 before the first
	sheet  string          // cells of the current row so far
	line   int             // the current row, from 1; 0 before the first
	column int             // cells of the current row so far
	letter string          // column of an error, "" if it has none
	cells  []decode.Cell   // the current row up to its last cell with content

	text  []byte // the current cell's text
	ends  []int  // where runs of it in different typefaces end
	paras int    // its paragraphs so far
	space bool   // skip white space: there is some already, or a paragraph starts

	raised map[string]bool // the styles of raised text
	unseen                 // what is hidden
}

// document reads the whole part.
func (r *odsReader) document() error {
	found := false
	err := r.root(xml.Name{Space: nsOffice, Local: "document-content"}, func(e xml.StartElement) error {
		if is(e, nsOffice, "automatic-styles") {
			return r.children(r.inStyles)
		}
		if !is(e, nsOffice, "body") {
			return r.skip()
		}
		return r.children(func(e xml.StartElement) error {
			if !is(e, nsOffice, "spreadsheet") {
				return r.skip()
			}
			if found {
				return fmt.Errorf("%w: content.xml has two spreadsheets", decode.ErrFormat)
			}
			found = true
			return r.children(r.inSpreadsheet)
		})
	})
	if err == nil && !found {
		return fmt.Errorf("%w: content.xml has no spreadsheet", decode.ErrFormat)
	}
	return err
}

// inSpreadsheet reads one sheet. It skips all else: settings, named ranges, and tracked changes,
// which hold cells that are no longer there.
func (r *odsReader) inSpreadsheet(e xml.StartElement) error {
	if !is(e, nsTable, "table") {
		return r.skip()
	}
	name, _ := attr(e, nsTable, "name")
	r.sheet, r.line = name, 0
	if r.names[name] {
		return fmt.Errorf("%w: there are two sheets of this name", decode.ErrShape)
	}
	if len(r.names) >= maxSheets {
		return fmt.Errorf("%w: there are more than %d sheets", decode.ErrTooLarge, maxSheets)
	}
	r.names[name] = true
	style, _ := attr(e, nsTable, "style-name")
	r.begin(style)
	err := r.children(r.inTable)
	if err == nil {
		r.sheet, r.line = "", 0
	}
	return err
}

// inTable reads a row or a group of rows, and which columns are hidden. It skips shapes, forms and
// embedded sources.
func (r *odsReader) inTable(e xml.StartElement) error {
	if e.Name.Space != nsTable {
		return r.skip()
	}
	switch e.Name.Local {
	case "table-row":
		return r.row(e)
	case "table-rows", "table-header-rows":
		return r.children(r.inTable)
	case "table-row-group":
		return r.group(e)
	case "table-column":
		return r.columnsHidden(e)
	case "table-columns", "table-header-columns", "table-column-group":
		return r.children(r.inTable)
	case "table":
		return decode.ErrNested()
	}
	return r.skip()
}

// row reads one row and, unless it is empty, yields it once for each line that it is repeated on.
func (r *odsReader) row(e xml.StartElement) error {
	r.line = decode.AddCapped(r.line, 1)
	r.column, r.cells = 0, r.cells[:0]
	repeat, err := intAttr(e, nsTable, "number-rows-repeated", 1)
	if err != nil {
		return err
	}
	hidden := r.ofRow(e)
	if err := r.children(r.inRow); err != nil {
		return err
	}
	if len(r.cells) == 0 {
		r.line = decode.AddCapped(r.line, repeat-1)
		return nil
	}
	if r.rows = decode.AddCapped(r.rows, repeat); r.rows > r.lim.Rows {
		return fmt.Errorf("%w: the workbook has more than %d rows with content", decode.ErrTooLarge, r.lim.Rows)
	}
	if r.line > math.MaxInt-repeat {
		return fmt.Errorf("%w: the rows before this one cannot be numbered", decode.ErrTooLarge)
	}
	for i := range repeat {
		if i > 0 {
			r.line++
		}
		if !r.yield(decode.Row{Sheet: r.sheet, Line: r.line, Cells: r.cells, Hidden: hidden}, nil) {
			return errStop
		}
	}
	return nil
}

// inRow reads one cell and stores it once for each column that it is repeated in. A cell that
// another one covers has its own place, and its content counts.
func (r *odsReader) inRow(e xml.StartElement) error {
	if is(e, nsTable, "table") {
		return decode.ErrNested()
	}
	if !is(e, nsTable, "table-cell") && !is(e, nsTable, "covered-table-cell") {
		return r.skip()
	}
	repeat, err := intAttr(e, nsTable, "number-columns-repeated", 1)
	if err != nil {
		r.letter = decode.ColumnLetter(r.column)
		return err
	}
	r.text, r.ends, r.paras = r.text[:0], r.ends[:0], 0
	if err := r.children(r.inCell); err != nil {
		r.letter = decode.ColumnLetter(r.column)
		return err
	}
	if r.chars += int64(len(r.text)); r.chars > r.lim.XML {
		return fmt.Errorf("%w: the cells have more than %d bytes of text", decode.ErrTooLarge, r.lim.XML)
	}
	text := string(r.text)
	if len(r.ends) > 0 {
		text = cmp.Or(decode.Apart(r.text, append(r.ends, len(r.text))), text)
	}
	c := newCell(e, text)
	first := r.column
	r.column = decode.AddCapped(first, repeat)
	if c.Kind == decode.Empty {
		return nil
	}
	if r.column > r.lim.Columns {
		r.letter = decode.ColumnLetter(max(first, r.lim.Columns))
		return fmt.Errorf("%w: the row has content beyond column %s", decode.ErrTooLarge, decode.ColumnLetter(r.lim.Columns-1))
	}
	for len(r.cells) < first {
		r.cells = append(r.cells, decode.Cell{})
	}
	for range repeat {
		r.cells = append(r.cells, c)
	}
	return nil
}

// newCell makes a cell from the attributes of its element and its text.
func newCell(e xml.StartElement, text string) decode.Cell {
	var kind, value, date, str, other string
	hasStr := false
	for i := range e.Attr {
		a := &e.Attr[i]
		if a.Name.Space != nsOffice {
			continue
		}
		switch a.Name.Local {
		case "value-type":
			kind = a.Value
		case "value":
			value = a.Value
		case "date-value":
			date = a.Value
		case "string-value":
			str, hasStr = a.Value, true
		case "boolean-value", "time-value":
			other = a.Value
		}
	}
	c := decode.Cell{Text: text}
	switch kind {
	case "float":
		c.Kind, c.Value = decode.Number, value
	case "date":
		c.Kind, c.Value = decode.DateKind, date
	case "string", "":
		c.Kind, c.Value = decode.Text, text
		if hasStr {
			c.Value = str
		}
		if kind == "" && value+date+other != "" { // a value whose type is missing
			c.Kind, c.Value = decode.Other, value+date+other
		}
		if c.Value == "" && text == "" {
			c.Kind = decode.Empty
		}
	default:
		c.Kind, c.Value = decode.Other, value+other
		c.Form = map[string]decode.Form{"percentage": decode.Percent, "currency": decode.Money}[kind]
		if c.Value == "" {
			c.Value = text
		}
	}
	return c
}

// inCell reads one paragraph of a cell. It skips comments (office:annotation), pictures and shapes.
func (r *odsReader) inCell(e xml.StartElement) error {
	if is(e, nsTable, "table") {
		return decode.ErrNested()
	}
	if e.Name.Space != nsText {
		return r.skip()
	}
	switch e.Name.Local {
	case "p", "h":
		return r.paragraph()
	case "list", "list-item", "list-header", "section":
		return r.children(r.inCell)
	}
	return r.skip()
}

// paragraph appends the text of a paragraph, on a new line unless it is the first of its cell.
func (r *odsReader) paragraph() error {
	if r.paras > 0 {
		if err := r.fill('\n', 1); err != nil {
			return err
		}
	}
	r.paras++
	start := len(r.text)
	r.space = true
	if err := r.inline(); err != nil {
		return err
	}
	if r.space && len(r.text) > start {
		r.text = r.text[:len(r.text)-1]
	}
	return nil
}

// inline appends the text of the open element.
func (r *odsReader) inline() error {
	for {
		tok, err := r.Next()
		if err != nil {
			return r.unexpectedEnd(err)
		}
		switch tok {
		case xmlscan.EndTag:
			return nil
		case xmlscan.Chars:
			err = r.write(r.tokens.Text)
		case xmlscan.StartTag:
			err = r.inlineElement(r.Elem)
		}
		if err != nil {
			return err
		}
	}
}

// inlineElement appends what an element in a paragraph means: white space, or its own text for
// spans, links and fields. Comments, notes and elements of other namespaces mean nothing.
func (r *odsReader) inlineElement(e xml.StartElement) error {
	if is(e, nsTable, "table") {
		return decode.ErrNested()
	}
	if e.Name.Space != nsText {
		return r.skip()
	}
	var err error
	switch e.Name.Local {
	case "s":
		var n int
		if n, err = intAttr(e, nsText, "c", 0); err == nil {
			err = r.fill(' ', n)
		}
	case "tab":
		err = r.fill('\t', 1)
	case "line-break":
		err = r.fill('\n', 1)
	case "note", "ruby-text":
	default:
		return r.span(e)
	}
	if err != nil {
		return err
	}
	return r.skip()
}

// fill appends the character b n times; it does not collapse.
func (r *odsReader) fill(b byte, n int) error {
	if n > r.lim.Token-len(r.text) {
		return r.longText()
	}
	for range n {
		r.text = append(r.text, b)
	}
	r.space = false
	return nil
}

// write appends character data. OpenDocument collapses a run of white space into one space, and
// drops it at either end of a paragraph.
func (r *odsReader) write(chars []byte) error {
	for _, b := range chars {
		white := b == ' ' || b == '\t' || b == '\n' || b == '\r'
		if white && r.space {
			continue
		}
		if r.space = white; white {
			b = ' '
		}
		r.text = append(r.text, b)
	}
	if len(r.text) > r.lim.Token {
		return r.longText()
	}
	return nil
}

// longText is the error about a cell with too much text.
func (r *odsReader) longText() error {
	return fmt.Errorf("%w: the cell has more than %d bytes of text", decode.ErrTooLarge, r.lim.Token)
}
