//go:build real

package reader_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/reader"
)

// TestRealTables reads the whole tables of the examples. The sums were computed apart.
func TestRealTables(t *testing.T) {
	for _, c := range []struct {
		layout, file string
		figures      int
		sums         map[stat.SeriesID]int64
	}{
		{"mediterranean", "unhcr_arrivals_2019-12-31.csv", 639, map[stat.SeriesID]int64{"arrivals:M:destination=ITA": 658682, "arrivals:M:destination=GRC": 1213627, "arrivals:M:category=sea:destination=ESP": 103230}},
		{"eu-returns", "migr_eirtn_2017.csv", 476, map[stat.SeriesID]int64{"returned:A:category=DEU": 214055, "returned:A:category=EU28": 1513505, "returned-to-third-country:A:category=FRA": 91150}},
		{"asylum-support", "ho_support_applications.csv", 1535, map[stat.SeriesID]int64{"support-applications:A": 251762, "support-applications:A:origin=AFG": 20041, "support-applications:A:category=accommodation": 199404}},
	} {
		t.Run(c.layout, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(sourcetest.Root(t), "docs", "examples", c.layout+".json"))
			if err != nil {
				t.Fatal(err)
			}
			l, err := tabular.Parse(c.layout+".json", text)
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), "..", "more", "tables", c.file))
			if err != nil {
				t.Fatal(err)
			}
			at := stat.Release{Source: "table:x", ID: "2026-11-01-00000000", Vintage: stat.MustDate("2026-11-01"), FirstSeen: time.Unix(0, 0).UTC()}
			r, err := reader.Decode(l, nil, "table:x", c.file, data, &at)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range r.Findings {
				if f.Severity == stat.SeverityError {
					t.Errorf("%+v", f)
				}
			}
			if len(r.Observations) != c.figures {
				t.Errorf("%d figures", len(r.Observations))
			}
			got := map[stat.SeriesID]int64{}
			for _, o := range r.Observations {
				n, _ := o.Value.Get()
				got[o.Series.ID[len("table:x:"):]] += n
			}
			for id, want := range c.sums {
				if got[id] != want {
					t.Errorf("%s adds up to %d, want %d", id, got[id], want)
				}
			}
		})
	}
}
