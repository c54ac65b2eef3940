package lake

import (
	"os"
	"path/filepath"
	"strings"
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
