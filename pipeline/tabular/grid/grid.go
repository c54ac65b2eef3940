package grid

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/tabular"
)

// limits bound what is read of one file.
var limits = decode.Limits{File: tabular.MaxBytes, XML: 512 << 20, Token: 1 << 20, Rows: 1_000_000, Columns: 2048, Depth: 64}

// encodings are those of tabular.Encodings. utf-8 is read as it is.
var encodings = map[string]encoding.Encoding{
	"utf-8":        encoding.Nop,
	"utf-16":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"windows-1252": charmap.Windows1252,
	"iso-8859-1":   charmap.ISO8859_1,
}

// Grid is an open table file: the rows of its sheets as they are written.
type Grid struct {
	name  string
	file  tabular.File
	text  []byte // of a text file, in UTF-8
	xlsx  *spreadsheet.XLSX
	ods   *spreadsheet.ODS
	shift int // columns within the first one, less one
}

// Open checks that data is a CSV, XLSX or ODS within the limits. Its content tells which. name is
// used only in errors. The error is a *decode.Error.
func Open(name string, data []byte, f tabular.File) (*Grid, error) {
	g := &Grid{name: name, file: f}
	fail := func(err error, hint string) (*Grid, error) {
		return nil, &decode.Error{File: name, Err: err, Hint: hint}
	}
	if err := decode.CheckSize(data, limits); err != nil {
		return fail(err, decode.HintFor(err))
	}
	if bytes.HasPrefix(data, []byte("PK")) {
		ods, err := spreadsheet.OpenODS(name, data, limits)
		if err == nil {
			g.ods = ods
			return g, nil
		}
		if g.xlsx, err = spreadsheet.OpenXLSX(name, data, limits); err != nil {
			return nil, err
		}
		return g, g.xlsx.ReadFormats()
	}
	text, err := toUTF8(data, f.Encoding)
	if err != nil {
		return fail(err, "declare the encoding of the file: file.encoding")
	}
	switch {
	case decode.ServedHTML(text):
		return fail(fmt.Errorf("%w: an HTML page and not a table", decode.ErrFormat), "look at the address in a browser")
	case bytes.IndexByte(text, 0) >= 0:
		return fail(fmt.Errorf("%w: it has NUL bytes, so it is not text in %s", decode.ErrFormat, f.Encoding), "declare the encoding of the file: file.encoding")
	case len(text) == 0:
		return fail(fmt.Errorf("%w: the file is empty", decode.ErrFormat), "")
	case text[len(text)-1] != '\n' && !f.OpenEnd:
		return fail(fmt.Errorf("%w: the last line has no end, the file may be cut short", decode.ErrFormat),
			"compare it with the publisher's file; if that ends so too, set open_end in file")
	}
	g.text = text
	return g, nil
}

// Adapt takes the delimiter that the first lines of a text have, if they lack the declared one.
func (g *Grid) Adapt() {
	if g.IsText() {
		g.file.Delimiter = decode.DelimiterOr(g.text, g.file.Delimiter)
	}
}

// toUTF8 returns a text in UTF-8 without a byte order mark, which decides if there is one.
func toUTF8(data []byte, encoding string) ([]byte, error) {
	for mark, of := range map[string]string{"\xef\xbb\xbf": "utf-8", "\xff\xfe": "utf-16", "\xfe\xff": "utf-16"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			encoding = of
		}
	}
	if encoding == "utf-8" {
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		if !utf8.Valid(data) {
			return nil, fmt.Errorf("%w: it is not UTF-8 text", decode.ErrFormat)
		}
		return data, nil
	}
	out, err := encodings[encoding].NewDecoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("%w: it is not text in %s: %w", decode.ErrFormat, encoding, err)
	}
	return bytes.TrimPrefix(out, []byte("\ufeff")), nil
}

// Sheets returns the names of the sheets to read: hidden ones only if all are. A text file has one,
// "".
func (g *Grid) Sheets() ([]string, error) {
	var names, shown []string
	switch {
	case g.xlsx != nil:
		names = g.xlsx.Sheets()
		shown = g.xlsx.Shown(names)
	case g.ods != nil:
		for row, err := range g.ods.Rows() {
			if err != nil {
				return nil, err
			}
			if len(names) == 0 || names[len(names)-1] != row.Sheet {
				names = append(names, row.Sheet)
				if row.Hidden == nil || !row.Hidden.Sheet {
					shown = append(shown, row.Sheet)
				}
			}
		}
	default:
		return []string{""}, nil
	}
	if g.file.Sheet == "" {
		return onlyShown(names, shown), nil
	}
	var out []string
	for _, name := range names {
		if ok, _ := path.Match(strings.ToLower(g.file.Sheet), strings.ToLower(strings.ReplaceAll(name, "/", "-"))); ok {
			out = append(out, name)
		}
	}
	if out == nil {
		return nil, &decode.Error{File: g.name, Err: fmt.Errorf("%w: there is no sheet %q; the sheets are %s", decode.ErrShape, g.file.Sheet, decode.Quote(strings.Join(names, ", "))),
			Hint: "name the sheet as it is called in the file; * stands for any text"}
	}
	return onlyShown(out, shown), nil
}

// onlyShown returns the names that are shown, or all if none is.
func onlyShown(names, shown []string) []string {
	var out []string
	for _, name := range names {
		if slices.Contains(shown, name) {
			out = append(out, name)
		}
	}
	if out == nil {
		return names
	}
	return out
}

// Rows yields the rows of a sheet, and the first error, a *decode.Error. The cells may be reused.
func (g *Grid) Rows(sheet string) iter.Seq2[decode.Row, error] {
	rows := g.textRows()
	if g.xlsx != nil {
		rows = g.xlsx.Rows(sheet)
	} else if g.ods != nil {
		rows = g.odsRows(sheet)
	}
	return func(yield func(decode.Row, error) bool) {
		n := 0
		for row, err := range rows {
			if err == nil {
				if n++; n > limits.Rows {
					err = g.Fail(row, -1, fmt.Errorf("%w: there are more than %d rows", decode.ErrTooLarge, limits.Rows), "")
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// odsRows yields the rows of one sheet of an ODS.
func (g *Grid) odsRows(sheet string) iter.Seq2[decode.Row, error] {
	return func(yield func(decode.Row, error) bool) {
		for row, err := range g.ods.Rows() {
			if err == nil && row.Sheet != sheet {
				continue
			}
			for i := range row.Cells {
				row.Cells[i] = asShown(row.Cells[i])
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// IsText reports whether the file is text and not a workbook.
func (g *Grid) IsText() bool { return g.text != nil }

// From1904 reports whether the days of a workbook are counted from 1904.
func (g *Grid) From1904() bool { return g.xlsx != nil && g.xlsx.From1904() }

// Name returns the name of the file.
func (g *Grid) Name() string { return g.name }

// Modified returns the time stamp of a workbook, or the zero time.
func (g *Grid) Modified() (at time.Time) {
	if g.ods != nil {
		at, _ = g.ods.Modified()
	} else if g.xlsx != nil {
		at, _ = g.xlsx.Modified()
	}
	return at
}

// textRows yields the rows of a text file. Rows may have any number of cells: there may be titles
// above the header and notes below the table.
func (g *Grid) textRows() iter.Seq2[decode.Row, error] {
	return func(yield func(decode.Row, error) bool) {
		r := csv.NewReader(bytes.NewReader(g.text))
		r.Comma, r.FieldsPerRecord, r.ReuseRecord = rune(g.file.Delimiter[0]), -1, true
		var cells []decode.Cell
		for {
			values, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			row := decode.Row{}
			if err != nil {
				var parse *csv.ParseError
				if errors.As(err, &parse) {
					row.Line, err = parse.StartLine, parse.Err
				}
				yield(row, g.Fail(row, -1, fmt.Errorf("%w: %w", decode.ErrFormat, err), "look at the row: a quotation mark within a text is written twice"))
				return
			}
			row.Line, _ = r.FieldPos(0)
			cells = cells[:0]
			for i, v := range g.split(values) {
				if len(v) > limits.Token || i >= limits.Columns {
					yield(row, g.Fail(row, i, fmt.Errorf("%w: more than %d bytes in a cell or %d columns", decode.ErrTooLarge, limits.Token, limits.Columns), ""))
					return
				}
				cells = append(cells, textCell(v))
			}
			row.Cells = cells
			if !yield(row, nil) {
				return
			}
		}
	}
}

// textCell returns a cell of a text file.
func textCell(v string) decode.Cell {
	if strings.TrimSpace(v) == "" {
		return decode.Cell{}
	}
	return decode.Cell{Kind: decode.Text, Value: v, Text: v}
}

// Text returns a cell as people see it. A number is without a fraction of zero.
func Text(c decode.Cell) string {
	if c.Kind == decode.Number {
		return strings.TrimSuffix(c.Value, ".0")
	}
	if c.Kind == decode.Text || c.Kind == decode.DateKind {
		return c.Value
	}
	return c.Text
}

// HasText reports whether a cell has content other than spaces.
func HasText(c decode.Cell) bool { return strings.TrimSpace(Text(c)) != "" }

// split divides the first of some values into several, if the layout says so. In a header, what
// follows a backslash is the name of the columns across and not of this one.
func (g *Grid) split(values []string) []string {
	if g.file.SplitFirst == "" || len(values) < 2 {
		return values
	}
	first, _, _ := strings.Cut(values[0], `\`)
	parts := strings.Split(first, g.file.SplitFirst)
	g.shift = len(parts) - 1
	return append(parts, values[1:]...)
}

// Ref returns the name of a cell as a spreadsheet program shows it: "Data!B12", or "B12" of a text
// file.
func (g *Grid) Ref(row decode.Row, i int) string {
	at := decode.ColumnLetter(max(i-g.shift, 0)) + strconv.Itoa(row.Line)
	if row.Sheet != "" {
		return row.Sheet + "!" + at
	}
	return at
}

// Fail returns an error about a cell of a row; i is -1 for the whole row.
func (g *Grid) Fail(row decode.Row, i int, err error, hint string) error {
	column := ""
	if i >= 0 {
		column = decode.ColumnLetter(max(i-g.shift, 0))
	}
	return &decode.Error{File: g.name, Sheet: row.Sheet, Line: row.Line, Column: column, Err: err, Hint: hint}
}

// Clone copies a row that is kept.
func Clone(row decode.Row) decode.Row {
	row.Cells = slices.Clone(row.Cells)
	return row
}
