package pipeline_test

import "testing"

// TestRelations publishes the tables that compare sources, from the starter data, and checks them
// against numbers that the publishers state or that were computed separately.
func TestRelations(t *testing.T) {
	t.Parallel()
	cfg, _ := publishedStarter(t)
	for _, c := range []struct {
		table string
		row   []string
		want  map[string]string
	}{
		{"bridges", []string{"series=ukho-illegal-entry:detections:Q:category=small-boat", "period_start=2022-01-01", "period_end=2022-12-31"},
			map[string]string{"reference_series": "ukho-small-boats:arrivals:D", "value": "45774", "reference_value": "45755", "difference": "19"}},
		{"bridges", []string{"series=ukho-illegal-entry:detections:Q:category=small-boat", "period_start=2020-01-01", "period_end=2020-12-31"},
			map[string]string{"value": "8466", "reference_value": "8462", "difference": "4"}},
		{"balances", []string{"balance=uk-france-exchange", "basis=cumulative", "period_end=2026-06-30"},
			map[string]string{"out": "1087", "in": "1117", "difference": "-30", "base": ""}},
		{"balances", []string{"balance=uk-france-exchange", "basis=month", "period_end=2026-05-31"},
			map[string]string{"out": "218", "in": "", "difference": "", "base": "2726", "out_percent": "7.9971", "out_per_day": "7.0323"}},
		{"policy-periods", []string{"policy=uk-france-exchange"},
			map[string]string{"basis": "policy-period", "prior_start": "2024-08-06", "prior_end": "2025-06-25", "period_start": "2025-08-06", "period_end": "2026-06-25", "value": "27674", "prior_value": "38050", "change_percent": "-27.2694"}},
		{"residuals", []string{"series=ukho-asylum:initial-decisions:Q", "period_start=2025-01-01", "period_end=2025-12-31"},
			map[string]string{"value": "160077", "parts_value": "153504", "residual": "6573"}},
		// 16 deaths in 45,755 arrivals; the exact interval of 16 is 9.1454 to 25.9830.
		{"rates", []string{"rate=dead-and-missing-per-1000-arrivals-english-channel", "period_start=2022-01-01", "period_end=2022-12-31"},
			map[string]string{"value": "0.3497", "lower": "0.1999", "upper": "0.5679"}},
		// Deaths are ranges through every sum.
		{"year-to-date", []string{"series=iom-missing-migrants:dead-and-missing:M:route=english-channel", "year=2024"},
			map[string]string{"value": "11", "lower": "8", "upper": "11", "prior_value": "0", "prior_lower": "0", "prior_upper": "0", "prior_year_value": "24"}},
		// Enforced and voluntary returns are never added up, nor is refusal at port.
		{"year-on-year", []string{"series=ukho-returns:returns:Q:category=enforced", "basis=year", "period_start=2022-01-01"},
			map[string]string{"value": "3875"}},
		// A stock has a change over a year and no year to date.
		{"year-on-year", []string{"series=ukho-asylum:in-hotels:Q", "period_start=2025-12-31"},
			map[string]string{"basis": "point", "value": "30657", "prior_value": "38054", "change": "-7397"}},
	} {
		row := find(t, rows(t, cfg.Data, c.table), c.row...)
		for column, want := range c.want {
			if row[column] != want {
				t.Errorf("%s %v: %s is %q, want %q", c.table, c.row, column, row[column], want)
			}
		}
	}
	for _, r := range rows(t, cfg.Data, "year-to-date") {
		if r["series"] == "ukho-asylum:in-hotels:Q" || r["series"] == "ukho-returns:returns:Q" {
			t.Errorf("a year to date of %s", r["series"])
		}
	}
}
