package render

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"crossings/charts"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// Site is all that a build of the site shows: every figure is a cell of Tables.
type Site struct {
	Title   string
	AsOf    stat.Date        // zero unless built as of a date in the past; then each page says so
	Vintage stat.Date        // newest release
	Series  []stat.Series    // title, unit, definition and designation of what the tables mention
	Tables  []*tabular.Table // the published tables in order of display, looked up by Schema.Name
	Sources []SourceInfo
	Charts  []charts.Record // in order of display, on the front page and on those of topics
	Topics  []charts.Topic  // in order of display; one may name data sets that are not there yet
	Events  []charts.Event  // oldest first, for the charts that mark them
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
}

// Write makes the whole site in the folder dir, which must be empty or not
// there; every file is synced. The same Site gives the same bytes. A chart
// without figures is left out with a sentence that says so. It is an error if
// the chart library was not there when the program was built, or if the name of a
// chart, topic or table is not a plain file name; the folder may then hold a part.
func Write(dir string, s Site) error {
	w := writer{dir: dir, folders: map[string]bool{}}
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
	for _, t := range s.Tables {
		d, err := w.table(b, t)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Schema.Name, err)
		}
		b.downloads = append(b.downloads, d)
	}
	for _, r := range s.Charts {
		f, err := b.figure(r)
		if err != nil {
			return err
		}
		b.figures = append(b.figures, f)
	}
	if err := w.pages(b); err != nil {
		return err
	}
	feed, err := b.feed()
	if err != nil {
		return err
	}
	if err := w.file(feedName, feed); err != nil {
		return err
	}
	return w.sync()
}

// writer puts files into the folder of a site.
type writer struct {
	dir     string
	folders map[string]bool // below dir, that hold files
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
	return atomicfile.WriteSynced(path, data)
}

// sync makes the names of all files durable.
func (w writer) sync() error {
	w.folders[w.dir] = true
	for _, folder := range slices.Sorted(maps.Keys(w.folders)) {
		if err := atomicfile.SyncDir(folder); err != nil {
			return err
		}
	}
	return nil
}

// pages writes every page.
func (w writer) pages(b *builder) error {
	set, err := parseTemplates()
	if err != nil {
		return err
	}
	write := func(name, template string, p page) error {
		var out bytes.Buffer
		if err := set.ExecuteTemplate(&out, template, p); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
		return w.file(name, out.Bytes())
	}
	front, err := b.front()
	if err != nil {
		return err
	}
	if err := write(frontName, "index.html", b.page(frontName, b.site.Title, front)); err != nil {
		return err
	}
	if err := write(dataName, "data.html", b.page(dataName, "Data", b.downloads)); err != nil {
		return err
	}
	for _, t := range b.site.Topics {
		body, err := b.topic(t)
		if err != nil {
			return err
		}
		if body.Files, err = w.topicFiles(b, t); err != nil {
			return fmt.Errorf("topic %s: %w", t.ID, err)
		}
		name := topicLink(t).Name
		if err := write(name, "topic.html", b.page(name, t.Title, body)); err != nil {
			return err
		}
	}
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
	for _, f := range b.figures {
		name := "charts/" + f.ID + ".html"
		if err := write(name, "chart.html", b.page(name, f.Title, f)); err != nil {
			return err
		}
	}
	return nil
}
