package calendar

import (
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

func TestHostileTextsStayInTheirLine(t *testing.T) {
	s := sitetest.Real(t)
	for i := range s.Sources {
		s.Sources[i].Every, s.Sources[i].Title = 7, "a\r\nBEGIN:VALARM\r\nACTION:AUDIO\x00;,"
	}
	text, err := ICS(s, New(content.NewIndex(s)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := ical.ParseCalendar(strings.NewReader(string(text)))
	if err != nil || len(c.Events()) < maxExpected || strings.Contains(string(text), "\nBEGIN:VALARM") || strings.Contains(string(text), "\x00") {
		t.Errorf("%v:\n%s", err, text)
	}
}
