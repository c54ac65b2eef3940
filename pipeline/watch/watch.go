// Package watch says what state a source is in: whether its newest release is
// as recent as it promises, and whether the last attempt to fetch it worked.
//
//  1. State follows from the last release, the source's frequency and a day.
//  2. A Trouble, what went wrong at the last ingest, overrides it. It is kept in
//     a file a source, written only when it changes, so that publishing needs no
//     clock: it reads what the last ingest found.
package watch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/stat"
)

// The states of a source (code list source-state).
const (
	Current     = "current"
	Late        = "late"               // past the day on which a release was due, with grace
	Dead        = "dead"               // silent for six times as long
	Moved       = "moved"              // not where it was announced; what was known stays
	Held        = "held"               // a newer release waits for a person; what was known stays
	Malformed   = "malformed"          // the newest file cannot be read
	Shrunk      = "shrunk"             // the newest file has less history than the one before
	Changed     = "definition-changed" // a heading or note says something else than before
	Unreachable = "unreachable"        // the publisher's server gave no whole answer
	Retired     = "retired"            // its publisher ended it
	Empty       = "empty"              // nothing was ever ingested
)

// Alarming reports whether an operator should be told that a source has come into a
// state. One that is retired, or was never used, is as it should be.
func Alarming(state string) bool { return state != Current && state != Retired && state != Empty }

// deadAfter is how many times its age limit a source may be silent before it is
// called dead.
const deadAfter = 6

// State returns the state on a day of a source whose newest release is last
// and which is late once that is more than age days old.
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

// Trouble is what the last ingest found wrong with a source. The zero value is
// no trouble.
type Trouble struct {
	State   string `json:"state"`   // "" where the release is current
	Message string `json:"message"` // the error, for people
	// Since is the day on which the source was first found in this state.
	Since stat.Date `json:"since,omitzero"`
}

func path(dir, source string) string {
	return filepath.Join(dir, strings.ReplaceAll(source, ":", "~")+".json")
}

// maxTrouble bounds the file of a trouble: a state and one message.
const maxTrouble = 1 << 20

// Lost is the message of a trouble that cannot be read.
const Lost = "what the last ingest found cannot be read; the next one writes it anew"

// Load returns the trouble of a source from the folder dir; none is the zero
// value. Where the file cannot be read, the error says which and why, and the trouble
// is that it was lost: one damaged file must not keep a source from being shown.
func Load(dir, source string) (Trouble, error) {
	f, err := os.Open(path(dir, source))
	if errors.Is(err, os.ErrNotExist) {
		return Trouble{}, nil
	}
	if err != nil {
		return Trouble{Message: Lost}, err
	}
	defer f.Close()
	var t Trouble
	text, err := io.ReadAll(io.LimitReader(f, maxTrouble))
	if err == nil {
		err = json.Unmarshal(text, &t)
	}
	if err != nil {
		return Trouble{Message: Lost}, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return t, nil
}

// Save keeps the trouble of a source in the folder dir. It writes nothing where
// the same is there already, and removes the file where there is none.
func Save(dir, source string, t Trouble) error {
	p := path(dir, source)
	if t == (Trouble{}) {
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
