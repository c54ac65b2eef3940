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

// State names what a release states: its vintage, and the hash of the statement cut short.
func State(vintage stat.Date, statement string) string {
	return fmt.Sprintf("%s %.16s", vintage, statement)
}

// State returns the name of what the release states.
func (e Entry) State() string { return State(e.Vintage, e.Statement) }

// IsNewest reports whether the release is the newest one of its raw file, after which that is named.
func (e Entry) IsNewest() bool { return e.Folder() == e.Release }

// check returns the hash of all fields but Check.
func (e Entry) check() (string, error) {
	e.Check = ""
	text, err := json.Marshal(e)
	return hash(text), err
}

// encode returns the entry as it is kept, with its hash.
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
			out = append(out, strings.ReplaceAll(d.Name(), "~", ":"))
		}
	}
	return out, err
}

// Entries returns the releases of a source that are in the lake, in the order
// in which they were known. None is not an error; an entry that cannot be read
// wraps ErrDamaged.
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

// readEntries returns the releases of a source whose entries can be read, in the order in
// which they were known, and the others. A file of another name than its entry is not the lake's.
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

// readEntry reads an entry and compares it with its hash.
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
		return e, errors.Join(err, errors.New("its hash is not the one written"))
	}
	return e, nil
}

// Damage is a release of which a file is lost, or not the one that was written.
type Damage struct {
	Release string
	Folder  string // of the raw file, see Entry.Folder; "" where the entry cannot be read
	Err     error
}

// Damaged returns the releases of a source with damage, after reading every byte of their
// files.
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

// The suffixes of an entry that is not, or no longer, one.
const (
	undoSuffix    = ".undo"    // its files are to be taken away, unless another entry names them
	damagedSuffix = ".damaged" // set aside, until its release is in the lake again
	sameSuffix    = ".same"    // not an entry: another release states the same, see Same
)

// remove takes a release out of the lake, its entry first.
func (l *Lake) remove(e Entry) error {
	undo := l.entryPath(e.Source, e.Release) + undoSuffix
	if err := os.Rename(l.entryPath(e.Source, e.Release), undo); err != nil {
		return err
	}
	return l.undo(undo)
}

// undo takes the files away that an entry names which was removed, or did not come to be.
// Only names that this package wrote are removed: those in the note, unless an entry has them.
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

// named returns the paths of all files that the entries of a source name, theirs included.
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

// Prune mends what a killed Append may have left: files of a release that did not come to
// be, and releases that another displaces. A file that the lake cannot prove to have
// written stays; see Unknown. The caller holds the lock.
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
