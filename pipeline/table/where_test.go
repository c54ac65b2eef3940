package table

import (
	"bytes"
	"testing"

	"crossings/pipeline/stat"
)

func TestWhereKeepsRowsAndTheirOrder(t *testing.T) {
	s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Daily)
	release := &stat.Release{Source: "a-b", ID: "2026-01-09-00000000", Vintage: stat.MustDate("2026-01-09"), FirstSeen: stat.MustDate("2026-01-09").Time()}
	var all, odd []stat.Observation
	for i := range 9 {
		o := stat.Observation{Series: &s, Period: stat.Day(stat.MustDate("2026-01-01").AddDays(i)), Value: stat.Known(int64(i)), Status: stat.Normal, Release: release, Locator: "A1"}
		if all = append(all, o); i%2 == 1 {
			odd = append(odd, o)
		}
	}
	text := func(x *Table) string {
		var b bytes.Buffer
		if err := x.CSV(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	keep := func(col int) func([]Cell) bool {
		return func(row []Cell) bool { n, _ := row[col].Number(); return int(n)%2 == 1 }
	}
	value := Observations(nil).Schema.Index("value")
	for name, x := range map[string]*Table{"rows": Observations(all), "made one by one": Stream(all)} {
		if got, want := text(x.Where(keep(value))), text(Observations(odd)); got != want {
			t.Errorf("%s: %s", name, got)
		}
		if got, want := text(x.Without("source").Where(keep(value-1))), text(Observations(odd).Without("source")); got != want {
			t.Errorf("%s, without a column: %s", name, got)
		}
		if x.Len() != len(all) {
			t.Errorf("%s: %d rows are left", name, x.Len())
		}
	}
}
