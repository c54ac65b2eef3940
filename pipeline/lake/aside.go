package lake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/stat"
)

// SetAside sets the entry of a damaged release aside, so that the release can be appended again.
// The entry stays until Settle finds the release in the lake.
func (l *Lake) SetAside(source, release string) error {
	path := l.entryPath(source, release)
	return os.Rename(path, path+damagedSuffix)
}

// SetAsides returns the releases of a source that are set aside.
func (l *Lake) SetAsides(source string) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(l.dir, "releases", FolderName(source), "*.json"+damagedSuffix))
	for i, p := range paths {
		paths[i] = strings.TrimSuffix(filepath.Base(p), ".json"+damagedSuffix)
	}
	return paths, err
}

// Settle drops a release that was set aside, if the lake has it again or has one that states the
// same. It reports whether it did; otherwise the release stays set aside.
func (l *Lake) Settle(source, release string) (bool, error) {
	path := l.entryPath(source, release)
	entries, err := l.Entries(source)
	if err != nil {
		return false, err
	}
	there := false
	for _, e := range entries {
		there = there || e.Release == release
	}
	if !there {
		same, err := l.Same(source)
		if err != nil || same[release] == (Same{}) {
			return false, err
		}
		// No entry names its Parquet files any more.
		if err := os.Rename(path+damagedSuffix, path+undoSuffix); err != nil {
			return false, err
		}
		return true, l.undo(path + undoSuffix)
	}
	return true, os.Remove(path + damagedSuffix)
}

// Same says why a release of data/raw is not in the lake: another release of the same vintage
// states everything that it states.
type Same struct {
	Release string `json:"release"`
	Folder  string `json:"folder"` // see Entry.Folder
	State   string `json:"state"`  // see State
	By      string `json:"by"`     // the release that is in the lake
}

// noteSame notes that by makes e superfluous, and everything that e made superfluous. It writes no
// note for a release that is not the newest of its file if by states exactly the same.
func (l *Lake) noteSame(e, by Entry) error {
	all, err := l.readSame(e.Source)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.By == e.Release {
			x.By = by.Release
			if err := l.writeSame(e.Source, x); err != nil {
				return err
			}
		}
	}
	if !e.IsNewest() && e.Statement == by.Statement {
		return nil
	}
	return l.writeSame(e.Source, Same{e.Release, e.Folder(), e.State(), by.Release})
}

// NoteSame notes that the lake has no release of this name and statement because by makes it
// superfluous; see Stated. folder is the folder of its raw file.
func (l *Lake) NoteSame(r stat.Release, folder, statement string, by Entry) error {
	e := Entry{Source: r.Source, Release: r.ID, Vintage: r.Vintage, Statement: statement, RawFile: folder + "/" + r.File}
	return l.noteSame(e, by)
}

// DropSame removes the notes of a source that no longer count: the release that they name, or the
// folder of their raw file, is gone. folders are the folders that exist.
func (l *Lake) DropSame(source string, folders map[string]bool) error {
	counts, err := l.Same(source)
	if err != nil {
		return err
	}
	all, err := l.readSame(source)
	for _, x := range all {
		if counts[x.Release] != x || !folders[x.Folder] {
			err = errors.Join(err, os.Remove(l.samePath(source, x.Release)))
		}
	}
	return err
}

func (l *Lake) samePath(source, release string) string {
	return filepath.Join(l.dir, "releases", FolderName(source), release+sameSuffix)
}

func (l *Lake) writeSame(source string, x Same) error {
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

// Same returns the releases of a source that another release in the lake makes superfluous. It
// ignores a note that cannot be read or names a missing release; ingest run writes it again.
func (l *Lake) Same(source string) (map[string]Same, error) {
	entries, err := l.Entries(source)
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Release] = true
	}
	all, err := l.readSame(source)
	out := map[string]Same{}
	for _, x := range all {
		if there[x.By] && !there[x.Release] {
			out[x.Release] = x
		}
	}
	return out, err
}

// readSame reads the intact notes of a source.
func (l *Lake) readSame(source string) (out []Same, err error) {
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

// Verify checks every file of the lake against the hash written with it. It returns one error for
// each file that is damaged, missing or unknown.
func (l *Lake) Verify() []error {
	sources, err := l.Sources()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, s := range sources {
		damaged, err := l.Damaged(s)
		if err != nil {
			errs = append(errs, err)
		}
		for _, d := range damaged {
			errs = append(errs, d.Err)
		}
		aside, err := l.SetAsides(s)
		if err != nil {
			errs = append(errs, err)
		}
		for _, r := range aside {
			errs = append(errs, fmt.Errorf("%s: %w: release %s was damaged and is not rebuilt yet", s, ErrDamaged, r))
		}
	}
	unknown, err := l.Unknown()
	if err != nil {
		errs = append(errs, err)
	}
	for _, path := range unknown {
		errs = append(errs, fmt.Errorf("%s: %w: no entry names this file; move it out of the lake", path, ErrDamaged))
	}
	return errs
}

// Unknown returns the files in the lake's folders that no entry names. Nothing removes them; they
// are only reported. It skips the microdata folders of sources without events in the lake, which
// belong to pipeline/microdata/engine.
func (l *Lake) Unknown() ([]string, error) {
	sources, err := l.Sources()
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	folders := []string{"observations", "releases"}
	for _, s := range sources {
		entries, damaged, err := l.readEntries(s)
		if err != nil {
			return nil, err
		}
		for _, d := range damaged { // the files that it names are unknown, too
			named[l.entryPath(s, d.Release)], named[l.parquetPath(s, d.Release)] = true, true
		}
		events := false
		for _, e := range entries {
			named[l.entryPath(e.Source, e.Release)] = true
			for _, f := range e.files() {
				named[f.path(l, e)] = true
			}
			events = events || len(e.Events) > 0
		}
		if events {
			folders = append(folders, filepath.Join("events", "source="+FolderName(s)))
		}
	}
	var out []string
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(l.dir, folder), func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() || named[path] || strings.HasPrefix(d.Name(), atomicfile.TempPrefix) || isNote(path) {
				return err
			}
			out = append(out, path)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// isNote reports whether a file is one of the lake's notes next to its entries, and intact.
func isNote(path string) bool {
	switch name := filepath.Base(path); {
	case strings.HasSuffix(name, ".json"+undoSuffix):
		_, err := readEntry(path)
		return err == nil
	case strings.HasSuffix(name, sameSuffix):
		_, ok := atomicfile.ReadChecked(path, maxEntry)
		return ok
	default:
		return strings.HasSuffix(name, ".json"+damagedSuffix)
	}
}
