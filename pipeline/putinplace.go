package pipeline

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
func (c Config) putInPlace(staged string, made stand) error {
	if err := c.keepStand(c.nextStand(), staged, made); err != nil {
		return err
	}
	if err := atomicfile.SwapDir(staged, c.site()); err != nil {
		return errors.Join(err, os.Remove(c.nextStand()))
	}
	return os.Rename(c.nextStand(), c.stand())
}

// keepStand notes in a file how the site in a folder was made, with its files.
func (c Config) keepStand(file, site string, made stand) (err error) {
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
func (c Config) recoverStand() error {
	if _, err := os.Lstat(c.nextStand()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if s, ok := readStand(c.nextStand()); ok && c.hasFiles(s) {
		return os.Rename(c.nextStand(), c.stand())
	}
	return os.Remove(c.nextStand())
}

// hasFiles reports whether the published site has the files of a note, and no others.
func (c Config) hasFiles(s stand) bool {
	files, err := filesOf(c.site())
	return err == nil && slices.Equal(files, s.Files)
}
