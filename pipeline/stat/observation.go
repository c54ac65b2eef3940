package stat

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Observation is one value of one series for one period in one release. Its key
// is (Series.ID, Period.Start, Period.End, Release).
type Observation struct {
	Series *Series
	Period Period

	// Value is the count, missing unless Status.HasValue. Lower and Upper bound
	// it where the publisher states a range, else both are missing.
	Value, Lower, Upper Count
	Status              Status
	Revised             bool   // the publisher says that it revised this value
	Mark                string // the publisher's own mark as written: "-", "Revised", "[r]"

	Release *Release
	Locator string // place in the release's file: "SB_01!B2"
}

// Validate reports an observation whose parts contradict one another, or whose
// numbers no publisher can mean: beyond MaxCount, or below zero in a series without
// balancing entries.
func (o Observation) Validate() error {
	if err := o.Period.Validate(); err != nil {
		return fmt.Errorf("%s: %w", o.Series.ID, err)
	}
	if !o.Status.Valid() {
		return fmt.Errorf("%s %s: status %q is not in the code list", o.Series.ID, o.Period.Start, o.Status)
	}
	if o.Status.HasValue() != o.Value.IsKnown() {
		return fmt.Errorf("%s %s: status %s with value %q", o.Series.ID, o.Period.Start, o.Status, o.Value)
	}
	if err := o.checkNumbers(); err != nil {
		return fmt.Errorf("%s %s: %w", o.Series.ID, o.Period.Start, err)
	}
	return nil
}

// checkNumbers reports numbers out of bounds, and bounds that do not hold the value.
func (o Observation) checkNumbers() error {
	for _, c := range []Count{o.Value, o.Lower, o.Upper} {
		n, _ := c.Get() // 0 where it is missing
		switch {
		case n > MaxCount || n < -MaxCount:
			return fmt.Errorf("%d is beyond the largest count, %d", n, int64(MaxCount))
		case n < 0 && !o.Series.Balances():
			return fmt.Errorf("%d is below zero", n)
		}
	}
	for _, pair := range [][2]Count{{o.Lower, o.Value}, {o.Value, o.Upper}, {o.Lower, o.Upper}} {
		low, known := pair[0].Get()
		if high, ok := pair[1].Get(); known && ok && low > high {
			return fmt.Errorf("lower %q, value %q and upper %q are not in this order", o.Lower, o.Value, o.Upper)
		}
	}
	return nil
}

// quarantined ends the locator of a sum that lacks quarantined rows.
const quarantined = " in quarantine"

// Lacking returns the locator of a sum that lacks some of its rows because they could
// not be used. The status of such a sum is Estimated, or Break where it already was.
func Lacking(locator string, rows int) string {
	noun := "rows"
	if rows == 1 {
		noun = "row"
	}
	return fmt.Sprintf("%s; %d %s%s", locator, rows, noun, quarantined)
}

// IncompleteText is what a sentence says of a sum that lacks rows.
const IncompleteText = "incomplete: some rows could not be used"

// Incomplete reports whether the value is a sum that lacks rows; see Lacking.
func (o Observation) Incomplete() bool {
	return (o.Status == Estimated || o.Status == Break) && strings.HasSuffix(o.Locator, quarantined)
}

// Compare orders observations by series, then period.
func (o Observation) Compare(p Observation) int {
	return cmp.Or(cmp.Compare(o.Series.ID, p.Series.ID),
		cmp.Compare(o.Period.Start, p.Period.Start), cmp.Compare(o.Period.End, p.Period.End))
}

// Release is one act of publication by a publisher, as one file.
type Release struct {
	Source string
	// ID names the release within its source: the vintage and the first eight
	// digits of the file's sha256, so that two releases of one day stay apart in
	// whatever order they arrive.
	ID string
	// Vintage is the publisher's release date, else the day of retrieval.
	Vintage Date
	// FirstSeen is the earliest instant at which the release is known to have
	// existed, in UTC to the second: the document's own timestamp, else the
	// time of retrieval, else the start of Vintage. It orders the releases of
	// one day.
	FirstSeen time.Time
	File      string // the file's name, as served
	SHA256    string // of the file, in lower-case hex
}

// NewReleaseID returns the identifier of the release with this vintage and hash.
func NewReleaseID(vintage Date, sha256 string) string { return vintage.String() + "-" + sha256[:8] }

// Compare orders releases by when they were known: vintage, then first seen,
// then identifier.
func (r Release) Compare(s Release) int {
	return cmp.Or(cmp.Compare(r.Vintage, s.Vintage), r.FirstSeen.Compare(s.FirstSeen), cmp.Compare(r.ID, s.ID))
}

// Coverage is the span that one release states of one series, or of all
// breakdowns of one measure together; see SeriesID.Group.
type Coverage struct {
	Series       SeriesID `json:"series"`
	Start        Date     `json:"start"` // first day of the first period
	End          Date     `json:"end"`   // last day of the last period
	Observations int      `json:"observations"`
}

// Meets reports whether two spans share a day and belong to the same series, or to a
// series and its group.
func (c Coverage) Meets(d Coverage) bool {
	same := c.Series == d.Series || c.Series == d.Series.Group() || c.Series.Group() == d.Series
	return same && c.Start <= d.End && d.Start <= c.End
}

// Finding is something odd about a release. It is stored with the data and published
// with the statistics.
type Finding struct {
	Code     string   `json:"code"`               // stable, for machines: "weekly-sum-differs"
	Severity Severity `json:"severity,omitempty"` // how much it weighs
	Where    string   `json:"where,omitempty"`    // sheet and cell, or series and period
	Message  string   `json:"message"`            // one sentence for people
	Label    *Label   `json:"label,omitempty"`    // the label that the finding is about, or nil
}

// Label is how a release reads a label that the program's lists do not name.
type Label struct {
	List      string `json:"list"`      // the code list: "area"
	Publisher string `json:"publisher"` // whose label it is; "" for any publisher
	Text      string `json:"text"`      // as the file has it
	Code      string `json:"code"`      // "" if an operator's list leaves its rows out
	Rows      int    `json:"rows"`      // rows with it
	By        By     `json:"by"`
	MayBeSum  bool   `json:"may_be_sum,omitempty"` // its rows may be sums of others, or parts of them
}

// By says what gave a label its code.
type By string

// What gives a label its code.
const (
	ByWords    By = "words"    // its own words: it is in no list
	ByParts    By = "parts"    // the listed labels that it names
	ByOperator By = "operator" // a list of the operator
)

// Severity says what a finding asks of people. The zero value is a note.
type Severity string

// The severities, lightest first.
const (
	SeverityNote    Severity = ""        // odd but usable; published with the figures
	SeverityWarning Severity = "warning" // the operator is told once; the figures are published
	SeverityError   Severity = "error"   // the release waits for a person
)

// String returns the severity as people read it.
func (s Severity) String() string {
	if s == SeverityNote {
		return "note"
	}
	return string(s)
}

// Note is a text in a release that says what its figures mean: a heading, a
// definition, a footnote. A person should look at a change.
type Note struct {
	Where string // sheet and cell, or what it is: "SB_01 header", "Notes"
	Text  string
}

// ExcludedRow is a row that is left out, and why. The other rows of its file are used.
type ExcludedRow struct {
	Sheet  string // "" for a file without sheets
	Line   int    // from 1
	Column string // the column's header; "" if the whole row is bad
	Value  string // as in the file
	Reason string // a sentence for readers
	Listed bool   // a label list leaves the row out on purpose
}
