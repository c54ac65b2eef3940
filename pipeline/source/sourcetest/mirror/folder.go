package mirror

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// mediaTypes are those of the files in a folder, by the end of their names. A file without one is a
// content API document.
var mediaTypes = map[string]string{"": api, ".json": api, ".html": html, ".csv": text, ".txt": text, ".ods": ods, ".xlsx": xlsx}

// folder returns the folder of what a source's servers serve in a state:
// testdata/mirror/before/HOST/PATH in the source's package, and the same below after.
func folder(t testing.TB, id string, state State) string {
	t.Helper()
	return filepath.Join(sourcetest.Folder(t, id), "mirror", [...]string{"before", "after"}[state])
}

// Serves reports whether the servers serve a source: its own folder has what they serve, or it is
// made from fixtures.
func Serves(t testing.TB, id string) bool {
	t.Helper()
	if sources[id] != nil {
		return true
	}
	_, err := os.Stat(folder(t, id, Before))
	return err == nil
}

// putFolder puts the files of a source's own folder at their addresses.
func (s *Server) putFolder(t testing.TB, id string, state State) {
	t.Helper()
	files := os.DirFS(folder(t, id, state))
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err == nil {
			s.page(t, "https://"+name, mediaTypes[path.Ext(name)], data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
