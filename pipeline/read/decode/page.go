package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// pageReader is one pass over a page's tags and texts. It builds no tree: what
// is kept is bounded by the limits, and so is what is open at any time.
//
// Note: html.Parse was not taken, as it builds the whole tree before anything
// can be counted, and moves misplaced text out of tables.
type pageReader struct {
	z    *html.Tokenizer
	lim  Limits
	out  *HTML
	line int // on which the current token begins

	nodes int      // tags, texts and cells so far
	rows  int      // rows so far, in all tables
	chars int64    // bytes of cell text so far
	open  []string // elements that are open
	aside []aside  // those of them whose text has a tone of its own
	skip  int      // elements that were open before one that is passed over; -1 outside
	begun bool     // the document type or <html> was seen
	ended bool     // </html> was seen

	text     []byte // the current block
	textLine int    // on which it begins
	heading  bool   // the current block is a heading

	table *HTMLTable
	head  bool // within thead
	row   *HTMLRow
	cell  *htmlCell
	above []htmlSpan // by column: cells of rows above that reach into this row
	below []htmlSpan // the same for the next row
}

// htmlCell is a cell that is being read.
type htmlCell struct {
	text             []byte
	th               bool
	columns, rowSpan int
}

// htmlSpan is a cell that reaches down into left more rows.
type htmlSpan struct {
	left int
	text inline
	th   bool
}

func newPageReader(name string, data []byte, lim Limits) *pageReader {
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(max(lim.Token, 1)) // 0 would be no limit
	return &pageReader{z: z, lim: lim, line: 1, skip: -1, out: &HTML{name: name, meta: map[string]string{}}}
}

// read reads the whole page. After an error r.line says where.
func (r *pageReader) read() error {
	for {
		kind := r.z.Next()
		if kind == html.ErrorToken {
			return r.end()
		}
		if r.nodes++; r.nodes > r.lim.Nodes {
			return fmt.Errorf("%w: the page has more than %d tags and texts", ErrTooLarge, r.lim.Nodes)
		}
		lines := bytes.Count(r.z.Raw(), []byte("\n"))
		if err := r.token(kind); err != nil {
			return err
		}
		r.line += lines
	}
}

// end checks that the page has come to its end.
func (r *pageReader) end() error {
	err := r.z.Err()
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return fmt.Errorf("%w: the page has a tag, text or comment of more than %d bytes", ErrTooLarge, r.lim.Token)
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("%w: %w", ErrFormat, err)
	case !r.begun:
		return notHTML()
	case !r.ended:
		return fmt.Errorf("%w: the page does not end with </html>, it may be cut short", ErrFormat)
	case r.table != nil:
		return fmt.Errorf("%w: a table does not end", ErrFormat)
	}
	return nil
}

// token reads one tag, text or document type.
func (r *pageReader) token(kind html.TokenType) error {
	switch kind {
	case html.CommentToken:
		r.mark(joint)
		return nil
	case html.DoctypeToken:
		if word, _, _ := strings.Cut(fold(string(r.z.Text())), " "); r.begun || !strings.EqualFold(word, "html") {
			return notHTML()
		}
		r.begun = true
		return nil
	case html.TextToken:
		return r.words()
	}
	b, hasAttr := r.z.TagName()
	name := string(b)
	switch {
	case r.ended:
		return afterEnd()
	case !r.begun && (name != "html" || kind == html.EndTagToken):
		return notHTML()
	}
	r.mark(joint)
	if kind == html.EndTagToken {
		return r.endTag(name)
	}
	r.begun = true
	return r.startTag(name, hasAttr, kind == html.SelfClosingTagToken)
}

func notHTML() error {
	return fmt.Errorf("%w: it does not begin like an HTML page", ErrFormat)
}

func afterEnd() error {
	return fmt.Errorf("%w: the page goes on after </html>", ErrFormat)
}

// void are the elements without content or end tag.
var void = set("area base br col embed hr img input link meta source track wbr param")

// ignored are the elements whose content is no text of the page.
var ignored = set("script style template noscript noframes noembed iframe xmp plaintext textarea title svg math select object audio video canvas")

// blocks are the elements that begin and end a block of text.
var blocks = set("address article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer form " +
	"h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead tr ul")

// headings are the elements that are headings.
var headings = set("h1 h2 h3 h4 h5 h6")

// tableParts are the elements whose end tags reach out of a table's cell.
var tableParts = set("html body table thead tbody tfoot tr td th caption")

// within lists what a part of a table stands directly in. Its start tag ends
// whatever is open below that.
var within = map[string]map[string]bool{
	"td": set("tr thead tbody tfoot table"), "th": set("tr thead tbody tfoot table"), "tr": set("thead tbody tfoot table"),
	"thead": set("table"), "tbody": set("table"), "tfoot": set("table"), "caption": set("table"),
}

// alike are the elements that end one of their kind that is still open.
var alike = map[string]map[string]bool{"li": set("li"), "dt": set("dt dd"), "dd": set("dt dd"), "option": set("option")}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// startTag opens an element.
func (r *pageReader) startTag(name string, hasAttr, closed bool) error {
	if r.skip >= 0 {
		if void[name] || closed {
			return nil
		}
		return r.push(name, nil)
	}
	if blocks[name] {
		r.endBlock()
	}
	a := r.attributes(hasAttr)
	if void[name] {
		if name == "meta" {
			r.meta(a)
		}
		return nil
	}
	if ignored[name] {
		if closed && (name == "svg" || name == "math") {
			return nil
		}
		r.skip = len(r.open)
		return r.push(name, nil)
	}
	r.imply(name)
	if err := r.push(name, a); err != nil {
		return err
	}
	r.heading = r.heading || headings[name]
	return r.startPart(name, a)
}

// push opens an element, unless too many are.
func (r *pageReader) push(name string, a map[string]string) error {
	if t := toneOf(name, a); t != 0 {
		r.aside = append(r.aside, aside{len(r.open), t})
	}
	if r.open = append(r.open, name); len(r.open) > r.lim.Depth {
		return fmt.Errorf("%w: the page has more than %d elements within one another", ErrTooLarge, r.lim.Depth)
	}
	return nil
}

// pop closes all but the first n elements.
func (r *pageReader) pop(n int) {
	r.open = r.open[:n]
	for k := len(r.aside); k > 0 && r.aside[k-1].at >= n; k-- {
		r.aside = r.aside[:k-1]
	}
}

// imply closes the elements whose end tag may be left out before this one.
func (r *pageReader) imply(name string) {
	if stop := within[name]; stop != nil && r.table != nil {
		for n := len(r.open); n > 0 && !stop[r.open[n-1]]; n-- {
			r.pop(n - 1)
		}
		return
	}
	if n := len(r.open); n > 0 && r.open[n-1] == "p" && blocks[name] {
		r.pop(n - 1)
	}
	if n := len(r.open); n > 0 && alike[name][r.open[n-1]] {
		r.pop(n - 1)
	}
}

// endTag closes an element with all that is open in it. One that is not open is
// passed over, and so is one that would reach out of a table's cell or of an
// element that is passed over itself.
func (r *pageReader) endTag(name string) error {
	i := len(r.open) - 1
	for ; i >= max(r.skip, 0) && r.open[i] != name; i-- {
		if r.skip < 0 && tableParts[r.open[i]] && !tableParts[name] {
			return nil
		}
	}
	if i < max(r.skip, 0) {
		return nil
	}
	r.pop(i)
	if r.skip >= 0 {
		if i == r.skip {
			r.skip = -1
		}
		return nil
	}
	if blocks[name] {
		r.endBlock()
	}
	r.heading = r.heading && !headings[name]
	r.ended = name == "html"
	return r.endPart(name)
}

// meta keeps the content of a named meta element.
func (r *pageReader) meta(a map[string]string) {
	name := strings.ToLower(a["name"])
	if _, known := r.out.meta[name]; name != "" && !known {
		r.out.meta[name] = a["content"]
	}
}

// attributes returns the attributes of the current tag that are read.
func (r *pageReader) attributes(more bool) map[string]string {
	var a map[string]string
	for more {
		var k, v []byte
		k, v, more = r.z.TagAttr()
		switch string(k) {
		case "name", "content", "colspan", "rowspan", "class", "style", "hidden":
			if a == nil {
				a = map[string]string{}
			}
			if _, twice := a[string(k)]; !twice { // the first one counts
				a[string(k)] = string(v)
			}
		}
	}
	return a
}

// words reads text.
func (r *pageReader) words() error {
	raw := r.z.Raw()
	lead := raw[:len(raw)-len(bytes.TrimLeft(raw, " \t\r\n\f"))]
	blank, lines := len(lead) == len(raw), bytes.Count(lead, []byte("\n"))
	switch {
	case !blank && !r.begun:
		return notHTML()
	case !blank && r.ended:
		return afterEnd()
	case r.skip >= 0:
		return nil
	case r.cell != nil:
		r.cell.text = r.toned(r.cell.text)
		if len(r.cell.text) > r.lim.Token {
			return fmt.Errorf("%w: the cell has more than %d bytes of text", ErrTooLarge, r.lim.Token)
		}
		return nil
	case blank && len(r.text) == 0:
		return nil
	}
	if len(r.text) == 0 {
		r.textLine = r.line + lines
	}
	r.text = r.toned(r.text)
	return nil
}

// toned appends the current text in the tone of the elements around it.
func (r *pageReader) toned(to []byte) []byte {
	text := bytes.Map(func(c rune) rune {
		if c < ' ' && !strings.ContainsRune("\t\n\r\f", c) {
			return unicode.ReplacementChar
		}
		return c
	}, r.z.Text())
	var t tone
	for _, a := range r.aside {
		t = max(t, a.tone)
	}
	switch {
	case t == 0:
		return append(to, text...)
	case len(bytes.TrimSpace(text)) == 0:
		return append(to, ' ')
	case t == toneStruck:
		return append(to, struckOut)
	case t == toneUnseen && r.cell != nil:
		return append(to, unseen)
	case t == toneUnseen: // a heading for screen readers is one all the same
		return append(append(append(to, unseen, ' '), text...), unseen, ' ')
	}
	return append(append(append(to, noteStart), text...), noteEnd)
}

// mark notes in the current text that an element or comment begins or ends.
func (r *pageReader) mark(m byte) {
	text := &r.text
	if r.cell != nil {
		text = &r.cell.text
	}
	if n := len(*text); r.skip < 0 && n > 0 && (*text)[n-1] != m {
		*text = append(*text, m)
	}
}

// endBlock keeps the block of text so far. In a cell it is a space.
func (r *pageReader) endBlock() {
	if r.cell != nil {
		r.cell.text = append(r.cell.text, ' ')
		return
	}
	in := inline(r.text)
	text := in.label()
	r.text = r.text[:0]
	if text == "" {
		return
	}
	r.out.texts, r.out.inlines = append(r.out.texts, HTMLText{r.textLine, text}), append(r.out.inlines, in)
	if r.heading {
		r.out.headings = append(r.out.headings, text)
	}
}

// startPart begins a part of a table.
func (r *pageReader) startPart(name string, a map[string]string) error {
	if name == "table" {
		if r.table != nil {
			return nested()
		}
		r.table = &HTMLTable{Line: r.line}
		if n := len(r.out.headings); n > 0 {
			r.table.Heading = r.out.headings[n-1]
		}
		return nil
	}
	if r.table == nil {
		return nil
	}
	switch name {
	case "thead", "tbody", "tfoot":
		err := r.endSection()
		r.head = name == "thead"
		return err
	case "tr":
		if err := r.endRow(); err != nil {
			return err
		}
		return r.startRow()
	case "td", "th":
		return r.startCell(name, a)
	}
	return nil
}

// endPart ends a part of a table.
func (r *pageReader) endPart(name string) error {
	if r.table == nil {
		return nil
	}
	switch name {
	case "td", "th":
		return r.endCell()
	case "tr":
		return r.endRow()
	case "thead", "tbody", "tfoot":
		err := r.endSection()
		r.head = false
		return err
	case "table":
		if err := r.endSection(); err != nil {
			return err
		}
		r.out.tables = append(r.out.tables, *r.table)
		r.table, r.head = nil, false
	}
	return nil
}

// endSection ends a group of rows, beyond which no cell reaches.
func (r *pageReader) endSection() error {
	err := r.endRow()
	r.above = nil
	return err
}

func (r *pageReader) startRow() error {
	if r.rows++; r.rows > r.lim.Rows {
		return fmt.Errorf("%w: the tables have more than %d rows", ErrTooLarge, r.lim.Rows)
	}
	r.row = &HTMLRow{page: r.out.name, Line: r.line, Header: r.head}
	return nil
}

// startCell begins a cell, and a row where none was begun.
func (r *pageReader) startCell(name string, a map[string]string) error {
	if err := r.endCell(); err != nil {
		return err
	}
	if r.row == nil {
		if err := r.startRow(); err != nil {
			return err
		}
	}
	columns, err := spanOf(a, "colspan")
	if err != nil {
		return err
	}
	rows, err := spanOf(a, "rowspan")
	if err != nil {
		return err
	}
	if rows == 0 {
		rows = math.MaxInt // to the end of the group of rows
	}
	r.cell = &htmlCell{th: name == "th", columns: max(columns, 1), rowSpan: rows}
	return nil
}

// spanOf returns the value of colspan or rowspan; 1 where there is none.
func spanOf(a map[string]string, name string) (int, error) {
	s, ok := a[name]
	if !ok {
		return 1, nil
	}
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 31)
	if err != nil {
		return 0, fmt.Errorf("%w: %s is %s", ErrFormat, name, Quote(s))
	}
	return int(n), nil
}

// endCell puts the cell that is being read into its places in the row.
func (r *pageReader) endCell() error {
	c := r.cell
	if c == nil {
		return nil
	}
	r.cell = nil
	text := inline(c.text)
	for i := len(r.row.Cells); i < len(r.above) && r.above[i].left > 0; i++ {
		if err := r.place(r.above[i].text, r.above[i].th, true); err != nil {
			return err
		}
	}
	for k := range c.columns {
		i := len(r.row.Cells)
		if i < len(r.above) && r.above[i].left > 0 {
			return fmt.Errorf("%w: the cell %s overlaps one from a row above", ErrShape, Quote(text.label()))
		}
		if err := r.place(text, c.th, k > 0); err != nil {
			return err
		}
		if c.rowSpan > 1 {
			r.below = reach(r.below, i, htmlSpan{c.rowSpan - 1, text, c.th})
		}
	}
	return nil
}

// place appends a cell to the row.
func (r *pageReader) place(in inline, th, covered bool) error {
	row, text := r.row, in.label()
	r.nodes++
	r.chars += int64(len(text))
	switch {
	case r.nodes > r.lim.Nodes:
		return fmt.Errorf("%w: the page has more than %d tags, texts and cells", ErrTooLarge, r.lim.Nodes)
	case r.chars > r.lim.XML:
		return fmt.Errorf("%w: the cells have more than %d bytes of text", ErrTooLarge, r.lim.XML)
	case len(row.Cells) >= r.lim.Columns:
		return fmt.Errorf("%w: the row has more than %d cells", ErrTooLarge, r.lim.Columns)
	}
	row.Cells, row.Th, row.Covered = append(row.Cells, text), append(row.Th, th), append(row.Covered, covered)
	row.inlines = append(row.inlines, in)
	return nil
}

// reach sets the span of column i.
func reach(spans []htmlSpan, i int, s htmlSpan) []htmlSpan {
	for len(spans) <= i {
		spans = append(spans, htmlSpan{})
	}
	spans[i] = s
	return spans
}

// endRow ends the row, with the cells from above that stand at its end. A place
// that nothing fills before one of them is an empty cell.
func (r *pageReader) endRow() error {
	if err := r.endCell(); err != nil || r.row == nil {
		return err
	}
	last := len(r.above)
	for last > 0 && r.above[last-1].left == 0 {
		last--
	}
	for i := len(r.row.Cells); i < last; i++ {
		if err := r.place(r.above[i].text, r.above[i].th, r.above[i].left > 0); err != nil {
			return err
		}
	}
	for i, s := range r.above[:last] {
		if s.left > 1 {
			s.left--
			r.below = reach(r.below, i, s)
		}
	}
	row := r.row
	r.row, r.above, r.below = nil, r.below, nil
	if len(row.Cells) > 0 {
		row.Header = row.Header || !slices.Contains(row.Th, false)
		r.table.Rows = append(r.table.Rows, *row)
	}
	return nil
}
