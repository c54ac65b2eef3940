// Package download makes the files of a site for machines and for analysts.
//
//  1. Data writes data/<table>.csv, .parquet and .rows.json of each table with their descriptions;
//  2. for each topic it writes, below data/topics, a workbook of all rows about its data sets, as XLSX
//     and as OpenDocument, and an archive of the same for programs;
//  3. for each series it writes the observations next to the page of the series;
//  4. Catalogue writes what describes the site as a whole.
//
// Below data/sdmx each table is also written as SDMX-CSV, with one file of structures.
package download

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/compressed"
	"crossings/pipeline/publish/sdmx"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/stamp"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// Write puts a file into the site. name is relative to the site's folder.
type Write func(name string, data []byte) error

// Stream puts a file into the site that form writes in parts, because one of a large table takes 50 MB.
type Stream func(name string, form func(io.Writer) error) (catalogue.File, error)

// Files makes the files of one site, and keeps what pages say of them.
type Files struct {
	index  *content.Index
	stamps *stamp.Stamper
	kept   *cached.Folder // of the files of topics, or nil
	about  catalogue.Site // complete once the tables are written
	tables []Table
	flows  []*sdmx.Flow
	topics map[string][]TopicFile
	parts  map[string]part          // of topics with rows
	sizes  map[stat.SeriesID]string // of the files of series
}

// New returns the files of a site, with the versions that stamps gives them. Data writes them. made has
// those of topics that earlier builds made, or is nil.
func New(index *content.Index, stamps *stamp.Stamper, made *cached.Folder) *Files {
	return &Files{index: index, stamps: stamps, kept: made, about: describer{index}.site(), topics: map[string][]TopicFile{}, parts: map[string]part{}, sizes: map[stat.SeriesID]string{}}
}

// Table is a published table as the data page shows it.
type Table struct {
	Schema                             schemas.Table
	Rows                               string
	CSVSize, ParquetSize, MetadataSize string
	RecordsSize                        string // of the rows as JSON, or "" if they are not published as such
	Compressed                         bool   // whether the CSV has compressed copies
	SDMX                               string // size of the rows as SDMX-CSV
}

// Data writes the tables, the workbooks and archives of topics, and the observations of each series.
func (f *Files) Data(write Write, stream Stream) error {
	for _, t := range f.index.Site.Tables {
		d, err := f.table(write, stream, t)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Schema.Name, err)
		}
		f.tables = append(f.tables, d)
	}
	for _, t := range f.index.Site.Topics {
		if err := f.topic(write, t); err != nil {
			return fmt.Errorf("topic %s: %w", t.ID, err)
		}
	}
	for _, s := range f.index.Site.Series {
		if err := f.series(write, s.ID); err != nil {
			return fmt.Errorf("series %s: %w", s.ID, err)
		}
	}
	return nil
}

// topic writes the files of a topic.
func (f *Files) topic(write Write, t charts.Topic) error {
	k, err := newBundle(f.index, t, f.kept)
	if err != nil || len(k.tables) == 0 {
		return err
	}
	if k, err = k.stamped(f.stamps); err != nil {
		return err
	}
	f.parts[t.ID] = part{k.abouts(), k.vintage}
	f.topics[t.ID], err = writeTopic(k, write, f.about)
	return err
}

// Tables returns the tables that were written.
func (f *Files) Tables() []Table { return f.tables }

// OfTopic returns the workbooks and the archive of a topic. There are none if it has no rows.
func (f *Files) OfTopic(id string) []TopicFile { return f.topics[id] }

// List adds a file that lists other files to what describes the site. Call it before Catalogue.
func (f *Files) List(l catalogue.List) { f.about.Lists = append(f.about.Lists, l) }

// About describes the site and, once Data has run, its tables.
func (f *Files) About() catalogue.Site { return f.about }

// table writes a table as CSV, Parquet and JSON with its descriptions.
func (f *Files) table(write Write, stream Stream, t *table.Table) (Table, error) {
	name := t.Schema.Name
	d := Table{Schema: t.Schema, Rows: wording.Thousands(int64(t.Len()))}
	about := describer{f.index}.table(t)
	put := func(suffix string, form func(io.Writer) error) (catalogue.File, error) {
		file, err := stream("data/"+name+suffix, form)
		file.Name = name + suffix
		return file, err
	}
	var err error
	if about.CSV, err = put(".csv", t.CSV); err != nil {
		return d, err
	}
	text, err := catalogue.Describe(f.about, about)
	if err != nil {
		return d, err
	}
	about.Version = f.stamps.Of("data/"+name, text) // which has the hash of the rows
	if d.SDMX, err = f.flow(stream, t); err != nil {
		return d, err
	}
	d.Compressed = about.CSV.Bytes > compressed.MinSize
	if about.Parquet, err = put(".parquet", func(to io.Writer) error { return f.parquet(to, t, about) }); err != nil {
		return d, err
	}
	if !slices.Contains(tooLarge, name) {
		records, err := put(".rows.json", t.JSON)
		if err != nil {
			return d, err
		}
		about.Records, d.RecordsSize = &records, wording.Size(records.Bytes)
	}
	if text, err = catalogue.Describe(f.about, about); err != nil {
		return d, err
	}
	csvw, err := catalogue.CSVW(f.about, about)
	if err != nil {
		return d, err
	}
	f.about.Tables = append(f.about.Tables, about)
	d.CSVSize, d.ParquetSize, d.MetadataSize = wording.Size(about.CSV.Bytes), wording.Size(about.Parquet.Bytes), wording.Size(len(text))
	return d, errors.Join(write("data/"+name+".json", text), write(catalogue.CSVWName(name), csvw))
}

// parquet writes a table with what it is about.
func (f *Files) parquet(to io.Writer, t *table.Table, about catalogue.Table) error {
	metadata, err := catalogue.ParquetMetadata(f.about, about)
	if err != nil {
		return err
	}
	return t.PublishedParquet(to, metadata)
}

// SDMXFolder is the folder of the tables in SDMX and of their structures.
const SDMXFolder = "data/sdmx/"

// flow writes a table as SDMX-CSV, and returns the size of the file in words. Catalogue writes the
// structures of all tables.
func (f *Files) flow(stream Stream, t *table.Table) (size string, err error) {
	flow, err := sdmx.New(t)
	if err != nil {
		return "", err
	}
	f.flows = append(f.flows, flow)
	file, err := stream(SDMXFolder+flow.Name(), flow.CSV)
	return wording.Size(file.Bytes), err
}

// tooLarge are the tables whose rows are not published as JSON: with the name of each column in each
// row they would be three times the size of the CSV.
var tooLarge = []string{"observations", "incidents", "breakdowns"}

// FileOf describes a file.
func FileOf(name string, data []byte) catalogue.File {
	sum := sha256.Sum256(data)
	return catalogue.File{Name: name, Bytes: len(data), SHA256: hex.EncodeToString(sum[:])}
}

// series writes the observations of a series next to its page.
func (f *Files) series(write Write, id stat.SeriesID) error {
	name, err := content.SeriesName(id)
	if err != nil {
		return err
	}
	t := f.index.Observations()
	if t == nil {
		return nil
	}
	var out bytes.Buffer
	if err := t.Of(id).CSV(&out); err != nil {
		return err
	}
	f.sizes[id] = wording.Size(out.Len())
	return write(name+".csv", out.Bytes())
}

// OfSeries returns the size of the file of a series' observations, or "" if there is none.
func (f *Files) OfSeries(id stat.SeriesID) string { return f.sizes[id] }

// PageData returns what a page says to search engines about the data on it. It is nil for a page
// that shows a part of what another shows.
func (f *Files) PageData(name string) (json.RawMessage, error) {
	p := catalogue.Page{Name: name, Title: f.index.Site.Title, Description: content.Description, Sources: f.about.Sources, Whole: true}
	for _, s := range f.index.Shown() {
		p.Measured = append(p.Measured, s.Title)
	}
	if name == content.FrontPage || name == content.DataPage {
		return catalogue.JSONLD(f.about, p)
	}
	for _, t := range f.index.Site.Topics {
		if name != content.TopicLink(t).Name || !t.HasFigures() {
			continue
		}
		p.Title, p.Description, p.Whole, p.Measured = f.index.Site.Title+": "+t.Title, t.Intro, false, nil
		for _, s := range f.index.SeriesOf(t) {
			p.Measured = append(p.Measured, s.Title)
		}
		p.Sources = slices.DeleteFunc(slices.Clone(f.about.Sources), func(s catalogue.Source) bool { return !slices.Contains(t.Sources, s.ID) })
		for _, x := range f.topics[t.ID] {
			p.Files = append(p.Files, catalogue.Download{Name: x.Name, Title: x.Title, MediaType: x.mediaType})
		}
		return catalogue.JSONLD(f.partOf(t), p)
	}
	return nil, nil
}

// partOf describes the site for a page about a topic: only what is about it, so that the page stays as
// it is when something else changes.
func (f *Files) partOf(t charts.Topic) catalogue.Site {
	part, about := f.parts[t.ID], f.about
	about.Version, about.Vintage = content.Marked(f.index).Site.Carried(), cmp.Or(part.vintage, about.Vintage)
	about.Tables = part.tables
	return about
}

// Catalogue writes the files that describe the site as a whole. pages are the pages of the site,
// which the site map lists.
func (f *Files) Catalogue(pages []string, write Write) error {
	sitemap, err := catalogue.Sitemap(f.about, pages)
	if err != nil {
		return err
	}
	datapackage, err := catalogue.DataPackage(f.about)
	if err != nil {
		return err
	}
	asJSON, asTurtle, err := catalogue.DCAT(f.about)
	if err != nil {
		return err
	}
	release, err := catalogue.Release(f.about)
	if err != nil {
		return err
	}
	structures, err := sdmx.Structure(f.about.Title, cmp.Or(f.about.AsOf, f.about.Vintage), f.flows)
	if err != nil {
		return err
	}
	cite := catalogue.Cite(f.about)
	for _, x := range []struct {
		name string
		data []byte
	}{
		{"data/datapackage.json", datapackage}, {"catalogue.jsonld", asJSON}, {"catalogue.ttl", asTurtle}, {"release.json", release},
		{"robots.txt", catalogue.Robots(f.about)}, {catalogue.SitemapName, sitemap},
		{SDMXFolder + sdmx.StructureName, structures},
		{"data/citation.bib", []byte(cite.BibTeX)}, {"data/citation.ris", []byte(cite.RIS)}, {"data/CITATION.cff", []byte(cite.CFF)},
	} {
		if x.data == nil {
			continue
		}
		if err := write(x.name, x.data); err != nil {
			return err
		}
	}
	return nil
}
