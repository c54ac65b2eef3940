package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"crossings/pipeline/datadir"
	"crossings/pipeline/hint"

	"crossings/pipeline/publish/picture"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// ErrPicture means that a picture could not be drawn. The site is published without it.
var ErrPicture = hint.New("not drawn", "the figures are published, and the next publish run draws the picture again; if it fails each time, its chart is at fault: report it with this message")

// Published describes the site that a publish run built.
type Published struct {
	Site      string         `json:"site"`                   // path of the folder
	Version   string         `json:"data_version,omitempty"` // of the edition; "" as of a day in the past
	AsOf      stat.Date      `json:"as_of,omitempty"`        // zero for the newest site
	Vintage   stat.Date      `json:"vintage"`                // the newest vintage in the site
	Texts     []string       `json:"headlines"`
	Rows      map[string]int `json:"rows"`              // number of rows of each table
	Unchanged bool           `json:"unchanged"`         // the site was up to date and was not built again
	Undrawn   []string       `json:"undrawn,omitempty"` // file names of pictures that could not be drawn
}

// Options says how the publish side runs.
type Options struct {
	Now func() time.Time
	// Pictures draws the charts. If it is nil, the data folder has a cache of pictures, and
	// Publish deletes old ones. A caller that sets Pictures deletes them itself.
	Pictures *picture.Renderer
	Base     string // public address of the site as ParseBase returns it; "" if it is unknown
	// Out is the folder for a site as of a day in the past; "" means one in the data folder.
	Out string
	// AllowFewer lets Publish leave out releases that are known or were published.
	AllowFewer bool
	// AllowOlder lets Upload replace a newer site.
	AllowOlder bool
	// Begun is called when the lock is taken; it may be nil.
	Begun func()
}

// lock takes the lock on the data folder, and finishes what a killed run began.
func lock(dir datadir.Dir, begun func()) (release func(), err error) {
	if release, err = dir.Lock(begun); err != nil {
		return nil, err
	}
	if err := (siteFolder{dir}).recover(); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// Publish computes the tables from everything known, renders the site next to the old one, and
// swaps them. If the existing site was built from the same inputs, Publish leaves it in place.
// A source that cannot be read, or a picture that cannot be drawn, is left out; the site says
// so. Publish then does the rest and returns an error, and the next run tries again. While a
// site is under embargo, nothing is published.
//
// If asOf is a day in the past, Publish builds the site as it was known at the end of that
// day, in a folder of its own, and leaves the published site as it is; see publishAsOf.
func Publish(ctx context.Context, r registry.Registry, o Options, asOf stat.Date) (*Published, error) {
	if o.Out != "" && asOf.IsZero() {
		return nil, fmt.Errorf("%w: only a site as of a day in the past goes to a folder of its own", registry.ErrUsage)
	}
	if _, err := os.Stat(r.Dir.Cache("pictures")); errors.Is(err, fs.ErrNotExist) && o.Pictures == nil {
		picture.Prepare() // everything must be drawn, and one processor is free while the lake is read
	}
	unlock, err := lock(r.Dir, o.Begun)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := (sealedFolder{r.Dir}).empty(); err != nil {
		return nil, err
	}
	if !asOf.IsZero() {
		return publishAsOf(ctx, r, o, asOf)
	}
	return publishNewest(ctx, r, o)
}

// publishNewest puts the site of everything known in place. The caller holds the lock.
func publishNewest(ctx context.Context, r registry.Registry, o Options) (*Published, error) {
	published, editions := siteFolder{r.Dir}, editionsOf(r.Dir)
	view, err := viewOf(r, o.Base)
	if err != nil {
		return nil, err
	}
	damaged, err := editions.mend()
	if err != nil {
		return nil, err
	}
	if p := published.upToDate(view, editions); p != nil && damaged == nil {
		return p, nil
	}
	b := build{Registry: r, dir: r.Dir.Site()}
	if err := b.compute(ctx, o); err != nil {
		return nil, err
	}
	made, err := b.note(view)
	if err != nil {
		return nil, err
	}
	if !b.site.NewEdition && damaged == nil && published.madeFrom(made.Inputs, editions) {
		if made.View != "" {
			err = published.keep(made)
		}
		if err != nil {
			return nil, err
		}
		made.Said.Unchanged = true
		return &made.Said, b.failed
	}
	err = b.render(ctx, o.Pictures, r.Dir.StagedSite(), r.Dir.Site(), func(staged string) error {
		if err := editions.publish(*b.edition, b.site, o.AllowFewer); err != nil {
			return err
		}
		if made.Said.Undrawn = b.undrawn; b.undrawn != nil {
			made.View, made.Inputs = "", "" // the next build tries the pictures again
		}
		return published.put(staged, made)
	})
	if err != nil {
		return nil, err
	}
	return &made.Said, b.failed
}
