package download

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// grid reads the cells of any table by row number and column name, for files that have all columns of
// all tables. A column that the schema does not have is a bug and panics, except in has.
type grid struct{ *table.Table }

func (g grid) name() string { return g.Schema.Name }

func (g grid) has(col string) bool { return g.Schema.Index(col) >= 0 }

func (g grid) cell(i int, col string) table.Cell { return g.Rows[i][g.Schema.Index(col)] }

func (g grid) isNull(i int, col string) bool { return g.cell(i, col).IsNull() }

func (g grid) text(i int, col string) string { return g.cell(i, col).String() }

func (g grid) status(i int) stat.Status { return stat.Status(g.text(i, "obs_status")) }

func (g grid) notes(i int) note.List { return note.Parse(g.text(i, "note")) }

// numbers returns the numbers of a column.
func (g grid) numbers(col string) (out []row.Number) {
	for i := range g.Rows {
		out = append(out, row.Num(g.cell(i, col).Number()))
	}
	return out
}
