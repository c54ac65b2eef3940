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

// recordReader is raised when records are read otherwise than before: all are then read anew.
const recordReader = 3

const manifestName = engine.ManifestName

func verifyFolder(dir string) []error { return engine.Verify(dir) }

// ground is the folders that one source's records and their cube stand in.
type ground struct{ events, cube string }

// foldersOf returns the folders of a source in the lake.
func foldersOf(d datadir.Dir, id string) ground {
	name := "source=" + lake.FolderName(id)
	return ground{filepath.Join(d.Lake(), "events", name), filepath.Join(d.Lake(), "cube", name)}
}

// rebuildOf returns the folders in which records are rebuilt, apart from those of the lake. They stay after
// an interruption, to be gone on with.
func rebuildOf(d datadir.Dir, id string) ground {
	dir := filepath.Join(d.Lake(), "rebuild", lake.FolderName(id))
	return ground{filepath.Join(dir, "events"), filepath.Join(dir, "cube")}
}

// unknownIn returns the folder for files that were in the way and that nobody knows.
func unknownIn(d datadir.Dir) string { return filepath.Join(d.Lake(), "unknown") }

// remove takes the folders away.
func (g ground) remove() error { return os.RemoveAll(filepath.Dir(g.events)) }

// recover mends a swap that was interrupted.
func (g ground) recover() error {
	return errors.Join(atomicfile.Recover(g.events), atomicfile.Recover(g.cube))
}

// moveTo makes the folders take the place of others. The records go last: what they hold decides how far a source is.
// Files in the others that nobody knows are moved to the folder unknown.
func (g ground) moveTo(live ground, unknown string) error {
	for _, x := range [][2]string{{g.cube, live.cube}, {g.events, live.events}} {
		if _, err := os.Lstat(x[0]); missing(err) {
			continue // moved by a run that was killed after it
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

// saveUnknown moves the files of a folder that is about to be replaced out of it, where
// neither its manifest nor that of the new folder names them: whoever wrote them wants them. They keep
// their path below the folder unknown.
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
		if !e.IsDir() && e.Name() != manifestName && e.Name() != standingName {
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

// standing is what a folder of records was made from. It lies in the folder and is swapped in with it.
type standing struct {
	Layout   string   `json:"layout"`
	Releases []string `json:"releases"`
	// Silent are the releases that the lake does not have, as another of their vintage states the same.
	Silent []string `json:"silent,omitempty"`
}

const standingName = "_releases.json"

// layoutName says by which layout, and which reader, records are read.
func layoutName(s *source.Source) string {
	return fmt.Sprintf("%d-%s", recordReader, s.Records.Hash())
}

func readStanding(dir string) (st standing, err error) {
	data, err := os.ReadFile(filepath.Join(dir, standingName))
	if err == nil {
		err = json.Unmarshal(data, &st)
	}
	return st, err
}

// standing returns how many of a source's deliveries are in a ground, the first of them in their order; or
// -1 where something else is there, and the records have to be built anew.
func (in *shelf) standing(s *source.Source, g ground, all []delivery) (int, error) {
	if err := g.recover(); err != nil {
		return 0, err
	}
	st, err := readStanding(g.events)
	if missing(err) {
		if _, err := os.Lstat(g.events); missing(err) {
			return 0, nil
		}
		return -1, nil
	}
	if err != nil || st.Layout != layoutName(s) || len(st.Releases) > len(all) {
		return -1, nil // made again
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
