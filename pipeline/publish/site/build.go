package site

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/feed"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/find"
	"crossings/pipeline/publish/site/pages"
	"crossings/pipeline/publish/site/poster"
	"crossings/pipeline/publish/site/stamp"
	"crossings/pipeline/publish/site/translate"
	"crossings/pipeline/publish/site/wide"
)

// Options say how a site is built. They do not change what is built, except for pictures that cannot
// be drawn.
type Options struct {
	// Pictures draws the charts. Nil draws them without keeping the pictures for later builds. The
	// caller calls its Prune when the site is built.
	Pictures *picture.Renderer
	// Workers is how many pictures are drawn at once. Zero is one a processor.
	Workers int
	// Previous is the folder of the previous site, or "". A file with the same bytes there is linked to
	// and keeps its time, for programs that copy the site.
	Previous string
	// Kept has the compressed copies and the files of topics that earlier builds made, or nil. The caller
	// calls its Prune when the site is built.
	Kept *cached.Folder
	// Undrawn is called for each picture that could not be drawn, with its name in the site. Its chart is
	// then shown without it and says so. If Undrawn is nil, such a picture is an error.
	Undrawn func(file string, err error)
	// Drawing, if it is not nil, is called before the pictures are drawn, with the number of charts that
	// have some, and a sentence for each chart that is left out, by its id.
	Drawing func(charts int, leftOut map[string]string)
}

// Build writes the whole site into the folder dir, which must be empty or not exist. Every file is
// synced. The same Site gives the same bytes. A chart without figures is left out with a sentence
// that says so. It is an error if the chart library was missing when the program was built, or if the
// name of a chart, topic or table is not a plain file name. After an error the folder may hold a part
// of the site.
func Build(ctx context.Context, dir string, s content.Site, o Options) error {
	w := newWriter(dir, o)
	if err := w.open(); err != nil {
		return err
	}
	b, err := newBuild(s, o.Kept)
	if err != nil {
		return err
	}
	if err := b.writeAssets(w); err != nil {
		return err
	}
	if err := b.checks(w); err != nil {
		return err
	}
	if err := b.data(ctx, w, o); err != nil {
		return err
	}
	if err := b.pages(w); err != nil {
		return err
	}
	if err := b.others(w); err != nil {
		return err
	}
	if err := b.embeds(w); err != nil { // search engines list the pages of charts instead
		return err
	}
	if err := b.versions(w); err != nil {
		return err
	}
	if err := w.compress(); err != nil {
		return err
	}
	if s.NewEdition {
		if err := b.edition(w); err != nil {
			return err
		}
	}
	return w.sync()
}

// Retract returns the page of a data version with a notice below its title. The notice names the
// releases that the version was made from and that were taken back since.
func Retract(page []byte, list []content.Retraction) ([]byte, error) {
	return pages.Retract(page, list)
}

// build is a site while it is built. Each method writes one part.
type build struct {
	index   *content.Index
	stamps  *stamp.Stamper
	log     *changes.Log
	figures *figure.Set
	files   *download.Files
	sheets  *wide.Set
	maker   *pages.Maker
	frame   *pages.Frame
	assets  charts.Bundle
	// The languages besides English by code, and the pages in them that were written.
	languages map[string]*translate.Language
	local     []find.Local
}

func newBuild(s content.Site, made *cached.Folder) (*build, error) {
	b := &build{index: content.NewIndex(s), stamps: s.Stamper()}
	b.log, b.files = changes.New(b.index), download.New(b.index, b.stamps, made)
	b.sheets = wide.New(b.index)
	var err error
	if b.figures, err = figure.NewSet(b.index); err != nil {
		return nil, err
	}
	b.figures.Post(func(c charts.Chart) figure.Poster { return poster.Of(b.index, c) })
	marked := content.Marked(b.index)
	b.maker = pages.New(marked, b.figures, b.files, b.log, b.sheets)
	if b.assets, err = charts.Assets(); err != nil {
		return nil, err
	}
	if b.languages, err = languagesOf(s); err != nil {
		return nil, err
	}
	b.frame, err = pages.NewFrame(marked, b.files, b.assets)
	return b, err
}

// writeAssets writes the style sheet, the scripts and the chart library.
func (b *build) writeAssets(w *writer) error {
	for _, name := range slices.Sorted(maps.Keys(b.assets.Files)) {
		if err := w.file("assets/"+name, b.assets.Files[name]); err != nil {
			return err
		}
	}
	return nil
}

// data writes the tables and what is made from them while the pictures are drawn, and then the
// pictures.
func (b *build) data(ctx context.Context, w *writer, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if o.Drawing != nil {
		o.Drawing(b.figures.Count())
	}
	pictures, err := b.figures.Draw(ctx, figure.Options{Renderer: o.Pictures, Workers: o.Workers, Undrawn: o.Undrawn})
	if err != nil {
		return err
	}
	failed := errors.Join(b.files.Data(w.file, w.stream), b.wide(w))
	if failed != nil {
		cancel()
	}
	err = pictures.Wait()
	if failed != nil {
		return failed // the pictures then fail because they are cancelled
	}
	if err != nil {
		return err
	}
	return pictures.Write(w.file)
}

// wide writes the sheets of the explorer, and lists them among the data.
func (b *build) wide(w *writer) error {
	if err := b.sheets.Write(w.file); err != nil {
		return err
	}
	list := w.written[wide.IndexFile]
	list.Name = strings.TrimPrefix(list.Name, "data/")
	b.files.List(catalogue.List{Name: "wide", Title: wide.Title, Description: wide.Description, File: list})
	return nil
}

// pages writes every page except that of a new edition.
func (b *build) pages(w *writer) error {
	return b.maker.Each(func(p pages.Page) error { return b.page(w, p) })
}

func (b *build) page(w *writer, p pages.Page) error {
	data, err := b.frame.Render(p)
	if err != nil {
		return err
	}
	if err := w.file(p.Name, b.stamped(p.Name, data)); err != nil {
		return err
	}
	for _, l := range b.index.Site.Local(p.Name) {
		if err := b.translated(w, p, l); err != nil {
			return err
		}
	}
	return nil
}

// anyEdition is the folder of the pages of an edition in the list of versions.
var anyEdition = content.EditionFolder("*")

// stamped returns a page with its version. The pages of a new data version are compared with those of
// the version before, except its own, which is about it.
func (b *build) stamped(name string, page []byte) []byte {
	folder := content.EditionFolder(b.index.Site.Version)
	of, inEdition := strings.CutPrefix(name, folder)
	switch {
	case !inEdition:
		return b.stamps.Fill(name, page)
	case of == content.FrontPage:
		return b.stamps.Current(page)
	}
	return b.stamps.Fill(anyEdition+of, page)
}

// others writes what programs follow, and what describes the site as a whole. The site map lists the
// pages that are written.
func (b *build) others(w *writer) error {
	ics, err := calendar.ICS(b.index.Site, calendar.New(b.index))
	if err != nil {
		return err
	}
	atom, err := feed.Atom(b.index, b.log)
	if err != nil {
		return err
	}
	words, err := find.Index(b.index, b.local, func(page string) bool { _, ok := w.written[page]; return ok })
	if err != nil {
		return err
	}
	if err := w.file(find.IndexFile, words); err != nil {
		return err
	}
	if err := w.file(content.CalendarFile, ics); err != nil {
		return err
	}
	if err := w.file(content.FeedFile, atom); err != nil {
		return err
	}
	return b.files.Catalogue(w.names(func(name string) bool { return strings.HasSuffix(name, ".html") }), w.file)
}

// versions writes the list of the versions in which the files of the site last changed.
func (b *build) versions(w *writer) error {
	if b.index.Site.Version == "" {
		return nil
	}
	if !b.index.Site.NewEdition {
		b.stamps.Keep(func(name string) bool { return strings.HasPrefix(name, anyEdition) })
	}
	return w.file(stamp.File, b.stamps.Ledger().CSV())
}

// edition puts the files of a new data version into its folder, as links to those of the site, with
// a page that lists them. A file's compressed copies go with it. The page and the manifest have
// theirs only in a site, because both may change.
func (b *build) edition(w *writer) error {
	folder := content.EditionFolder(b.index.Site.Version)
	var files []catalogue.File
	for _, name := range w.names(inEdition) {
		for _, from := range append([]string{name}, w.copies[name]...) {
			if err := w.link(from, folder+from); err != nil {
				return err
			}
		}
		files = append(files, w.written[name])
	}
	return b.page(w, b.maker.Edition(files))
}

// inEdition reports whether a file of the site is a part of the edition. It has the data, what
// describes them, and the files of charts, but no page of the site. Pages for frames are its own.
func inEdition(name string) bool {
	return name == "release.json" || name == stamp.File || name == content.EmbedFolder+"embed.css" || name == content.EmbedFolder+"icon.svg" || !strings.HasSuffix(name, ".html") && (strings.HasPrefix(name, "data/") || strings.HasPrefix(name, content.ChartFolder))
}
