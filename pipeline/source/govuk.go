package source

import (
	"fmt"
	"regexp"
	"time"
	_ "time/tzdata" // the day in London must not depend on the machine

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

// openGovernment is the address of the Open Government Licence.
const openGovernment = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

// The departments whose figures are on GOV.UK.
var (
	HomeOffice        = Terms{"UK Home Office", "Open Government Licence v3.0", openGovernment}
	MinistryOfDefence = Terms{"UK Ministry of Defence", "Open Government Licence v3.0", openGovernment}
)

// PollHomeOffice is how a release of the Home Office is waited for: it may be hours late.
var PollHomeOffice = Poll{Again: 10 * time.Minute, For: 3 * time.Hour}

// GovUKPage is the place of a page of GOV.UK.
func GovUKPage(address string) origin.Place {
	return origin.Place{Address: address, MediaType: "text/html", Hosts: []string{"www.gov.uk"}, MaxBytes: 8 << 20}
}

// london is the time zone in which GOV.UK's days begin and end.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the zone is part of the program
	}
	return l
}()

// updatedOn matches the day that a page shows as its last change.
var updatedOn = regexp.MustCompile(`^(?:Published .{1,40} )?(?:Last updated|Updated) (\d{1,2} [A-Z][a-z]+ 20\d\d)\b`)

// PageDate returns when a page of GOV.UK was released: the day in London, and the time if the page
// states one. last is the last day of the page's figures; zero means unknown. The date is the first
// of these:
//
//  1. govuk:public-updated-at. It is ignored if it cannot be right: last was not over yet, the
//     page was not published yet (govuk:first-published-at), or the page itself shows a later day
//     ("Updated 19 July 2022"). Editors date a page when they write it, and add figures without
//     changing the date.
//  2. govuk:updated-at.
//  3. The day that the page shows. Pages before July 2022 have neither of the above.
//  4. The day in the file's name.
func PageDate(name string, page *webpage.Page, last stat.Date) (stat.Date, time.Time) {
	public, updated := metaTime(page, "govuk:public-updated-at"), metaTime(page, "govuk:updated-at")
	first, shown := metaTime(page, "govuk:first-published-at"), shownDate(page)
	at := public
	if day := stat.DateOf(public.In(london)); public.IsZero() || day <= last || public.Before(first) || day < shown {
		if !updated.IsZero() {
			at = updated
		}
	}
	switch {
	case !at.IsZero():
		return stat.DateOf(at.In(london)), at.UTC().Truncate(time.Second)
	case !shown.IsZero():
		return shown, time.Time{}
	}
	return DateInName(name), time.Time{}
}

// PageDateOf returns a Date for a source that is a page of GOV.UK. last returns the last day of the
// page's figures, or the zero date.
func PageDateOf(last func(*webpage.Page) stat.Date) func(name string, data []byte) (stat.Date, time.Time) {
	return func(name string, data []byte) (stat.Date, time.Time) {
		page, err := webpage.Open(name, data, decode.DefaultLimits)
		if err != nil {
			return DateInName(name), time.Time{}
		}
		return PageDate(name, page, last(page))
	}
}

// metaTime returns the time in a page's meta element, or the zero time.
func metaTime(page *webpage.Page, name string) time.Time {
	t, err := time.Parse(time.RFC3339, page.Meta(name))
	if err != nil {
		return time.Time{}
	}
	return t
}

// shownDate returns the day that a page shows as its last change, or the zero date.
func shownDate(page *webpage.Page) stat.Date {
	for _, x := range page.Texts() {
		if m := updatedOn.FindStringSubmatch(x.Text); m != nil {
			if day, err := LongDate(m[1]); err == nil {
				return day
			}
		}
	}
	return 0
}

// CheckDay returns an error for a day that figures published on the day released cannot be about: a
// day that was not over, or is more than most days earlier. The usual reason is a wrong year, which
// would overwrite the figures of another. The error wraps decode.ErrPeriod.
func CheckDay(day, released stat.Date, most int) error {
	good := func(d stat.Date) bool { return d < released && int(released-d) <= most }
	for _, years := range []int{1, -1} {
		if right := day.AddYears(years); !good(day) && good(right) {
			return fmt.Errorf("%w that the page can state: %s is a year off, published on %s it can only be %s; it would overwrite %d",
				decode.ErrPeriod, day.Long(), released, right, day.Year())
		}
	}
	switch {
	case day >= released:
		return fmt.Errorf("%w that the page can state: %s was not over when it was published on %s", decode.ErrPeriod, day.Long(), released)
	case !good(day):
		return fmt.Errorf("%w that the page can state: %s is %d days before it was published on %s, want at most %d",
			decode.ErrPeriod, day.Long(), released-day, released, most)
	}
	return nil
}

// LongDate reads a day such as "25 May 2022". The error wraps decode.ErrPeriod.
func LongDate(s string) (stat.Date, error) {
	y, m, d, err := decode.DateText(s)
	if err != nil {
		return 0, err
	}
	return stat.NewDate(y, m, d), nil
}
