package render

import (
	"strings"
	"testing"

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
	p := b.calendar()
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
