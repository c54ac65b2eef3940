package site

import (
	"strings"
	"testing"
	"time"

	ical "github.com/arran4/golang-ical"

	"crossings/pipeline/stat"
)

func TestTheCalendarListsReleasesToCome(t *testing.T) {
	s := realSite(t)
	for i := range s.Sources {
		if s.Sources[i].ID == "ukho-small-boats" {
			s.Sources[i].Every = 7
		}
	}
	_, files := written(t, s)
	contains(t, files["calendar.html"], `<tr><th scope="row">3 July 2026</th><td class="text">Small boats: time series</td><td class="text">UK Home Office</td><td class="text">26 June 2026</td></tr>`,
		`<td class="text">3 July 2026, if that is on time</td>`)
	c, err := ical.ParseCalendar(strings.NewReader(files["calendar.ics"]))
	if err != nil || len(c.Events()) != expectations {
		t.Fatalf("%d events, %v:\n%s", len(c.Events()), err, files["calendar.ics"])
	}
	// 09:30 in London is 08:30 in UTC in summer.
	for _, want := range []string{"DTSTART:20260703T083000Z", "UID:ukho-small-boats-2026-07-03@crossings", "DTSTAMP:20260626T000000Z", "SUMMARY:Expected: Small boats: time series"} {
		if !strings.Contains(files["calendar.ics"], want) {
			t.Errorf("no %s in\n%s", want, files["calendar.ics"])
		}
	}
}

// TestALateReleaseIsNotToCome publishes after another source's newer release, by which
// three weekly ones should be there.
func TestALateReleaseIsNotToCome(t *testing.T) {
	s := realSite(t)
	s.Vintage = stat.MustDate("2026-07-16")
	for i := range s.Sources {
		if s.Sources[i].ID == "ukho-small-boats" {
			s.Sources[i].Every = 7
		}
	}
	b := newBuilder(s)
	p, err := b.calendar()
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Late) != 1 || p.Late[0] != "Small boats: time series: expected on 3 July 2026, after the release of 26 June 2026; not among the releases up to 16 July 2026." {
		t.Errorf("late are %q", p.Late)
	}
	if rows := p.Table.Rows; len(rows) != expectations || rows[0].Name != "17 July 2026" || rows[0].Cells[2] != "26 June 2026" || rows[1].Cells[2] != "17 July 2026, if that is on time" {
		t.Errorf("to come are %v", rows)
	}
	text, err := b.ics()
	if err != nil || strings.Contains(string(text), "DTSTART:202607030") || !strings.Contains(string(text), "DTSTART:20260717T083000Z") {
		t.Errorf("%v: %s", err, text)
	}
}

// TestAnnouncedReleasesHaveTheirHour announces one in winter and one in summer time.
func TestAnnouncedReleasesHaveTheirHour(t *testing.T) {
	s := realSite(t)
	s.Announced = []Announcement{{time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC), "past"}, {time.Date(2026, 7, 3, 8, 30, 0, 0, time.UTC), "<b>Arrivals</b> to\r\nBEGIN:VALARM"},
		{time.Date(2026, 12, 4, 9, 30, 0, 0, time.UTC), "Returns"}}
	_, files := written(t, s)
	contains(t, files["calendar.html"], `<h2 id="announced">Announced</h2>`, `<tr><th scope="row">3 July 2026</th><td class="text">09:30</td><td class="text wide">&lt;b&gt;Arrivals&lt;/b&gt;`,
		`<tr><th scope="row">4 December 2026</th><td class="text">09:30</td><td class="text wide">Returns</td></tr>`)
	contains(t, files["calendar.ics"], "UID:announced-20260703T083000Z-1@crossings", "DTSTART:20261204T093000Z", ": Returns")
	if strings.Contains(files["calendar.html"], "past") || strings.Contains(files["calendar.ics"], "\nBEGIN:VALARM") {
		t.Error("a past one is announced, or a text left its line")
	}
}

func TestHostileTextsStayInTheirLine(t *testing.T) {
	s := realSite(t)
	for i := range s.Sources {
		s.Sources[i].Every, s.Sources[i].Title = 7, "a\r\nBEGIN:VALARM\r\nACTION:AUDIO\x00;,"
	}
	text, err := newBuilder(s).ics()
	if err != nil {
		t.Fatal(err)
	}
	c, err := ical.ParseCalendar(strings.NewReader(string(text)))
	if err != nil || len(c.Events()) < expectations || strings.Contains(string(text), "\nBEGIN:VALARM") || strings.Contains(string(text), "\x00") {
		t.Errorf("%v:\n%s", err, text)
	}
}
