package site

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"

	ical "github.com/arran4/golang-ical"
)

func TestTheCalendarListsReleasesToCome(t *testing.T) {
	s := sitetest.Real(t)
	for i := range s.Sources {
		if s.Sources[i].ID == "ukho-small-boats" {
			s.Sources[i].Every = 7
		}
	}
	_, files := written(t, s)
	contains(t, files["calendar.html"], `<tr><th scope="row">3 July 2026</th><td class="text">Small boats: time series</td><td class="text">UK Home Office</td><td class="text">26 June 2026</td></tr>`,
		`<td class="text">3 July 2026, if that is on time</td>`)
	c, err := ical.ParseCalendar(strings.NewReader(files["calendar.ics"]))
	if err != nil || len(c.Events()) != 6 {
		t.Fatalf("%d events, %v:\n%s", len(c.Events()), err, files["calendar.ics"])
	}
	// 09:30 in London is 08:30 in UTC in summer.
	for _, want := range []string{"DTSTART:20260703T083000Z", "UID:ukho-small-boats-2026-07-03@crossings", "DTSTAMP:20260626T000000Z", "SUMMARY:Expected: Small boats: time series"} {
		if !strings.Contains(files["calendar.ics"], want) {
			t.Errorf("no %s in\n%s", want, files["calendar.ics"])
		}
	}
}

// TestAnnouncedReleasesHaveTheirHour announces a release in winter time and one in summer time.
func TestAnnouncedReleasesHaveTheirHour(t *testing.T) {
	s := sitetest.Real(t)
	s.Announced = []content.Announcement{{At: time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC), Text: "past"}, {At: time.Date(2026, 7, 3, 8, 30, 0, 0, time.UTC), Text: "<b>Arrivals</b> to\r\nBEGIN:VALARM"},
		{At: time.Date(2026, 12, 4, 9, 30, 0, 0, time.UTC), Text: "Returns"}}
	_, files := written(t, s)
	contains(t, files["calendar.html"], `<h2 id="announced">Announced</h2>`, `<tr><th scope="row">3 July 2026</th><td class="text">09:30</td><td class="text wide">&lt;b&gt;Arrivals&lt;/b&gt;`,
		`<tr><th scope="row">4 December 2026</th><td class="text">09:30</td><td class="text wide">Returns</td></tr>`)
	contains(t, files["calendar.ics"], "UID:announced-20260703T083000Z-1@crossings", "DTSTART:20261204T093000Z", ": Returns")
	if strings.Contains(files["calendar.html"], "past") || strings.Contains(files["calendar.ics"], "\nBEGIN:VALARM") {
		t.Error("a past one is announced, or a text left its line")
	}
}
