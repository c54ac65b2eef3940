package publish

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"crossings/pipeline/atomicfile"
)

// putInPlace makes a staged site the published one and notes how it was made. It is the
// only way to the published site, so that the note always tells of the site in place. The
// note is written first, under another name: after a kill recoverStand ends what was begun.
func (c siteState) putInPlace(staged string, made stand) error {
	if err := c.keepStand(c.Dir.Cache("site.next"), staged, made); err != nil {
		return err
	}
	if err := atomicfile.SwapDir(staged, c.Dir.Site()); err != nil {
		return errors.Join(err, os.Remove(c.Dir.Cache("site.next")))
	}
	return os.Rename(c.Dir.Cache("site.next"), c.Dir.Cache("site"))
}

// keepStand notes in a file how the site in a folder was made, with its files.
func (c siteState) keepStand(file, site string, made stand) (err error) {
	if made.Files, err = filesOf(site); err != nil {
		return err
	}
	// Neither where the data folder is nor which run made the site says anything of it.
	made.Said.Site, made.Said.Unchanged = "", false
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(file, text)
}

// recoverStand ends what a killed putInPlace left: the note that it wrote first becomes the
// note of the site, if that is the site in place. The caller holds the lock.
func (c siteState) recoverStand() error {
	if _, err := os.Lstat(c.Dir.Cache("site.next")); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if s, ok := readStand(c.Dir.Cache("site.next")); ok && c.hasFiles(s) {
		return os.Rename(c.Dir.Cache("site.next"), c.Dir.Cache("site"))
	}
	return os.Remove(c.Dir.Cache("site.next"))
}

// hasFiles reports whether the published site has the files of a note, and no others.
func (c siteState) hasFiles(s stand) bool {
	files, err := filesOf(c.Dir.Site())
	return err == nil && slices.Equal(files, s.Files)
}
