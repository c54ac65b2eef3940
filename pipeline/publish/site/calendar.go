package site

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
	releaseZone  = "Europe/London"
	releaseClock = "09:30"
)

// ReleaseTime returns the instant of a time in London, as 15:04, on a day; "" is half
// past nine. The error is about the time.
func ReleaseTime(day stat.Date, clock string) (time.Time, error) {
	zone, err := time.LoadLocation(releaseZone)
	if err != nil {
		return time.Time{}, err
	}
	return time.ParseInLocation("2006-01-02 15:04", day.String()+" "+cmp.Or(clock, releaseClock), zone)
}

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
	Last   stat.Date // the newest release
}

// calendarPage is what the page of releases to come shows.
type calendarPage struct {
	Announced dataTable
	Table     dataTable
	Late      []string // data sets of which a release should be here, in words
	Silent    []string // data sets of which none is expected
}

// Announcement is a release of this site whose time is announced.
type Announcement struct {
	At   time.Time
	Text string
}

// announced returns the announcements of days after those of which releases are known:
// the others are past, whatever the day of the build.
func (b *builder) announced(known stat.Date) []Announcement {
	var out []Announcement
	for _, a := range b.site.Announced {
		y, m, d := a.At.Date()
		if stat.NewDate(y, m, d) > known {
			out = append(out, a)
		}
	}
	return out
}

// announcedTable lists the announcements, with the hour in London.
func (b *builder) announcedTable(known stat.Date) (dataTable, error) {
	t := dataTable{Title: "announced", Caption: "Releases of these statistics that are announced, with the time in London.",
		Head: []string{"Day", "Time", "What"}, Classes: []string{"", classText, classNote}}
	zone, err := time.LoadLocation(releaseZone)
	if err != nil {
		return t, err
	}
	for _, a := range b.announced(known) {
		at := a.At.In(zone)
		y, m, d := at.Date()
		t.Rows = append(t.Rows, dataRow{Name: stat.NewDate(y, m, d).Long(), Cells: []string{at.Format("15:04"), a.Text}})
	}
	return t, nil
}

// expecting are the states of a source of which a release is to be expected.
var expecting = map[string]bool{"current": true, "late": true, "definition-changed": true, "unreachable": true}

// outlook is which releases are expected, as far as the newest known of all lets
// one say: a build reads no clock.
type outlook struct {
	known  stat.Date  // up to which day releases are known
	coming []expected // after that day, the earliest first
	late   []expected // up to that day, of each data set the first
	silent []string   // titles of data sets of which none is expected
}

// outlook returns what is expected of the sources that are alive.
func (b *builder) outlook() outlook {
	o := outlook{known: cmp.Or(b.site.AsOf, b.site.Vintage)}
	g := b.tables["sources"]
	for _, s := range b.site.Sources {
		rows := g.where("source", s.ID)
		if len(rows) == 0 {
			continue
		}
		last, state := g.date(rows[0], "last_release"), g.text(rows[0], "state")
		if last.IsZero() || s.Every <= 0 || !expecting[state] {
			o.silent = append(o.silent, s.Title)
			continue
		}
		o.expect(s, last)
	}
	for _, list := range [][]expected{o.coming, o.late} {
		slices.SortStableFunc(list, func(x, y expected) int { return cmp.Compare(x.Day, y.Day) })
	}
	return o
}

// expect adds the releases that are expected of one data set.
func (o *outlook) expect(s SourceInfo, last stat.Date) {
	day := last.AddDays(s.Every)
	if day <= o.known {
		o.late = append(o.late, expected{s, day, last})
	}
	for day <= o.known {
		day = day.AddDays(s.Every)
	}
	for n := 1; n <= expectations && n*s.Every <= max(listedDays, s.Every); n++ {
		o.coming = append(o.coming, expected{s, day, last})
		day = day.AddDays(s.Every)
	}
}

// calendar collects the page of releases to come.
func (b *builder) calendar() (calendarPage, error) {
	o := b.outlook()
	t := dataTable{Title: "releases to come", Caption: "Days on which a release is expected, from the newest release and how often the publisher publishes. No publisher announced them.",
		Head: []string{"Expected on", "Data set", "Publisher", "After the release of"}, Classes: []string{"", classText, classText, classText}}
	for _, x := range o.coming {
		after := x.Last.Long()
		if before := x.Day.AddDays(-x.Source.Every); before > o.known {
			after = before.Long() + ", if that is on time"
		}
		t.Rows = append(t.Rows, dataRow{Name: x.Day.Long(), Cells: []string{cmp.Or(x.Source.Title, nothing), cmp.Or(x.Source.Publisher, nothing), after}})
	}
	announced, err := b.announcedTable(o.known)
	p := calendarPage{Announced: announced, Table: t, Silent: o.silent}
	for _, x := range o.late {
		p.Late = append(p.Late, fmt.Sprintf("%s: expected on %s, after the release of %s; not among the releases up to %s.", cmp.Or(x.Source.Title, nothing), x.Day.Long(), x.Last.Long(), o.known.Long()))
	}
	return p, err
}

// ics returns the releases to come as iCalendar (RFC 5545). Its time stamps are those
// of the newest release, never of the build.
func (b *builder) ics() ([]byte, error) {
	c := ical.NewCalendarFor("crossings")
	c.SetMethod(ical.MethodPublish)
	c.SetXWRCalName(plainLine(b.site.Title) + ": releases expected")
	o := b.outlook()
	for i, a := range b.announced(o.known) {
		e := c.AddEvent(fmt.Sprintf("announced-%s-%d@crossings", a.At.UTC().Format("20060102T150405Z"), i+1))
		e.SetDtStampTime(b.site.Vintage.Time())
		e.SetStartAt(a.At.UTC())
		e.SetEndAt(a.At.UTC().Add(15 * time.Minute))
		e.SetSummary(plainLine(b.site.Title) + ": " + plainLine(a.Text))
	}
	for _, x := range o.coming {
		at, err := ReleaseTime(x.Day, "")
		if err != nil {
			return nil, err
		}
		e := c.AddEvent(fmt.Sprintf("%s-%s@crossings", strings.ReplaceAll(x.Source.ID, ":", "-"), x.Day))
		e.SetDtStampTime(b.site.Vintage.Time())
		e.SetStartAt(at.UTC())
		e.SetEndAt(at.UTC().Add(15 * time.Minute))
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
