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

	"crossings/pipeline/atomicfile"
)

// folder names, reads and removes the files of a lake. It does not know what they mean.
type folder struct{ dir string }

// lakeFile is one Parquet file of a release: its observations, or one year of its events.
type lakeFile struct {
	year   int // 0 for the observations
	sha256 string
	data   []byte // nil if it was not read
}

// path returns the path of a Parquet file of a release.
func (l folder) path(e Entry, f lakeFile) string {
	if f.year == 0 {
		return l.parquetPath(e.Source, e.Release)
	}
	return filepath.Join(l.dir, "events", "source="+FolderName(e.Source), fmt.Sprintf("year=%04d", f.year), e.Release+".parquet")
}

func (l folder) parquetPath(source, release string) string {
	return filepath.Join(l.dir, "observations", "source="+FolderName(source), release+".parquet")
}

func (l folder) entryPath(source, release string) string {
	return filepath.Join(l.dir, "releases", FolderName(source), release+".json")
}

func (l folder) samePath(source, release string) string {
	return filepath.Join(l.dir, "releases", FolderName(source), release+sameSuffix)
}

// readEntries returns the releases of a source whose entries can be read, in the order in which
// they became known, and the damaged ones. It skips a file whose name differs from its entry.
func (l folder) readEntries(source string) (out []Entry, damaged []Damage, err error) {
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

// named returns the paths of all entries of a source and of all files that they name.
func (l folder) named(source string) (map[string]bool, error) {
	entries, damaged, err := l.readEntries(source)
	for _, d := range damaged {
		err = errors.Join(err, d.Err)
	}
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, e := range entries {
		out[l.entryPath(e.Source, e.Release)] = true
		for _, f := range e.files() {
			out[l.path(e, f)] = true
		}
	}
	return out, nil
}

// remove removes a release from the lake, its entry first.
func (l folder) remove(e Entry) error {
	undo := l.entryPath(e.Source, e.Release) + undoSuffix
	if err := os.Rename(l.entryPath(e.Source, e.Release), undo); err != nil {
		return err
	}
	return l.undo(undo)
}

// undo removes the files named by an entry that was removed or never completed. It removes only
// files that this package wrote: those in the note that no other entry names.
func (l folder) undo(note string) error {
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
		if path := l.path(e, f); !named[path] {
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

// load returns the bytes of one Parquet file of an entry after checking its hash.
func (l folder) load(e Entry, f lakeFile) ([]byte, error) {
	path := l.path(e, f)
	data, err := readBounded(path, maxParquet)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if hash(data) != f.sha256 {
		return nil, fmt.Errorf("%s: %w: it does not match its hash", path, ErrDamaged)
	}
	return data, nil
}

// readBounded reads a file of at most limit bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%d bytes, more than the limit of %d", info.Size(), limit)
	}
	return os.ReadFile(path)
}

// readSame reads the intact notes of a source.
func (l folder) readSame(source string) (out []Same, err error) {
	paths, err := filepath.Glob(filepath.Join(l.dir, "releases", FolderName(source), "*"+sameSuffix))
	for _, p := range paths {
		var x Same
		text, ok := atomicfile.ReadChecked(p, maxEntry)
		if ok && json.Unmarshal(text, &x) == nil && x.Release+sameSuffix == filepath.Base(p) {
			out = append(out, x)
		}
	}
	return out, err
}

func (l folder) writeSame(source string, x Same) error {
	path := l.samePath(source, x.Release)
	text, err := json.Marshal(x)
	if err != nil {
		return err
	}
	if old, ok := atomicfile.ReadChecked(path, maxEntry); ok && string(old) == string(text) {
		return nil
	}
	return atomicfile.WriteChecked(path, text)
}
