package lake

import (
	"errors"
	"os"

	"crossings/pipeline/stat"
)

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
