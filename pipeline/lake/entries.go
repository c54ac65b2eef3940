package lake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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

// readEntries returns the releases of a source whose entries can be read, in the order in which
// they became known, and the damaged ones. It skips a file whose name differs from its entry.
func (l *Lake) readEntries(source string) (out []Entry, damaged []Damage, err error) {
	paths, err := filepath.Glob(filepath.Join(l.dir, "releases", FolderName(source), "[0-9]*.json"))
	if err != nil {
		return nil, nil, err
	}
	for _, p := range paths {
		e, err := readEntry(p)
		if err != nil {
			damaged = append(damaged, Damage{Release: strings.TrimSuffix(filepath.Base(p), ".json"), Err: fmt.Errorf("%s: %w: %w", p, ErrDamaged, err)})
		} else if l.entryPath(e.Source, e.Release) == p {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return a.Stat().Compare(b.Stat()) })
	return out, damaged, nil
}

// readEntry reads an entry and checks its hash.
func readEntry(path string) (Entry, error) {
	var e Entry
	text, err := readBounded(path, maxEntry)
	if err != nil {
		return e, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, err
	}
	if want, err := e.check(); err != nil || e.Check != "" && e.Check != want {
		return e, errors.Join(err, errors.New("it does not match its hash"))
	}
	return e, nil
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

// remove removes a release from the lake, its entry first.
func (l *Lake) remove(e Entry) error {
	undo := l.entryPath(e.Source, e.Release) + undoSuffix
	if err := os.Rename(l.entryPath(e.Source, e.Release), undo); err != nil {
		return err
	}
	return l.undo(undo)
}

// undo removes the files named by an entry that was removed or never completed. It removes only
// files that this package wrote: those in the note that no other entry names.
func (l *Lake) undo(note string) error {
	e, err := readEntry(note)
	if err != nil {
		return nil // reported by Unknown
	}
	named, err := l.named(e.Source)
	if err != nil {
		return err
	}
	var failed error
	for _, f := range e.files() {
		if path := f.path(l, e); !named[path] {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				failed = errors.Join(failed, err)
			}
		}
	}
	if failed != nil {
		return failed
	}
	return os.Remove(note)
}

// named returns the paths of all entries of a source and of all files that they name.
func (l *Lake) named(source string) (map[string]bool, error) {
	entries, err := l.Entries(source)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, e := range entries {
		out[l.entryPath(e.Source, e.Release)] = true
		for _, f := range e.files() {
			out[f.path(l, e)] = true
		}
	}
	return out, nil
}

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
