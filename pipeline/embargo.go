package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/edition"
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
}

func (c Config) embargoed() string { return filepath.Join(c.out(), "embargo") }

// waiting returns the embargo that is there, or nil.
func (c Config) waiting() (*embargo, error) {
	text, err := os.ReadFile(filepath.Join(c.embargoed(), "embargo.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var e embargo
	if err := json.Unmarshal(text, &e); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(c.embargoed(), "embargo.json"), err)
	}
	e.Edition.Version, err = edition.ParseVersion(e.Edition.Text)
	return &e, err
}

// notEmbargoed is an error while a site waits: what it shows is in the lake, and any
// other site would show it before its time.
func (c Config) notEmbargoed() error {
	e, err := c.waiting()
	if err != nil || e == nil {
		return err
	}
	return fmt.Errorf("%w: a site waits until %s; open it then with publish open, or drop it with publish open --drop", ErrEmbargo, e.Until.Format(time.RFC3339))
}

// Embargo builds the site of all that is known, and keeps it out of reach until it is
// opened at an instant or later.
func Embargo(ctx context.Context, cfg Config, until time.Time) (*Published, error) {
	cfg, unlock, err := lockForBuild(cfg)
	if err != nil {
		return nil, err
	}
	defer unlock()
	w := &work{cfg: cfg}
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
	e := embargo{Until: until.UTC().Truncate(time.Second), Edition: *w.edition, NewEdition: w.site.NewEdition}
	e.Edition.Text = w.edition.Version.String()
	all, err := edition.Open(cfg.editions()).Editions()
	if err != nil {
		return err
	}
	if n := len(all); n > 0 {
		e.After = all[n-1].Text
	}
	if err := os.RemoveAll(cfg.embargoed()); err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.embargoed(), 0o700); err != nil {
		return err
	}
	if err := os.Rename(cfg.stagedSite(), filepath.Join(cfg.embargoed(), "site")); err != nil {
		return err
	}
	text, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(cfg.embargoed(), "embargo.json"), append(text, '\n'))
}

// OpenEmbargo puts the site that waits in place once its time has come, and returns
// its data version. drop removes it instead. It is an error where none waits, before
// the time, and where another data version was published since it was built.
func OpenEmbargo(cfg Config, drop bool) (version string, err error) {
	release, err := cfg.Lock()
	if err != nil {
		return "", err
	}
	defer release()
	e, err := cfg.waiting()
	switch {
	case err != nil:
		return "", err
	case e == nil:
		return "", fmt.Errorf("%w: no site waits; build one with publish run --embargo TIME", ErrEmbargo)
	case drop:
		return e.Edition.Text, os.RemoveAll(cfg.embargoed())
	case cfg.Now().Before(e.Until):
		return "", fmt.Errorf("%w: the site opens at %s", ErrEmbargo, e.Until.Format(time.RFC3339))
	}
	site := filepath.Join(cfg.embargoed(), "site")
	if _, err := os.Stat(site); errors.Is(err, fs.ErrNotExist) { // a killed run had put it in place
		return e.Edition.Text, os.RemoveAll(cfg.embargoed())
	}
	if err := cfg.openEdition(e, site); err != nil {
		return "", err
	}
	if err := atomicfile.SwapDir(site, cfg.site()); err != nil {
		return "", err
	}
	return e.Edition.Text, os.RemoveAll(cfg.embargoed())
}

// OpenDue opens the site that waits where its time has come, and reports whether one
// still waits.
func OpenDue(cfg Config) (waits bool, err error) {
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
func (c Config) openEdition(e *embargo, site string) error {
	archive := edition.Open(c.editions())
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
	return archive.Share(site)
}
