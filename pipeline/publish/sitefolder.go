package publish

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
)

// siteFolder is the published site of a data folder, with the note of how it was made.
type siteFolder struct{ dir datadir.Dir }

func (s siteFolder) noteFile() string     { return s.dir.Cache("site") }
func (s siteFolder) nextNoteFile() string { return s.dir.Cache("site.next") }

// note returns the note of the site. It returns false if there is none or if it is damaged.
func (s siteFolder) note() (siteNote, bool) { return readNote(s.noteFile()) }

// upToDate returns what the last build reported, if it was made from the same view and its
// site is in place. Otherwise it returns nil.
func (s siteFolder) upToDate(view string) *Published {
	n, ok := s.note()
	if view == "" || !ok || n.View != view || !s.inPlace(n.Files) {
		return nil
	}
	p := n.Said
	p.Site, p.Unchanged = s.dir.Site(), true
	return &p
}

// madeFrom reports whether the site in place was made from these inputs.
func (s siteFolder) madeFrom(inputs string) bool {
	n, ok := s.note()
	return inputs != "" && ok && n.Inputs == inputs && s.inPlace(n.Files)
}

// inPlace reports whether the site has these files, and all editions.
func (s siteFolder) inPlace(want []edition.File) bool {
	if !s.hasFiles(want) {
		return false
	}
	kept, err := editionsIn(s.dir.Editions())
	if err != nil {
		return false
	}
	shown, err := editionsIn(filepath.Join(s.dir.Site(), edition.Folder))
	return err == nil && slices.Equal(kept, shown) && edition.Open(s.dir.Editions()).Shown(filepath.Join(s.dir.Site(), edition.Folder))
}

// hasFiles reports whether the site has these files and no others.
func (s siteFolder) hasFiles(want []edition.File) bool {
	files, err := filesOf(s.dir.Site())
	return err == nil && slices.Equal(files, want)
}

// put makes a staged site the published one and notes how it was made. Nothing else replaces
// the published site, so the note always describes the site in place. The note is written
// first, under another name; after a kill, recover finishes the change.
func (s siteFolder) put(staged string, made siteNote) error {
	if err := keepNote(s.nextNoteFile(), staged, made); err != nil {
		return err
	}
	if err := atomicfile.SwapDir(staged, s.dir.Site()); err != nil {
		return errors.Join(err, os.Remove(s.nextNoteFile()))
	}
	return os.Rename(s.nextNoteFile(), s.noteFile())
}

// keep notes how the site in place was made.
func (s siteFolder) keep(made siteNote) error { return keepNote(s.noteFile(), s.dir.Site(), made) }

// recover finishes a put that was killed. If the note that put wrote first describes the site
// in place, it becomes the note of the site. The caller holds the lock.
func (s siteFolder) recover() error {
	if _, err := os.Lstat(s.nextNoteFile()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if n, ok := readNote(s.nextNoteFile()); ok && s.hasFiles(n.Files) {
		return os.Rename(s.nextNoteFile(), s.noteFile())
	}
	return os.Remove(s.nextNoteFile())
}

// readNote reads the note of a site. It returns false if there is none or if it is damaged.
func readNote(file string) (n siteNote, ok bool) {
	data, ok := atomicfile.ReadChecked(file, maxNote)
	return n, ok && json.Unmarshal(data, &n) == nil
}

// keepNote notes in a file how the site in a folder was made, with its files.
func keepNote(file, site string, made siteNote) (err error) {
	if made.Files, err = filesOf(site); err != nil {
		return err
	}
	// Neither the path of the data folder nor this run's result describes the site.
	made.Said.Site, made.Said.Unchanged = "", false
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(file, text)
}

// filesOf returns the files of a site with their hashes. It leaves out the many files of
// editions that never change.
func filesOf(site string) (out []edition.File, err error) {
	for _, folder := range []string{"", edition.Folder} {
		entries, err := os.ReadDir(filepath.Join(site, folder))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			if e.Name() == edition.Folder {
				continue
			}
			list := func(dir string) ([]edition.File, error) { return edition.List(dir, everyFile) }
			if folder == edition.Folder && e.IsDir() {
				list = edition.Changing
			}
			files, err := list(filepath.Join(site, folder, e.Name()))
			if err != nil {
				return nil, err
			}
			for _, f := range files {
				f.Name = path.Join(folder, e.Name(), f.Name)
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// everyFile makes edition.List hash every file.
func everyFile(string) bool { return true }

// editionsIn returns the names of the folders in a folder of editions.
func editionsIn(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, err
}
