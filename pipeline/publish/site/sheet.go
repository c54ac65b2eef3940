package site

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/workbook"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// bookColumn is a column of a sheet: how it looks, what stands in it, and where that
// comes from.
type bookColumn struct {
	workbook.Column
	from schemas.Column // its name is "" where no published column holds the same
	cell func(i int) workbook.Cell
}

// heads are those that the name of a column does not make by itself.
var heads = map[string]string{"obs_status": "Status", "sha256": "SHA-256", "first_seen": "First seen (UTC)", "retrieved_at": "Retrieved at (UTC)"}

var headWords = strings.NewReplacer("_percent", " per cent", "_", " ")

// headOf returns the head of a column for people.
func headOf(column string) string {
	return cmp.Or(heads[column], spaced(headWords.Replace(column)))
}

// signedColumns are differences, shown with their sign.
var signedColumns = map[string]bool{"change": true, "change_percent": true, "difference": true, "residual": true}

// seriesNames are the columns that name a series, of which the title is shown too.
var seriesNames = []string{"series", "reference_series", "numerator", "denominator"}

// sheet lays a table out for people. It has all rows and all columns of the table,
// but for columns that are empty throughout, and beside each series its title.
func (b *builder) sheet(t *table.Table) (workbook.Sheet, []bookColumn) {
	columns := b.bookColumns(grid{t: t})
	s := workbook.Sheet{Name: t.Schema.Title, Title: t.Schema.Title, Description: t.Schema.Description, Rows: cellsOf(len(t.Rows), columns)}
	for _, c := range columns {
		s.Columns = append(s.Columns, c.Column)
	}
	return s, columns
}

// cellsOf yields n rows of the columns.
func cellsOf(n int, columns []bookColumn) iter.Seq[[]workbook.Cell] {
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

// bookColumns returns the columns of a table in their order, identifiers of series
// last: people read their titles.
func (b *builder) bookColumns(g grid) []bookColumn {
	var out, ids []bookColumn
	for _, c := range g.t.Schema.Columns {
		if !c.Required && !slices.ContainsFunc(g.t.Column(c.Name), func(c table.Cell) bool { return !c.IsNull() }) {
			continue
		}
		own := bookColumn{workbook.Column{Head: headOf(c.Name)}, c, g.bookCell(c)}
		switch {
		case slices.Contains(seriesNames, c.Name):
			series := func(i int) stat.SeriesID { return stat.SeriesID(g.text(i, c.Name)) }
			out = append(out, bookColumn{workbook.Column{Head: headOf(c.Name)}, schemas.Column{Description: "Title of the series"},
				func(i int) workbook.Cell { return workbook.Text(b.title(series(i))) }})
			if c.Name == "series" {
				out = append(out, bookColumn{workbook.Column{Head: "Unit"}, schemas.Column{Description: "Unit of the figures, where no other is named"},
					func(i int) workbook.Cell { return workbook.Text(b.unit(series(i))) }})
			}
			own.Head += " identifier"
			ids = append(ids, own)
			continue
		case c.Type == schemas.Integer:
			own.Plain, own.Signed = c.Name == "year", signedColumns[c.Name]
		case c.Type == schemas.Number:
			own.Signed = signedColumns[c.Name]
			if own.Places = 1; !strings.HasSuffix(c.Name, "_percent") {
				own.Places = g.places(c.Name, g.all())
			}
		}
		out = append(out, own)
	}
	return append(out, ids...)
}

// all returns the numbers of all rows.
func (g grid) all() []int {
	rows := make([]int, g.rows())
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// bookCell returns the cells of a column: typed, none empty.
func (g grid) bookCell(c schemas.Column) func(i int) workbook.Cell {
	index := g.t.Schema.Index(c.Name)
	return func(i int) workbook.Cell {
		v := g.t.Rows[i][index]
		switch {
		case v.IsNull():
			return workbook.Absent(g.absence(i, c))
		case c.Name == "obs_status":
			return workbook.Text(g.statuses(i))
		case c.Type == schemas.Boolean:
			return workbook.Text(g.yesNo(c.Name)(i))
		case c.Type == schemas.Date:
			return workbook.Day(v.Date())
		case c.Type == schemas.DateTime:
			return workbook.Instant(v.Instant())
		case c.Type == schemas.String:
			return workbook.Text(v.String())
		}
		if f, err := strconv.ParseFloat(v.String(), 64); err == nil { // as the other files have it
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
