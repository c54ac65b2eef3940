package review

import (
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/hint"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/stat"
)

// What became of a file.
const (
	Added     = "added"     // a new release is in the lake
	Mended    = "mended"    // a known release, read again by a decoder that has learnt since
	Rebuilt   = "rebuilt"   // a known release that was damaged or lost in the lake, read again from data/raw
	Known     = "known"     // the same bytes were ingested before
	Unchanged = "unchanged" // the publisher serves nothing newer
	Refused   = "refused"   // it could not be ingested; see the error
	Held      = "held"      // it contradicts itself or what was known, and waits: see Ingest.Accept
	Rejected  = "rejected"  // it was rejected before
)

// What became of a release that was in the lake.
const (
	Withdrawn = "withdrawn" // an operator took it out
	Redated   = "redated"   // an operator corrected its date
)

// Outcome says what became of one file, or of one source that could not be
// fetched.
type Outcome struct {
	Source   string         `json:"source"`
	File     string         `json:"file,omitempty"`
	Release  string         `json:"release,omitempty"`
	State    string         `json:"state"`
	Rows     int            `json:"rows,omitempty"`
	Records  int64          `json:"records,omitempty"` // good ones, of a record-level source
	Excluded int            `json:"rejects,omitempty"` // rows in quarantine
	Findings []stat.Finding `json:"findings,omitempty"`
	Error    string         `json:"error,omitempty"`
	Hint     string         `json:"hint,omitempty"`
	Beyond   []check.Move   `json:"beyond_limits,omitempty"` // what it moves, where it waits
	Waiting  *Waiting       `json:"waiting,omitempty"`       // what else to know of it, where it waits
	Reason   string         `json:"reason,omitempty"`        // why it was rejected, or rebuilt
	Moved    string         `json:"moved,omitempty"`         // why it was not found where it was announced, and how it was
	Releases []string       `json:"releases,omitempty"`      // that went with a file which was withdrawn
	Before   string         `json:"before,omitempty"`        // the release that a redated one was
	Err      error          `json:"-"`
	Took     time.Duration  `json:"-"` // the file, or all of the source up to its last outcome
}

// Failed reports whether the outcome is an error.
func (o Outcome) Failed() bool { return o.Err != nil }

// Known makes o the outcome of a file that brings nothing new.
func (o Outcome) Known(e lake.Entry) Outcome {
	o.State, o.Release, o.Rows, o.Excluded = Known, e.Release, e.Rows, e.Rejects
	return o
}

// Rejected makes o the outcome of a file that was rejected, or leaves it where sn is nil.
func (o Outcome) Rejected(sn *archive.Snapshot) Outcome {
	if sn != nil {
		o.State, o.Release, o.Reason = Rejected, sn.Release, sn.Meta.Rejected
	}
	return o
}

// Refuse makes o the outcome of an error, with the hint that it carries.
func Refuse(o Outcome, err error) Outcome {
	o.State, o.Err, o.Error, o.Hint = Refused, err, err.Error(), hint.Of(err)
	return o
}

// WaitsText continues the name of a release that waits.
const WaitsText = "contradicts itself or what was known, and waits; see: ingest review"

// Waiting says of a release that waits what a person needs in order to decide.
type Waiting struct {
	Retrieved time.Time `json:"retrieved_at"`
	Added     bool      `json:"added,omitempty"` // by hand
	Released  stat.Date `json:"released"`
	// Stays is the newest release that was taken, which stays published meanwhile; ""
	// for none. Its figures reach to Until.
	Stays string    `json:"stays,omitempty"`
	Until stat.Date `json:"stays_until,omitzero"`
}
