package figure

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

func TestTablesHoldExactlyWhatIsDrawn(t *testing.T) {
	for i, s := range []content.Site{sitetest.Small(t), sitetest.Real(t)} {
		index := content.NewIndex(s)
		for _, r := range s.Charts {
			f, err := New(index, r)
			if i == 0 && !r.Front {
				continue // the small site has no figures for it
			}
			if err != nil || f.Missing != "" {
				t.Fatal(r.ID, err, f.Missing)
			}
			var o sitetest.Option
			if err := json.Unmarshal(f.Option, &o); err != nil {
				t.Fatal(err)
			}
			if o.Tooltip.RenderMode != "richText" {
				t.Errorf("%s: tooltip is %q", r.ID, o.Tooltip.RenderMode)
			}
			compareDrawn(t, r, o, f.Table)
		}
	}
}

func compareDrawn(t *testing.T, r charts.Chart, o sitetest.Option, tbl listing.Table) {
	t.Helper()
	if len(tbl.Rows) != len(o.Categories()) {
		t.Errorf("%s: %d rows for %d categories", r.ID, len(tbl.Rows), len(o.Categories()))
	}
	computed := 0 // columns of shares and changes, which are listed and not drawn
	if r.Comparison == charts.Ranking {
		computed = 2
	}
	if len(o.Series) != len(tbl.Head)-1-computed {
		t.Errorf("%s: %d drawn, listed are %v", r.ID, len(o.Series), tbl.Head)
	}
	for _, trace := range o.Series {
		if len(trace.Data) != len(tbl.Rows) {
			t.Fatalf("%s: %s has %d values for %d rows", r.ID, trace.Name, len(trace.Data), len(tbl.Rows))
		}
		for i, v := range trace.Data {
			row, col := len(tbl.Rows)-1-i, slices.Index(tbl.Head, trace.Name)-1
			if r.Comparison == charts.Cumulative || r.Comparison == charts.Ranking { // in one order
				row = i
			}
			if col < 0 {
				t.Fatalf("%s: %s is drawn and not listed", r.ID, trace.Name)
			}
			cell, _, marked := strings.Cut(tbl.Rows[row].Cells[col], " [")
			if v == nil && !strings.HasPrefix(cell, "[") || v != nil && strings.TrimSuffix(wording.Decimal(*v), ".0") != strings.TrimSuffix(cell, ".0") {
				t.Fatalf("%s: %s at %s is drawn as %v, listed as %q (%v)", r.ID, trace.Name, tbl.Rows[row].Name, v, cell, marked)
			}
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, tt := range []struct {
		name       string
		comparison charts.Comparison
		window     charts.Window
		rows       [][7]string
		want       []string // the table's head and rows, cells separated by |
		series     string   // what is drawn, in order
	}{
		{"months with a gap, no year before", charts.MonthOnYear, charts.Window{N: 3, Unit: "months"},
			[][7]string{{"month", "2025-01-01", "2025-01-31", "7"}, {"month", "2025-02-01", "2025-02-28", "8"}, {"month", "2025-04-01", "2025-04-30", "9"}, {"month", "2025-05-01", "2025-05-31", ""}, {"quarter", "2025-01-01", "2025-03-31", "99"}},
			[]string{"Month|In the month", "April 2025|9", "March 2025|[x]", "February 2025|8"}, "In the month:bar"},
		{"quarters", charts.QuarterOnYear, charts.Window{N: 1, Unit: "years"},
			[][7]string{{"quarter", "2024-01-01", "2024-03-31", "1", ""}, {"quarter", "2024-10-01", "2024-12-31", "4", ""}, {"quarter", "2025-01-01", "2025-03-31", "5", "1"}},
			[]string{"Quarter|In the quarter|Same quarter a year before", "2025 Q1|5|1", "2024 Q4|4|[x]", "2024 Q3|[x]|[x]", "2024 Q2|[x]|[x]"},
			"Same quarter a year before:bar In the quarter:bar"},
		{"years without limit", charts.YearOnYear, charts.Window{},
			[][7]string{{"year", "2023-01-01", "2023-12-31", "3", ""}, {"year", "2024-01-01", "2024-12-31", "4", "3"}, {"month", "2024-01-01", "2024-01-31", "99"}},
			[]string{"Year|In the year|Year before", "2024|4|3", "2023|3|[x]"}, "Year before:bar In the year:bar"},
		{"years with a range", charts.YearOnYear, charts.Window{},
			[][7]string{{"year", "2023-01-01", "2023-12-31", "15", "", "12", "15"}, {"year", "2024-01-01", "2024-12-31", "20", "15", "20", "20"}, {"year", "2025-01-01", "2025-12-31", "3", "20"}},
			[]string{"Year|In the year, at least|Lower end of the range|Upper end of the range", "2025|3|[x]|[x]", "2024|20|20|20", "2023|15|12|15"},
			"Upper end of the range:bar Lower end of the range:bar In the year, at least:line"},
		{"years whose values are the upper ends", charts.YearOnYear, charts.Window{},
			[][7]string{{"year", "2023-01-01", "2023-12-31", "15", "", "12", "15"}, {"year", "2024-01-01", "2024-12-31", "20", "15", "18", "20"}},
			[]string{"Year|In the year, at least|Lower end of the range", "2024|20|18", "2023|15|12"},
			"In the year, at least:bar Lower end of the range:bar"},
		{"a level within its window", charts.Level, charts.Window{N: 7, Unit: "months"},
			[][7]string{{"point", "2025-03-31", "2025-03-31", "1", "9"}, {"point", "2025-06-30", "2025-06-30", "2", "9"}, {"point", "2025-12-31", "2025-12-31", "4", "9"}},
			[]string{"Date|On the date", "31 December 2025|4", "30 June 2025|2"}, "On the date:line"},
		{"a level with a range", charts.Level, charts.Window{},
			[][7]string{{"point", "2025-03-31", "2025-03-31", "2", "", "1", "4"}},
			[]string{"Date|On the date, at least|Lower end of the range|Upper end of the range", "31 March 2025|2|1|4"},
			"Upper end of the range:line Lower end of the range:line On the date, at least:line"},
		{"nothing but missing values", charts.YearOnYear, charts.Window{}, [][7]string{{"year", "2023-01-01", "2023-12-31", ""}}, nil, ""},
		{"no rows", charts.Level, charts.Window{}, nil, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := charts.Chart{ID: "x", Title: "X", Series: []stat.SeriesID{sitetest.ClaimsID}, Comparison: tt.comparison, Window: tt.window, Unit: "persons"}
			d := periods(content.NewIndex(sitetest.Periods(tt.rows...)), r, bases[tt.comparison])
			var got []string
			if len(d.table.Rows) > 0 {
				got = append(got, strings.Join(d.table.Head, "|"))
			}
			for _, row := range d.table.Rows {
				got = append(got, row.Name+"|"+strings.Join(row.Cells, "|"))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("table\n got %q\nwant %q", got, tt.want)
			}
			if len(tt.want) == 0 {
				return
			}
			raw, err := d.plot.Option()
			if err != nil {
				t.Fatal(err)
			}
			var o sitetest.Option
			if err := json.Unmarshal(raw, &o); err != nil {
				t.Fatal(err)
			}
			var series []string
			for _, x := range o.Series {
				series = append(series, x.Name+":"+x.Type)
			}
			if got := strings.Join(series, " "); got != tt.series {
				t.Errorf("draws %s, want %s", got, tt.series)
			}
			compareDrawn(t, r, o, d.table)
		})
	}
}

// TestARangeStandsInFrontOfItsUpperEnd checks that bars overlap. Side by side, they would be read as two
// figures.
func TestARangeStandsInFrontOfItsUpperEnd(t *testing.T) {
	row := [7]string{"year", "2023-01-01", "2023-12-31", "15", "14", "12", "15"}
	r := charts.Chart{ID: "x", Series: []stat.SeriesID{sitetest.ClaimsID}, Comparison: charts.YearOnYear, Unit: "persons"}
	for _, tt := range []struct {
		row  [7]string
		want string
	}{{row, `"barGap":"-100%"`}, {[7]string{"year", "2023-01-01", "2023-12-31", "15", "14"}, `"barGap":"0%"`}} {
		raw, err := periods(content.NewIndex(sitetest.Periods(tt.row)), r, bases[charts.YearOnYear]).plot.Option()
		if err != nil || strings.Count(string(raw), tt.want) != 2 {
			t.Errorf("%v: %s, %v", tt.row, raw, err)
		}
	}
}
