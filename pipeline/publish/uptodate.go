package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/publish/tables"
)

// stand is what the last build made the site from, and how its files were left. Where
// another build would be made from the same, and nobody touched the files, there is
// nothing to render: the same inputs give the same bytes. Where not even what describes
// them is another, no figure is read: a night without news costs next to nothing.
type stand struct {
	View   string // see view; "" where the build was not whole
	Inputs string // see inputsOf
	Files  []edition.File
	Said   Published
}

// siteState compares the site in place with what a build would make.
type siteState struct{ Options }

func stateOf(o Options) siteState { return siteState{o} }

// maxStand bounds the file that keeps a stand: some hundred bytes a file of the site.
const maxStand = 256 << 20

// inputsOf returns the hash of all that a site is made from: the program, every table
// and whatever else the site says. Of tables in the edition, which may be nil, the hash
// is known. It is "" where the program is not known.
func inputsOf(site site.Site, m *edition.Manifest) (string, error) {
	if tables.Program() == "" {
		return "", nil
	}
	h := sha256.New()
	list := site.Tables
	// A new edition is there afterwards like the others. What it does not show follows from it.
	site.Tables, site.NewEdition, site.Unshown = nil, false, nil
	text, err := json.Marshal(site)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%s\n%s\n", tables.Program(), text)
	for _, t := range list {
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

// view returns the hash of what tells a build's inputs from others, without reading
// figures: the program, its sources, and the files that a build reads, by name and size.
// Of claims, announcements, states and what describes the lake the bytes count: its entries and
// manifests have the hashes of the files that they were made from and stand for. Neither
// the times of files nor those at which they came count, so that a copy of the data folder,
// or a clock that goes wrong, changes nothing. It is "" where the program is not known.
// That the bytes of a file are what was noted is for ingest verify to say.
func (c siteState) view() (string, error) {
	if tables.Program() == "" {
		return "", nil
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q\n", tables.Program(), c.Base)
	for _, s := range c.Sources {
		fmt.Fprintf(h, "%s %d\n", s.ID, s.Reader)
	}
	for _, dir := range []string{c.Dir.Raw(), c.Dir.Pending(), c.Dir.Lake(), c.Dir.Status()} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if path == dir && errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			return c.viewFile(h, path, d)
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// viewFile adds what counts of one file to the hash; see view.
func (c siteState) viewFile(h io.Writer, path string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil {
		return err
	}
	name, err := filepath.Rel(c.Dir.Path(), path)
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "%q %d\n", filepath.ToSlash(name), info.Size())
	described := filepath.Ext(path) == ".json" && !strings.HasPrefix(path, c.Dir.Raw()+string(filepath.Separator))
	if folder := filepath.Dir(path); !described && folder != c.Dir.Claims() && folder != c.Dir.Announced() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}

// standsFor returns what the last build said, where it was made from the same view and its
// site is in place, or nil.
func (c siteState) standsFor(view string) *Published {
	s, ok := readStand(c.Dir.Cache("site"))
	if view == "" || !ok || s.View != view || !c.inPlace(s.Files) {
		return nil
	}
	p := s.Said
	p.Site, p.Unchanged = c.Dir.Site(), true
	return &p
}

// standsAlready reports whether the site in place is the one that these inputs make.
func (c siteState) standsAlready(inputs string) bool {
	s, ok := readStand(c.Dir.Cache("site"))
	return inputs != "" && ok && s.Inputs == inputs && c.inPlace(s.Files)
}

// inPlace reports whether the site has these files, and the editions that are kept.
func (c siteState) inPlace(want []edition.File) bool {
	files, err := filesOf(c.Dir.Site())
	if err != nil || !slices.Equal(files, want) {
		return false
	}
	kept, err := editionsIn(c.Dir.Editions())
	if err != nil {
		return false
	}
	shown, err := editionsIn(filepath.Join(c.Dir.Site(), edition.Folder))
	return err == nil && slices.Equal(kept, shown) && edition.Open(c.Dir.Editions()).Shown(filepath.Join(c.Dir.Site(), edition.Folder))
}

// readStand returns what a file notes of how a site was made, and false where it is not
// there or not whole.
func readStand(file string) (s stand, ok bool) {
	data, ok := atomicfile.ReadChecked(file, maxStand)
	return s, ok && json.Unmarshal(data, &s) == nil
}

// filesOf returns the files of a site with their hashes, but for those of editions that
// never change: they are many.
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
			if folder == edition.Folder && e.IsDir() {
				list, err := edition.Changing(filepath.Join(site, folder, e.Name()))
				if err != nil {
					return nil, err
				}
				for _, f := range list {
					f.Name = path.Join(folder, e.Name(), f.Name)
					out = append(out, f)
				}
				continue
			}
			list, err := edition.List(filepath.Join(site, folder, e.Name()), everyFile)
			if err != nil {
				return nil, err
			}
			for _, f := range list {
				f.Name = path.Join(folder, e.Name(), f.Name)
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// everyFile is for lists in which every file is hashed.
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
