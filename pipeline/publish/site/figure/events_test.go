package figure

import (
	"fmt"
	"testing"

	"crossings/pipeline/stat"
)

func TestCategoryOfADay(t *testing.T) {
	flow := drawing{days: []stat.Date{stat.MustDate("2025-01-01"), stat.MustDate("2025-02-01"), stat.MustDate("2025-03-01")}, cutoff: stat.MustDate("2025-03-31")}
	stock := drawing{days: []stat.Date{stat.MustDate("2024-12-31"), stat.MustDate("2025-03-31"), stat.MustDate("2025-06-30")}, cutoff: stat.MustDate("2025-06-30"), stock: true}
	for _, tt := range []struct {
		d    drawing
		day  string
		want string
	}{
		{flow, "2024-12-31", "0 false"}, {flow, "2025-01-01", "0 true"}, {flow, "2025-01-31", "0 true"}, {flow, "2025-02-01", "1 true"}, {flow, "2025-03-31", "2 true"}, {flow, "2025-04-01", "0 false"},
		{stock, "2024-12-30", "0 false"}, {stock, "2024-12-31", "0 true"}, {stock, "2025-01-01", "1 true"}, {stock, "2025-03-31", "1 true"}, {stock, "2025-06-30", "2 true"}, {stock, "2025-07-01", "0 false"},
		{drawing{}, "2025-01-01", "0 false"},
	} {
		if got := fmt.Sprint(tt.d.category(stat.MustDate(tt.day))); got != tt.want {
			t.Errorf("%s of stock %v is at %s, want %s", tt.day, tt.d.stock, got, tt.want)
		}
	}
	if got := eventLabel(0) + eventLabel(25) + eventLabel(26); got != "AZ27" {
		t.Errorf("labels %s", got)
	}
}
