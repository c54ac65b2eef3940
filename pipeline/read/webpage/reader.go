package webpage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"crossings/pipeline/read/decode"
)

// pageReader is one pass over a page's tags and texts. It builds no tree, so its memory stays
// within the limits.
//
// Note: html.Parse builds the whole tree before anything can be counted, and moves misplaced text
// out of tables.
type pageReader struct {
	z    *html.Tokenizer
	lim  decode.Limits
	out  *Page
	line int // on which the current token begins

	nodes  int             // tags, texts and cells so far
	rows   int             // rows so far, in all tables
	chars  int64           // bytes of cell text so far
	open   []string        // open elements
	styled []styledElement // open elements whose text has a style of its own
	skip   int             // how many elements were open before the one that is skipped; -1 if none is
	begun  bool            // the document type or <html> has been seen
	ended  bool            // </html> has been seen

	text     []byte // the current block
	textLine int    // on which it begins
	heading  bool   // the current block is a heading
	caption  bool   // the current block is a table's caption

	table *Table
	head  bool // in thead
	row   *Row
	cell  *htmlCell
	above []htmlSpan // by column: cells of rows above that span into this row
	below []htmlSpan // the same for the next row
}

// htmlCell is a cell that is being read.
type htmlCell struct {
	text             []byte
	th               bool
	columns, rowSpan int
}

// htmlSpan is a cell that spans left more rows down.
type htmlSpan struct {
	left int
	text inline
	th   bool
	wide bool // it spans several columns
}

func newPageReader(name string, data []byte, lim decode.Limits) *pageReader {
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(max(lim.Token, 1)) // 0 would be no limit
	return &pageReader{z: z, lim: lim, line: 1, skip: -1, out: &Page{name: name, meta: map[string]string{}}}
}

// read reads the whole page. After an error r.line is where it is.
func (r *pageReader) read() error {
	for {
		kind := r.z.Next()
		if kind == html.ErrorToken {
			return r.end()
		}
		if r.nodes++; r.nodes > r.lim.Nodes {
			return fmt.Errorf("%w: the page has more than %d tags and texts", decode.ErrTooLarge, r.lim.Nodes)
		}
		lines := bytes.Count(r.z.Raw(), []byte("\n"))
		if err := r.token(kind); err != nil {
			return err
		}
		r.line += lines
	}
}

// end checks that the page is complete.
func (r *pageReader) end() error {
	err := r.z.Err()
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return fmt.Errorf("%w: the page has a tag, text or comment of more than %d bytes", decode.ErrTooLarge, r.lim.Token)
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("%w: %w", decode.ErrFormat, err)
	case !r.begun:
		return errNotHTML()
	case !r.ended:
		return fmt.Errorf("%w: the page does not end with </html>, it may be cut short", decode.ErrFormat)
	case r.table != nil:
		return fmt.Errorf("%w: a table does not end", decode.ErrFormat)
	}
	return nil
}

// token reads one tag, text or document type.
func (r *pageReader) token(kind html.TokenType) error {
	switch kind {
	case html.CommentToken:
		r.addBoundary(boundary)
		return nil
	case html.DoctypeToken:
		if word, _, _ := strings.Cut(decode.Fold(string(r.z.Text())), " "); r.begun || !strings.EqualFold(word, "html") {
			return errNotHTML()
		}
		r.begun = true
		return nil
	case html.TextToken:
		return r.readText()
	}
	b, hasAttr := r.z.TagName()
	name := string(b)
	switch {
	case r.ended:
		return errAfterEnd()
	case !r.begun && (name != "html" || kind == html.EndTagToken):
		return errNotHTML()
	}
	r.addBoundary(boundary)
	if kind == html.EndTagToken {
		return r.endTag(name)
	}
	r.begun = true
	return r.startTag(name, hasAttr, kind == html.SelfClosingTagToken)
}

func errNotHTML() error {
	return fmt.Errorf("%w: it does not begin like an HTML page", decode.ErrFormat)
}

func errAfterEnd() error {
	return fmt.Errorf("%w: the page goes on after </html>", decode.ErrFormat)
}

// void are the elements without content or end tag.
var void = set("area base br col embed hr img input link meta source track wbr param")

// ignored are the elements whose content is not text of the page.
var ignored = set("script style template noscript noframes noembed iframe xmp plaintext textarea title svg math select object audio video canvas")

// blocks are the elements that begin and end a block of text.
var blocks = set("address article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer form " +
	"h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead tr ul")

// headings are the elements that are headings.
var headings = set("h1 h2 h3 h4 h5 h6")

// tableParts are the elements whose end tags may close a table's cell.
var tableParts = set("html body table thead tbody tfoot tr td th caption")

// partParents lists the elements that a part of a table may be a direct child of. Its start tag
// closes whatever is open below them.
var partParents = map[string]map[string]bool{
	"td": set("tr thead tbody tfoot table"), "th": set("tr thead tbody tfoot table"), "tr": set("thead tbody tfoot table"),
	"thead": set("table"), "tbody": set("table"), "tfoot": set("table"), "caption": set("table"),
}

// impliedEnds lists the elements that the start tag of another of their kind closes.
var impliedEnds = map[string]map[string]bool{"li": set("li"), "dt": set("dt dd"), "dd": set("dt dd"), "option": set("option")}

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
	r.closeImplied(name)
	if err := r.push(name, a); err != nil {
		return err
	}
	r.heading = r.heading || headings[name]
	r.caption = r.caption || name == "caption"
	return r.startPart(name, a)
}

// push opens an element, unless too many are open.
func (r *pageReader) push(name string, a map[string]string) error {
	if t := styleOf(name, a); t != 0 {
		r.styled = append(r.styled, styledElement{len(r.open), t})
	}
	if r.open = append(r.open, name); len(r.open) > r.lim.Depth {
		return fmt.Errorf("%w: the page has more than %d nested elements", decode.ErrTooLarge, r.lim.Depth)
	}
	return nil
}

// pop closes all but the first n elements.
func (r *pageReader) pop(n int) {
	r.open = r.open[:n]
	for k := len(r.styled); k > 0 && r.styled[k-1].at >= n; k-- {
		r.styled = r.styled[:k-1]
	}
}

// closeImplied closes the elements whose end tags may be omitted before this element.
func (r *pageReader) closeImplied(name string) {
	if stop := partParents[name]; stop != nil && r.table != nil {
		for n := len(r.open); n > 0 && !stop[r.open[n-1]]; n-- {
			r.pop(n - 1)
		}
		return
	}
	if n := len(r.open); n > 0 && r.open[n-1] == "p" && blocks[name] {
		r.pop(n - 1)
	}
	if n := len(r.open); n > 0 && impliedEnds[name][r.open[n-1]] {
		r.pop(n - 1)
	}
}

// endTag closes an element and all that is open in it. It ignores the end tag of an element that is
// not open, and one that would close a table's cell or an element that is skipped.
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
	r.heading, r.caption = r.heading && !headings[name], r.caption && !tableParts[name]
	r.ended = name == "html"
	return r.endPart(name)
}

// meta stores the content of a named meta element.
func (r *pageReader) meta(a map[string]string) {
	name := strings.ToLower(a["name"])
	if _, known := r.out.meta[name]; name != "" && !known {
		r.out.meta[name] = a["content"]
	}
}

// attributes returns those attributes of the current tag that matter.
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

// readText reads text.
func (r *pageReader) readText() error {
	raw := r.z.Raw()
	lead := raw[:len(raw)-len(bytes.TrimLeft(raw, " \t\r\n\f"))]
	blank, lines := len(lead) == len(raw), bytes.Count(lead, []byte("\n"))
	switch {
	case !blank && !r.begun:
		return errNotHTML()
	case !blank && r.ended:
		return errAfterEnd()
	case r.skip >= 0:
		return nil
	case r.cell != nil:
		r.cell.text = r.appendStyled(r.cell.text)
		if len(r.cell.text) > r.lim.Token {
			return fmt.Errorf("%w: the cell has more than %d bytes of text", decode.ErrTooLarge, r.lim.Token)
		}
		return nil
	case blank && len(r.text) == 0:
		return nil
	}
	if len(r.text) == 0 {
		r.textLine = r.line + lines
	}
	r.text = r.appendStyled(r.text)
	return nil
}

// appendStyled appends the current text in the style of the elements around it.
func (r *pageReader) appendStyled(to []byte) []byte {
	text := bytes.Map(func(c rune) rune {
		if c < ' ' && !strings.ContainsRune("\t\n\r\f", c) {
			return unicode.ReplacementChar
		}
		return c
	}, r.z.Text())
	var t textStyle
	for _, a := range r.styled {
		t = max(t, a.style)
	}
	switch {
	case t == 0:
		return append(to, text...)
	case len(bytes.TrimSpace(text)) == 0:
		return append(to, ' ')
	case t == styleStruck:
		return append(to, struckOut)
	case t == styleHidden && r.cell != nil:
		return append(to, hidden)
	case t == styleHidden: // a heading for screen readers is still a heading
		return append(append(append(to, hidden, ' '), text...), hidden, ' ')
	}
	return append(append(append(to, noteStart), text...), noteEnd)
}

// addBoundary records in the current text that an element or comment begins or ends.
func (r *pageReader) addBoundary(m byte) {
	text := &r.text
	if r.cell != nil {
		text = &r.cell.text
	}
	if n := len(*text); r.skip < 0 && n > 0 && (*text)[n-1] != m {
		*text = append(*text, m)
	}
}

// endBlock stores the current block of text. In a cell it only adds a space.
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
	r.out.texts, r.out.inlines = append(r.out.texts, Text{r.textLine, text}), append(r.out.inlines, in)
	if r.heading {
		r.out.headings = append(r.out.headings, text)
	}
	if r.caption && r.table != nil {
		r.table.Caption = strings.TrimSpace(r.table.Caption + " " + text)
	}
}
