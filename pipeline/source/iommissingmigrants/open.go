package iommissingmigrants

import (
	"bytes"
	"fmt"
	"html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// row is one row below the header. Its cells are valid until the next row.
type row struct {
	file  string
	list  *list
	line  int           // from 1
	cells []decode.Cell // by field; empty for one that the list has no column for
}

// cell returns the cell of a field.
func (r row) cell(f field) decode.Cell { return r.cells[f] }

// text returns the text of a field with single spaces and none at its ends; "" for a blank cell.
func (r row) text(f field) string { return textOf(r.cell(f)) }

func textOf(c decode.Cell) string { return decode.Fold(c.Value) }

// count reads the number in a field. A blank cell is missing, and so is one with a mark instead of a
// number. The error wraps decode.ErrCount.
func (r row) count(f field) (n stat.Count, mark string, err error) { return countOf(r.cell(f)) }

func countOf(c decode.Cell) (n stat.Count, mark string, err error) {
	text := textOf(c)
	if text == "" {
		return stat.Count{}, "", nil
	}
	figure, err := decode.Row{Cells: []decode.Cell{c}}.Figure(0)
	switch {
	case err != nil && isAbsent(text):
		return stat.Count{}, text, nil
	case err != nil || figure.Absent != decode.Stated:
		return stat.Count{}, figure.Mark, err
	}
	return stat.Known(figure.N), figure.Mark, nil
}

// isAbsent reports whether a text stands for a number, date or name that nobody knows.
func isAbsent(s string) bool {
	return strings.EqualFold(s, "unknown") || decode.IsAbsent(s)
}

// label returns the text of a field with names, also if it is escaped for HTML. It is "" for a mark that there is none.
func (r row) label(f field) string {
	const longest = 20                     // of a mark
	text := html.UnescapeString(r.text(f)) // the copy at the Humanitarian Data Exchange has "C&#244;te"
	if len(text) > longest {
		return text
	}
	if decode.IsAbsent(text) {
		return ""
	}
	return text
}

// balance reads the number in a field like count, but accepts one below zero: an entry that takes
// away people who are counted elsewhere.
func (r row) balance(f field) (n stat.Count, mark string, err error) {
	c := r.cell(f)
	digits, negative := strings.CutPrefix(strings.TrimSpace(c.Value), "-")
	if !negative || digits == "" {
		return countOf(c)
	}
	c.Value, c.Text = digits, strings.TrimPrefix(strings.TrimSpace(c.Text), "-")
	n, mark, err = countOf(c)
	return stat.Known(0).Sub(n), mark, err
}

// name returns the header of a field's column, or "".
func (r row) name(f field) string {
	if !r.list.has(f) {
		return ""
	}
	return r.list.table.Header(r.list.at(f))
}

// ref returns the name of a field's cell: "Worksheet!H12", or "H12" in a CSV.
func (r row) ref(f field) string { return reference(r.list.sheet, r.list.at(f), r.line) }

func reference(sheet string, column, line int) string {
	at := decode.ColumnLetter(column) + strconv.Itoa(line)
	if sheet != "" {
		at = sheet + "!" + at
	}
	return at
}

// fail returns a *decode.Error about a field of the row.
func (r row) fail(f field, err error, hint string) error {
	return &decode.Error{File: r.file, Sheet: r.list.sheet, Line: r.line, Column: r.name(f), Err: err, Hint: hint}
}

// isWorkbook reports whether a file is, or should be, a workbook.
func isWorkbook(name string, data []byte) bool {
	return strings.EqualFold(path.Ext(name), ".xlsx") || bytes.HasPrefix(data, []byte("PK\x03\x04"))
}

// rows gives each row of the file to visit. The list is complete after the last. The error is a
// *decode.Error.
func rows(f source.File, l *list, visit func(row) error) error {
	if isWorkbook(f.Name, f.Data) {
		return workbookRows(f, l, visit)
	}
	return csvRows(f, l, visit)
}

func workbookRows(f source.File, l *list, visit func(row) error) error {
	x, err := spreadsheet.OpenXLSX(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return err
	}
	if l.sheet, err = sheetOf(f.Name, x); err != nil {
		return err
	}
	l.table = layout.Table(decode.Error{File: f.Name, Sheet: l.sheet, Hint: headerHint})
	cells := make([]decode.Cell, fields)
	for r, err := range x.Rows(l.sheet) {
		if err != nil {
			return err
		}
		if data, err := l.table.Row(r); err != nil {
			return err
		} else if !data {
			continue
		}
		for f := range fields {
			cells[f] = decode.Cell{}
			if at := l.at(f); at >= 0 {
				cells[f] = r.Cell(at)
			}
		}
		for _, f := range []field{day, dayEnd, reportedDay} {
			cells[f] = x.DayOf(cells[f])
		}
		if err := l.visit(row{f.Name, l, r.Line, cells}, visit); err != nil {
			return err
		}
	}
	if err := l.table.End(); err != nil {
		return err
	}
	return l.check(f.Name)
}

// sheetOf returns the only sheet, or the only one with a list, or that with the publisher's name for
// it.
func sheetOf(file string, x *spreadsheet.XLSX) (string, error) {
	all := x.Sheets()
	if len(all) == 1 {
		return all[0], nil
	}
	var with []string
	for _, sheet := range all {
		found, err := x.Has(sheet, layout)
		if err != nil {
			return "", err
		}
		if found {
			with = append(with, sheet)
		}
	}
	with = x.Shown(with)
	switch {
	case len(with) == 1:
		return with[0], nil
	case len(with) == 0 || slices.Contains(with, publishers):
		return x.Sheet(publishers)
	}
	return "", &decode.Error{File: file, Hint: "add a file with one of the lists, or ask the publisher whether they are parts of one",
		Err: fmt.Errorf("the sheets %s and %s both have a list of incidents: %w", decode.Quote(with[0]), decode.Quote(with[1]), decode.ErrShape)}
}

// publishers is the publisher's name for the sheet with the list.
const publishers = "Worksheet"

// visit gives a row to visit unless it repeats the header in tags of the Humanitarian Exchange
// Language, or is a source or note. It checks the columns before the first row.
func (l *list) visit(r row, visit func(row) error) error {
	first := !l.checked
	if l.checked = true; first {
		if err := l.check(r.file); err != nil {
			return err
		}
	}
	if first && isTags(r.cells) || decode.IsFooter(r.cells) {
		return nil
	}
	return visit(r)
}

// isTags reports whether all cells that are not blank are tags, as "#date+reported".
func isTags(cells []decode.Cell) bool {
	tags := 0
	for _, c := range cells {
		switch {
		case strings.HasPrefix(c.Value, "#"):
			tags++
		case c.Value != "":
			return false
		}
	}
	return tags > 1
}

// hxl is the start of the header of 2017.
const hxl = "#event+id,"

// isHXL reports whether a CSV has tags of the Humanitarian Exchange Language as its header.
func isHXL(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(data, []byte("\ufeff")), []byte(hxl))
}

func csvRows(f source.File, l *list, visit func(row) error) error {
	fail := func(line int, err error) error {
		return &decode.Error{File: f.Name, Line: line, Err: err, Hint: "fetch the file again; if it stays so, open the publisher's page: the file may have moved or changed format"}
	}
	data := decode.PlainText(f.Data)
	if isWestern(data) || isHXL(data) && !utf8.Valid(data) { // the list with tags has both
		text, line, err := western(data)
		if err != nil {
			return fail(line, err)
		}
		data, l.western = text, true
	}
	if isHXL(data) {
		// A header that begins with # would be skipped as a comment. In quotation marks it reads
		// the same and is not a comment.
		data = append([]byte(`"#event+id",`), data[len(hxl):]...)
	}
	data, mended := endLine(data)
	file, err := decode.OpenCSV(f.Name, data, decode.DefaultLimits)
	if err != nil {
		return err
	}
	table := file.Table(layout)
	l.table = table.Table
	cells := make([]decode.Cell, fields)
	for r, err := range table.Rows() {
		if err != nil {
			return err
		}
		for i, v := range r.Values {
			cells[i] = decode.Cell{Kind: decode.Text, Value: v, Text: v}
		}
		if err := l.visit(row{f.Name, l, r.Line, cells}, visit); err != nil {
			return err
		}
	}
	if mended && l.at(quality) != len(l.header())-1 {
		return fail(0, fmt.Errorf("%w: the last line has no end, the file may be cut short", decode.ErrFormat))
	}
	return l.check(f.Name)
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

// isWestern reports whether a text is in Windows-1252, as spreadsheet programs write it: it has bytes
// that are no UTF-8, and none that are. A text with both is damaged.
func isWestern(data []byte) bool {
	if utf8.Valid(data) {
		return false
	}
	for len(data) > 0 {
		_, n := utf8.DecodeRune(data)
		if n > 1 {
			return false
		}
		data = data[n:]
	}
	return true
}

// western returns Windows-1252 text as UTF-8. A byte without a character is an error with its line.
func western(data []byte) (text []byte, line int, err error) {
	for i, b := range data {
		switch b { // the decoder would turn these into control characters
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return nil, 1 + bytes.Count(data[:i], []byte("\n")), fmt.Errorf("%w: the byte 0x%x is no character of Windows-1252", decode.ErrFormat, b)
		}
	}
	text, err = charmap.Windows1252.NewDecoder().Bytes(data)
	return text, 0, err
}
