package compare

import (
	"testing"

	"crossings/pipeline/stat"
)

// TestAStockWithoutARelease asks a stock and a flow for a period. Both must answer without
// knowing which release their values are from.
func TestAStockWithoutARelease(t *testing.T) {
	quarter := stat.Period{Start: stat.MustDate("2026-01-01"), End: stat.MustDate("2026-03-31"), Precision: stat.PrecisionQuarter}
	for _, kind := range []stat.Kind{stat.Stock, stat.Flow} {
		s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "people", Unit: "persons", Flow: "asylum", Kind: kind, RefArea: "GBR"}, stat.Quarterly)
		p, err := NewPath(&s, []stat.Observation{{Series: &s, Period: quarter, Value: stat.Known(7), Status: stat.Normal}})
		if err != nil {
			t.Fatal(err)
		}
		w := p.Over(quarter)
		if n, ok := w.Value.Get(); !ok || n != 7 || !w.Complete || !w.Vintage.IsZero() {
			t.Errorf("%s: %+v", kind, w)
		}
	}
}
