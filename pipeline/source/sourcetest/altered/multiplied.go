package altered

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
)

// Multiplied multiplies the columns of counts of a fixture: all of one, its rows from the middle on,
// and all columns of the file. Nothing counts as known, as it is when a first release comes in. The
// source must refuse the file, or give a finding of severity error, or state the true figures.
func Multiplied(t *testing.T, s *source.Source, f sourcetest.File) Tally {
	t.Helper()
	return multiplyAll(t, s, f, func(said string) { t.Error(said) })
}

// leastCounts is how many counts show their unit.
const leastCounts = 40

// factors are what columns are multiplied by.
var factors = []int64{1000, 100, 10}

func multiplyAll(t testing.TB, s *source.Source, f sourcetest.File, silent func(string)) (sum Tally) {
	t.Helper()
	truth, grid := unknown(t, s, f)
	tables := countColumns(grid, leastCounts)
	weigh := truth.weigher(t, grid, &sum, silent)
	for _, factor := range factors {
		for n, columns := range tables {
			for _, c := range columns {
				for what, from := range map[string]int{"all": 0, "half": len(grid.Tables[n].Rows) / 2} {
					weigh(fmt.Sprintf("%s, table %d, column %d, %s times %d", f.Name, n, c, what, factor), func(g *Grid) { g.multiply(n, c, from, factor) })
				}
			}
		}
		weigh(fmt.Sprintf("%s, all times %d", f.Name, factor), func(g *Grid) {
			for n, columns := range tables {
				for _, c := range columns {
					g.multiply(n, c, 0, factor)
				}
			}
		})
	}
	t.Logf("%s: %s", f.Name, sum)
	return sum
}

// countColumns returns the columns of each table that have counts, at least so many of them above
// zero, and no parts of dates.
func countColumns(g *Grid, least int) map[int][]int {
	out := map[int][]int{}
	for n, x := range g.Tables {
		header := g.HeaderAt(x)
		if header < 0 {
			continue
		}
		for c := range x.Rows[header] {
			if slices.Contains([]string{"year", "quarter", "month"}, strings.ToLower(g.Text(x.Rows[header][c]))) {
				continue
			}
			filled, counts := 0, 0
			for _, row := range x.Rows[header+1:] {
				if c >= len(row) {
					continue
				}
				text := g.Text(row[c])
				if text == "" || text == "0" {
					continue
				}
				filled++
				if v, ok := count(text); ok && (v > 2100 || v < 1900) {
					counts++
				}
			}
			if counts >= least && counts*10 > filled*9 {
				out[n] = append(out[n], c)
			}
		}
	}
	return out
}

// multiply multiplies the counts of a column from a row below the header on.
func (g *Grid) multiply(table, column, from int, factor int64) {
	x := g.Tables[table]
	for i := g.HeaderAt(x) + 1; i < len(x.Rows); i++ {
		if i < from || column >= len(x.Rows[i]) {
			continue
		}
		text := g.Text(x.Rows[i][column])
		if v, ok := count(text); ok && v != 0 {
			x.Rows[i] = slices.Clone(x.Rows[i])
			x.Rows[i][column] = g.number(x.Rows[i][column], text, v*factor)
		}
	}
}

// count returns the plain count that a text is.
func count(text string) (int64, bool) {
	v, err := strconv.ParseInt(strings.ReplaceAll(text, ",", ""), 10, 64)
	return v, err == nil
}

var (
	officeValue = regexp.MustCompile(`office:value="[^"]*"`)
	xlsxValue   = regexp.MustCompile(`<v>[^<]*</v>`)
)

// number returns a cell with another number.
func (g *Grid) number(cell, text string, v int64) string {
	s := strconv.FormatInt(v, 10)
	switch g.form.open {
	case "<row>":
		if strings.Contains(cell, ` t="`) {
			return g.Cell(s, "")
		}
		return xlsxValue.ReplaceAllString(cell, "<v>"+s+"</v>")
	case "<table:table-row>":
		return strings.Replace(officeValue.ReplaceAllString(cell, `office:value="`+s+`"`), ">"+text+"<", ">"+s+"<", 1)
	case "<tr>":
		return strings.Replace(cell, text, s, 1)
	}
	return s
}
