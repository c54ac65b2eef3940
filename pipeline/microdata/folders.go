package microdata

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/source"
)

// recordReader is the version of the reader. Raise it when records are read differently: all are then
// read again.
const recordReader = 3

const manifestName = engine.ManifestName

func verifyFolder(dir string) []error { return engine.Verify(dir) }

// folders is the pair of folders with one source's records and their cube.
type folders struct{ events, cube string }

// foldersOf returns the folders of a source in the lake.
func foldersOf(d datadir.Dir, id string) folders {
	name := "source=" + lake.FolderName(id)
	return folders{filepath.Join(d.Lake(), "events", name), filepath.Join(d.Lake(), "cube", name)}
}

// rebuildOf returns the folders in which records are rebuilt, separate from the live ones. They stay after
// an interruption, so that the next run can continue.
func rebuildOf(d datadir.Dir, id string) folders {
	dir := filepath.Join(d.Lake(), "rebuild", lake.FolderName(id))
	return folders{filepath.Join(dir, "events"), filepath.Join(dir, "cube")}
}

// unknownIn returns the folder for unknown files that were in the way.
func unknownIn(d datadir.Dir) string { return filepath.Join(d.Lake(), "unknown") }

// remove deletes the folders.
func (g folders) remove() error { return os.RemoveAll(filepath.Dir(g.events)) }

// recover completes or undoes an interrupted swap.
func (g folders) recover() error {
	return errors.Join(atomicfile.Recover(g.events), atomicfile.Recover(g.cube))
}

// moveTo replaces the live folders. The records go last, because they decide which releases count as
// loaded. Unknown files in the live folders move to the folder unknown.
func (g folders) moveTo(live folders, unknown string) error {
	for _, x := range [][2]string{{g.cube, live.cube}, {g.events, live.events}} {
		if _, err := os.Lstat(x[0]); missing(err) {
			continue // moved before by a run that was killed
		}
		if err := os.MkdirAll(filepath.Dir(x[1]), 0o755); err != nil {
			return err
		}
		if err := saveUnknown(x[1], x[0], unknown); err != nil {
			return err
		}
		if err := atomicfile.SwapDir(x[0], x[1]); err != nil {
			return err
		}
	}
	return g.remove()
}

// saveUnknown moves unknown files out of a folder that is about to be replaced, because somebody may want
// them. A file is unknown if neither the folder's manifest nor that of the new folder names it. It keeps its
// path below the folder unknown.
func saveUnknown(old, new, unknown string) error {
	if _, err := os.Lstat(old); missing(err) {
		return nil
	}
	strange, err := engine.Unknown(old)
	if err != nil {
		return err
	}
	own, err := os.ReadDir(old)
	if err != nil {
		return err
	}
	for _, e := range own {
		if !e.IsDir() && e.Name() != manifestName && e.Name() != loadedName {
			strange = append(strange, e.Name())
		}
	}
	for _, path := range strange {
		if _, err := os.Lstat(filepath.Join(new, path)); err == nil {
			continue // written again
		}
		to := filepath.Join(unknown, filepath.Base(filepath.Dir(old)), filepath.Base(old), path)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(old, path), to); err != nil {
			return err
		}
	}
	return nil
}

// loadedReleases says what a folder of records was built from. It is a file in the folder and is swapped with it.
type loadedReleases struct {
	Layout   string   `json:"layout"`   // see layoutName
	Releases []string `json:"releases"` // in the order in which they were read
	// Silent lists the releases that the lake does not store, because another of their vintage states the same.
	Silent []string `json:"silent,omitempty"`
}

const loadedName = "_releases.json"

// layoutName identifies the layout and the reader version by which records are read.
func layoutName(s *source.Source) string {
	return fmt.Sprintf("%d-%s", recordReader, s.Records.Hash())
}

func readLoaded(dir string) (st loadedReleases, err error) {
	data, err := os.ReadFile(filepath.Join(dir, loadedName))
	if err == nil {
		err = json.Unmarshal(data, &st)
	}
	return st, err
}

// countLoaded returns how many of a source's deliveries the folders hold, counted from the oldest. It returns -1
// if they hold something else, so that the records must be rebuilt.
func (in *loading) countLoaded(s *source.Source, g folders, all []delivery) (int, error) {
	if err := g.recover(); err != nil {
		return 0, err
	}
	st, err := readLoaded(g.events)
	if missing(err) {
		if _, err := os.Lstat(g.events); missing(err) {
			return 0, nil
		}
		return -1, nil
	}
	if err != nil || st.Layout != layoutName(s) || len(st.Releases) > len(all) {
		return -1, nil // built again
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return 0, err
	}
	for i, id := range st.Releases {
		known := slices.Contains(st.Silent, id) || slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == id })
		if id != all[i].Release.ID || !known {
			return -1, nil
		}
	}
	if engine.Damaged(g.events) != nil {
		return -1, nil
	}
	return len(st.Releases), nil
}
