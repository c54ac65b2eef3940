package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the same times on every machine

	ical "github.com/arran4/golang-ical"

	"crossings/pipeline/stat"
)

// calendarName is the page of releases to come, and icsName the same for calendars.
const (
	calendarName = "calendar.html"
	icsName      = "calendar.ics"
)

// The hour of a release: the one at which official statistics come out in the UK.
const (
	releaseZone   = "Europe/London"
	releaseHour   = 9
	releaseMinute = 30
)

// expectations is how many releases to come are listed of a source, and listedDays
// how far ahead.
const (
	expectations = 6
	listedDays   = 100
)

// expected is a release to come. Its day is computed from the newest release and
// how often the publisher publishes: no publisher announced it.
type expected struct {
	Source SourceInfo
	Day    stat.Date
	Nth    int // 1 is the next release
}

// calendarPage is what the page of releases to come shows.
type calendarPage struct {
	Table  dataTable
	Silent []string // data sets of which none is expected
}

// expecting are the states of a source of which a release is to be expected.
var expecting = map[string]bool{"current": true, "late": true, "definition-changed": true, "unreachable": true}

// upcoming returns the releases to come of the sources that are alive, the earliest
// first.
func (b *builder) upcoming() (out []expected, silent []string) {
	g := b.tables["sources"]
	for _, s := range b.site.Sources {
		rows := g.where("source", s.ID)
		if len(rows) == 0 {
			continue
		}
		last, state := g.date(rows[0], "last_release"), g.text(rows[0], "state")
		if last.IsZero() || s.Every <= 0 || !expecting[state] {
			silent = append(silent, s.Title)
			continue
		}
		for n := 1; n <= expectations && n*s.Every <= max(listedDays, s.Every); n++ {
			out = append(out, expected{s, last.AddDays(n * s.Every), n})
		}
	}
	slices.SortStableFunc(out, func(x, y expected) int { return cmp.Compare(x.Day, y.Day) })
	return out, silent
}

// calendar collects the page of releases to come.
func (b *builder) calendar() calendarPage {
	all, silent := b.upcoming()
	t := dataTable{Title: "releases to come", Caption: "Days on which a release is expected, from the newest release and how often the publisher publishes. No publisher announced them.",
		Head: []string{"Expected on", "Data set", "Publisher", "After the release of"}, Classes: []string{"", classText, classText, classText}}
	for _, x := range all {
		after := x.Day.AddDays(-x.Source.Every).Long()
		if x.Nth > 1 {
			after += ", if that is on time"
		}
		t.Rows = append(t.Rows, dataRow{Name: x.Day.Long(), Cells: []string{cmp.Or(x.Source.Title, nothing), cmp.Or(x.Source.Publisher, nothing), after}})
	}
	return calendarPage{Table: t, Silent: silent}
}

// ics returns the releases to come as iCalendar (RFC 5545). Its time stamps are those
// of the newest release, never of the build.
func (b *builder) ics() ([]byte, error) {
	zone, err := time.LoadLocation(releaseZone)
	if err != nil {
		return nil, err
	}
	c := ical.NewCalendarFor("crossings")
	c.SetMethod(ical.MethodPublish)
	c.SetXWRCalName(plainLine(b.site.Title) + ": releases expected")
	all, _ := b.upcoming()
	for _, x := range all {
		y, m, d := x.Day.YMD()
		at := time.Date(y, m, d, releaseHour, releaseMinute, 0, 0, zone).UTC()
		e := c.AddEvent(fmt.Sprintf("%s-%s@crossings", strings.ReplaceAll(x.Source.ID, ":", "-"), x.Day))
		e.SetDtStampTime(b.site.Vintage.Time())
		e.SetStartAt(at)
		e.SetEndAt(at.Add(15 * time.Minute))
		e.SetSummary("Expected: " + plainLine(x.Source.Title))
		e.SetDescription("Computed from the release before, and not announced by the publisher, " + plainLine(x.Source.Publisher) + ".")
	}
	return []byte(c.Serialize()), nil
}

// plainLine leaves out what no calendar can hold: control characters.
func plainLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
