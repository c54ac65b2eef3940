// Package calendar says which releases are to come: those of this site that are announced, and those
// of publishers that are to be expected. It reads no clock; what is to come follows from the newest
// release that is known.
package calendar

import (
	"cmp"
	"slices"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
)

// A source has at most maxExpected releases to come listed, and none further ahead than listedDays
// unless it is the next.
const (
	maxExpected = 6
	listedDays  = 100
)

// Expected is a release to come. Its day follows from the newest release and from how often the
// publisher publishes: no publisher announced it.
type Expected struct {
	Source content.SourceInfo
	Day    stat.Date
	Last   stat.Date // the newest release
}

// Outlook is what is to come.
type Outlook struct {
	Known     stat.Date              // up to which day releases are known
	Announced []content.Announcement // releases of this site after Known, the earliest first
	Coming    []Expected             // after Known, the earliest first
	Late      []Expected             // the first of each data set that was expected up to Known
	Silent    []string               // titles of data sets without an expected release
}

// expecting are the states of a source that is expected to publish again.
var expecting = map[string]bool{"current": true, "late": true, "definition-changed": true, "unreachable": true}

// New returns the outlook of a site.
func New(index *content.Index) Outlook {
	o := Outlook{Known: cmp.Or(index.Site.AsOf, index.Site.Vintage)}
	for _, a := range index.Site.Announced { // an announcement of a day that is known is past
		y, m, d := a.At.Date()
		if stat.NewDate(y, m, d) > o.Known {
			o.Announced = append(o.Announced, a)
		}
	}
	for _, s := range index.Site.Sources {
		state := index.State(s.ID)
		if state == nil {
			continue
		}
		if state.LastRelease.IsZero() || s.Every <= 0 || !expecting[state.State] {
			o.Silent = append(o.Silent, s.Title)
			continue
		}
		o.expect(s, state.LastRelease)
	}
	for _, list := range [][]Expected{o.Coming, o.Late} {
		slices.SortStableFunc(list, func(x, y Expected) int { return cmp.Compare(x.Day, y.Day) })
	}
	return o
}

// Next returns the day on which the next release of a data set is expected, or "".
func (o Outlook) Next(id string) string { return dayOf(o.Coming, id) }

// dayOf returns the first day of a data set in a list of releases, or "".
func dayOf(list []Expected, id string) string {
	for _, x := range list {
		if x.Source.ID == id {
			return x.Day.Long()
		}
	}
	return ""
}

// expect adds the releases that are expected of one data set.
func (o *Outlook) expect(s content.SourceInfo, last stat.Date) {
	day := last.AddDays(s.Every)
	if day <= o.Known {
		o.Late = append(o.Late, Expected{s, day, last})
	}
	for day <= o.Known {
		day = day.AddDays(s.Every)
	}
	for n := 1; n <= maxExpected && n*s.Every <= max(listedDays, s.Every); n++ {
		o.Coming = append(o.Coming, Expected{s, day, last})
		day = day.AddDays(s.Every)
	}
}
