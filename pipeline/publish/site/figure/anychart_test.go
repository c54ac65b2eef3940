package figure

import (
	"fmt"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/source/all"
	"crossings/pipeline/stat"
)

// chartsOf returns a chart of a series for each comparison that draws series of its kind and frequency.
func chartsOf(s stat.Series, n int) (out []charts.Chart) {
	for comparison, window := range map[charts.Comparison]string{charts.Cumulative: "3 years", charts.Daily: "30 days", charts.Weekly: "24 months", charts.MonthOnYear: "24 months",
		charts.QuarterOnYear: "3 years", charts.YearOnYear: "3 years", charts.Level: "3 years", charts.Ranking: ""} {
		if comparison != charts.Ranking && (comparison == charts.Level) != (s.Kind == stat.Stock) {
			continue
		}
		text := fmt.Sprintf("id: c-%d-%s\ntitle: T\nseries: %s\ncomparison: %s\nwindow: %s\nunit: %s\n", n, comparison, s.ID, comparison, window, s.Unit)
		if comparison == charts.Ranking {
			text = strings.Replace(text, "window: \n", "dimension: origin\n", 1)
		}
		if list, err := charts.Parse("x.txt", text); err == nil { // else the series has not the frequency
			out = append(out, list...)
		}
	}
	return out
}

// TestAnyChartHasMadeUpFigures is why a new chart needs no edit of a test: the site that the tests
// draw has figures for each series that a source describes, in each form that can show it.
func TestAnyChartHasMadeUpFigures(t *testing.T) {
	var list []charts.Chart
	described := 0
	for _, x := range all.Sources {
		for _, s := range x.Series {
			described++
			of := chartsOf(s, described)
			if len(of) == 0 {
				t.Errorf("no comparison draws %s", s.ID)
			}
			list = append(list, of...)
		}
	}
	own, err := charts.Parse("x.txt", `id: own-week
title: T
series: tidy:mine:arrivals:W
comparison: weekly
window: 2 years
unit: persons
---
id: own-level
title: T
series: tidy:mine:in-hotels:M
comparison: level
unit: persons
---
id: own-ratio
title: T
series: tidy:mine:arrivals:M tidy:mine:boats:M
comparison: ratio
rate: made-up-rate
window: 1 year
unit: persons per boat
`)
	if err != nil {
		t.Fatal(err)
	}
	list = append(list, own...)
	index := content.NewIndex(sitetest.WithCharts(t, list))
	for _, c := range list {
		if f, err := New(index, c); err != nil || f.Missing != "" {
			t.Errorf("%s of %s: %s %v", c.Comparison, c.Series, f.Missing, err)
		}
	}
}
