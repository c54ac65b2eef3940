package pages

import (
	"cmp"
	"fmt"

	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// calendarBody is what the page of releases to come shows.
type calendarBody struct {
	Announced listing.Table
	Table     listing.Table
	Late      []string // data sets whose release should be here, in words
	Silent    []string // data sets without an expected release
}

// calendarPage makes the page of releases to come.
func calendarPage(index *content.Index) (Page, error) {
	o := calendar.New(index)
	announced, err := announcedTable(o.Announced)
	b := calendarBody{Announced: announced, Silent: o.Silent}
	b.Table = listing.Table{Title: "releases to come", Caption: "Days on which a release is expected, from the newest release and how often the publisher publishes. No publisher announced them.",
		Head: []string{"Expected on", "Data set", "Publisher", "After the release of"}, Classes: []string{"", listing.ClassText, listing.ClassText, listing.ClassText}}
	for _, x := range o.Coming {
		after := x.Last.Long()
		if before := x.Day.AddDays(-x.Source.Every); before > o.Known {
			after = before.Long() + ", if that is on time"
		}
		b.Table.Rows = append(b.Table.Rows, listing.Row{Name: x.Day.Long(), Cells: []string{cmp.Or(x.Source.Title, wording.Nothing), cmp.Or(x.Source.Publisher, wording.Nothing), after}})
	}
	for _, x := range o.Late {
		b.Late = append(b.Late, fmt.Sprintf("%s: expected on %s, after the release of %s; not among the releases up to %s.",
			cmp.Or(x.Source.Title, wording.Nothing), x.Day.Long(), x.Last.Long(), o.Known.Long()))
	}
	return Page{Name: content.CalendarPage, Title: "Release calendar", Template: "calendar.html", Body: b}, err
}

// announcedTable lists the announced releases of this site, with the hour in London.
func announcedTable(announced []content.Announcement) (listing.Table, error) {
	t := listing.Table{Title: "announced", Caption: "Releases of these statistics that are announced, with the time in London.",
		Head: []string{"Day", "Time", "What"}, Classes: []string{"", listing.ClassText, listing.ClassNote}}
	zone, err := content.London()
	if err != nil {
		return t, err
	}
	for _, a := range announced {
		at := a.At.In(zone)
		y, m, d := at.Date()
		t.Rows = append(t.Rows, listing.Row{Name: stat.NewDate(y, m, d).Long(), Cells: []string{at.Format("15:04"), a.Text}})
	}
	return t, nil
}
