package site

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/stat"
)

// marked is what the tests read of the marks in a chart's option.
type marked struct {
	Series []struct {
		MarkLine *struct {
			Data []struct {
				Name  string
				XAxis int
			}
			Label struct{ Formatter string }
		}
	}
}

func TestEventsAreMarkedAndListed(t *testing.T) {
	s := realSite(t)
	s.Events = append(s.Events, charts.Event{ID: "x", Date: stat.MustDate("2025-09-18"), Title: "On one day", Source: "https://www.example.org/x", Note: "A note."})
	_, files := written(t, s)
	page := files["charts/arrivals-daily.html"]
	contains(t, page, `<li><strong>A</strong> 6 August 2025: <a href="https://www.gov.uk/government/publications/the-border-security-commanders-annual-report-data">UK-France agreement in force</a>.</li>`,
		`<li><strong>B</strong> 18 September 2025: `, `<li><strong>C</strong> 18 September 2025: <a href="https://www.example.org/x">On one day</a>. A note.</li>`,
		`Dashed lines mark: A, 6 August 2025, UK-France agreement in force; B, 18 September 2025`)
	if strings.Contains(page, "French figures of prevented departures") {
		t.Error("an event before the chart is listed")
	}
	var o marked
	if err := json.Unmarshal([]byte(optionScript.FindStringSubmatch(page)[1]), &o); err != nil {
		t.Fatal(err)
	}
	m := o.Series[0].MarkLine
	days := optionOf(t, page).XAxis[0].Data
	if m == nil || len(m.Data) != 2 || m.Data[0].Name != "A" || m.Data[1].Name != "B, C" || days[m.Data[0].XAxis] != "6 August 2025" || days[m.Data[1].XAxis] != "18 September 2025" || m.Label.Formatter != "{b}" {
		t.Errorf("marks are %+v", m)
	}
	if o.Series[1].MarkLine != nil {
		t.Error("events are marked twice")
	}
	contains(t, files["topics/exchange.html"], `<ul class="events"><li><strong>A</strong> 18 September 2025`)
	contains(t, files["index.html"], `<ul class="events">`)
	if strings.Contains(files["charts/arrivals-cumulative.html"], "markLine") || strings.Contains(files["charts/arrivals-monthly.html"], "events") {
		t.Error("a chart that does not ask for events marks them")
	}
}

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
