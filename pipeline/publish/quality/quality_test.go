package quality

import (
	"slices"
	"testing"
	"time"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// reported returns the report of a source with three releases and a few figures, by concept and item.
func reported(t *testing.T) map[string]row.Quality {
	t.Helper()
	s := stat.Series{ID: "x:people:W", Source: "x", Measure: "people", Title: "People", Unit: "persons", Kind: stat.Flow}
	week := func(day string, n int64, status stat.Status) stat.Observation {
		return stat.Observation{Series: &s, Period: stat.WeekEnding(stat.MustDate(day)), Value: stat.Known(n), Status: status}
	}
	missing := week("2024-01-28", 0, stat.Missing)
	missing.Value = stat.Count{}
	obs := []stat.Observation{week("2024-01-07", 5, stat.Normal), week("2024-01-14", 6, stat.Provisional), week("2024-01-21", 7, stat.Break), missing}
	release := func(day, end string, seen int, changed, silent int) row.Release {
		v := stat.MustDate(day)
		return row.Release{Source: "x", Release: day, Vintage: v, FirstSeen: v.AddDays(seen).Time().Add(9 * time.Hour), CoverageEnd: stat.MustDate(end), Revisions: changed, Silent: silent, Findings: 2, Quarantined: 1}
	}
	f := Facts{Source: &source.Source{ID: "x", Terms: source.Terms{Publisher: "P", Licence: "L"}, Holds: "People by week.", Every: 7, Grace: 3,
		Quality: source.Quality{Users: "For tests.", Seasonal: "Too short."}},
		Compared: []stat.Series{s}, Observations: func(yield func(*stat.Observation) bool) {
			for i := range obs {
				if !yield(&obs[i]) {
					return
				}
			}
		},
		// The second release came ten days after the first, the third twelve days after the second.
		Releases: []row.Release{release("2024-01-10", "2024-01-07", 0, 0, 0), release("2024-01-20", "2024-01-14", 0, 3, 1), release("2024-02-01", "2024-01-28", 4, 1, 0)},
		Summaries: []row.RevisionSummary{{Series: s.ID, Compared: 4, Raised: 2, Lowered: 1, MeanRevision: row.Num(-1.25, true), Maturity: "Values move."},
			{Series: "x:people:W:sex=F", Compared: 2, Raised: 1, MeanRevision: row.Num(9, true)}},
		Bridges:   []row.Bridge{{Difference: stat.Known(0)}, {Difference: stat.Known(-19)}, {}},
		Residuals: []row.Residual{{Residual: stat.Known(4)}, {Residual: stat.Known(0)}, {Residual: stat.Known(0)}},
	}
	out := map[string]row.Quality{}
	for _, r := range Report(f) {
		key := r.Concept + " " + r.Item
		if _, twice := out[key]; twice || r.Source != "x" || r.Heading == "" || r.Text == "" {
			t.Errorf("%+v, twice %v", r, twice)
		}
		out[key] = r
	}
	return out
}

// TestReport checks each figure of a report, and that what is not known has no row.
func TestReport(t *testing.T) {
	got := reported(t)
	for key, want := range map[string]float64{
		"S.8.1 days-between-releases": 7, "S.9 releases": 3, "S.9 days-between-releases": 11,
		"S.12.3.1 values-known": 75, "S.13.1 values-provisional": 100.0 / 3, "S.13.1 values-estimated": 0, "S.13.3.4 findings": 2, "S.13.3.4 quarantined": 1,
		"S.14.1 days-to-this-site": 0, "S.14.1.1 days-median": 4, "S.14.1.1 days-longest": 6, "S.14.1.1 days-newest": 4,
		"S.14.2.1 on-time": 50, "S.14.2.1 days-latest": 5, "S.15.2.1 years": 21 / 365.25, "S.15.2.1 breaks": 1,
		"S.15.3 compared": 2, "S.15.3 different": 1, "S.15.3 largest-difference": 19, "S.15.4 compared": 3, "S.15.4 different": 1, "S.15.4 largest-difference": 4,
		"S.17.2 changes": 4, "S.17.2 silent": 1, "S.17.2 raised": 3, "S.17.2 lowered": 1, "S.17.2.1 x:people:W": -1.25, "S.18.4 rules": 2,
	} {
		if r := got[key]; !r.Value.Known || r.Value.Value < want-1e-9 || r.Value.Value > want+1e-9 || r.Unit == "" {
			t.Errorf("%s: %+v, want %v", key, r, want)
		}
		delete(got, key)
	}
	for key, want := range map[string]string{
		"S.3.1 text": "People by week.", "S.3.8 text": "From 1 January 2024 to 28 January 2024.", "S.4 text": "What is counted: persons.", "S.5 text": "The figures are weekly.",
		"S.12.1 text": "For tests.", "S.18.6.1 text": "No figure is seasonally adjusted. Too short.", "S.18.5.1 text": "Nothing is imputed. A missing value stays missing and is never zero.",
		"S.10 text":   "Free of charge, under the L. Every table can be downloaded as CSV, Parquet and SDMX, and each chart as a picture and as CSV.",
		"S.17.1 text": "No policy of the publisher is known here. Changes are read from its releases.", "S.18.1 text": "The files that P publishes. Their bytes are kept as they were served.",
	} {
		if r := got[key]; r.Text != want || r.Value.Known {
			t.Errorf("%s: %+v", key, r)
		}
		delete(got, key)
	}
	if len(got) > 0 {
		t.Errorf("the report says more: %v", got)
	}
}

// TestAReportOfNothing: a source without releases says what it says of itself, and no figure but its own.
func TestAReportOfNothing(t *testing.T) {
	rows := Report(Facts{Source: &source.Source{ID: "x", Terms: source.Terms{Publisher: "P"}}, Observations: func(func(*stat.Observation) bool) {}})
	for _, r := range rows {
		if r.Value.Known && r.Item != "rules" {
			t.Errorf("%+v", r)
		}
	}
}

// TestConceptsAreInOrder: the rows follow the code list, which has each concept that a report may have.
func TestConceptsAreInOrder(t *testing.T) {
	codes, err := schemas.CodeList("quality-concept")
	if err != nil {
		t.Fatal(err)
	}
	for key := range reported(t) {
		if !slices.ContainsFunc(codes, func(c schemas.Code) bool { return key[:len(c.Code)] == c.Code }) {
			t.Errorf("%s is in no code list", key)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -4: "-4"} {
		if got := count(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
	if median([]int{4, 1, 2, 9}) != 3 || median([]int{5}) != 5 || decimal(3.5) != "3.5" || decimal(1200) != "1,200" {
		t.Error("median or decimal")
	}
}
