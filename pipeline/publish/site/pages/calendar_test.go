package pages

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
)

// TestALateReleaseIsNotToCome publishes after a newer release of another source. Three weekly releases
// should have come by then.
func TestALateReleaseIsNotToCome(t *testing.T) {
	s := sitetest.Real(t)
	s.Vintage = stat.MustDate("2026-07-16")
	for i := range s.Sources {
		if s.Sources[i].ID == "ukho-small-boats" {
			s.Sources[i].Every = 7
		}
	}
	index := content.NewIndex(s)
	page, err := calendarPage(index)
	if err != nil {
		t.Fatal(err)
	}
	p := page.Body.(calendarBody)
	if len(p.Late) != 1 || p.Late[0] != "Small boats: time series: expected on 3 July 2026, after the release of 26 June 2026; not among the releases up to 16 July 2026." {
		t.Errorf("late are %q", p.Late)
	}
	if rows := p.Table.Rows; len(rows) != 6 || rows[0].Name != "17 July 2026" || rows[0].Cells[2] != "26 June 2026" || rows[1].Cells[2] != "17 July 2026, if that is on time" {
		t.Errorf("to come are %v", rows)
	}
	text, err := calendar.ICS(s, calendar.New(index))
	if err != nil || strings.Contains(string(text), "DTSTART:202607030") || !strings.Contains(string(text), "DTSTART:20260717T083000Z") {
		t.Errorf("%v: %s", err, text)
	}
}
