// Package content holds what a site shows, and finds in it what its pages and files need: published
// tables, series, data sets, and the names of pages. Package site says what is made of it.
package content

import (
	"cmp"
	"time"
	_ "time/tzdata" // the same times on every machine

	"crossings/charts"
	"crossings/pipeline/publish/site/stamp"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Site is everything that a build of the site shows. Every figure is a cell of Tables.
type Site struct {
	Title   string
	AsOf    stat.Date      // the past day that the site is built as of, or zero for the newest state; every page says the day
	Vintage stat.Date      // newest release
	Series  []stat.Series  // title, unit, definition and designation of what the tables mention
	Tables  []*table.Table // the published tables in order of display, looked up by Schema.Name
	Sources []SourceInfo
	Charts  []charts.Chart // in order of display, on the front page and on those of topics
	Cards   []charts.Card  // in order of display
	Topics  []charts.Topic // in order of display; a topic may name data sets that are not there yet
	// Announced are the announced releases of this site, the earliest first.
	Announced []Announcement
	// Translations are the languages besides English in which pages are there; see Local.
	Translations []Translation  `json:",omitempty"`
	Events       []charts.Event // oldest first, for the charts that mark them

	// Version is the data version, or "" for a site without one, such as a site as of a past day.
	// NewEdition says that the version is published for the first time: its files are then also put
	// into its permanent folder. Editions are all data versions including this one, the newest first.
	Version    string
	NewEdition bool
	Editions   []EditionInfo
	// Stamped are the files of the newest edition with the version that each carries. Each is a version
	// of Editions.
	Stamped stamp.Ledger `json:"-"`
	// What a file of the site states as its version and as the day of the newest release in that, if it
	// is not Version and Vintage; see Marked.
	carried, released string
	// Unshown are the charts without a page to embed in the edition of Version, which was
	// published without their figures or by an older program.
	Unshown []string `json:",omitempty"`
	// Retractions are the releases that were taken back, the newest decision first.
	Retractions []Retraction

	// Checks are what a reader's browser checks claims from, or nil.
	Checks *Checks `json:",omitempty"`

	Base    string // the site's public address as catalogue.ParseBase returns it, or ""
	Program string // version of the program, or ""
}

// Checks are the files from which a browser checks a claim: the index, and those that it names.
type Checks struct {
	Index   []byte
	Sources map[string][]byte `json:"-"` // by name; the index has their hashes
}

// SourceInfo is what a reader must know of a published data set.
type SourceInfo struct {
	ID        string
	Title     string
	Publisher string
	Licence   string // name of the licence of the figures
	LicenceAt string // its address
	Homepage  string // the page for readers
	Holds     string // one sentence: what the data set states
	Every     int    // days between releases, or 0 if that is not known
	// Waiting are the days of the releases that wait for a person, the earliest first. Nothing of
	// them is published.
	Waiting []stat.Date
}

// Announcement is a release of this site whose time is announced.
type Announcement struct {
	At   time.Time
	Text string
}

// The hour of a release: the one at which official statistics come out in the UK.
const (
	releaseZone  = "Europe/London"
	releaseClock = "09:30"
)

// London returns the time zone of releases.
func London() (*time.Location, error) { return time.LoadLocation(releaseZone) }

// ReleaseTime returns the instant of a time in London on a day. clock has the form 15:04; "" is
// 09:30. The error is about clock.
func ReleaseTime(day stat.Date, clock string) (time.Time, error) {
	zone, err := London()
	if err != nil {
		return time.Time{}, err
	}
	return time.ParseInLocation("2006-01-02 15:04", day.String()+" "+cmp.Or(clock, releaseClock), zone)
}

// Description says what the site is to people who find it in a catalogue.
const Description = "Statistics on arrivals, returns, deaths and asylum on the routes across the English Channel and beyond, made from the publishers' own files, " +
	"with the release and the cell that each figure was read from. Unofficial, derived."
