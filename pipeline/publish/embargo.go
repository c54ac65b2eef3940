package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/registry"
)

// ErrEmbargo means that a site is under embargo.
var ErrEmbargo = errors.New("under embargo")

// embargo describes a site that is built but not open yet. It is in a folder of its own that
// only its owner can read.
type embargo struct {
	Until      time.Time        `json:"until"`
	Edition    edition.Manifest `json:"edition"`
	NewEdition bool             `json:"new_edition"`
	After      string           `json:"after"` // newest edition when it was built, or ""
	Made       siteNote         `json:"made"`  // how the site was made, and its files
	// Editions holds all editions that the site lists, with what was taken back from them.
	Editions []content.EditionInfo `json:"editions"`
}

// maxEmbargo limits the size of the note of an embargo: a manifest, and some hundred bytes per
// file.
const maxEmbargo = maxNote

// sealedFolder is the folder of a site under embargo.
type sealedFolder struct{ dir datadir.Dir }

func (s sealedFolder) noteFile() string { return filepath.Join(s.dir.Embargo(), "embargo.json") }
func (s sealedFolder) site() string     { return filepath.Join(s.dir.Embargo(), "site") }

// remove deletes the sealed site and its note.
func (s sealedFolder) remove() error { return os.RemoveAll(s.dir.Embargo()) }

// pending returns the embargo of the sealed site, or nil if there is none. It is an error if the
// note is lost or damaged, because the opening time is then unknown.
func (s sealedFolder) pending() (*embargo, error) {
	if entries, err := os.ReadDir(s.dir.Embargo()); errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	}
	text, ok := atomicfile.ReadChecked(s.noteFile(), maxEmbargo)
	if !ok {
		return nil, fmt.Errorf("%w: a site waits in %s, and the note of its time is lost or damaged; build it again, or drop it with publish open --drop", ErrEmbargo, s.dir.Embargo())
	}
	var e embargo
	if err := json.Unmarshal(text, &e); err != nil {
		return nil, fmt.Errorf("%s: %w", s.noteFile(), err)
	}
	var err error
	e.Edition.Version, err = edition.ParseVersion(e.Edition.Text)
	return &e, err
}

// empty returns ErrEmbargo while there is a sealed site. Its figures are in the lake, so any
// other site would show them too early.
func (s sealedFolder) empty() error {
	e, err := s.pending()
	if err != nil || e == nil {
		return err
	}
	return fmt.Errorf("%w: a site waits until %s; open it then with publish open, or drop it with publish open --drop", ErrEmbargo, e.Until.Format(time.RFC3339))
}

// seal moves a staged site to where only its owner can read it.
func (s sealedFolder) seal(staged string, e embargo) (err error) {
	if e.Made.Files, err = filesOf(staged, everyFile); err != nil {
		return err
	}
	if e.NewEdition {
		if e.Edition.Files, err = edition.List(filepath.Join(staged, edition.Folder, e.Edition.Text), everyFile); err != nil {
			return err
		}
	}
	if err := s.remove(); err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir.Embargo(), 0o700); err != nil {
		return err
	}
	if err := os.Rename(staged, s.site()); err != nil {
		return err
	}
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(s.noteFile(), text)
}

// intact reports whether the sealed site is the one that was built.
func (s sealedFolder) intact(e *embargo) bool {
	files, err := filesOf(s.site(), everyFile)
	if err != nil || !slices.Equal(files, e.Made.Files) {
		return false
	}
	if !e.NewEdition {
		return true
	}
	files, err = edition.List(filepath.Join(s.site(), edition.Folder, e.Edition.Text), everyFile)
	files = slices.DeleteFunc(files, func(f edition.File) bool { return f.Name == edition.ManifestName }) // left by an open that was killed
	return err == nil && slices.Equal(files, e.Edition.Files)
}

// Embargo builds the site of everything known, and seals it until it is opened at the
// instant until, or later.
func Embargo(ctx context.Context, r registry.Registry, o Options, until time.Time) (*Published, error) {
	unlock, err := lock(r.Dir, o.Begun)
	if err != nil {
		return nil, err
	}
	defer unlock()
	b := build{Registry: r, dir: r.Dir.Site()}
	if err := b.compute(ctx, o); err != nil {
		return nil, err
	}
	e, err := b.embargo(until)
	if err != nil {
		return nil, err
	}
	// The sealed site shares no file with the open one: its modes differ.
	err = b.render(ctx, o.Pictures, r.Dir.StagedSite(), "", func(staged string) error {
		if e.Made.Said.Undrawn = b.undrawn; b.undrawn != nil {
			e.Made.Inputs = "" // the next build tries the pictures again
		}
		return sealedFolder{r.Dir}.seal(staged, e)
	})
	if err != nil {
		return nil, err
	}
	return &e.Made.Said, b.failed
}

// embargo describes the site of a build that opens at the instant until.
func (b *build) embargo(until time.Time) (e embargo, err error) {
	e = embargo{Until: until.UTC().Truncate(time.Second), Edition: *b.edition, NewEdition: b.site.NewEdition, Editions: b.site.Editions}
	e.Edition.Text = b.edition.Version.String()
	if e.Made, err = b.note(""); err != nil {
		return e, err
	}
	all, err := edition.Open(b.Dir.Editions()).Versions()
	if n := len(all); n > 0 {
		e.After = all[n-1].String()
	}
	return e, err
}

// OpenEmbargo puts the sealed site in place and returns its edition. drop removes the site
// instead. It is an error if there is none, before its time, and if another edition was
// published since it was built.
func OpenEmbargo(dir datadir.Dir, o Options, drop bool) (version string, err error) {
	release, err := lock(dir, o.Begun)
	if err != nil {
		return "", err
	}
	defer release()
	sealed := sealedFolder{dir}
	e, err := sealed.pending()
	switch {
	case drop && err != nil: // even if its note cannot be read
		return "", sealed.remove()
	case err != nil:
		return "", err
	case e == nil:
		return "", fmt.Errorf("%w: no site waits; build one with publish run --embargo TIME", ErrEmbargo)
	case drop:
		return e.Edition.Text, sealed.remove()
	case o.Now().Before(e.Until):
		return "", fmt.Errorf("%w: the site opens at %s", ErrEmbargo, e.Until.Format(time.RFC3339))
	}
	if err := sealed.open(siteFolder{dir}, e); err != nil {
		return "", err
	}
	return e.Edition.Text, sealed.remove()
}

// open puts the sealed site in place, unless a killed run did so already.
func (s sealedFolder) open(published siteFolder, e *embargo) error {
	if n, ok := published.note(); ok && !exists(s.site()) && n.Said.Version == e.Edition.Text && published.hasFiles(n) {
		return nil
	}
	if !s.intact(e) {
		return fmt.Errorf("%w: the files that wait in %s are not those that were built; build the site again, or drop it with publish open --drop", ErrEmbargo, s.dir.Embargo())
	}
	if err := editionsOf(s.dir).open(e, s.site()); err != nil {
		return err
	}
	return published.put(s.site(), e.Made)
}

// exists reports whether a file or folder exists.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// OpenDue opens the sealed site if its time has come. waits is true if it has not.
func OpenDue(dir datadir.Dir, o Options) (waits bool, err error) {
	e, err := (sealedFolder{dir}).pending()
	if err != nil || e == nil {
		return false, err
	}
	if o.Now().Before(e.Until) {
		return true, nil
	}
	_, err = OpenEmbargo(dir, o, false)
	return false, err
}

// open archives the edition of a sealed site, and links all editions into that site.
func (a editions) open(e *embargo, site string) error {
	all, err := a.Versions()
	if err != nil {
		return err
	}
	newest := ""
	if n := len(all); n > 0 {
		newest = all[n-1].String()
	}
	if kept := newest == e.Edition.Text; newest != e.After && !kept {
		return fmt.Errorf("%w: edition %s was published since the site was built; build it again", ErrEmbargo, newest)
	} else if e.NewEdition && !kept {
		if err := a.Add(e.Edition, filepath.Join(site, edition.Folder, e.Edition.Text)); err != nil {
			return err
		}
	}
	if err := a.show(site, e.Editions); err != nil {
		return err
	}
	return a.note()
}
