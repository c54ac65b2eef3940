package iommissingmigrants

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/stat"
)

// list is where the incidents of a file are.
type list struct {
	gen    *generation
	sheet  string // "" for a CSV
	header []string
}

// row is one row below the header. Its cells are valid until the next row.
type row struct {
	file  string
	gen   *generation
	sheet string // "" for a CSV
	line  int    // from 1
	cells []decode.Cell
}

// rowHint is the hint for a row that is not as expected.
const rowHint = "look at the row in the publisher's file; if it is of a new kind, teach it to the source before this release comes in"

// cell returns the cell of a field, or an empty one if the layout does not have the field.
func (r row) cell(f field) decode.Cell {
	i := r.gen.at[f]
	if i < 0 || i >= len(r.cells) {
		return decode.Cell{}
	}
	return r.cells[i]
}

// text returns the text of a field with single spaces and none at its ends; "" for a blank cell.
func (r row) text(f field) string { return strings.Join(strings.Fields(r.cell(f).Value), " ") }

// count reads the number in a field. A blank cell is missing. The error wraps decode.ErrCount.
func (r row) count(f field) (stat.Count, error) {
	c := r.cell(f)
	switch {
	case strings.TrimSpace(c.Value) == "":
		return stat.Count{}, nil
	case r.gen.thousands && strings.Contains(c.Value, ","):
		n, mark, err := decode.CountText(c.Value)
		if err == nil && mark != "" {
			err = fmt.Errorf("%q is %w", short(c.Value), decode.ErrCount)
		}
		return counted(n, err)
	case r.sheet == "":
		c.Kind, c.Value = decode.Number, strings.TrimSpace(c.Value) // a CSV states no kinds
	}
	return counted(decode.Count(c))
}

// balance reads the number in a field like count, but accepts one below zero: an entry that takes
// away people who are counted elsewhere.
func (r row) balance(f field) (stat.Count, error) {
	c := r.cell(f)
	digits, negative := strings.CutPrefix(strings.TrimSpace(c.Value), "-")
	if !negative || digits == "" {
		return r.count(f)
	}
	cells := append([]decode.Cell(nil), r.cells...)
	c.Value, c.Text = digits, strings.TrimPrefix(strings.TrimSpace(c.Text), "-")
	cells[r.gen.at[f]] = c
	r.cells = cells
	n, err := r.count(f)
	return stat.Known(0).Sub(n), err
}

// counted returns the count n, or a missing one with the error.
func counted(n int64, err error) (stat.Count, error) {
	if err != nil {
		return stat.Count{}, err
	}
	return stat.Known(n), nil
}

// name returns the header of a field's column.
func (r row) name(f field) string {
	if !r.gen.has(f) {
		return ""
	}
	return r.gen.columns[r.gen.at[f]].name
}

// ref returns the name of a field's cell: "Worksheet!H12", or "H12" in a CSV.
func (r row) ref(f field) string { return reference(r.sheet, r.gen.at[f], r.line) }

func reference(sheet string, column, line int) string {
	at := decode.ColumnLetter(column) + strconv.Itoa(line)
	if sheet != "" {
		at = sheet + "!" + at
	}
	return at
}

// fail returns a *decode.Error about a field of the row.
func (r row) fail(f field, err error, hint string) error {
	return &decode.Error{File: r.file, Sheet: r.sheet, Line: r.line, Column: r.name(f), Err: err, Hint: hint}
}

// isWorkbook reports whether a file is, or should be, a workbook.
func isWorkbook(name string, data []byte) bool {
	return strings.EqualFold(path.Ext(name), ".xlsx") || bytes.HasPrefix(data, []byte("PK\x03\x04"))
}

// read reads the rows of the file. The error is a *decode.Error.
func (d *decoder) read() error {
	if isWorkbook(d.file.Name, d.file.Data) {
		return d.workbook()
	}
	return d.csv()
}

// begin finds the layout of a header.
func (d *decoder) begin(sheet string, line int, header []string) error {
	g, column, err := generationOf(header)
	if err != nil {
		return &decode.Error{File: d.file.Name, Sheet: sheet, Line: line, Column: decode.ColumnLetter(column), Err: err, Hint: headerHint}
	}
	d.list = list{g, sheet, header}
	return nil
}

// workbook reads the only sheet, or the one with the publisher's name for it.
func (d *decoder) workbook() error {
	x, err := spreadsheet.OpenXLSX(d.file.Name, d.file.Data, decode.DefaultLimits)
	if err != nil {
		return err
	}
	sheet := ""
	if all := x.Sheets(); len(all) == 1 {
		sheet = all[0]
	} else if sheet, err = x.Sheet("Worksheet"); err != nil {
		return err
	}
	for r, err := range x.Rows(sheet) {
		switch {
		case err != nil:
		case d.list.gen == nil:
			var header []string
			for _, c := range r.Cells {
				header = append(header, c.Value)
			}
			err = d.begin(sheet, r.Line, header)
		case len(r.Cells) > len(d.list.header):
			err = &decode.Error{File: d.file.Name, Sheet: sheet, Line: r.Line, Column: decode.ColumnLetter(len(r.Cells) - 1),
				Err: fmt.Errorf("a value beyond the last column of the header: %w", decode.ErrShape), Hint: rowHint}
		default:
			err = d.row(row{d.file.Name, d.list.gen, sheet, r.Line, r.Cells})
		}
		if err != nil {
			return err
		}
	}
	if d.list.gen == nil {
		return &decode.Error{File: d.file.Name, Sheet: sheet, Err: fmt.Errorf("the sheet is empty: %w", decode.ErrHeader), Hint: headerHint}
	}
	return nil
}

// hxl is the start of the header of 2017.
const hxl = "#event+id,"

func (d *decoder) csv() error {
	fail := func(line int, err error) error {
		return &decode.Error{File: d.file.Name, Line: line, Err: err, Hint: "fetch the file again; if it stays so, open the publisher's page: the file may have moved or changed format"}
	}
	data := bytes.TrimPrefix(d.file.Data, []byte("\ufeff"))
	if bytes.HasPrefix(data, []byte(hxl)) {
		text, line, err := western(data)
		if err != nil {
			return fail(line, err)
		}
		// A header that begins with # would be skipped as a comment. In quotation marks it reads
		// the same and is not a comment.
		data = append([]byte(`"#event+id",`), text[len(hxl):]...)
	}
	data, mended := endLine(data)
	csv, err := decode.OpenCSV(d.file.Name, data, decode.DefaultLimits)
	if err != nil {
		return err
	}
	header := csv.Header()
	if err := d.begin("", 1, header); err != nil {
		return err
	}
	if last := d.list.gen.columns[len(header)-1]; mended && last.field != quality {
		return fail(0, fmt.Errorf("%w: the last line has no end, the file may be cut short", decode.ErrFormat))
	}
	cells := make([]decode.Cell, len(header))
	for r, err := range csv.Rows(header...) {
		if err != nil {
			return err
		}
		for i, v := range r.Values {
			cells[i] = decode.Cell{Kind: decode.Text, Value: v, Text: v}
		}
		if err := d.row(row{d.file.Name, d.list.gen, "", r.Line, cells}); err != nil {
			return err
		}
	}
	return nil
}

// lastQuality matches the end of a complete file whose last line has no end. The last column is the
// source's quality, a single digit, so nothing of it can be missing. The publisher's CSV ends like
// this. A line cut after an earlier comma has too few columns, or an open quotation mark.
var lastQuality = regexp.MustCompile(`,(?:[1-5]|"[1-5]")$`)

// endLine ends the last line of such a file, and reports whether it did.
func endLine(data []byte) ([]byte, bool) {
	if !lastQuality.Match(data[max(0, len(data)-4):]) {
		return data, false
	}
	return append(bytes.Clone(data), '\n'), true
}

// western returns Windows-1252 text as UTF-8. Text that is already UTF-8 stays as it is. A byte
// without a character is an error with its line.
func western(data []byte) (text []byte, line int, err error) {
	if utf8.Valid(data) {
		return data, 0, nil
	}
	for i, b := range data {
		switch b { // the decoder would turn these into control characters
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return nil, 1 + bytes.Count(data[:i], []byte("\n")), fmt.Errorf("%w: the byte 0x%x is no character of Windows-1252", decode.ErrFormat, b)
		}
	}
	text, err = charmap.Windows1252.NewDecoder().Bytes(data)
	return text, 0, err
}
