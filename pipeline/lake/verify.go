package lake

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"crossings/pipeline/atomicfile"
)

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
				named[l.path(e, f)] = true
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
