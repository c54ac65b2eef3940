package webpage

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"crossings/pipeline/read/decode"
)

// Page is a web page. It does not change after Open, and several goroutines may use it at once.
// The slices that its methods return belong to it.
type Page struct {
	name     string
	meta     map[string]string
	headings []string
	texts    []Text
	inlines  []inline // of the texts
	tables   []Table
}

// Text is the text of one block of a page: a paragraph, a list item, a heading. White space in
// it, no-break spaces included, is folded to one space.
type Text struct {
	Line int // the line of the page's source, from 1, on which the text begins
	Text string
}

// Table is one table of a page.
type Table struct {
	Caption string // "" for none
	Heading string // the text of the nearest heading before it; "" for none
	Line    int    // the line of the page's source, from 1, on which the table begins
	Rows    []Row
	Columns *decode.Table // what Find made of the header; else nil
}

// Row is one row of a table. A row without cells is left out. Cells, Th and Covered have the
// same length.
type Row struct {
	page    string   // the page's name
	header  []string // of the table, if Page.Find found it
	at      []int    // where Find found the cells; nil if they are in the page's order
	inlines []inline // of the cells
	wide    []bool   // the cell spans several columns

	Line   int  // the line of the page's source, from 1, on which the row begins
	Header bool // the row is in thead, or all of its cells are th
	// Cells are the texts for people, white space folded as in Text. A cell that spans columns
	// or rows is in each of its places. Read figures and days with Figure, Date and Plain, which
	// know the elements in a cell.
	Cells   []string
	Th      []bool // the cell is a header cell
	Covered []bool // the cell repeats one that spans from the left or from above
}

// htmlHint is the hint for a table that is not as expected.
const htmlHint = "look at the publisher's page; a slip is usually corrected by the next release. If the layout has changed, the source's decoder must be taught it first"

// Open reads a page within the limits: File, Token, Rows, Columns, Depth, Nodes, and XML for
// the text of all cells together. The name is used only in errors; data is not kept.
//
// The page must be UTF-8, begin with its document type or <html>, and end with </html>, so a page
// that was cut short is an error. Scripts, styles, templates, drawings and form fields are skipped,
// and so are struck-out texts and hidden texts in cells.
//
// The error is a *decode.Error that wraps ErrFormat or ErrTooLarge, or ErrShape for a table inside a
// table and for cells that overlap.
func Open(name string, data []byte, lim decode.Limits) (*Page, error) {
	if err := checkPage(data, lim); err != nil {
		return nil, &decode.Error{File: name, Err: err, Hint: decode.HintFor(err)}
	}
	r := newPageReader(name, bytes.TrimPrefix(data, []byte("\ufeff")), lim)
	if err := r.read(); err != nil {
		return nil, &decode.Error{File: name, Line: r.line, Page: true, Err: err, Hint: decode.HintFor(err)}
	}
	return r.out, nil
}

// checkPage returns an error for data that cannot be a page.
func checkPage(data []byte, lim decode.Limits) error {
	if err := decode.CheckSize(data, lim); err != nil {
		return err
	}
	if bytes.IndexByte(data, 0) >= 0 || !utf8.Valid(data) {
		return fmt.Errorf("%w: it is not UTF-8 text, so it cannot be read as an HTML page", decode.ErrFormat)
	}
	return nil
}

// Meta returns the content of the first meta element of that name, ignoring case, or "".
func (h *Page) Meta(name string) string { return h.meta[strings.ToLower(name)] }

// Headings returns the texts of h1 to h6, in order.
func (h *Page) Headings() []string { return h.headings }

// Texts returns the texts of all blocks outside tables, headings included, in order.
func (h *Page) Texts() []Text { return h.texts }

// Tables returns the tables, in order.
func (h *Page) Tables() []Table { return h.tables }

// Fail returns a *decode.Error about a line of the page; 0 is the whole page.
func (h *Page) Fail(line int, err error) error {
	return &decode.Error{File: h.name, Line: line, Page: true, Err: err, Hint: htmlHint}
}

// own returns an error if the cell in column i spans several columns, or repeats one from above.
func (r Row) own(i int) error {
	if r.wide[i] || r.Covered[i] {
		return r.Fail(i, fmt.Errorf("the cell %s spans several places: %w", decode.Quote(r.Cells[i]), decode.ErrShape))
	}
	return nil
}

// Ref returns where the cell in column i, counted from 0, is in the page's source: "line 634,
// column B".
func (r Row) Ref(i int) string {
	if r.at != nil {
		i = r.at[i]
	}
	return "line " + strconv.Itoa(r.Line) + ", column " + decode.ColumnLetter(i)
}

// Fail returns a *decode.Error about column i of the row.
func (r Row) Fail(i int, err error) error {
	column := decode.ColumnLetter(i)
	if i < len(r.header) {
		column = r.header[i]
	}
	return &decode.Error{File: r.page, Line: r.Line, Page: true, Column: column, Err: err, Hint: htmlHint}
}

// TextFigure reads a figure in text i of Texts, after the first sep; see Row.Figure. The error
// wraps ErrCount and quotes the text.
func (h *Page) TextFigure(i int, sep string) (decode.Figure, error) {
	_, after, _ := strings.Cut(string(h.inlines[i]), sep)
	return inline(after).count()
}

// Plain returns the text of column i, which must exist, and whether that is all of the cell. It
// returns false if the cell has raised, struck-out or hidden text, or its text is in several
// elements.
func (r Row) Plain(i int) (text string, whole bool) { return r.inlines[i].plain() }

// Label returns the text of column i, which must exist, without footnotes' marks that are raised.
func (r Row) Label(i int) string {
	text, _ := r.inlines[i].unnoted()
	return text
}

// Figure reads column i, which must exist and hold a figure within one element; see decode.FigureText.
// Struck-out text is ignored. Raised or lowered text after the figure is a footnote's mark and
// becomes part of its mark. Hidden text is an error. So is a count that spans several places, though
// a word such as "not available" may. The error is a *decode.Error that wraps ErrCount or ErrShape.
func (r Row) Figure(i int) (decode.Figure, error) {
	f, err := r.inlines[i].count()
	if err != nil {
		return decode.Figure{}, r.Fail(i, err)
	}
	if f.Absent == decode.Stated {
		if err := r.own(i); err != nil {
			return decode.Figure{}, err
		}
	}
	return f, nil
}

// Date reads column i, which must exist and hold a day; see decode.DateText. Its mark is a note's mark after
// the day, such as "[r]" or a raised 1. A cell with hidden text is not a day, and neither is one that
// spans several places. The error is a *decode.Error that wraps ErrPeriod or ErrShape.
func (r Row) Date(i int) (y int, m time.Month, d int, mark string, err error) {
	fail := func(err error) (int, time.Month, int, string, error) { return 0, 0, 0, "", r.Fail(i, err) }
	if err := r.own(i); err != nil {
		return 0, 0, 0, "", err
	}
	if strings.ContainsRune(string(r.inlines[i]), hidden) {
		return fail(fmt.Errorf("%s with hidden text is %w", decode.Quote(r.Cells[i]), decode.ErrPeriod))
	}
	text, note := r.inlines[i].unnoted()
	text, mark, _ = strings.Cut(text, "[")
	if mark != "" {
		mark = "[" + mark
	}
	y, m, d, err = decode.DateText(strings.Trim(text, " "+zeroWidth))
	if err != nil {
		return fail(err)
	}
	return y, m, d, strings.TrimSpace(mark + " " + note), nil
}
