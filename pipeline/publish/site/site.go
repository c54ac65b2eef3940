package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"crossings/charts"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Site is all that a build of the site shows: every figure is a cell of Tables.
type Site struct {
	Title   string
	AsOf    stat.Date      // zero unless built as of a date in the past; then each page says so
	Vintage stat.Date      // newest release
	Series  []stat.Series  // title, unit, definition and designation of what the tables mention
	Tables  []*table.Table // the published tables in order of display, looked up by Schema.Name
	Sources []SourceInfo
	Charts  []charts.Chart // in order of display, on the front page and on those of topics
	Topics  []charts.Topic // in order of display; one may name data sets that are not there yet
	// Announced are the releases of this site that are announced, the earliest first.
	Announced []Announcement
	Events    []charts.Event // oldest first, for the charts that mark them

	// Version is the data version, or "" for a site that is none, such as one as of
	// a day in the past. NewEdition says that it is published for the first time:
	// its files are then put at their permanent place too. Editions are all data
	// versions, the newest first, this one included.
	Version    string
	NewEdition bool
	Editions   []EditionInfo
	// Unshown are the charts that have no picture to embed in the edition of Version,
	// which was published before: it could not be drawn at the time.
	Unshown []string `json:",omitempty"`
	// Retractions are the releases that were taken back, the newest decision first.
	Retractions []Retraction

	Base    string // the site's public address as catalogue.ParseBase returns it, or ""
	Program string // version of the program, or ""
}

// SourceInfo is what a reader must know of a published data set.
type SourceInfo struct {
	ID        string
	Title     string
	Publisher string
	Licence   string // name of the licence of the figures
	LicenceAt string // its address
	Homepage  string // the page that a reader should be sent to
	Holds     string // one sentence: what the data set states
	Every     int    // days between releases, 0 where that is not known
	// Waiting are the days of releases that wait for a person and of which nothing is
	// published, the earliest first.
	Waiting []stat.Date
}

// Options say how a site is made, and change nothing of what is made, but for pictures
// that cannot be drawn.
type Options struct {
	// Pictures draws the charts; nil draws them without keeping them. Whoever gives
	// it calls its Prune when the site is made.
	Pictures *picture.Renderer
	// Workers is how many pictures are drawn at once; 0 is one a processor.
	Workers int
	// Previous is the folder of the site as it was, or "": a file that is the same
	// there is linked to, and keeps its time for whoever copies the site.
	Previous string
	// Undrawn is called for each picture that could not be drawn, with its name in the
	// site. Its chart is then shown without it and says so. Where Undrawn is nil, such a
	// picture is an error.
	Undrawn func(file string, err error)
}

// Write makes the whole site in the folder dir, which must be empty or not
// there; every file is synced. The same Site gives the same bytes. A chart
// without figures is left out with a sentence that says so. It is an error if
// the chart library was not there when the program was built, or if the name of a
// chart, topic or table is not a plain file name; the folder may then hold a part.
func Write(ctx context.Context, dir string, s Site, o Options) error {
	w := writer{dir: dir, previous: o.Previous, folders: map[string]bool{}, written: map[string]catalogue.File{}, unsynced: map[string]bool{}}
	if err := w.open(); err != nil {
		return err
	}
	assets, err := charts.Assets()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(assets)) {
		if err := w.file("assets/"+name, assets[name]); err != nil {
			return err
		}
	}
	b := newBuilder(s)
	for _, r := range s.Charts {
		f, err := b.figure(r)
		if err != nil {
			return err
		}
		b.figures = append(b.figures, f)
	}
	if err := b.drawOthers(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	drawn, err := b.draw(ctx, o)
	if err != nil {
		return err
	}
	failed := w.data(b) // while the pictures are drawn
	if failed != nil {
		cancel()
	}
	pictures, err := drawn()
	if err := cmp.Or(failed, err); err != nil {
		return err
	}
	if err := w.pictures(pictures, o.Undrawn); err != nil {
		return err
	}
	write, err := w.pageWriter(b)
	if err != nil {
		return err
	}
	if err := w.pages(b, write); err != nil {
		return err
	}
	feed, err := b.feed()
	if err != nil {
		return err
	}
	if err := w.file(feedName, feed); err != nil {
		return err
	}
	if err := w.catalogue(b); err != nil {
		return err
	}
	if s.NewEdition {
		if err := w.edition(b, write); err != nil {
			return err
		}
	}
	return w.sync()
}

// data writes the tables, and the workbooks and archives of topics.
func (w writer) data(b *builder) error {
	for _, t := range b.site.Tables {
		d, err := w.table(b, t)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Schema.Name, err)
		}
		b.downloads = append(b.downloads, d)
	}
	b.topicsOwn = map[string][]topicFile{}
	for _, t := range b.site.Topics {
		var err error
		if b.topicsOwn[t.ID], err = w.topicFiles(b, t); err != nil {
			return fmt.Errorf("topic %s: %w", t.ID, err)
		}
	}
	return nil
}

// writer puts files into the folder of a site.
type writer struct {
	dir      string
	previous string                    // folder of the site before, or ""
	folders  map[string]bool           // below dir, that hold files
	written  map[string]catalogue.File // by name
	unsynced map[string]bool           // paths of files that may not be on the disk yet
}

// open makes the folder and refuses one that holds anything.
func (w writer) open() error {
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("folder %s is not empty: it holds %s", w.dir, entries[0].Name())
	}
	return nil
}

// file writes one file; name is relative to the site, with slashes.
func (w writer) file(name string, data []byte) error {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) || filepath.Clean(local) != local {
		return fmt.Errorf("%q is not a name for a file of the site", name)
	}
	path := filepath.Join(w.dir, local)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	w.folders[filepath.Dir(path)] = true
	w.written[name] = fileOf(name, data)
	if w.previous != "" && atomicfile.LinkSame(filepath.Join(w.previous, local), path, data) {
		return nil
	}
	w.unsynced[path] = true
	return os.WriteFile(path, data, 0o644)
}

// syncers is how many files are waited for at a time: the disk writes them together.
const syncers = 16

// sync waits until all files and their names are on the disk.
func (w writer) sync() error {
	var g errgroup.Group
	g.SetLimit(syncers)
	for _, path := range slices.Sorted(maps.Keys(w.unsynced)) {
		g.Go(func() error { return atomicfile.SyncFile(path) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	w.folders[w.dir] = true
	for _, folder := range slices.Sorted(maps.Keys(w.folders)) {
		if err := atomicfile.SyncDir(folder); err != nil {
			return err
		}
	}
	return nil
}

// pageWriter writes the page called name from a template.
type pageWriter func(name, template string, p page) error

func (w writer) pageWriter(b *builder) (pageWriter, error) {
	set, err := parseTemplates()
	return func(name, template string, p page) error {
		var err error
		if p.Data, err = b.data(name); err != nil {
			return err
		}
		var out bytes.Buffer
		if err := set.ExecuteTemplate(&out, template, p); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
		return w.file(name, out.Bytes())
	}, err
}

// pages writes every page, that of a new edition apart.
func (w writer) pages(b *builder, write pageWriter) error {
	front, err := b.front()
	if err != nil {
		return err
	}
	if err := write(frontName, "index.html", b.page(frontName, b.site.Title, front)); err != nil {
		return err
	}
	if err := write(dataName, "data.html", b.page(dataName, "Data", b.dataPage())); err != nil {
		return err
	}
	for _, t := range b.site.Topics {
		body, err := b.topic(t)
		if err != nil {
			return err
		}
		body.Files = b.topicsOwn[t.ID]
		name := topicLink(t).Name
		if err := write(name, "topic.html", b.page(name, t.Title, body)); err != nil {
			return err
		}
	}
	return errors.Join(w.changePages(b, write), w.referencePages(b, write))
}

// changePages writes the pages about what publishers and claims said when.
func (w writer) changePages(b *builder, write pageWriter) error {
	if err := write(correctionsName, "corrections.html", b.page(correctionsName, "What changed", b.corrections())); err != nil {
		return err
	}
	if b.tables["claims"].rows() > 0 {
		if err := write(claimsName, "claims.html", b.page(claimsName, "Claims", b.claims())); err != nil {
			return err
		}
	}
	for _, id := range b.releaseSources() {
		name, err := releasesName(id)
		if err != nil {
			return err
		}
		body := b.releases(id)
		if err := write(name, "releases.html", b.page(name, "Releases: "+body.Source.Title, body)); err != nil {
			return err
		}
	}
	return nil
}

// referencePages writes the pages of series, charts and documents.
func (w writer) referencePages(b *builder, write pageWriter) error {
	if err := write(catalogueName, "catalogue.html", b.page(catalogueName, "All series", b.catalogue())); err != nil {
		return err
	}
	for _, s := range b.site.Series {
		if err := w.writeSeries(b, s, write); err != nil {
			return fmt.Errorf("series %s: %w", s.ID, err)
		}
	}
	if err := w.prose(b, write); err != nil {
		return err
	}
	calendar, err := b.calendar()
	if err != nil {
		return err
	}
	if err := write(calendarName, "calendar.html", b.page(calendarName, "Release calendar", calendar)); err != nil {
		return err
	}
	ics, err := b.ics()
	if err != nil {
		return err
	}
	if err := w.file(icsName, ics); err != nil {
		return err
	}
	if len(b.site.Editions) > 0 {
		if err := write(editionsName, "editions.html", b.page(editionsName, "Data versions", editionsPage{b.versions()})); err != nil {
			return err
		}
	}
	for _, f := range b.figures {
		name := "charts/" + f.ID + ".html"
		if err := write(name, "chart.html", b.page(name, f.Title, chartPage{led(f)[0], b.embeds(f)})); err != nil {
			return err
		}
	}
	return nil
}
