package decode

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// HTML is a web page. It does not change after OpenHTML, and several goroutines may use it at once.
// The slices that its methods return belong to it.
type HTML struct {
	name     string
	meta     map[string]string
	headings []string
	texts    []HTMLText
	inlines  []inline // of the texts
	tables   []HTMLTable
}

// HTMLText is the text of one block of a page: a paragraph, a list item, a heading. White space in
// it, no-break spaces included, is folded to one space.
type HTMLText struct {
	Line int // the line of the page's source, from 1, on which the text begins
	Text string
}

// HTMLTable is one table of a page.
type HTMLTable struct {
	Heading string // the text of the nearest heading before it; "" for none
	Line    int    // the line of the page's source, from 1, on which the table begins
	Rows    []HTMLRow
}

// HTMLRow is one row of a table. A row without cells is left out. Cells, Th and Covered have the
// same length.
type HTMLRow struct {
	page    string   // the page's name
	header  []string // of the table, if HTML.Table found it
	inlines []inline // of the cells

	Line   int  // the line of the page's source, from 1, on which the row begins
	Header bool // the row is in thead, or all of its cells are th
	// Cells are the texts for people, white space folded as in HTMLText. A cell that spans columns
	// or rows is in each of its places. Read figures and days with Count, Date and Plain, which
	// know the elements in a cell.
	Cells   []string
	Th      []bool // the cell is a header cell
	Covered []bool // the cell repeats one that spans from the left or from above
}

// htmlHint is the hint for a table that is not as expected.
const htmlHint = "look at the publisher's page; a slip is usually corrected by the next release. If the layout has changed, the source's decoder must be taught it first"

// OpenHTML reads a page within the limits: File, Token, Rows, Columns, Depth, Nodes, and XML for
// the text of all cells together. The name is used only in errors; data is not kept.
//
// The page must be UTF-8, begin with its document type or <html>, and end with </html>, so a page
// that was cut short is an error. Scripts, styles, templates, drawings and form fields are skipped,
// and so are struck-out texts and hidden texts in cells.
//
// The error is an *Error that wraps ErrFormat or ErrTooLarge, or ErrShape for a table inside a
// table and for cells that overlap.
func OpenHTML(name string, data []byte, lim Limits) (*HTML, error) {
	if err := checkPage(data, lim); err != nil {
		return nil, &Error{File: name, Err: err, Hint: HintFor(err)}
	}
	r := newPageReader(name, bytes.TrimPrefix(data, []byte("\ufeff")), lim)
	if err := r.read(); err != nil {
		return nil, &Error{File: name, Line: r.line, Page: true, Err: err, Hint: HintFor(err)}
	}
	return r.out, nil
}

// checkPage returns an error for data that cannot be a page.
func checkPage(data []byte, lim Limits) error {
	if err := CheckSize(data, lim); err != nil {
		return err
	}
	if bytes.IndexByte(data, 0) >= 0 || !utf8.Valid(data) {
		return fmt.Errorf("%w: it is not UTF-8 text, so it cannot be read as an HTML page", ErrFormat)
	}
	return nil
}

// Meta returns the content of the first meta element of that name, ignoring case, or "".
func (h *HTML) Meta(name string) string { return h.meta[strings.ToLower(name)] }

// Headings returns the texts of h1 to h6, in order.
func (h *HTML) Headings() []string { return h.headings }

// Texts returns the texts of all blocks outside tables, headings included, in order.
func (h *HTML) Texts() []HTMLText { return h.texts }

// Tables returns the tables, in order.
func (h *HTML) Tables() []HTMLTable { return h.tables }

// Table returns the only table whose header is exactly these columns. Its first row is the header,
// and every other row has a cell of its own for each column. The error is an *Error that wraps
// ErrHeader or ErrShape. If no table fits, it says how the first one differs.
func (h *HTML) Table(columns ...string) (HTMLTable, error) {
	t, err := h.SpannedTable(columns...)
	for _, r := range t.Rows {
		if err := r.check(); err != nil {
			return HTMLTable{}, err
		}
	}
	return t, err
}

// SpannedTable is Table for a table whose cells may span several rows or columns, such as a year
// that is written once. The text of such a cell is in each of its places. A row may have fewer or
// more cells than the header.
func (h *HTML) SpannedTable(columns ...string) (HTMLTable, error) {
	if len(h.tables) == 0 {
		return HTMLTable{}, h.Fail(0, fmt.Errorf("there is no table on the page: %w", ErrShape))
	}
	found := -1
	for i := range h.tables {
		if h.checkHeader(h.tables[i], columns) != nil {
			continue
		}
		if found >= 0 {
			return HTMLTable{}, h.Fail(h.tables[i].Line, fmt.Errorf("a second table with the same header: %w", ErrShape))
		}
		found = i
	}
	if found < 0 {
		return HTMLTable{}, h.checkHeader(h.tables[0], columns)
	}
	t := h.tables[found]
	t.Rows = append([]HTMLRow(nil), t.Rows...)
	for i := range t.Rows {
		t.Rows[i].header = columns
	}
	return t, nil
}

// checkHeader compares the first row of a table with the expected columns.
func (h *HTML) checkHeader(t HTMLTable, want []string) error {
	if len(t.Rows) == 0 {
		return h.Fail(t.Line, fmt.Errorf("the table has no rows: %w", ErrHeader))
	}
	r := t.Rows[0]
	if !r.Header {
		return h.Fail(r.Line, fmt.Errorf("the table has no header, it begins with %s: %w", Quote(r.Cells[0]), ErrHeader))
	}
	for i := range max(len(want), len(r.Cells)) {
		switch {
		case i >= len(r.Cells):
			return r.Fail(i, fmt.Errorf("column %q is missing: %w", want[i], ErrHeader))
		case i >= len(want):
			return r.Fail(i, fmt.Errorf("unknown column %s: %w", Quote(r.Cells[i]), ErrHeader))
		case r.Cells[i] != want[i]:
			return r.Fail(i, fmt.Errorf("column is called %s where %q was expected: %w", Quote(r.Cells[i]), want[i], ErrHeader))
		}
	}
	return nil
}

// Fail returns an *Error about a line of the page; 0 is the whole page.
func (h *HTML) Fail(line int, err error) error {
	return &Error{File: h.name, Line: line, Page: true, Err: err, Hint: htmlHint}
}

// check returns an error for a row that does not have a cell of its own for each column.
func (r *HTMLRow) check() error {
	if len(r.Cells) != len(r.header) {
		return &Error{File: r.page, Line: r.Line, Page: true, Hint: htmlHint,
			Err: fmt.Errorf("%d cells where the header has %d columns: %w", len(r.Cells), len(r.header), ErrShape)}
	}
	for i, covered := range r.Covered {
		if covered {
			return r.Fail(i, fmt.Errorf("the cell %s spans several places: %w", Quote(r.Cells[i]), ErrShape))
		}
	}
	return nil
}

// Ref returns where the cell in column i, counted from 0, is in the page's source: "line 634,
// column B".
func (r HTMLRow) Ref(i int) string {
	return "line " + strconv.Itoa(r.Line) + ", column " + ColumnLetter(i)
}

// Fail returns an *Error about column i of the row.
func (r HTMLRow) Fail(i int, err error) error {
	column := ColumnLetter(i)
	if i < len(r.header) {
		column = r.header[i]
	}
	return &Error{File: r.page, Line: r.Line, Page: true, Column: column, Err: err, Hint: htmlHint}
}

// TextCount reads a count in text i of Texts, after the first sep; see HTMLRow.Count. The error
// wraps ErrCount and quotes the text.
func (h *HTML) TextCount(i int, sep string) (n int64, mark string, err error) {
	_, after, _ := strings.Cut(string(h.inlines[i]), sep)
	return inline(after).count()
}

// Plain returns the text of column i, which must exist, and whether that is all of the cell. It
// returns false if the cell has raised, struck-out or hidden text, or its text is in several
// elements.
func (r HTMLRow) Plain(i int) (text string, whole bool) { return r.inlines[i].plain() }

// Count reads column i, which must exist and hold a count within one element; see CountText.
// Struck-out text is ignored. Raised or lowered text after the count is a footnote's mark and
// becomes part of mark. Hidden text is an error. The error is an *Error that wraps ErrCount.
func (r HTMLRow) Count(i int) (n int64, mark string, err error) {
	n, mark, err = r.inlines[i].count()
	if err != nil {
		return 0, "", r.Fail(i, err)
	}
	return n, mark, nil
}

// Date reads column i, which must exist and hold a day; see DateText. A cell with hidden text is
// not a day. The error is an *Error that wraps ErrPeriod.
func (r HTMLRow) Date(i int) (y int, m time.Month, d int, err error) {
	if strings.ContainsRune(string(r.inlines[i]), hidden) {
		return 0, 0, 0, r.Fail(i, fmt.Errorf("%s with hidden text is %w", Quote(r.Cells[i]), ErrPeriod))
	}
	y, m, d, err = DateText(r.Cells[i])
	if err != nil {
		return 0, 0, 0, r.Fail(i, err)
	}
	return y, m, d, nil
}
