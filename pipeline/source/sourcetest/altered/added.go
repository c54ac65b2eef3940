package altered

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
)

// Added adds one row to a fixture: the row with the most, again or with a corrected count, or as the
// total of that row only. Nothing counts as known. The source must refuse the file, or give a finding
// of severity error, or state the true figures. open are columns in which any label may be new,
// because no list has them: totals are looked for there by their words only.
func Added(t *testing.T, s *source.Source, f sourcetest.File, open ...string) Tally {
	t.Helper()
	return addAll(t, s, f, open, func(said string) { t.Error(said) })
}

// leastLarge is a count that does not repeat by chance.
const leastLarge = 10

// sums are labels of totals, some in words that no list has.
var sums = []string{"Total", "All", "Grand total", "Sum", "Overall", "Subtotal", "All of the above", "Total (all)", "TOTAL:", "Everyone", "Combined", otherWords}

// otherWords is a label of a total in words that do not say so.
const otherWords = "Whole group"

func addAll(t testing.TB, s *source.Source, f sourcetest.File, open []string, silent func(string)) (sum Tally) {
	t.Helper()
	truth, grid := unknown(t, s, f)
	tables := countColumns(grid, leastCounts)
	changed := truth.weigher(t, grid, &sum, silent)
	weigh := func(said string, n, at int, row []string) {
		changed(fmt.Sprintf("%s, table %d: %s", f.Name, n, said), func(g *Grid) { g.Tables[n].Rows = slices.Insert(g.Tables[n].Rows, at, row) })
	}
	for n, columns := range tables {
		if len(columns) == 0 {
			continue
		}
		x, c := grid.Tables[n], columns[len(columns)-1]
		at, most := x.largest(grid, c)
		if most < leastLarge {
			continue // small counts repeat by chance
		}
		row := x.Rows[at]
		for how, to := range map[string]int{"below": at + 1, "last": len(x.Rows), "first": grid.HeaderAt(x) + 1} {
			weigh("the row again, "+how, n, to, slices.Clone(row))
			for _, count := range []int64{most + max(1, most/100), most - max(1, most/10)} {
				again := slices.Clone(row)
				again[c] = grid.number(again[c], grid.Text(again[c]), count)
				weigh("the row corrected, "+how, n, to, again)
			}
		}
		for _, k := range x.labelColumns(grid, row) {
			header := grid.Text(x.Rows[grid.HeaderAt(x)][k])
			for _, label := range sums {
				if label == otherWords && slices.Contains(open, header) {
					continue
				}
				for _, count := range []int64{most, most + most/10} {
					whole := slices.Clone(row)
					whole[k] = grid.Cell(label, whole[k])
					whole[c] = grid.number(whole[c], grid.Text(whole[c]), count)
					weigh(fmt.Sprintf("%q in column %q, %d of %d", label, header, count, most), n, at+1, whole)
				}
			}
		}
	}
	t.Logf("%s: %s", f.Name, sum)
	return sum
}

// labelColumns returns the columns in which a row has a label.
func (x *GridTable) labelColumns(g *Grid, row []string) (out []int) {
	for k := range x.Rows[g.HeaderAt(x)] {
		if k < len(row) && g.Text(row[k]) != "" && isLabel(g.Text(row[k])) {
			out = append(out, k)
		}
	}
	return out
}

// isLabel reports whether a text is neither a number nor a day.
func isLabel(text string) bool {
	_, day := dayIn(text)
	_, err := strconv.ParseFloat(text, 64)
	return !day && err != nil && !isCount(text)
}

// largest returns the row below the header with the most in a column.
func (x *GridTable) largest(g *Grid, column int) (at int, most int64) {
	for i := g.HeaderAt(x) + 1; i < len(x.Rows); i++ {
		if column < len(x.Rows[i]) {
			if v, ok := count(g.Text(x.Rows[i][column])); ok && v > most {
				at, most = i, v
			}
		}
	}
	return at, most
}
