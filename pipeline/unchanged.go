package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/edition"
	"crossings/pipeline/render"
)

// stand is what the last build made the site from, and how its files were left. Where
// another build would be made from the same, and nobody touched the files, there is
// nothing to render: the same inputs give the same bytes.
type stand struct {
	Inputs string // see inputsOf
	Files  []edition.File
}

// maxStand bounds the file that keeps a stand: some hundred bytes a file of the site.
const maxStand = 256 << 20

// inputsOf returns the hash of all that a site is made from: the program, every table
// and whatever else the site says. Of tables in the edition, which may be nil, the hash
// is known. It is "" where the program is not known.
func inputsOf(site render.Site, m *edition.Manifest) (string, error) {
	if program() == "" {
		return "", nil
	}
	h := sha256.New()
	tables := site.Tables
	site.Tables, site.NewEdition = nil, false // a new edition is there afterwards like the others
	text, err := json.Marshal(site)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%s\n%s\n", program(), text)
	for _, t := range tables {
		fmt.Fprintf(h, "%s\n", t.Schema.Name)
		if m != nil && m.Content.Tables[t.Schema.Name].SHA256 != "" {
			fmt.Fprintf(h, "%s\n", m.Content.Tables[t.Schema.Name].SHA256)
			continue
		}
		if err := t.CSV(h); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// standsAlready reports whether the site in place is the one that these inputs make.
func (c Config) standsAlready(inputs string) bool {
	s, ok := c.readStand()
	if inputs == "" || !ok || s.Inputs != inputs {
		return false
	}
	files, err := filesOf(c.site())
	if err != nil || !slices.Equal(files, s.Files) {
		return false
	}
	all, err := edition.Open(c.editions()).Editions() // one taken out of the archive is put back from nothing
	if err != nil {
		return false
	}
	for _, m := range all {
		if _, err := os.Lstat(filepath.Join(c.site(), edition.Folder, m.Text, edition.ManifestName)); err != nil {
			return false
		}
	}
	return true
}

// readStand returns what the site in place was made from, and false where that is not
// noted.
func (c Config) readStand() (s stand, ok bool) {
	data, ok := atomicfile.ReadChecked(c.stand(), maxStand)
	return s, ok && json.Unmarshal(data, &s) == nil
}

// keepStand notes what the site in place was made from.
func (c Config) keepStand(inputs string) error {
	files, err := filesOf(c.site())
	if err != nil {
		return err
	}
	text, err := json.Marshal(stand{inputs, files})
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(c.stand(), text)
}

// filesOf returns the files of a site. Those of editions are many and never change:
// of them the size alone is looked at.
func filesOf(site string) ([]edition.File, error) {
	out, err := edition.List(site, func(name string) bool { return !edition.Holds(name) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return out, err
}
