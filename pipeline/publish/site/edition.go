package site

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// EditionInfo is a data version that was published.
type EditionInfo struct {
	Version  string
	Vintage  stat.Date    // newest release in it
	Restated *Restatement // nil where it restates no value of the one before
	// Retractions are the releases that it was made from and that were taken back since.
	Retractions []Retraction
}

// editionPage is what the page of a data version shows. It stands in the folder of
// the edition and never changes; only its frame leads to the newest pages.
type editionPage struct {
	Version   string
	Headlines []statement
	Files     []editionFile
	Cite      string
	Notice    *restateds // what it restated, or nil
}

// editionFile is a file of an edition; Name is relative to its folder.
type editionFile struct{ Name, Size, SHA256 string }

// editionsPage lists the data versions, the newest first.
type editionsPage struct{ Versions []versionEntry }

// editionsName is the page that lists the data versions.
const editionsName = releaseFolders + "index.html"

// editionFolder is where the files of a data version stay for ever.
func editionFolder(version string) string { return releaseFolders + version + "/" }

// inEdition reports whether a file of the site is a part of the edition: data, what
// describes them and what is taken away of charts, and no page.
func inEdition(name string) bool {
	return name == "release.json" || path.Ext(name) != ".html" && (strings.HasPrefix(name, "data/") || strings.HasPrefix(name, "charts/"))
}

// edition puts the files of a new edition into its folder, as links to those of the
// site, with a page that lists them.
func (w writer) edition(b *builder, write pageWriter) error {
	folder := editionFolder(b.site.Version)
	p := editionPage{Version: b.site.Version, Headlines: b.headlines(b.onFront), Cite: b.citeAll()}
	for _, e := range b.site.Editions {
		if e.Version == p.Version {
			p.Notice = b.notice(e)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.written)) {
		if !inEdition(name) {
			continue
		}
		if err := w.link(name, folder+name); err != nil {
			return err
		}
		f := w.written[name]
		p.Files = append(p.Files, editionFile{name, wording.Size(f.Bytes), f.SHA256})
	}
	name := folder + "index.html"
	return write(name, "edition.html", b.page(name, "Data version "+b.site.Version, p))
}

// link makes the file to another name of from.
func (w writer) link(from, to string) error {
	target := filepath.Join(w.dir, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	w.folders[filepath.Dir(target)] = true
	return os.Link(filepath.Join(w.dir, filepath.FromSlash(from)), target)
}

// citeAll says how to name the data as a whole in a text.
func (b *builder) citeAll() string {
	return b.site.Title + b.versionNote() + ", release of " + b.site.Vintage.Long() + ". Unofficial, derived." + b.staysAt()
}
