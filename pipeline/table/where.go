package table

// Where returns a table of the rows for which keep returns true, in their order. It shares the rows
// with t. keep must not retain its argument, which may be reused.
func (t *Table) Where(keep func(row []Cell) bool) *Table {
	out := &Table{Schema: t.Schema, skip: t.skip}
	for _, row := range t.Rows {
		if keep(row) {
			out.Rows = append(out.Rows, row)
		}
	}
	var row []Cell
	for _, o := range t.obs {
		if row = t.appendRow(row[:0], o); keep(row) {
			out.obs = append(out.obs, o)
		}
	}
	return out
}
