// Package watch says what state a source is in: whether its newest release is as recent as
// promised, and whether the last attempt to fetch it worked.
//
//  1. State follows from the last release, the source's frequency and a day.
//  2. A SourceFault, found by the last ingest, overrides it. It is kept in one file for each
//     source, written only when it changes. So publishing needs no clock: it reads what the last
//     ingest found.
//  3. Begin and End note the runs of each job, for the operator.
package watch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The states of a source (code list source-state).
const (
	Current     = "current"
	Late        = "late"               // a release is overdue, including a period of grace
	Dead        = "dead"               // silent for six times its age limit
	Moved       = "moved"              // not at its announced address; known figures stay
	Held        = "held"               // a newer release waits for a decision; known figures stay
	Malformed   = "malformed"          // the newest file cannot be read
	Shrunk      = "shrunk"             // the newest file has less history than the one before
	Changed     = "definition-changed" // a heading or note changed
	Unreachable = "unreachable"        // the publisher's server gave no complete answer
	Retired     = "retired"            // the publisher ended it
	Empty       = "empty"              // nothing was ever ingested
)

// Alarming reports whether an operator should be notified that a source has entered a state. A
// source that is current, retired or was never used needs no attention.
func Alarming(state string) bool { return state != Current && state != Retired && state != Empty }

// deadAfter is the multiple of its age limit after which a silent source is called dead.
const deadAfter = 6

// State returns the state of a source on a day. last is the date of its newest release; the source
// is late if that is more than age days ago.
func State(last stat.Date, age int, day stat.Date) string {
	switch silent := int(day - last); {
	case last.IsZero():
		return Empty
	case silent > deadAfter*age:
		return Dead
	case silent > age:
		return Late
	}
	return Current
}

// SourceState returns the state of a source on a day, given the date of its newest release. What the
// source says of its own end takes precedence over the calendar.
func SourceState(s *source.Source, last, day stat.Date) string {
	if s.IsDead(last, day) {
		return Dead
	}
	return State(last, s.Age(last), day)
}

// SourceFault is what the last ingest found wrong with a source. The zero value means no fault.
type SourceFault struct {
	State   string `json:"state"`   // "" if the release is current
	Message string `json:"message"` // the error, for people
	// Since is the day on which the source was first found in this state.
	Since stat.Date `json:"since,omitzero"`
	// Place names the place that served, if the source has several.
	Place string `json:"place,omitempty"`
}

func path(dir, source string) string {
	return filepath.Join(dir, lake.FolderName(source)+".json")
}

// maxFault is the largest size of a file with a fault, in bytes.
const maxFault = 1 << 20

// Lost is the message of a fault whose file cannot be read.
const Lost = "the result of the last ingest cannot be read; the next ingest writes it again"

// Load returns the fault of a source from the folder dir; the zero value if there is none. If the
// file cannot be read, Load returns an error that names it, and a fault with the message Lost: one
// damaged file must not keep a source from being shown.
func Load(dir, source string) (SourceFault, error) {
	f, err := os.Open(path(dir, source))
	if errors.Is(err, os.ErrNotExist) {
		return SourceFault{}, nil
	}
	if err != nil {
		return SourceFault{Message: Lost}, err
	}
	defer f.Close()
	var t SourceFault
	text, err := io.ReadAll(io.LimitReader(f, maxFault))
	if err == nil {
		err = json.Unmarshal(text, &t)
	}
	if err != nil {
		return SourceFault{Message: Lost}, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return t, nil
}

// Save writes the fault of a source to the folder dir. It writes nothing if the file already says
// the same, and removes the file if there is no fault.
func Save(dir, source string, t SourceFault) error {
	p := path(dir, source)
	if t == (SourceFault{}) {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	text, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if old, err := os.ReadFile(p); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return atomicfile.Write(p, text)
}
