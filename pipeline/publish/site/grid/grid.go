// Package grid reads the cells of a published table by the names of its columns.
package grid

import (
	"cmp"
	"slices"
	"strings"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Grid is a published table whose cells are read by row number and column name. The zero value has
// no rows. A column that the schema does not have is a bug and panics, except in Has and IsRange.
type Grid struct {
	table    *table.Table
	bySeries map[string][]int // rows by the column series; nil unless Indexed made the grid
}

// New returns a grid of a table.
func New(t *table.Table) Grid { return Grid{table: t} }

// Indexed returns a grid of a table that is asked for its rows of many series: it finds them
// without reading the table each time.
func Indexed(t *table.Table) Grid {
	g := New(t)
	if g.Has("series") {
		g.bySeries = map[string][]int{}
		for i := range t.Rows {
			id := g.Text(i, "series")
			g.bySeries[id] = append(g.bySeries[id], i)
		}
	}
	return g
}

// Table returns the table, or nil for the zero value.
func (g Grid) Table() *table.Table { return g.table }

// Name returns the name of the table.
func (g Grid) Name() string { return g.table.Schema.Name }

// Has reports whether the table has a column.
func (g Grid) Has(col string) bool { return g.table != nil && g.table.Schema.Index(col) >= 0 }

// Len returns the number of rows.
func (g Grid) Len() int {
	if g.table == nil {
		return 0
	}
	return len(g.table.Rows)
}

// Cell returns a cell.
func (g Grid) Cell(row int, col string) table.Cell {
	return g.table.Rows[row][g.table.Schema.Index(col)]
}

// IsNull reports whether a cell is empty.
func (g Grid) IsNull(row int, col string) bool { return g.Cell(row, col).IsNull() }

// Number returns the number in a cell, and whether there is one.
func (g Grid) Number(row int, col string) (float64, bool) { return g.Cell(row, col).Number() }

// Text returns a cell as text, "" if it is empty.
func (g Grid) Text(row int, col string) string { return g.Cell(row, col).String() }

// Date returns the day in a cell, zero if it holds none.
func (g Grid) Date(row int, col string) stat.Date {
	d, err := stat.ParseDate(g.Text(row, col))
	if err != nil {
		return 0
	}
	return d
}

// Series returns the series that a row is about.
func (g Grid) Series(row int) stat.SeriesID { return stat.SeriesID(g.Text(row, "series")) }

// Status returns the status of the value of a row.
func (g Grid) Status(row int) stat.Status { return stat.Status(g.Text(row, "obs_status")) }

// Period returns the first and the last day of a row's reference period.
func (g Grid) Period(row int) (start, end stat.Date) {
	return g.Date(row, "period_start"), g.Date(row, "period_end")
}

// IsRange reports whether a row has both ends of a range, which are in the columns lower and upper.
func (g Grid) IsRange(row int, lower, upper string) bool {
	return g.Has(lower) && g.Has(upper) && !g.IsNull(row, lower) && !g.IsNull(row, upper)
}

// Ref returns the name of a row: the table and the values of its key, such as
// year-to-date/ukho-small-boats:arrivals:D/2026. The same text is the anchor of the row on the page
// that shows it.
func (g Grid) Ref(row int) string {
	parts := []string{g.Name()}
	for _, key := range g.table.Schema.Key {
		parts = append(parts, g.Text(row, key))
	}
	return strings.Join(parts, "/")
}

// Where returns the rows whose column col holds value, in the order of the table. The caller may
// change the slice.
func (g Grid) Where(col, value string) []int {
	if col == "series" && g.bySeries != nil {
		return slices.Clone(g.bySeries[value])
	}
	return g.Select(func(i int) bool { return g.Text(i, col) == value })
}

// Of returns the rows about a series.
func (g Grid) Of(id stat.SeriesID) []int { return g.Where("series", string(id)) }

// Select returns the rows that wanted reports true for, in the order of the table.
func (g Grid) Select(wanted func(row int) bool) []int {
	var rows []int
	for i := range g.Len() {
		if wanted(i) {
			rows = append(rows, i)
		}
	}
	return rows
}

// All returns all rows.
func (g Grid) All() []int { return g.Select(func(int) bool { return true }) }

// SortByDate sorts rows by a date column, oldest first.
func (g Grid) SortByDate(rows []int, col string) {
	slices.SortStableFunc(rows, func(i, j int) int { return cmp.Compare(g.Date(i, col), g.Date(j, col)) })
}

// NewestFirst returns the rows about a series by a date column, newest first.
func (g Grid) NewestFirst(id stat.SeriesID, col string) []int {
	rows := g.Of(id)
	g.SortByDate(rows, col)
	slices.Reverse(rows)
	return rows
}
