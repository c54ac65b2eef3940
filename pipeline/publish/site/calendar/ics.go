package calendar

import (
	"fmt"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"crossings/pipeline/publish/site/content"
)

// releaseLength is how long a release lasts in a calendar.
const releaseLength = 15 * time.Minute

// ICS returns what is to come as iCalendar (RFC 5545). Its time stamps are those of the newest
// release, never of the build.
func ICS(s content.Site, o Outlook) ([]byte, error) {
	c := ical.NewCalendarFor("crossings")
	c.SetMethod(ical.MethodPublish)
	c.SetXWRCalName(plainLine(s.Title) + ": releases expected")
	add := func(id string, at time.Time, summary string) *ical.VEvent {
		e := c.AddEvent(id + "@crossings")
		e.SetDtStampTime(s.Vintage.Time())
		e.SetStartAt(at.UTC())
		e.SetEndAt(at.UTC().Add(releaseLength))
		e.SetSummary(summary)
		return e
	}
	for i, a := range o.Announced {
		add(fmt.Sprintf("announced-%s-%d", a.At.UTC().Format("20060102T150405Z"), i+1), a.At, plainLine(s.Title)+": "+plainLine(a.Text))
	}
	for _, x := range o.Coming {
		at, err := content.ReleaseTime(x.Day, "")
		if err != nil {
			return nil, err
		}
		e := add(fmt.Sprintf("%s-%s", strings.ReplaceAll(x.Source.ID, ":", "-"), x.Day), at, "Expected: "+plainLine(x.Source.Title))
		e.SetDescription("Computed from the release before, and not announced by the publisher, " + plainLine(x.Source.Publisher) + ".")
	}
	return []byte(c.Serialize()), nil
}

// plainLine removes what no calendar can hold: control characters.
func plainLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
