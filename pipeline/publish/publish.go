package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"crossings/pipeline/hint"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// ErrPicture means that a picture could not be drawn. The site is published without it.
var ErrPicture = hint.New("not drawn", "the figures are published, and the next publish run draws the picture again; if it fails each time, its chart is at fault: report it with this message")

// Published says what a publish run made.
type Published struct {
	Site      string         `json:"site"` // the folder
	Version   string         `json:"data_version,omitempty"`
	AsOf      stat.Date      `json:"as_of,omitempty"`
	Vintage   stat.Date      `json:"vintage"`
	Texts     []string       `json:"headlines"`
	Rows      map[string]int `json:"rows"`              // of each table
	Unchanged bool           `json:"unchanged"`         // the site in place says this already
	Undrawn   []string       `json:"undrawn,omitempty"` // pictures that are missing, by their names in the site
}

// Options is what a run of the publish side is given.
type Options struct {
	registry.Registry
	Now func() time.Time
	// Pictures draws the charts. With nil they are kept in the data folder, and pruned; a
	// caller that gives one prunes it.
	Pictures *picture.Renderer
	Base     string // the public address of the site, see ParseBase; "" if it is not known
	// Out is the folder for a site as of a day in the past; "" is one below the data folder.
	Out string
	// AllowFewer lets Publish leave out releases that are known or were published.
	AllowFewer bool
	// AllowOlder lets Upload put a site over a newer one.
	AllowOlder bool
	// Begun is called once the lock is taken; or nil.
	Begun func()
}

// lock takes the lock on the data folder, and ends what a killed run left of the site.
func (c Options) lock() (release func(), err error) {
	if release, err = c.Dir.Lock(c.Begun); err != nil {
		return nil, err
	}
	if err := stateOf(c).recoverStand(); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// Publish aggregates what is known, renders the site next to the old one, and swaps it in
// whole. Where the old one is made from the same, it stays and nothing is rendered. A source that
// cannot be read, or a picture that cannot be drawn, is left out and shown as such; the
// error then says so after the rest is done, and the next run tries again. While a site waits
// for its time, nothing is published.
//
// As of a day in the past, which asOf gives, it builds what was known at the end of that
// day in a folder of its own and leaves the published site as it is; see publishAsOf.
func Publish(ctx context.Context, cfg Options, asOf stat.Date) (*Published, error) {
	if cfg.Out != "" && asOf.IsZero() {
		return nil, fmt.Errorf("%w: only a site as of a day in the past goes to a folder of its own", registry.ErrUsage)
	}
	if _, err := os.Stat(cfg.Dir.Cache("pictures")); errors.Is(err, fs.ErrNotExist) && cfg.Pictures == nil {
		picture.Prepare() // all is to be drawn, and one processor waits while the lake is read
	}
	cfg, unlock, err := lockForBuild(cfg)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := cfg.notEmbargoed(); err != nil {
		return nil, err
	}
	if !asOf.IsZero() {
		return publishAsOf(ctx, cfg, asOf)
	}
	return publishNewest(ctx, cfg)
}

// publishNewest puts the site of all that is known in place. The caller holds the lock.
func publishNewest(ctx context.Context, cfg Options) (*Published, error) {
	view, err := stateOf(cfg).view()
	if err != nil {
		return nil, err
	}
	damaged, err := cfg.mendEditions()
	if err != nil {
		return nil, err
	}
	if p := stateOf(cfg).standsFor(view); p != nil && damaged == nil {
		return p, nil
	}
	w := &work{cfg: cfg, dir: cfg.Dir.Site(), staged: cfg.Dir.StagedSite()}
	if err := w.fill(ctx, 0); err != nil {
		return nil, err
	}
	if w.failed != nil {
		view = "" // a source that could not be read is tried again
	}
	inputs, err := inputsOf(w.site, w.edition)
	if err != nil {
		return nil, err
	}
	p := w.published()
	made := stand{View: view, Inputs: inputs, Said: *p}
	if p.Unchanged = !w.site.NewEdition && damaged == nil && stateOf(cfg).standsAlready(inputs); !p.Unchanged {
		err = w.render(ctx, cfg.Dir.Site(), func() error {
			if damaged, err = cfg.mendEditions(w.staged); err == nil {
				err = cfg.damagedEditions(damaged)
			}
			if err != nil {
				return err
			}
			if err := cfg.keepEdition(w.edition, w.site); err != nil {
				return err
			}
			if err := cfg.checkManifests(); err != nil {
				return err
			}
			if made.Said.Undrawn = w.undrawn; w.undrawn != nil {
				made.View, made.Inputs = "", "" // they are tried again
			}
			return stateOf(cfg).putInPlace(w.staged, made)
		})
	} else if view != "" {
		err = stateOf(cfg).keepStand(cfg.Dir.Cache("site"), cfg.Dir.Site(), made)
	}
	if err != nil {
		return nil, err
	}
	p.Undrawn = w.undrawn
	return p, w.failed
}

// work is a build under way: what its site shows.
type work struct {
	cfg     Options
	dir     string // where the site goes
	staged  string // where it is rendered, in the same file system
	b       *tables.Builder
	site    site.Site
	edition *edition.Manifest // nil as of a day in the past
	failed  error             // names the sources that could not be read, and the first picture not drawn
	undrawn []string          // those pictures
}

// lockForBuild takes the lock, which the caller drops, and checks what a build is told.
func lockForBuild(cfg Options) (checked Options, unlock func(), err error) {
	if cfg.Base, err = ParseBase(cfg.Base); err != nil {
		return cfg, nil, err
	}
	unlock, err = cfg.lock()
	return cfg, unlock, err
}

// fill reads the lake and fills the tables, and gives what they say a data version.
func (w *work) fill(ctx context.Context, asOf stat.Date) (err error) {
	if w.b, w.failed = tables.Build(ctx, w.cfg.Registry, asOf); w.b == nil {
		return w.failed
	}
	if err := w.cfg.notFewer(w.b); err != nil {
		return err
	}
	if w.site, err = siteOf(w.b, w.cfg.Base); err != nil {
		return err
	}
	if asOf.IsZero() { // what was announced on a day in the past is not known
		list, err := w.cfg.announced()
		w.site.Announced, w.failed = list, errors.Join(w.failed, err)
		w.site.Retractions, _ = w.cfg.retracted() // an error is that of the table taken-back
	}
	if w.edition, err = version(w.cfg.Dir, &w.site); err != nil {
		return err
	}
	return w.b.KeepLedgers()
}

// render renders the site in a folder of its own; place then puts that where it
// belongs, and it is removed where it could not. previous is the folder of a site of
// which the files that stay the same are kept, or "".
func (w *work) render(ctx context.Context, previous string, place func() error) error {
	if err := os.MkdirAll(w.staged, 0o755); err != nil {
		return err
	}
	pictures, err := w.cfg.Pictures, error(nil)
	if pictures == nil {
		pictures, err = picture.Open(w.cfg.Dir.Cache("pictures"))
	}
	if err == nil {
		err = site.Write(ctx, w.staged, w.site, site.Options{Pictures: pictures, Previous: previous, Undrawn: w.lacks})
	}
	if err == nil {
		err = place()
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(w.staged))
	}
	if w.cfg.Pictures == nil && w.b.AsOf.IsZero() {
		return pictures.Prune()
	}
	return nil
}

// lacks notes a picture that could not be drawn. The first is told with its fault, the
// others in Published: one fault may cost a thousand.
func (w *work) lacks(file string, err error) {
	if w.undrawn == nil {
		w.failed = errors.Join(w.failed, fmt.Errorf("%s: %w: %w", file, ErrPicture, err))
	}
	w.undrawn = append(w.undrawn, file)
}

// published sums up what the site says.
func (w *work) published() *Published {
	p := &Published{Site: w.dir, Undrawn: w.undrawn, Version: w.site.Version, AsOf: w.b.AsOf, Vintage: w.b.Vintage, Rows: map[string]int{}}
	for _, h := range w.b.Headlines {
		p.Texts = append(p.Texts, h.Text)
	}
	for _, t := range w.site.Tables {
		p.Rows[t.Schema.Name] = t.Len()
	}
	return p
}
