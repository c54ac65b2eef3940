package publish

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
)

// editions is the archive of a data folder's editions, with notes of its packs.
type editions struct {
	edition.Archive
	dir   datadir.Dir
	shown int // number of editions that a site has, the newest ones, or edition.All
}

func editionsOf(dir datadir.Dir) editions {
	return editions{edition.Open(dir.Editions()), dir, edition.All}
}

// notesFile returns the file with the notes of all packs.
func (e editions) notesFile() string { return e.dir.Cache("editions") }

// notes returns what is noted of the packs. An earlier version of the program noted other hashes, which
// do not count.
func (e editions) notes() (edition.Notes, error) {
	noted := edition.Notes{}
	if text, ok := atomicfile.ReadChecked(e.notesFile(), maxNote); ok {
		if err := json.Unmarshal(text, &noted); err != nil {
			return nil, fmt.Errorf("%s: %w", e.notesFile(), err)
		}
	}
	return noted, nil
}

// mend checks the archive. It replaces what is damaged from places or from the site, which shows the
// newest editions, and returns the damage that it cannot repair. Then it moves editions that have a
// folder into the store, unless one of them is damaged.
func (e editions) mend(places ...string) (left []error, err error) {
	folders, err := e.Damaged()
	if err != nil {
		return nil, err
	}
	noted, err := e.notes()
	if err != nil {
		return nil, err
	}
	_, packs, err := e.Check(noted)
	if err != nil {
		return nil, err
	}
	for _, d := range append(folders, packs...) {
		mended, err := e.mendOne(d, places)
		if err != nil {
			return nil, err
		}
		if !mended {
			left = append(left, d)
		}
	}
	if left != nil {
		return left, nil
	}
	if err := e.Move(); err != nil {
		return nil, err
	}
	return nil, e.note()
}

// mendOne replaces one damaged file.
func (e editions) mendOne(d edition.Damage, places []string) (mended bool, err error) {
	if d.Reason != nil {
		return e.Remake(d, filepath.Join(e.dir.Site(), edition.Folder, d.Version)), nil
	}
	for _, dir := range append(places, filepath.Join(e.dir.Site(), edition.Folder, d.Version), e.dir.Site()) {
		if mended, err = e.Mend(d, filepath.Join(dir, filepath.FromSlash(d.File.Name))); mended || err != nil {
			break
		}
	}
	return mended, err
}

// note records the packs of all editions. Damage that is left keeps its note.
func (e editions) note() error {
	noted, err := e.notes()
	if err != nil {
		return err
	}
	now, damaged, err := e.Check(noted)
	if err != nil {
		return err
	}
	for _, d := range damaged {
		if noted[d.Version] != "" {
			now[d.Version] = noted[d.Version]
		}
	}
	if maps.Equal(noted, now) {
		return nil
	}
	return e.write(now)
}

func (e editions) write(n edition.Notes) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(e.notesFile(), text)
}
