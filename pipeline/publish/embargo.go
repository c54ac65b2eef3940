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
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/site"
)

// ErrEmbargo means that a site waits for its time.
var ErrEmbargo = errors.New("under embargo")

// embargo is a site that is built and not open yet. It stands outside the folder
// that is served, in one that only its owner can read.
type embargo struct {
	Until      time.Time        `json:"until"`
	Edition    edition.Manifest `json:"edition"`
	NewEdition bool             `json:"new_edition"`
	After      string           `json:"after"` // newest data version when it was built, or ""
	Made       stand            `json:"made"`  // how the site was made, and its files
	// Editions are those that the site lists, with what was taken back of them.
	Editions []site.EditionInfo `json:"editions"`
}

// maxEmbargo bounds the note of an embargo: a manifest, and some hundred bytes a file.
const maxEmbargo = maxStand

func (c Options) embargoNote() string { return filepath.Join(c.Dir.Embargo(), "embargo.json") }
func (c Options) sealedSite() string  { return filepath.Join(c.Dir.Embargo(), "site") }

// waiting returns the embargo that is there, or nil. It is an error where a site waits and
// its note is lost or damaged: nobody knows then until when it waits.
func (c Options) waiting() (*embargo, error) {
	if entries, err := os.ReadDir(c.Dir.Embargo()); errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	}
	text, ok := atomicfile.ReadChecked(c.embargoNote(), maxEmbargo)
	if !ok {
		return nil, fmt.Errorf("%w: a site waits in %s, and the note of its time is lost or damaged; build it again, or drop it with publish open --drop", ErrEmbargo, c.Dir.Embargo())
	}
	var e embargo
	if err := json.Unmarshal(text, &e); err != nil {
		return nil, fmt.Errorf("%s: %w", c.embargoNote(), err)
	}
	var err error
	e.Edition.Version, err = edition.ParseVersion(e.Edition.Text)
	return &e, err
}

// notEmbargoed is an error while a site waits: what it shows is in the lake, and any
// other site would show it before its time.
func (c Options) notEmbargoed() error {
	e, err := c.waiting()
	if err != nil || e == nil {
		return err
	}
	return fmt.Errorf("%w: a site waits until %s; open it then with publish open, or drop it with publish open --drop", ErrEmbargo, e.Until.Format(time.RFC3339))
}

// Embargo builds the site of all that is known, and keeps it out of reach until it is
// opened at an instant or later.
func Embargo(ctx context.Context, cfg Options, until time.Time) (*Published, error) {
	cfg, unlock, err := lockForBuild(cfg)
	if err != nil {
		return nil, err
	}
	defer unlock()
	w := &work{cfg: cfg, dir: cfg.Dir.Site(), staged: cfg.Dir.StagedSite()}
	if err := w.fill(ctx, 0); err != nil {
		return nil, err
	}
	// Nothing is shared with the site that is open: this folder is moved and its modes differ.
	err = w.render(ctx, "", func() error { return w.putUnderEmbargo(until) })
	if err != nil {
		return nil, err
	}
	return w.published(), w.failed
}

// putUnderEmbargo moves the rendered site to where only its owner reads it.
func (w *work) putUnderEmbargo(until time.Time) error {
	cfg := w.cfg
	e := embargo{Until: until.UTC().Truncate(time.Second), Edition: *w.edition, NewEdition: w.site.NewEdition, Editions: w.site.Editions}
	e.Edition.Text = w.edition.Version.String()
	var err error
	if e.Made.Inputs, err = inputsOf(w.site, w.edition); err != nil {
		return err
	}
	if w.undrawn != nil {
		e.Made.Inputs = "" // the pictures are tried again
	}
	if e.Made.Files, err = filesOf(w.staged); err != nil {
		return err
	}
	if e.NewEdition {
		if e.Edition.Files, err = edition.List(filepath.Join(w.staged, edition.Folder, e.Edition.Text), everyFile); err != nil {
			return err
		}
	}
	e.Made.Said = *w.published()
	all, err := edition.Open(cfg.Dir.Editions()).Editions()
	if err != nil {
		return err
	}
	if n := len(all); n > 0 {
		e.After = all[n-1].Text
	}
	if err := os.RemoveAll(cfg.Dir.Embargo()); err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Dir.Embargo(), 0o700); err != nil {
		return err
	}
	if err := os.Rename(w.staged, cfg.sealedSite()); err != nil {
		return err
	}
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return atomicfile.WriteChecked(cfg.embargoNote(), text)
}

// OpenEmbargo puts the site that waits in place once its time has come, and returns
// its data version. drop removes it instead. It is an error where none waits, before
// the time, and where another data version was published since it was built.
func OpenEmbargo(cfg Options, drop bool) (version string, err error) {
	release, err := cfg.lock()
	if err != nil {
		return "", err
	}
	defer release()
	e, err := cfg.waiting()
	switch {
	case drop && err != nil: // whatever it was
		return "", os.RemoveAll(cfg.Dir.Embargo())
	case err != nil:
		return "", err
	case e == nil:
		return "", fmt.Errorf("%w: no site waits; build one with publish run --embargo TIME", ErrEmbargo)
	case drop:
		return e.Edition.Text, os.RemoveAll(cfg.Dir.Embargo())
	case cfg.Now().Before(e.Until):
		return "", fmt.Errorf("%w: the site opens at %s", ErrEmbargo, e.Until.Format(time.RFC3339))
	}
	// A killed run may have put it in place.
	if s, ok := readStand(cfg.Dir.Cache("site")); ok && !exists(cfg.sealedSite()) && s.Said.Version == e.Edition.Text && stateOf(cfg).hasFiles(s) {
		return e.Edition.Text, os.RemoveAll(cfg.Dir.Embargo())
	}
	if !cfg.sealed(e) {
		return "", fmt.Errorf("%w: the files that wait in %s are not those that were built; build the site again, or drop it with publish open --drop", ErrEmbargo, cfg.Dir.Embargo())
	}
	if err := cfg.openEdition(e, cfg.sealedSite()); err != nil {
		return "", err
	}
	if err := stateOf(cfg).putInPlace(cfg.sealedSite(), e.Made); err != nil {
		return "", err
	}
	return e.Edition.Text, os.RemoveAll(cfg.Dir.Embargo())
}

// exists reports whether there is a file or folder of a name.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// sealed reports whether the site that waits is the one that was built.
func (c Options) sealed(e *embargo) bool {
	files, err := filesOf(c.sealedSite())
	if err != nil || !slices.Equal(files, e.Made.Files) {
		return false
	}
	if !e.NewEdition {
		return true
	}
	files, err = edition.List(filepath.Join(c.sealedSite(), edition.Folder, e.Edition.Text), everyFile)
	files = slices.DeleteFunc(files, func(f edition.File) bool { return f.Name == edition.ManifestName }) // of an open that was killed
	return err == nil && slices.Equal(files, e.Edition.Files)
}

// OpenDue opens the site that waits where its time has come, and reports whether one
// still waits.
func OpenDue(cfg Options) (waits bool, err error) {
	e, err := cfg.waiting()
	if err != nil || e == nil {
		return false, err
	}
	if cfg.Now().Before(e.Until) {
		return true, nil
	}
	_, err = OpenEmbargo(cfg, false)
	return false, err
}

// openEdition keeps the edition of a site that waited, and links all editions below
// the site.
func (c Options) openEdition(e *embargo, site string) error {
	archive := edition.Open(c.Dir.Editions())
	all, err := archive.Editions()
	if err != nil {
		return err
	}
	newest := ""
	if n := len(all); n > 0 {
		newest = all[n-1].Text
	}
	if kept := newest == e.Edition.Text; newest != e.After && !kept {
		return fmt.Errorf("%w: data version %s was published since the site was built; build it again", ErrEmbargo, newest)
	} else if e.NewEdition && !kept {
		if err := archive.Add(e.Edition, filepath.Join(site, "releases", e.Edition.Text)); err != nil {
			return err
		}
	}
	if err := archive.Link(filepath.Join(site, "releases")); err != nil {
		return err
	}
	if err := retract(filepath.Join(site, "releases"), e.Editions); err != nil {
		return err
	}
	return archive.Share(site)
}
