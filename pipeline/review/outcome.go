package review

import (
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/hint"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/stat"
)

// States of an Outcome: what became of a file.
const (
	Added     = "added"     // a new release is in the lake
	Reread    = "mended"    // a known release was read again, by a newer decoder
	Rebuilt   = "rebuilt"   // a known release that was damaged or lost in the lake was read again from data/raw
	Known     = "known"     // the same bytes were ingested before
	Unchanged = "unchanged" // the publisher serves nothing newer
	Failed    = "refused"   // it could not be ingested; see the error
	Pending   = "held"      // it contradicts itself or what was known, and waits for a person
	Rejected  = "rejected"  // it was rejected before
	Left      = "left"      // the time of the run was over before its turn; the next run begins with it
)

// States of an Outcome: what became of a release in the lake.
const (
	Withdrawn = "withdrawn" // an operator took it out
	Redated   = "redated"   // an operator corrected its date
)

// Outcome says what became of one file, or of one source that could not be fetched.
type Outcome struct {
	Source   string          `json:"source"`
	File     string          `json:"file,omitempty"`
	Release  string          `json:"release,omitempty"`
	State    string          `json:"state"`
	Rows     int             `json:"rows,omitempty"`
	Records  int64           `json:"records,omitempty"` // events that were read, for microdata
	Excluded int             `json:"rejects,omitempty"` // rows in quarantine
	Findings []stat.Finding  `json:"findings,omitempty"`
	Error    string          `json:"error,omitempty"`
	Hint     string          `json:"hint,omitempty"`
	Moves    []check.Move    `json:"beyond_limits,omitempty"` // what it moves, if it is pending
	Pending  *PendingDetails `json:"waiting,omitempty"`       // what else a person needs to know, if it is pending
	Reason   string          `json:"reason,omitempty"`        // why it was rejected or rebuilt
	Dated    string          `json:"dated,omitempty"`         // what to know of its date, if that is a guess or not the one given
	Moved    string          `json:"moved,omitempty"`         // why it was not where it was announced, and where it was found
	Place    string          `json:"place,omitempty"`         // which place of a source with several was asked
	Passed   []string        `json:"passed,omitempty"`        // why the places before it, or after it, did not serve
	Releases []string        `json:"releases,omitempty"`      // the releases of a withdrawn file
	Before   string          `json:"before,omitempty"`        // the former release of a redated one
	Err      error           `json:"-"`
	Took     time.Duration   `json:"-"` // time for the file, or for the source up to its last outcome
}

// Failed reports whether the outcome is an error.
func (o Outcome) Failed() bool { return o.Err != nil }

// Known returns o as the outcome of a file that brings nothing new.
func (o Outcome) Known(e lake.Entry) Outcome {
	o.State, o.Release, o.Rows, o.Excluded = Known, e.Release, e.Rows, e.Rejects
	return o
}

// Rejected returns o as the outcome of a rejected file; it returns o unchanged if sn is nil.
func (o Outcome) Rejected(sn *archive.Snapshot) Outcome {
	if sn != nil {
		o.State, o.Release, o.Reason = Rejected, sn.Release, sn.Meta.Rejected
	}
	return o
}

// Fail returns o as the outcome of an error, with its hint.
func Fail(o Outcome, err error) Outcome {
	o.State, o.Err, o.Error, o.Hint = Failed, err, err.Error(), hint.Of(err)
	return o
}

// PendingText follows the name of a pending release in a message.
const PendingText = "contradicts itself or what was known, and waits; see: ingest review"

// PendingDetails are what a person needs to decide about a pending release.
type PendingDetails struct {
	Retrieved time.Time `json:"retrieved_at"`
	Added     bool      `json:"added,omitempty"` // by hand
	Released  stat.Date `json:"released"`
	// Stays is the newest release in the lake, which stays published meanwhile; "" if there is
	// none. Its figures end on Until.
	Stays string    `json:"stays,omitempty"`
	Until stat.Date `json:"stays_until,omitzero"`
}
