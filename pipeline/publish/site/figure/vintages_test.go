package figure

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// stated is one period of a triangle: the first day of a month of 2025, and the values that the releases
// of the first days of the following months state of it. A negative value is missing.
type stated struct {
	month  int
	values []int64
}

// triangled returns a site whose only series has a triangle.
func triangled(id stat.SeriesID, periods ...stated) content.Site {
	tbl := table.New("revision-triangle")
	for _, p := range periods {
		var before stat.Count
		per := stat.Month(2025, 1)
		per = stat.Month(per.Start.AddDays(31*(p.month-1)).Year(), per.Start.AddDays(31*(p.month-1)).Month())
		for i, n := range p.values {
			vintage := stat.NewDate(2025, per.Start.Month(), 1).AddDays(40 * (i + 1)).MonthStart()
			r := row.Vintage{Series: id, PeriodStart: per.Start, PeriodEnd: per.End, Release: fmt.Sprintf("%s-%d", vintage, i), Vintage: vintage, AgeDays: int(vintage - per.End)}
			if n >= 0 {
				r.Value = stat.Known(n)
			}
			r.Change, before = r.Value.Sub(before), r.Value
			row.Add(tbl, r)
		}
	}
	return content.Site{Series: []stat.Series{{ID: id, Source: "a-b", Title: "Claims", Unit: "persons"}}, Tables: []*table.Table{tbl}}
}

func lines(d drawing) string {
	out := []string{strings.Join(d.table.Head, "|")}
	for _, r := range d.table.Rows {
		out = append(out, r.Name+"|"+strings.Join(r.Cells, "|"))
	}
	return strings.Join(out, "\n")
}

func TestFan(t *testing.T) {
	index := content.NewIndex(triangled(sitetest.ClaimsID, stated{1, []int64{100, 130, 120}}, stated{2, []int64{50, 50}}, stated{3, []int64{10, -1, 70}}))
	d := fan(index, charts.Chart{Series: []stat.SeriesID{sitetest.ClaimsID}, Unit: "persons"})
	want := "Period|Release|Of|Value|Change\n" +
		"March 2025|first release|1 April 2025|10|[x]\nMarch 2025|+1|1 May 2025|[x]|[x]\nMarch 2025|+2|1 June 2025|70|[x]\n" +
		"January 2025|first release|1 February 2025|100|[x]\nJanuary 2025|+1|1 March 2025|130|+30\nJanuary 2025|+2|1 May 2025|120|−10"
	if got := lines(d); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n := len(d.plot.Traces); n != 2 || d.plot.Traces[1].Name != "March 2025" || fmt.Sprint(d.plot.Traces[1].Values) != "[10 <nil> 70]" || fmt.Sprint(d.plot.Traces[0].Values) != "[100 130 120]" {
		t.Errorf("%d traces: %+v", n, d.plot.Traces)
	}
	if !strings.Contains(d.alt, "March 2025 was 10 in the first release and 70 in the last.") || d.cutoff != stat.MustDate("2025-03-31") {
		t.Errorf("%s, %s", d.alt, d.cutoff)
	}
}

func TestRevisionMap(t *testing.T) {
	index := content.NewIndex(triangled(sitetest.ClaimsID, stated{1, []int64{100, 101, 90}}, stated{2, []int64{50, 50}}, stated{3, []int64{10, 10, 9}}))
	d := revisionMap(index, charts.Chart{Series: []stat.SeriesID{sitetest.ClaimsID}, Unit: "persons"})
	want := "Period|1 March 2025|1 May 2025|1 June 2025\nMarch 2025|[z]|·|−1\nJanuary 2025|+1|−11|[z]"
	if got := lines(d); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var cells []string
	for _, c := range d.cells.Classes {
		cells = append(cells, fmt.Sprint(c.Cells))
	}
	if got := strings.Join(cells, " "); got != "[[2 0] [1 1]] [] [[1 0]] [[0 1]] []" {
		t.Errorf("cells %s", got)
	}
	raw, err := d.cells.Option()
	var o struct {
		YAxis  []struct{ Data []string }
		Series []struct{ Data [][2]int }
	}
	if err != nil || json.Unmarshal(raw, &o) != nil || len(o.Series) != 5 || strings.Join(o.YAxis[0].Data, " ") != "March 2025 January 2025" || strings.Contains(string(raw), "null") {
		t.Errorf("%s, %v", raw, err)
	}
	if !strings.Contains(d.alt, "3 cells with a change") {
		t.Error(d.alt)
	}
}

func TestClassOf(t *testing.T) {
	for _, c := range []struct {
		change, from int64
		want         int
	}{{-5, 100, 0}, {-4, 100, 1}, {0, 100, 2}, {0, 0, 2}, {4, 100, 3}, {5, 100, 4}, {1, 0, 4}, {-1, -10, 0}} {
		if got := classOf(c.change, c.from); got != c.want {
			t.Errorf("%d from %d is class %d", c.change, c.from, got)
		}
	}
}

// TestSeriesShowTheirVintages has a series that was revised and one that was not.
func TestSeriesShowTheirVintages(t *testing.T) {
	for name, c := range map[string]struct {
		values []int64
		want   string
	}{
		"revised":     {[]int64{100, 101}, "What each release stated: Claims (revision-triangle), Which release changed what: Claims (revision-triangle)"},
		"not revised": {[]int64{100, 100}, ""},
	} {
		set, err := NewSet(content.NewIndex(triangled(sitetest.ClaimsID, stated{1, c.values})))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range set.OfSeries(sitetest.ClaimsID) {
			got = append(got, f.Title+" ("+f.Rows+")")
			if f.Status != "as each release stated it" {
				t.Errorf("%s: status %s", f.ID, f.Status)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
