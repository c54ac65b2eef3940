package lake

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Remove removes a release from the lake, its entry first, and the folders of its source that
// become empty. It is not an error if the release is not there. The caller must append again what
// the release displaced.
func (l *Lake) Remove(e Entry) error {
	if err := l.remove(e); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, f := range append(e.files(), lakeFile{}) {
		os.Remove(filepath.Dir(l.path(e, f))) // fails, as it should, if the folder is not empty
	}
	os.Remove(filepath.Join(l.dir, "events", "source="+FolderName(e.Source)))
	os.Remove(filepath.Dir(l.entryPath(e.Source, e.Release)))
	return nil
}

// Folder returns the name of the folder below data/raw/<source> that the release was read from: its
// own, or that of a file which states several releases.
func (e Entry) Folder() string { return path.Base(path.Dir(e.RawFile)) }
