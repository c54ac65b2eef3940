package pipeline_test

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestExchangeByMonthAfterOneFigure takes in the publisher's page, which has transfers by month,
// after the CSV of the same day, which has one figure over the whole span. The balances must count
// each person once.
func TestExchangeByMonthAfterOneFigure(t *testing.T) {
	t.Parallel()
	cfg := starterConfig(t, boats, "ukho-france-exchange")
	page := sourcetest.Load(t, "ukho-france-exchange", "2026-07-16.html")
	mustTake(t, cfg, "ukho-france-exchange", write(t, page.Name, page.Data))
	published(t, cfg, "")
	balances := rows(t, cfg.Data, "balances")
	for _, c := range []struct {
		basis, end string
		want       map[string]string
	}{
		{"cumulative", "2026-06-30", map[string]string{"period_start": "2025-08-06", "out": "1087", "in": "1117", "difference": "-30"}},
		{"cumulative", "2025-10-31", map[string]string{"out": "75", "in": "54", "difference": "21"}},
		{"month", "2026-05-31", map[string]string{"period_start": "2026-05-01", "out": "218", "in": "222", "difference": "-4", "base": "2726", "out_percent": "7.9971"}},
		{"month", "2025-08-31", map[string]string{"period_start": "2025-08-06", "out": "0", "in": "0"}},
	} {
		row := find(t, balances, "balance=uk-france-exchange", "basis="+c.basis, "period_end="+c.end)
		for column, want := range c.want {
			if row[column] != want {
				t.Errorf("%s to %s: %s is %q, want %q", c.basis, c.end, column, row[column], want)
			}
		}
	}
	for _, r := range rows(t, cfg.Data, "observations") {
		if r["series"] == "ukho-france-exchange:exchange-in:M" && r["precision"] == "range" && r["period_end"] == "2026-06-30" && r["value"] != "" {
			t.Errorf("the figure over the whole span is still there: %v", r)
		}
	}
}
