package site

import (
	"encoding/json"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/sitetest"
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
	s := sitetest.Real(t)
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
	contains(t, files["topics/returns.html"], `<ul class="events"><li><strong>A</strong> 18 September 2025`)
	contains(t, files["topics/arrivals.html"], `<ul class="events">`)
	if strings.Contains(files["charts/arrivals-cumulative.html"], "markLine") || strings.Contains(files["charts/arrivals-monthly.html"], "events") {
		t.Error("a chart that does not ask for events marks them")
	}
}
