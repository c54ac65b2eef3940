// Package source describes a published data set: everything the pipeline needs
// to know of it is one value of Source, data plus one pure function.
//
//  1. Place says where the newest file is found, Schedule and Every when.
//  2. Date finds the release date that the file itself states.
//  3. Decode turns the file's bytes into observations and findings; or Records declares the
//     records that the generic reader takes in.
//  4. Rules and Cumulative say what must hold of them.
//
// Fetching, storing, checking and rendering are written once, for all sources,
// and are not here.
package source

import (
	"regexp"
	"slices"
	"time"

	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Source is one published data set.
type Source struct {
	ID        string // publisher-dataset, lower case, permanent: it is in addresses and paths
	Title     string
	Publisher string
	Licence   string // name of the licence of the figures
	LicenceAt string // its address
	Homepage  string // the page that a reader should be sent to
	Holds     string // one sentence: what the data set states
	Place     origin.Place
	Schedule  string    // cron expression, five fields, in Zone
	Zone      string    // time zone of the publisher, IANA name
	Poll      Poll      // how a release that is due is waited for
	Every     int       // days between releases
	Grace     int       // days that a release may be late before the source is called late
	Retired   stat.Date // first day on which its publisher no longer released it, or zero
	Series    []stat.Series

	// Rates are the ratios of two of the series that are published.
	Rates []Rate

	// Totals are the series that others are parts of.
	Totals []Total

	// Balances are the agreements with what went out and what came in.
	Balances []Balance

	// Restates is the source whose facts this one states earlier or otherwise,
	// or "". Its figures are published and bridged to that source's; they are
	// not compared over time a second time.
	Restates string
	// BridgeNote says why the two may differ.
	BridgeNote string
	// Bridges are single series that state what a series of another source
	// states too.
	Bridges []Bridge

	// Cumulative says that each release restates the whole history, so that one
	// with less of it than the release before is an error.
	Cumulative bool
	// Kinds says that there are several kinds of file, each with measures of its
	// own, so that a release may lack what the one before it states.
	Kinds bool
	// Time says what is known of a period when a release comes out, where that is not as usual.
	Time check.Time
	// Rules are checked at every ingest; what fails is a finding.
	Rules []check.Rule
	// Pairs are measures of which one carries the other, such as people and boats.
	Pairs []check.Pair
	// Wholes names, by a small series, the large one whose limits decide whether what it
	// moves makes a release wait. A series that is not in it counts for itself.
	Wholes map[stat.SeriesID]stat.SeriesID
	// Limits say when a release waits for a person; the zero value means
	// check.DefaultLimits.
	Limits check.Limits

	// Date returns what the file itself says of when it was released: the day,
	// and the instant of the document's own time stamp. Either may be zero where
	// the file does not say; neither is an error here.
	Date func(name string, data []byte) (released stat.Date, stamp time.Time)
	// Decode returns what the file states, each observation with f.Release. It
	// is pure. Errors are *decode.Error; a result that comes with one is not used.
	Decode func(f File) (Result, error)

	// Records declares a record-level source: its files are records that the generic
	// reader takes in, and Decode is not asked. Nil for all others.
	Records *layout.Layout

	// MaxExcluded is how many rows of a file may be bad and the rest still be
	// used: with more of them, or more than one in a hundred, it is the layout that
	// has changed.
	MaxExcluded int
	// Reader is raised when Decode learns to read what it rejected before:
	// files with rejected rows are then read again.
	Reader int
}

// Poll says how often, and for how long from the time in Schedule, a source is asked
// for a release that is due and not there. The zero value means once a firing.
type Poll struct{ Again, For time.Duration }

// Result is what a decoder makes of a file.
type Result struct {
	Observations []stat.Observation
	// Events are the record-level rows behind the observations, under a schema
	// of the lake, or nil.
	Events *table.Table
	// Findings are oddities that did not stop anything.
	Findings []stat.Finding
	// Excluded are the rows that could not be used, and Rows how many there are with
	// them; a decoder that rejects none need not count.
	Excluded []stat.ExcludedRow
	Rows     int
	// Notes are the texts that say what the figures mean.
	Notes []stat.Note
}

// Rate names a ratio of the sums of two series, of one source or of two.
type Rate struct {
	Name                   string
	Numerator, Denominator stat.SeriesID
	// PerThousand asks for the numerator per 1,000 of the denominator with its
	// Poisson interval, in place of the plain ratio.
	PerThousand bool
	// Note says what the two series do not have in common, or is "".
	Note string
}

// Total names a series and the parts that it is broken down into, which may come
// from different records. Both stand; a table shows what the parts leave over.
type Total struct {
	Series stat.SeriesID
	Parts  []stat.SeriesID
	Note   string // why something may be left over
}

// Balance names the two sides of an agreement, and what they are measured by. The
// words are for the headline: one and many.
type Balance struct {
	ID                string // "uk-france-exchange"
	Name              string // "the UK-France agreement"
	Out, In, Base     stat.SeriesID
	Since             stat.Date // the day on which the agreement came into force
	OutWords, InWords [2]string
	BaseWords         string
}

// Bridge names two series that state the same fact. They stay apart; a table
// shows the difference for every period of the first, and every whole year.
type Bridge struct {
	Series, Reference stat.SeriesID
	Note              string // why the two may differ
}

// File is a release's file as a decoder gets it.
type File struct {
	Name    string
	Data    []byte
	Release *stat.Release
}

// Checks returns all rules that a release of the source should keep: Rules, and those of
// Pairs.
func (s *Source) Checks() []check.Rule {
	out := slices.Clone(s.Rules)
	for _, p := range s.Pairs {
		out = append(out, p.Rule)
	}
	return out
}

// Compares reports whether a series is compared over time, ranked and drawn.
// Those that the source describes are; the breakdowns below them, which may be
// thousands of small counts, are published as observations alone. Of anyone's
// own figures, of which nothing is described, all are. Of records their layout says.
func (s *Source) Compares(id stat.SeriesID) bool {
	if s.Records != nil {
		return s.Records.Compares(id)
	}
	return len(s.Series) == 0 || s.FindSeries(id) != nil
}

// Describe returns a series as the source describes it: that of FindSeries, or as the layout of
// its records has it, or as it is.
func (s *Source) Describe(x *stat.Series) *stat.Series {
	if found := s.FindSeries(x.ID); found != nil {
		return found
	}
	if s.Records != nil {
		described := s.Records.Describe(*x)
		return &described
	}
	return x
}

// FindSeries returns the series called id, or nil.
func (s *Source) FindSeries(id stat.SeriesID) *stat.Series {
	for i := range s.Series {
		if s.Series[i].ID == id {
			return &s.Series[i]
		}
	}
	return nil
}

var (
	isoInName  = regexp.MustCompile(`(?:^|\D)(20\d\d)-?([01]\d)-?([0-3]\d)(?:\D|$)`)
	longInName = regexp.MustCompile(`(?i)(?:^|\D)([0-3]?\d)[ _-](January|February|March|April|May|June|July|August|September|October|November|December)[ _-](20\d\d)(?:\D|$)`)
)

// DateInName returns the day in a file's name, written 20_February_2026,
// 2026-02-20 or 20260220, or no date. A day that does not exist is no date.
func DateInName(name string) stat.Date {
	if m := longInName.FindStringSubmatch(name); m != nil {
		t, err := time.Parse("2 January 2006", m[1]+" "+m[2]+" "+m[3])
		if err != nil {
			return 0
		}
		return stat.DateOf(t)
	}
	if m := isoInName.FindStringSubmatch(name); m != nil {
		d, err := stat.ParseDate(m[1] + "-" + m[2] + "-" + m[3])
		if err != nil {
			return 0
		}
		return d
	}
	return 0
}

// Due reports whether on a day a release is to be expected after the last one.
func (s *Source) Due(last, day stat.Date) bool { return int(day-last) >= s.Every }

// IsRetired reports whether on a day its publisher releases the source no longer.
func (s *Source) IsRetired(day stat.Date) bool { return s.Retired != 0 && day >= s.Retired }

// Age returns how many days after its last release a source is called late. Bank
// holidays in that time are not counted where its publisher keeps them.
func (s *Source) Age(last stat.Date) int {
	n := s.Every + s.Grace
	if s.Zone == "Europe/London" {
		n += bankHolidays(last, last.AddDays(n))
	}
	return n
}
