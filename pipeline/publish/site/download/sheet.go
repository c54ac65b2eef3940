package download

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/publish/workbook"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// column is a column of a sheet: how it looks, its cells, and where they come from.
type column struct {
	workbook.Column
	from schemas.Column // its name is "" if no published column holds the same
	cell func(i int) workbook.Cell
}

// signedColumns are differences, which are shown with their sign.
var signedColumns = map[string]bool{"change": true, "change_percent": true, "difference": true, "residual": true}

// sheetOf lays a table out for people. The sheet has all rows of the table, all columns that are not
// empty throughout, and next to each series its title.
func sheetOf(index *content.Index, t *table.Table) (workbook.Sheet, []column) {
	columns := columnsOf(index, grid{t})
	s := workbook.Sheet{Name: t.Schema.Title, Title: t.Schema.Title, Description: t.Schema.Description, Rows: cellsOf(len(t.Rows), columns)}
	for _, c := range columns {
		s.Columns = append(s.Columns, c.Column)
	}
	return s, columns
}

// cellsOf yields n rows of the columns.
func cellsOf(n int, columns []column) iter.Seq[[]workbook.Cell] {
	return func(yield func([]workbook.Cell) bool) {
		row := make([]workbook.Cell, len(columns))
		for i := range n {
			for c := range columns {
				row[c] = columns[c].cell(i)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// columnsOf returns the columns of a table in their order. Identifiers of series come last: people
// read their titles.
func columnsOf(index *content.Index, g grid) []column {
	var out, ids []column
	for _, c := range g.Schema.Columns {
		if !c.Required && !slices.ContainsFunc(g.Column(c.Name), func(c table.Cell) bool { return !c.IsNull() }) {
			continue
		}
		own := column{workbook.Column{Head: wording.Head(c.Name)}, c, cells(g, c)}
		switch {
		case slices.Contains(seriesColumns, c.Name):
			out = append(out, named(index, g, c.Name)...)
			own.Head += " identifier"
			ids = append(ids, own)
			continue
		case c.Type == schemas.Integer:
			own.Plain, own.Signed = c.Name == "year", signedColumns[c.Name]
		case c.Type == schemas.Number:
			own.Signed = signedColumns[c.Name]
			if own.Places = 1; !strings.HasSuffix(c.Name, "_percent") {
				own.Places = listing.Places(g.numbers(c.Name))
			}
		}
		out = append(out, own)
	}
	return append(out, ids...)
}

// named returns the title of the series in a column, and for the column series also its unit.
func named(index *content.Index, g grid, col string) []column {
	series := func(i int) stat.SeriesID { return stat.SeriesID(g.text(i, col)) }
	out := []column{{workbook.Column{Head: wording.Head(col)}, schemas.Column{Description: "Title of the series"},
		func(i int) workbook.Cell { return workbook.Text(index.Title(series(i))) }}}
	if col == "series" {
		out = append(out, column{workbook.Column{Head: "Unit"}, schemas.Column{Description: "Unit of the figures, where no other is named"},
			func(i int) workbook.Cell { return workbook.Text(index.Unit(series(i))) }})
	}
	return out
}

// cells returns the cells of a column. They are typed, and none is empty.
func cells(g grid, c schemas.Column) func(i int) workbook.Cell {
	index := g.Schema.Index(c.Name)
	return func(i int) workbook.Cell {
		v := g.Rows[i][index]
		switch {
		case v.IsNull():
			return workbook.Absent(absence(g, i, c))
		case c.Name == "obs_status":
			return workbook.Text(wording.Marked(stat.Status(v.String())))
		case c.Type == schemas.Boolean:
			return workbook.Text(wording.YesNo(v.Bool()))
		case c.Type == schemas.Date:
			return workbook.Day(v.Date())
		case c.Type == schemas.DateTime:
			return workbook.Instant(v.Instant())
		case c.Type == schemas.String:
			return workbook.Text(v.String())
		}
		if f, err := strconv.ParseFloat(v.String(), 64); err == nil { // as in the other files
			return workbook.Number(f)
		}
		return workbook.Text(v.String())
	}
}

// plainSheet is a table of texts.
func plainSheet(name, description string, heads []string, rows [][]string) workbook.Sheet {
	s := workbook.Sheet{Name: name, Title: name, Description: description}
	for _, h := range heads {
		s.Columns = append(s.Columns, workbook.Column{Head: h})
	}
	s.Rows = func(yield func([]workbook.Cell) bool) {
		cells := make([]workbook.Cell, len(heads))
		for _, row := range rows {
			for i, text := range row {
				cells[i] = workbook.Text(text)
			}
			if !yield(cells) {
				return
			}
		}
	}
	return s
}
