package grid_test

import (
	"slices"
	"testing"

	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// figures returns a table with two series, not in the order of their days.
func figures() *table.Table {
	t := table.New("year-on-year")
	for _, r := range [][2]string{{sitetest.ArrivalsID, "2025-02-01"}, {sitetest.BoatsID, "2025-02-01"}, {sitetest.ArrivalsID, "2025-01-01"}, {sitetest.ArrivalsID, "2025-03-01"}} {
		start := stat.MustDate(r[1])
		sitetest.PutNamed(t, map[string]table.Cell{"series": table.Text(r[0]), "basis": table.Text("month"), "period_start": table.Day(start), "period_end": table.Day(start.MonthEnd()),
			"value": table.Int(7), "lower": table.Int(5), "obs_status": table.Text("P"), "vintage": table.Day(start)})
	}
	return t
}

func TestRowsAreFoundWithAndWithoutAnIndex(t *testing.T) {
	for name, g := range map[string]grid.Grid{"plain": grid.New(figures()), "indexed": grid.Indexed(figures())} {
		if got := g.Of(sitetest.ArrivalsID); !slices.Equal(got, []int{0, 2, 3}) {
			t.Errorf("%s: rows %v", name, got)
		}
		if got := g.NewestFirst(sitetest.ArrivalsID, "period_start"); !slices.Equal(got, []int{3, 0, 2}) {
			t.Errorf("%s: newest first %v", name, got)
		}
		if got := g.Of(sitetest.ArrivalsID); !slices.Equal(got, []int{0, 2, 3}) {
			t.Errorf("%s: sorting the rows of one caller changed those of another to %v", name, got)
		}
		if got := g.Where("period_start", "2025-02-01"); !slices.Equal(got, []int{0, 1}) {
			t.Errorf("%s: rows of a day %v", name, got)
		}
	}
}

func TestCellsAreReadByTheirColumns(t *testing.T) {
	g := grid.New(figures())
	if start, end := g.Period(1); start != stat.MustDate("2025-02-01") || end != stat.MustDate("2025-02-28") || g.Series(1) != sitetest.BoatsID || g.Status(1) != stat.Provisional {
		t.Errorf("%s, %s to %s, %s", g.Series(1), start, end, g.Status(1))
	}
	if n, known := g.Number(1, "value"); n != 7 || !known || !g.IsNull(1, "prior_value") {
		t.Errorf("value %v, %v", n, known)
	}
	if g.IsRange(1, "lower", "upper") || g.IsRange(1, "", "") || !g.IsRange(1, "value", "lower") {
		t.Error("a range is a row with both ends, in columns that exist")
	}
	if got, want := g.Ref(1), "year-on-year/"+sitetest.BoatsID+"/month/2025-02-01"; got != want {
		t.Errorf("row is called %s, want %s", got, want)
	}
}

func TestASiteMayLackATable(t *testing.T) {
	var g grid.Grid
	if g.Len() != 0 || g.Has("series") || g.Of(sitetest.ArrivalsID) != nil || g.All() != nil || g.Table() != nil {
		t.Error("a table that the site lacks has rows or columns")
	}
}
