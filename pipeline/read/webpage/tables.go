package webpage

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/read/decode"
)

// startPart begins a part of a table.
func (r *pageReader) startPart(name string, a map[string]string) error {
	if name == "table" {
		if r.table != nil {
			return decode.ErrNested()
		}
		r.table = &Table{Line: r.line}
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

// endSection ends a group of rows. No cell spans beyond it.
func (r *pageReader) endSection() error {
	err := r.endRow()
	r.above = nil
	return err
}

func (r *pageReader) startRow() error {
	if r.rows++; r.rows > r.lim.Rows {
		return fmt.Errorf("%w: the tables have more than %d rows", decode.ErrTooLarge, r.lim.Rows)
	}
	r.row = &Row{page: r.out.name, Line: r.line, Header: r.head}
	return nil
}

// startCell begins a cell, and a row if none is open.
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

// spanOf returns the value of colspan or rowspan; 1 if there is none.
func spanOf(a map[string]string, name string) (int, error) {
	s, ok := a[name]
	if !ok {
		return 1, nil
	}
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 31)
	if err != nil {
		return 0, fmt.Errorf("%w: %s is %s", decode.ErrFormat, name, decode.Quote(s))
	}
	return int(n), nil
}

// endCell stores the open cell in each of its places in the row.
func (r *pageReader) endCell() error {
	c := r.cell
	if c == nil {
		return nil
	}
	r.cell = nil
	text := inline(c.text)
	for i := len(r.row.Cells); i < len(r.above) && r.above[i].left > 0; i++ {
		if err := r.place(r.above[i], true); err != nil {
			return err
		}
	}
	for k := range c.columns {
		i := len(r.row.Cells)
		if i < len(r.above) && r.above[i].left > 0 {
			return fmt.Errorf("%w: the cell %s overlaps one from a row above", decode.ErrShape, decode.Quote(text.label()))
		}
		span := htmlSpan{c.rowSpan - 1, text, c.th, c.columns > 1}
		if err := r.place(span, k > 0); err != nil {
			return err
		}
		if c.rowSpan > 1 {
			r.below = setSpan(r.below, i, span)
		}
	}
	return nil
}

// place appends a cell to the row.
func (r *pageReader) place(s htmlSpan, covered bool) error {
	row, text := r.row, s.text.label()
	r.nodes++
	r.chars += int64(len(text))
	switch {
	case r.nodes > r.lim.Nodes:
		return fmt.Errorf("%w: the page has more than %d tags, texts and cells", decode.ErrTooLarge, r.lim.Nodes)
	case r.chars > r.lim.XML:
		return fmt.Errorf("%w: the cells have more than %d bytes of text", decode.ErrTooLarge, r.lim.XML)
	case len(row.Cells) >= r.lim.Columns:
		return fmt.Errorf("%w: the row has more than %d cells", decode.ErrTooLarge, r.lim.Columns)
	}
	row.Cells, row.Th, row.Covered = append(row.Cells, text), append(row.Th, s.th), append(row.Covered, covered)
	row.inlines, row.wide = append(row.inlines, s.text), append(row.wide, s.wide)
	return nil
}

// setSpan sets the span of column i.
func setSpan(spans []htmlSpan, i int, s htmlSpan) []htmlSpan {
	for len(spans) <= i {
		spans = append(spans, htmlSpan{})
	}
	spans[i] = s
	return spans
}

// endRow ends the row, including the cells from above at its end. A place before one of them that
// nothing fills becomes an empty cell.
func (r *pageReader) endRow() error {
	if err := r.endCell(); err != nil || r.row == nil {
		return err
	}
	last := len(r.above)
	for last > 0 && r.above[last-1].left == 0 {
		last--
	}
	for i := len(r.row.Cells); i < last; i++ {
		if err := r.place(r.above[i], r.above[i].left > 0); err != nil {
			return err
		}
	}
	for i, s := range r.above[:last] {
		if s.left > 1 {
			s.left--
			r.below = setSpan(r.below, i, s)
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
