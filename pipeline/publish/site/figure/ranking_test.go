package figure

import (
	"fmt"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// ranked returns the drawing of the parts of lines such as "AFG 20 30 1": code, value, value of the
// year before, rank. "x" is a missing value.
func ranked(t *testing.T, dimension, lines string) drawing {
	t.Helper()
	const id = stat.SeriesID("a-b:arrivals:Q")
	tbl := table.New("breakdowns")
	add := func(basis string, end stat.Date, code, value, prior, rank string) {
		count := func(s string) (c stat.Count) {
			if s != "x" {
				c, _ = stat.ParseCount(s)
			}
			return c
		}
		r := row.Breakdown{Series: id, Dimension: dimension, Code: code, Label: "label of " + code, Basis: basis, PeriodStart: end.AddDays(1).AddYears(-1), PeriodEnd: end,
			Value: count(value), PriorValue: count(prior), Rank: count(rank), Status: stat.Normal, Vintage: end + 50}
		r.Change = r.Value.Sub(r.PriorValue)
		if n, known := r.PriorValue.Get(); known && n < 30 {
			r.Note = note.List{{Code: note.LowBase}}
		} else if c, ok := r.Change.Get(); ok {
			r.ChangePercent = row.Num(100*float64(c)/float64(n), true)
		}
		if n, known := r.Value.Get(); known {
			r.SharePercent = row.Num(float64(n)/10, true)
		}
		row.Add(tbl, r)
	}
	add("year", stat.MustDate("2022-12-31"), "_T", "1", "1", "x")
	add("quarter", stat.MustDate("2023-09-30"), "_T", "1", "1", "x")
	for line := range strings.Lines(lines) {
		if f := strings.Fields(line); len(f) == 4 {
			add("year-ending", stat.MustDate("2023-09-30"), f[0], f[1], f[2], f[3])
		}
	}
	s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Title: "Arrivals"}, stat.Quarterly)
	return ranking(content.NewIndex(content.Site{Series: []stat.Series{s}, Tables: []*table.Table{tbl}}), charts.Chart{ID: "x", Title: "X", Series: []stat.SeriesID{id}, Dimension: dimension, Unit: "persons"})
}

// TestBarsAddUpToTheTotal checks what a ranking draws: ten parts, all others together, and those of
// whom nothing is stated.
func TestBarsAddUpToTheTotal(t *testing.T) {
	many := "_T 1000 900 x\n_X 40 0 x\n_OU 5 5 x\n"
	for i := range 14 {
		many += fmt.Sprintf("A%02d %d %d %d\n", i, 70-i, 60-i, i+1)
	}
	for name, c := range map[string]struct{ dimension, lines, want string }{
		"many": {"origin", many, "label of A00|70|60|7.0|+16.7 %, label of A01|69|59|6.9|+16.9 %, label of A02|68|58|6.8|+17.2 %, label of A03|67|57|6.7|+17.5 %, label of A04|66|56|6.6|+17.9 %, " +
			"label of A05|65|55|6.5|+18.2 %, label of A06|64|54|6.4|+18.5 %, label of A07|63|53|6.3|+18.9 %, label of A08|62|52|6.2|+19.2 %, label of A09|61|51|6.1|+19.6 %, all others|305|345|30.5|−11.6 %, not stated|40|0|4.0|[low]"},
		"few, with nothing left over": {"sex", "_T 1000 900 x\nF 300 200 2\nM 700 700 1", "label of M|700|700|70.0|0.0 %, label of F|300|200|30.0|+50.0 %"},
		"ages in their order":         {"age", "_T 1000 900 x\nY18T24 600 500 1\nY_GE25 300 300 2\nY_LT18 100 100 3", "label of Y_LT18|100|100|10.0|0.0 %, label of Y18T24|600|500|60.0|+20.0 %, label of Y_GE25|300|300|30.0|0.0 %"},
		"no year before":              {"sex", "_T 1000 x x\nF 300 x 1", "label of F|300|[x]|30.0|[x], all others|700|[x]|70.0|[x]"},
		"a band in another is not drawn": {"age", "_T 1000 900 x\nY_LT18 400 400 2\nY_LT14 100 100 x\nY_GE18 600 500 1",
			"label of Y_LT18|400|400|40.0|0.0 %, label of Y_GE18|600|500|60.0|+20.0 %"},
		"no total": {"sex", "_T x x x\nF 300 x 1", ""},
	} {
		d := ranked(t, c.dimension, c.lines)
		var got []string
		for _, r := range d.table.Rows {
			got = append(got, r.Name+"|"+strings.Join(r.Cells, "|"))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, text, c.want)
		}
		if len(got) != len(d.plot.Categories) || len(got) != len(d.parts) {
			t.Errorf("%s: %d rows, %d bars", name, len(got), len(d.plot.Categories))
		}
	}
}
