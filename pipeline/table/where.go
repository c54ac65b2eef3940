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
	one := Table{Schema: t.Schema, skip: t.skip}
	for i := range t.obs {
		one.obs = t.obs[i : i+1]
		for row := range one.All() {
			if keep(row) {
				out.obs = append(out.obs, t.obs[i])
			}
		}
	}
	return out
}
