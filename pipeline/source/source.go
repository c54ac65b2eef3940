// Package source describes a published data set. Everything that the pipeline needs to know of it
// is one value of Source: data and one pure function.
//
//  1. Place says where the newest file is; Schedule and Every say when it comes.
//  2. Date finds the release date that the file itself states.
//  3. Decode turns the file's bytes into observations and findings. For microdata, Records
//     declares the layout instead.
//  4. Rules and Cumulative say what must be true of the figures.
//
// Fetching, storing, checking and rendering are written once for all sources, in other packages.
package source

import (
	"cmp"
	"slices"
	"time"

	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/codes"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/tabular"
)

// Source is one published data set.
type Source struct {
	ID    string // publisher-dataset, lower case, permanent: it is in addresses and paths
	Title string
	Terms
	Homepage string // the page for readers
	Holds    string // one sentence: what the data set states
	Quality  Quality
	Place    origin.Place
	// Fallbacks are tried in this order if Place is gone, blocked or dead. Their files have the same
	// formats.
	Fallbacks []origin.Place
	Schedule  string    // cron expression, five fields, in Zone
	Zone      string    // time zone of the publisher, IANA name
	Poll      Poll      // how to wait for a release that is due
	Every     int       // days between releases
	Grace     int       // days that a release may be late before the source counts as late
	Retired   stat.Date // first day on which the publisher no longer released it, or zero
	// Dead is the first day on which nobody was known to continue the files, or zero. The source is
	// dead from then on, until a release of that day or later comes in.
	Dead   stat.Date
	Series []stat.Series

	// Rates are the ratios of two series that are published.
	Rates []Rate

	// Totals are the series whose parts are series too.
	Totals []Total

	// Breakdowns say how the parts of its totals are read.
	Breakdowns Breakdowns

	// Balances are the agreements with figures for both directions.
	Balances []Balance
	// Contexts are figures that may explain a part of a change.
	Contexts []Context

	// Restates is the source whose facts this one states earlier or differently, or "". The figures
	// of this source are published and bridged to those of the other. They are not compared over
	// time again.
	Restates string
	// BridgeNote says why the two sources may differ.
	BridgeNote string
	// Bridges are single series that state the same as a series of another source.
	Bridges []Bridge

	// Cumulative means that each release restates the whole history, so a release with less history
	// than the one before is an error.
	Cumulative bool
	// Partial reports whether a file states only some series, so that each speaks for itself and says
	// nothing of the others; see SpeaksForSeries. Nil means that no file of the source does.
	Partial func(data []byte) bool
	// Kinds means that there are several kinds of files, each with its own measures, so a release
	// may lack what the one before it states.
	Kinds bool
	// Time says which periods are over when a release comes out. The zero value suits most sources.
	Time check.Time
	// Most says how many each measure can have at most, whatever else is known.
	Most check.Bounds
	// Rounded means that the publisher rounds figures to multiples of it. 0 means that figures are
	// counts.
	Rounded int64
	// Rules are checked at every ingest. What breaks a rule is a finding.
	Rules []check.Rule
	// Pairs are pairs of measures such as people and boats.
	Pairs []check.Pair
	// Wholes maps a small series to the large one whose limits decide whether its changes make a
	// release wait. A series that is not in it is weighed by itself.
	Wholes map[stat.SeriesID]stat.SeriesID
	// Limits say when a release waits for a person. The zero value means check.DefaultLimits.
	Limits check.Limits

	// Date returns when the file itself says it was released: the day, and the time of the
	// document's own time stamp. Each is zero if the file does not state it, which is not an error
	// here.
	Date func(name string, data []byte) (released stat.Date, stamp time.Time)
	// Decode returns what the file states. Each observation has f.Release. Decode is pure. Errors
	// are *decode.Error; a result that comes with an error is not used.
	Decode func(f File) (Result, error)

	// Records is the layout of a microdata source. The generic reader ingests its files, and Decode
	// is not called. It is nil for all other sources.
	Records *layout.Layout
	// Table is the layout of a source without code. Decode reads by it. It is nil for all
	// other sources.
	Table *tabular.Layout

	// MaxExcluded is how many rows of a file may be excluded before the whole file is invalid; see
	// check.MaxExcluded. With more bad rows, it is the layout that has changed.
	MaxExcluded int
	// Reader is raised when Decode learns to read rows that it excluded before. Files with excluded
	// rows are then read again.
	Reader int
}

// Terms say who publishes the figures of a source, and under what licence.
type Terms struct {
	Publisher string
	Licence   string // name of the licence
	LicenceAt string // its address
}

// Poll says how often, and for how long after the time in Schedule, a source is asked again for a
// release that is due. The zero value means once.
type Poll struct{ Again, For time.Duration }

// Result is what a decoder makes of a file.
type Result struct {
	Observations []stat.Observation
	// Events are the events behind the observations, in a schema of the lake, or nil.
	Events *table.Table
	// Findings are oddities that did not stop the decoder.
	Findings []stat.Finding
	// Excluded are the rows that are left out. Rows is how many rows there are with them; it may be
	// 0 if none is excluded.
	Excluded []stat.ExcludedRow
	Rows     int
	// Notes are the texts that say what the figures mean.
	Notes []stat.Note
}

// Rate is a ratio of the sums of two series, of the same source or of two.
type Rate struct {
	Name                   string
	Numerator, Denominator stat.SeriesID
	Unit                   string // "people per boat", "deaths per 1,000 arrivals"
	// PerThousand asks for the numerator per 1,000 of the denominator, with its Poisson interval,
	// instead of the plain ratio.
	PerThousand bool
	// Note says what the two series do not have in common, or is "".
	Note string
}

// Total is a series and its parts, which may come from different sources of figures. Both are
// published; a table shows what the parts leave over.
type Total struct {
	Series stat.SeriesID
	Parts  []stat.SeriesID
	Note   string // why something may be left over
}

// Balance is the two sides of an agreement, and the figure that they are measured by. The words are
// for the headline: singular and plural.
type Balance struct {
	ID                string // "uk-france-exchange"
	Name              string // "the UK-France agreement"
	Out, In, Base     stat.SeriesID
	Since             stat.Date // the day on which the agreement came into force
	OutWords, InWords [2]string
	BaseWords         string
}

// Context is a figure that may explain a part of a change of a series: days with weather for
// crossings, boats. It is published next to the change and corrects nothing.
type Context struct {
	ID     string        // "days-assessed-as-likely"
	Series stat.SeriesID // the series that is compared
	// By is the series of the other figure. If it is empty, the days with a value above zero are
	// counted.
	By    stat.SeriesID
	Words [2]string // singular and plural, such as "day had arrivals", "days had arrivals"
	Per   string    // such as "per such day"
}

// Bridge is two series that state the same fact. They are published separately. A table shows the
// difference for every period of the first, and every whole year.
type Bridge struct {
	Series, Reference stat.SeriesID
	Note              string // why the two may differ
}

// File is a file of a release as a decoder receives it.
type File struct {
	Name    string
	Data    []byte
	Release *stat.Release
	Lists   *codes.Lists // the label lists; nil means those of the program
}

// Checks returns all rules that a release of the source should keep: Rules, those of Most and Pairs,
// and that counts are counts. Figures by a layout may be rounded without its saying so, so that is
// only a warning there.
func (s *Source) Checks() []check.Rule {
	severity := stat.SeverityError
	if s.Table != nil || s.Records != nil || IsTidy(s.ID) {
		severity = stat.SeverityWarning
	}
	out := append(slices.Clone(s.Rules), s.Most.Rule, check.Multiples(severity, cmp.Or(s.Rounded, 1)))
	for _, p := range s.Pairs {
		out = append(out, p.Rule)
	}
	return out
}

// SpeaksForSeries reports whether a file says nothing of series that it does not state: in the tidy
// layout, or partial. Other files restate all breakdowns of a measure.
func (s *Source) SpeaksForSeries(data []byte) bool {
	return s.IsTidy(data) || s.IsPartial(data)
}

// IsPartial reports whether a file states only some series; see Partial.
func (s *Source) IsPartial(data []byte) bool { return s.Partial != nil && s.Partial(data) }

// Compares reports whether a series is compared over time, ranked and drawn. Series that the source
// describes are; the breakdowns below them, which may be thousands of small counts, are only
// published as observations. All series of a tidy source are compared, because it describes none.
// For microdata and tables the layout decides.
func (s *Source) Compares(id stat.SeriesID) bool {
	if s.Records != nil {
		return s.Records.Compares(id)
	}
	if s.Table != nil {
		return s.Table.Compares(id)
	}
	return len(s.Series) == 0 || s.FindSeries(id) != nil
}

// Describe returns a series as the source describes it, or as its layout does. A
// series of a tidy source gets a title made from its codes. All others come back unchanged.
func (s *Source) Describe(x *stat.Series) *stat.Series {
	if found := s.FindSeries(x.ID); found != nil {
		return found
	}
	if s.Records != nil {
		described := s.Records.Describe(*x)
		return &described
	}
	if s.Table != nil {
		described := s.Table.Describe(*x)
		return &described
	}
	if IsTidy(s.ID) && x.Title == "" {
		described := *x
		described.Title = tidyTitle(s.Title, x)
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

// DateInName returns the day in a file's name; see origin.DateInName.
func DateInName(name string) stat.Date { return origin.DateInName(name) }

// Places returns all places of a source, in the order in which they are tried. It is empty if files
// come by hand only.
func (s *Source) Places() []origin.Place {
	if !s.Place.Given() {
		return nil
	}
	return append([]origin.Place{s.Place}, s.Fallbacks...)
}

// PlaceOf returns the address of the place that a file came from, by what its sidecar says. A file that
// says nothing came from the first.
func (s *Source) PlaceOf(place string) string { return cmp.Or(place, s.Place.At()) }

// IsDead reports whether nobody was known on a day to continue the files of a source whose newest
// release is of the day last.
func (s *Source) IsDead(last, day stat.Date) bool {
	return s.Dead != 0 && last != 0 && last < s.Dead && day >= s.Dead
}

// Due reports whether a release is expected on a day, given the day of the last one.
func (s *Source) Due(last, day stat.Date) bool { return int(day-last) >= s.Every }

// IsRetired reports whether the publisher no longer releases the source on a day.
func (s *Source) IsRetired(day stat.Date) bool { return s.Retired != 0 && day >= s.Retired }

// Age returns how many days after its last release a source counts as late. Bank holidays in that
// time do not count if its publisher is in London.
func (s *Source) Age(last stat.Date) int {
	n := s.Every + s.Grace
	if s.Zone == "Europe/London" {
		n += bankHolidays(last, last.AddDays(n))
	}
	return n
}
