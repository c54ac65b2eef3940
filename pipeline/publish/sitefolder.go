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
func (s siteFolder) upToDate(view string, e editions) *Published {
	n, ok := s.note()
	if view == "" || !ok || n.View != view || !s.inPlace(n, e) {
		return nil
	}
	p := n.Said
	p.Site, p.Unchanged = s.dir.Site(), true
	return &p
}

// madeFrom reports whether the site in place was made from these inputs.
func (s siteFolder) madeFrom(inputs string, e editions) bool {
	n, ok := s.note()
	return inputs != "" && ok && n.Inputs == inputs && s.inPlace(n, e)
}

// inPlace reports whether the site has the files of its note, and the editions that it is to show.
func (s siteFolder) inPlace(n siteNote, e editions) bool {
	if !s.hasFiles(n) {
		return false
	}
	folder := filepath.Join(s.dir.Site(), edition.Folder)
	kept, err := e.Versions()
	if err != nil {
		return false
	}
	shown, err := editionsIn(folder)
	return err == nil && slices.Equal(namesOf(edition.Newest(kept, e.shown)), shown) && e.Intact(folder, lookedAt)
}

// lookedAt is the number of editions in the site, the newest ones, whose files are looked at every night. Those
// of all editions are when a site is built, and by verify.
const lookedAt = 8

// namesOf returns versions as editionsIn does: as names of folders, in their order.
func namesOf(versions []edition.Version) (names []string) {
	for _, v := range versions {
		names = append(names, v.String())
	}
	slices.Sort(names)
	return names
}

// hasFiles reports whether the site has the files of a note and no others. A file with the noted size
// and time is taken to be the same; ingest verify reads all of them. The others are read.
func (s siteFolder) hasFiles(n siteNote) bool {
	noted := map[string]int{}
	for i, f := range n.Files {
		noted[f.Name] = i
	}
	touched := func(name string, info fs.FileInfo) bool {
		i, ok := noted[name]
		return !ok || i >= len(n.Times) || n.Times[i] != info.ModTime().UnixNano()
	}
	files, err := filesOf(s.dir.Site(), touched)
	for i, f := range files {
		if at, ok := noted[f.Name]; ok && f.SHA256 == "" {
			files[i].SHA256 = n.Files[at].SHA256
		}
	}
	return err == nil && slices.Equal(files, n.Files)
}

// changedAt returns when a file was last changed, in nanoseconds, or 0 if it is not there.
func changedAt(path string) int64 {
	info, err := os.Lstat(path)
	if err != nil {
		return 0
	}
	return info.ModTime().UnixNano()
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
// in place, it becomes the note of the site. Every file is read, because a power cut may have lost
// some. The caller holds the lock.
func (s siteFolder) recover() error {
	if _, err := os.Lstat(s.nextNoteFile()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if n, ok := readNote(s.nextNoteFile()); ok && s.hasFiles(siteNote{Files: n.Files}) {
		return os.Rename(s.nextNoteFile(), s.noteFile())
	}
	return os.Remove(s.nextNoteFile())
}

// distrust makes the next build read every file of the site, because one is not what its size and time
// say.
func (s siteFolder) distrust() error {
	n, ok := s.note()
	if !ok || n.Times == nil {
		return nil
	}
	n.Times = nil
	return n.write(s.noteFile())
}

// readNote reads the note of a site. It returns false if there is none or if it is damaged.
func readNote(file string) (n siteNote, ok bool) {
	data, ok := atomicfile.ReadChecked(file, maxNote)
	return n, ok && json.Unmarshal(data, &n) == nil
}

// keepNote notes in a file how the site in a folder was made, with its files.
func keepNote(file, site string, made siteNote) (err error) {
	if made.Files, err = filesOf(site, everyFile); err != nil {
		return err
	}
	made.Times = nil
	for _, f := range made.Files {
		made.Times = append(made.Times, changedAt(filepath.Join(site, filepath.FromSlash(f.Name))))
	}
	// Neither the path of the data folder nor this run's result describes the site.
	made.Said.Site, made.Said.Unchanged = "", false
	return made.write(file)
}

func (n siteNote) write(file string) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(file, text)
}

// filesOf returns the files of a site, with the hashes of those that hashed returns true for. It leaves
// out the many files of editions that never change.
func filesOf(site string, hashed func(name string, info fs.FileInfo) bool) (out []edition.File, err error) {
	for _, folder := range []string{"", edition.Folder} {
		entries, err := os.ReadDir(filepath.Join(site, folder))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			if e.Name() == edition.Folder {
				continue
			}
			list := edition.List
			if folder == edition.Folder && e.IsDir() {
				list = edition.Changing
			}
			files, err := list(filepath.Join(site, folder, e.Name()), func(name string, info fs.FileInfo) bool { return hashed(path.Join(folder, e.Name(), name), info) })
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
func everyFile(string, fs.FileInfo) bool { return true }

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
