package lake

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Remove takes a release out of the lake, its entry first, and the folders of its source
// where nothing else is in them. One that is not there is no error. What it displaced is
// appended again by the caller.
func (l *Lake) Remove(e Entry) error {
	if err := l.remove(e); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, f := range append(e.files(), lakeFile{}) {
		os.Remove(filepath.Dir(f.path(l, e))) // stays where there is something in it
	}
	os.Remove(filepath.Join(l.dir, "events", "source="+FolderName(e.Source)))
	os.Remove(filepath.Dir(l.entryPath(e.Source, e.Release)))
	return nil
}

// Folder returns the name of the folder below data/raw and its source that the release
// was read from: its own, or that of a file which states several releases.
func (e Entry) Folder() string { return path.Base(path.Dir(e.RawFile)) }
