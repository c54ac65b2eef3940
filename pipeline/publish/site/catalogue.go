package site

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// siteDescription says what the site is to those who find it in a catalogue.
const siteDescription = "Statistics on arrivals, returns, deaths and asylum on the routes across the English Channel and beyond, made from the publishers' own files, " +
	"with the release and the cell that each figure was read from. Unofficial, derived."

// newCatalogue returns what is described, without the tables.
func (b *builder) newCatalogue() catalogue.Site {
	s := b.site
	c := catalogue.Site{Title: s.Title, Description: siteDescription, Base: s.Base, Version: s.Version, Program: s.Program, AsOf: s.AsOf, Vintage: s.Vintage,
		Sources: described(s.Sources)}
	g := b.tables["releases"]
	for i := range g.rows() {
		c.Inputs = append(c.Inputs, catalogue.Input{Source: g.text(i, "source"), Release: g.text(i, "release"), Vintage: g.date(i, "vintage"),
			File: g.text(i, "file"), SHA256: g.text(i, "sha256")})
	}
	return c
}

func described(sources []SourceInfo) []catalogue.Source {
	out := make([]catalogue.Source, len(sources))
	for i, s := range sources {
		out[i] = catalogue.Source{ID: s.ID, Title: s.Title, Publisher: s.Publisher, Licence: s.Licence, LicenceAt: s.LicenceAt, Homepage: s.Homepage, Every: s.Every}
	}
	return out
}

// The columns that say which days a row is about.
var (
	startColumns = []string{"period_start", "date", "window_start", "coverage_start"}
	endColumns   = []string{"period_end", "date", "window_end", "coverage_end"}
)

// contents is what the rows of a table say of the table as a whole.
type contents struct {
	vintage, start, end stat.Date
	values              map[string]map[string]bool // of the columns that name series, sources and areas
}

// scan reads every row of a table once: there may be a hundred thousand.
func scan(t *table.Table) contents {
	c := contents{values: map[string]map[string]bool{}}
	index := func(names ...string) (found []int) {
		for _, n := range names {
			if i := t.Schema.Index(n); i >= 0 {
				found = append(found, i)
			}
		}
		return found
	}
	vintages, starts, ends := index("vintage"), index(startColumns...), index(endColumns...)
	named := index("source", "ref_area", "series", "reference_series", "numerator", "denominator")
	for _, i := range named {
		c.values[t.Schema.Columns[i].Name] = map[string]bool{}
	}
	for row := range t.All() {
		for _, i := range vintages {
			c.vintage = max(c.vintage, row[i].Date())
		}
		for _, i := range starts {
			if d := row[i].Date(); !d.IsZero() && (c.start.IsZero() || d < c.start) {
				c.start = d
			}
		}
		for _, i := range ends {
			c.end = max(c.end, row[i].Date())
		}
		for _, i := range named {
			c.values[t.Schema.Columns[i].Name][row[i].String()] = true
		}
	}
	return c
}

// describe describes a table, its files apart.
func (b *builder) describe(t *table.Table) catalogue.Table {
	c := scan(t)
	return catalogue.Table{Schema: t.Schema, Rows: t.Len(), Vintage: cmp.Or(c.vintage, b.site.Vintage), Sources: described(b.sourcesIn(c)),
		Start: c.start, End: c.end, Areas: b.areasIn(c)}
}

// sourcesIn returns the data sets that the rows of a table come from, in the
// order of the site; all of them where the table has no rows, or they do not say.
func (b *builder) sourcesIn(c contents) []SourceInfo {
	seen := c.values["source"]
	if seen == nil {
		seen = map[string]bool{}
		for id := range c.series() {
			seen[b.sourceOf(id).ID] = true
		}
	}
	if len(seen) == 0 {
		return b.site.Sources
	}
	return slices.DeleteFunc(slices.Clone(b.site.Sources), func(s SourceInfo) bool { return !seen[s.ID] })
}

// series returns the series that a table names.
func (c contents) series() map[stat.SeriesID]bool {
	out := map[stat.SeriesID]bool{}
	for _, column := range []string{"series", "reference_series", "numerator", "denominator"} {
		for id := range c.values[column] {
			out[stat.SeriesID(id)] = true
		}
	}
	return out
}

// country is the form of an area of ISO 3166-1 alpha-3.
var country = regexp.MustCompile(`^[A-Z]{3}$`)

// areasIn returns the countries that the rows of a table are about, sorted.
func (b *builder) areasIn(c contents) []string {
	seen := maps.Clone(c.values["ref_area"])
	if seen == nil {
		seen = map[string]bool{}
		for id := range c.series() {
			seen[b.series[id].RefArea] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(seen)), func(a string) bool { return !country.MatchString(a) })
}

// data returns what a page says to search engines of the data on it, nil for
// a page that shows a part of what another shows.
func (b *builder) data(name string) (json.RawMessage, error) {
	p := catalogue.Page{Name: name, Title: b.site.Title, Description: siteDescription, Sources: b.about.Sources, Whole: true}
	for _, s := range b.shown() {
		p.Measured = append(p.Measured, s.Title)
	}
	if name == frontName || name == dataName {
		return catalogue.JSONLD(b.about, p)
	}
	for _, t := range b.site.Topics {
		if name != topicLink(t).Name || !t.HasFigures() {
			continue
		}
		p.Title, p.Description, p.Whole, p.Measured = b.site.Title+": "+t.Title, t.Intro, false, nil
		for _, s := range b.seriesOf(t) {
			p.Measured = append(p.Measured, s.Title)
		}
		p.Sources = slices.DeleteFunc(slices.Clone(b.about.Sources), func(s catalogue.Source) bool { return !slices.Contains(t.Sources, s.ID) })
		return catalogue.JSONLD(b.about, p)
	}
	return nil, nil
}

// catalogue writes the files that describe the site as a whole. The pages must be
// there already: the site map lists them.
func (w writer) catalogue(b *builder) error {
	var pages []string
	for name := range w.written {
		if strings.HasSuffix(name, ".html") {
			pages = append(pages, name)
		}
	}
	sitemap, err := catalogue.Sitemap(b.about, pages)
	if err != nil {
		return err
	}
	datapackage, err := catalogue.DataPackage(b.about)
	if err != nil {
		return err
	}
	asJSON, asTurtle, err := catalogue.DCAT(b.about)
	if err != nil {
		return err
	}
	release, err := catalogue.Release(b.about)
	if err != nil {
		return err
	}
	cite := catalogue.Cite(b.about)
	for _, f := range []struct {
		name string
		data []byte
	}{
		{"data/datapackage.json", datapackage}, {"catalogue.jsonld", asJSON}, {"catalogue.ttl", asTurtle}, {"release.json", release},
		{"robots.txt", catalogue.Robots(b.about)}, {catalogue.SitemapName, sitemap},
		{"data/citation.bib", []byte(cite.BibTeX)}, {"data/citation.ris", []byte(cite.RIS)}, {"data/CITATION.cff", []byte(cite.CFF)},
	} {
		if f.data == nil {
			continue
		}
		if err := w.file(f.name, f.data); err != nil {
			return err
		}
	}
	return nil
}
