package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/claimfiles"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/tables"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// build is a site under way: the tables computed for it, and the pages that show them.
type build struct {
	registry.Registry
	dir     string    // where the site will be
	asOf    stat.Date // zero for the newest
	tables  *tables.Builder
	site    content.Site
	edition *edition.Manifest // nil as of a day in the past
	made    *cached.Folder    // what earlier builds made, or nil
	failed  error             // names the sources that could not be read and the first picture not drawn; or nil
	undrawn []string          // the files of all pictures not drawn
}

// compute reads the lake, computes the tables, and numbers the edition that they make.
func (b *build) compute(ctx context.Context, o Options) (err error) {
	if b.tables, b.failed = tables.Build(ctx, b.Registry, b.asOf); b.tables == nil {
		return b.failed
	}
	if !o.AllowFewer {
		if err := notFewer(b.tables); err != nil {
			return err
		}
	}
	if b.site, err = siteOf(b.tables, o.Base); err != nil {
		return err
	}
	b.made = madeBefore(b.Dir)
	files, err := claimfiles.Make(ctx, b.Registry, b.asOf, b.made)
	b.failed = errors.Join(b.failed, err)
	if files != nil {
		b.site.Checks = &content.Checks{Index: files.Index, Sources: files.Sources}
	}
	if b.asOf.IsZero() { // nobody noted when something was announced, so a day in the past has no announcements
		b.site.Announced, err = announced(b.Registry)
		b.failed = errors.Join(b.failed, err)
		b.site.Retractions, _ = retracted(b.Registry) // an error is that of the table taken-back
	}
	if b.edition, err = version(b.Dir, &b.site); err != nil {
		return err
	}
	err = b.tables.KeepLedgers()
	b.tables.Forget()
	return err
}

// note returns the note on what the build is made from. view is the result of viewOf.
func (b *build) note(view string) (n siteNote, err error) {
	if b.failed != nil {
		view = "" // the next build tries a source again that could not be read
	}
	n = siteNote{View: view, Said: b.report()}
	n.Inputs, err = inputsOf(b.site, b.edition)
	return n, err
}

// tell says what a long build is doing. Only a terminal shows it.
func (b *build) tell(charts int, leftOut map[string]string) {
	b.Log.Info("drawing; the first time this takes a minute or two", "charts", charts)
	for _, id := range slices.Sorted(maps.Keys(leftOut)) {
		b.Log.Info(leftOut[id], "chart", id)
	}
}

// render renders the site in a folder of its own; place then puts that where it belongs. The
// folder is removed if either fails. previous is the folder of an older site, or "": files
// that stay the same are links to it. If pictures is nil, they are kept in the data folder.
func (b *build) render(ctx context.Context, pictures *picture.Renderer, staged, previous string, place func(staged string) error) error {
	if err := os.MkdirAll(staged, 0o755); err != nil {
		return err
	}
	var err error
	own := pictures == nil
	if own {
		pictures, err = picture.Open(b.Dir.Cache("pictures"))
	}
	if err == nil {
		err = site.Build(ctx, staged, b.site, site.Options{Pictures: pictures, Kept: b.made, Previous: previous, Undrawn: b.lacks, Drawing: b.tell})
	}
	if err == nil {
		err = place(staged)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(staged))
	}
	if b.asOf.IsZero() {
		err = b.made.Prune()
		if own {
			err = errors.Join(err, pictures.Prune())
		}
	}
	return err
}

// madeBefore returns the folder of the compressed copies, the files of topics and those of claims that
// earlier builds made. It is nil if the program does not know itself, and cannot tell its own files from those of another.
func madeBefore(dir datadir.Dir) *cached.Folder {
	if tables.Program() == "" {
		return nil
	}
	return cached.Open(dir.Cache("files"), []byte(tables.Program()))
}

// lacks records a picture that could not be drawn. The error names only the first, because one
// fault may cost a thousand pictures.
func (b *build) lacks(file string, err error) {
	if b.undrawn == nil {
		b.failed = errors.Join(b.failed, fmt.Errorf("%s: %w: %w", file, ErrPicture, err))
	}
	b.undrawn = append(b.undrawn, file)
}

// report sums up the build.
func (b *build) report() Published {
	p := Published{Site: b.dir, Undrawn: b.undrawn, Version: b.site.Version, AsOf: b.asOf, Vintage: b.tables.Vintage, Rows: map[string]int{}}
	for _, h := range b.tables.Headlines {
		p.Texts = append(p.Texts, h.Text)
	}
	for _, t := range b.site.Tables {
		p.Rows[t.Schema.Name] = t.Len()
	}
	return p
}
