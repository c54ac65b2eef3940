package all_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/source"
	"crossings/pipeline/source/all"
	"crossings/pipeline/stat"
)

// faultsOf says what a chart has that the sources contradict. A chart may come before its source, so
// a series of a source that is not in all.Sources is no fault.
func faultsOf(c charts.Chart) (out []string) {
	fault := func(format string, args ...any) {
		out = append(out, fmt.Sprintf("charts.txt: chart %s: ", c.ID)+fmt.Sprintf(format, args...))
	}
	registered := true
	for _, id := range c.Series {
		x := sourceOf(id)
		if x == nil {
			registered = false
			continue
		}
		s := x.FindSeries(id)
		if s == nil {
			fault("the source %s has no series %s; docs/sources/%s.md lists its series: %s", x.ID, id, x.ID, idsOf(x))
			continue
		}
		if c.Comparison != charts.Ratio && c.Unit != s.Unit && (s.Unit != "events" || c.Unit != s.Measure) {
			fault("the unit is %q, and %s counts %s; write unit: %s", c.Unit, id, s.Unit, s.Unit)
		}
		if stock := s.Kind == stat.Stock; c.Comparison != charts.Ranking && stock != (c.Comparison == charts.Level) {
			fault("%s is a %s; level draws stocks, ranking draws both, and all other comparisons draw flows", id, s.Kind)
		}
		if x.Restates != "" && c.Comparison != charts.Weekly {
			fault("%s restates figures of %s, so they are not compared twice; name a series of %s", x.ID, x.Restates, x.Restates)
		}
	}
	if c.Comparison == charts.Ratio && registered && !slices.ContainsFunc(all.Sources, func(x *source.Source) bool {
		return slices.ContainsFunc(x.Rates, func(r source.Rate) bool {
			return r.Name == c.Rate && slices.Equal(c.Series, []stat.SeriesID{r.Numerator, r.Denominator})
		})
	}) {
		fault("no source has a rate %q of %s; docs/sources lists the rates", c.Rate, c.Series)
	}
	return out
}

// sourceOf returns the source of a series, or nil.
func sourceOf(id stat.SeriesID) *source.Source {
	for _, x := range all.Sources {
		if strings.HasPrefix(string(id), x.ID+":") {
			return x
		}
	}
	return nil
}

func idsOf(x *source.Source) string {
	var ids []string
	for _, s := range x.Series {
		ids = append(ids, string(s.ID))
	}
	return strings.Join(ids, ", ")
}

// TestChartsNameSeriesOfTheSources is where charts and sources meet: neither package knows the other.
func TestChartsNameSeriesOfTheSources(t *testing.T) {
	list, err := charts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		for _, fault := range faultsOf(c) {
			t.Error(fault)
		}
	}
}

func TestFaultsOfCharts(t *testing.T) {
	ratio := charts.Chart{ID: "x", Series: []stat.SeriesID{"ukho-small-boats:arrivals:D", "ukho-small-boats:boats:D"}, Comparison: charts.Ratio, Rate: "persons-per-boat", Unit: "persons per boat"}
	for _, tt := range []struct {
		name, series, unit string
		comparison         charts.Comparison
		want               string // in the only fault, or "" for none
	}{
		{"a good chart", "ukho-small-boats:prevention-events:W", "events", charts.Weekly, ""},
		{"the measure for events", "frontex-detections:detections:M", "detections", charts.YearOnYear, ""},
		{"a source to come", "ukho-rivers:arrivals:D", "swans", charts.Daily, ""},
		{"your own figures", "tidy:mine:arrivals:D", "swans", charts.Daily, ""},
		{"a misspelt measure", "ukho-small-boats:prevention-event:W", "events", charts.Weekly, "no series ukho-small-boats:prevention-event:W; docs/sources/ukho-small-boats.md lists its series: ukho-small-boats:arrivals:D, "},
		{"another frequency", "ukho-small-boats:arrivals:M", "persons", charts.MonthOnYear, "no series ukho-small-boats:arrivals:M"},
		{"a breakdown that is not compared", "ukho-returns:returns:Q:sex=F", "events", charts.QuarterOnYear, "no series ukho-returns:returns:Q:sex=F"},
		{"another unit", "ukho-small-boats:boats:D", "persons", charts.Daily, `the unit is "persons", and ukho-small-boats:boats:D counts boats; write unit: boats`},
		{"a measure for persons", "ukho-small-boats:arrivals:D", "arrivals", charts.Daily, "write unit: persons"},
		{"a flow as a stock", "ukho-returns:returns:Q:category=enforced", "events", charts.Level, "is a flow"},
		{"a stock as a flow", "ukho-asylum:in-hotels:Q", "persons", charts.QuarterOnYear, "is a stock"},
		{"restated figures", "ukho-small-boats-day:arrivals:D", "persons", charts.Daily, "name a series of ukho-small-boats"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := faultsOf(charts.Chart{ID: "x", Series: []stat.SeriesID{stat.SeriesID(tt.series)}, Comparison: tt.comparison, Unit: tt.unit})
			if tt.want == "" && got != nil || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := faultsOf(ratio); got != nil {
		t.Errorf("a ratio has %q", got)
	}
	slices.Reverse(ratio.Series)
	if got := faultsOf(ratio); len(got) != 1 || !strings.Contains(got[0], `no source has a rate "persons-per-boat" of [ukho-small-boats:boats:D`) {
		t.Errorf("a ratio upside down has %q", got)
	}
}
