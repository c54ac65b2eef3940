package lake

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"crossings/pipeline/stat"
)

// State identifies what a release states: by its vintage and the shortened hash of its statement.
func State(vintage stat.Date, statement string) string {
	return fmt.Sprintf("%s %.16s", vintage, statement)
}

// State returns the State of what the release states.
func (e Entry) State() string { return State(e.Vintage, e.Statement) }

// IsNewest reports whether the release is the newest one of its raw file. The file's folder is
// named after that one.
func (e Entry) IsNewest() bool { return e.Folder() == e.Release }

// check returns the hash of all fields but Check.
func (e Entry) check() (string, error) {
	e.Check = ""
	text, err := json.Marshal(e)
	return hash(text), err
}

// encode returns the entry as JSON, including its hash.
func (e Entry) encode() (text []byte, err error) {
	if e.Check, err = e.check(); err != nil {
		return nil, err
	}
	if text, err = json.MarshalIndent(e, "", "  "); err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

// Sources returns the identifiers of all sources with a release in the lake,
// sorted.
func (l *Lake) Sources() ([]string, error) {
	dirs, err := os.ReadDir(filepath.Join(l.dir, "releases"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, d := range dirs {
		if d.IsDir() {
			out = append(out, SourceOf(d.Name()))
		}
	}
	return out, err
}

// Entries returns the releases of a source that are in the lake, in the order in which they became
// known. It returns nil if there are none. The error wraps ErrDamaged if an entry cannot be read.
func (l *Lake) Entries(source string) ([]Entry, error) {
	all, damaged, err := l.readEntries(source)
	if err != nil {
		return nil, err
	}
	for _, d := range damaged {
		return nil, d.Err
	}
	return all, nil
}

// Damage is a release with a file that is missing or damaged.
type Damage struct {
	Release string
	Folder  string // of the raw file, see Entry.Folder; "" if the entry cannot be read
	Err     error
}

// Damaged reads every byte of the files of a source and returns the releases with damage.
func (l *Lake) Damaged(source string) ([]Damage, error) {
	entries, out, err := l.readEntries(source)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if err := l.Intact(e); err != nil {
			out = append(out, Damage{e.Release, e.Folder(), err})
		}
	}
	return out, nil
}

// Suffixes of files that are not entries, or no longer.
const (
	undoSuffix    = ".undo"    // its files are to be removed, unless another entry names them
	damagedSuffix = ".damaged" // set aside until its release is in the lake again
	sameSuffix    = ".same"    // another release states the same, see Same
)

// Prune cleans up after a killed Append: it removes the files of a release that was not completed,
// and releases that another displaces. It leaves a file if it cannot prove that the lake wrote it;
// see Unknown. The caller must hold the lock.
func (l *Lake) Prune() error {
	notes, err := filepath.Glob(filepath.Join(l.dir, "releases", "*", "*.json"+undoSuffix))
	for _, note := range notes {
		err = errors.Join(err, l.undo(note))
	}
	sources, listed := l.Sources()
	err = errors.Join(err, listed)
	for _, s := range sources {
		err = errors.Join(err, l.prune(s))
	}
	return err
}
