package download

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/stamp"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// TopicFile is a file with all figures of a topic.
type TopicFile struct {
	Name  string // relative to the site's folder
	Title string
	Size  string

	mediaType string
}

// part says what is in the files of a topic.
type part struct {
	tables  []catalogue.Table
	vintage stat.Date // newest release among them
}

// bundle is what the files of a topic are made from.
type bundle struct {
	charts.Topic
	index   *content.Index
	made    *cached.Folder // what earlier builds made, or nil
	tables  []bundled
	sources []content.SourceInfo // that any of these rows rests on
	vintage stat.Date            // newest release among them
}

// bundled is a table with only the rows of a topic.
type bundled struct {
	*table.Table
	about catalogue.Table // without its Parquet file
	hash  []byte          // of the rows
	csv   entry
}

// newBundle returns the bundle of a topic. made has what earlier builds made, or is nil.
func newBundle(index *content.Index, t charts.Topic, made *cached.Folder) (bundle, error) {
	k := bundle{Topic: t, index: index, made: made}
	used := map[string]bool{}
	for _, t := range topicTables(index.Site.Tables, t) {
		hash := t.Hash()
		csv, err := k.entry(t.CSV, []byte("csv"), hash)
		if err != nil {
			return k, fmt.Errorf("table %s: %w", t.Schema.Name, err)
		}
		about := describer{index}.table(t)
		if t.Schema.Index("balance") >= 0 { // its rows do not say which data sets they come from
			about.Sources = described(k.ownSources())
			about.Vintage = max(about.Vintage, describer{index}.newest(k.ownSources()))
		}
		about.CSV = csv.file(t.Schema.Name + ".csv")
		k.tables = append(k.tables, bundled{t, about, hash, csv})
		k.vintage = max(k.vintage, about.Vintage)
		for _, s := range about.Sources {
			used[s.ID] = true
		}
	}
	k.sources = slices.DeleteFunc(slices.Clone(index.Site.Sources), func(s content.SourceInfo) bool { return !used[s.ID] })
	return k, nil
}

// carrying returns the same bundle for files that carry a version. of returns the version of a table in
// the archive.
func (k bundle) carrying(version string, of func(bundled) string) bundle {
	k.index = k.index.Carrying(version)
	k.tables = slices.Clone(k.tables)
	for i := range k.tables {
		k.tables[i].about.Version = k.index.Carrying(of(k.tables[i])).Site.Carried()
	}
	return k
}

// marked returns the same bundle with a mark instead of every version.
func (k bundle) marked() bundle {
	return k.carrying(stamp.Version, func(bundled) string { return stamp.Version })
}

// abouts returns what is in the tables of the topic.
func (k bundle) abouts() (out []catalogue.Table) {
	for _, t := range k.tables {
		out = append(out, t.about)
	}
	return out
}

// content returns what the files of the topic say apart from their version.
func (k bundle) content() ([][]byte, error) {
	k = k.marked()
	parts := [][]byte{[]byte(k.readme()), []byte(k.licences())}
	series, err := json.Marshal(k.index.Site.Series) // sheets name them
	parts = append(parts, series)
	for _, t := range k.tables {
		about, failed := json.Marshal(t.about)
		parts, err = append(parts, about, t.hash), errors.Join(err, failed)
	}
	return parts, err
}

// stamped returns the bundle with the version in which it last changed. A table in the archive has a
// version of its own, so that it stays as it is when another changes.
func (k bundle) stamped(stamps *stamp.Stamper) (bundle, error) {
	parts, err := k.content()
	if err != nil {
		return k, err
	}
	name := "data/topics/" + k.ID
	versions := map[string]string{}
	for _, t := range k.marked().tables {
		about, err := json.Marshal(t.about)
		if err != nil {
			return k, err
		}
		versions[t.Schema.Name] = stamps.Of(name+"/"+t.Schema.Name, about, t.hash)
	}
	return k.carrying(stamps.Of(name, parts...), func(t bundled) string { return versions[t.Schema.Name] }), nil
}

// writeTopic writes the workbooks and the archive of a topic. They have every row of the published
// tables that is about its data sets, including the breakdowns that its page leaves out. A topic
// without rows has no files.
func writeTopic(k bundle, write Write, about catalogue.Site) ([]TopicFile, error) {
	workbook := k.workbook()
	var out []TopicFile
	for _, f := range []struct {
		end, title, mediaType string
		form                  func(io.Writer) error
	}{
		{".xlsx", "Workbook for Excel and other programs (.xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.XLSX},
		{".ods", "Workbook in OpenDocument format (.ods)", "application/vnd.oasis.opendocument.spreadsheet", workbook.ODS},
		{".zip", "Tables for programs, with their descriptions and licences (.zip: CSV and Parquet)", "application/zip", func(to io.Writer) error { return k.archive(to, about) }},
	} {
		name := "data/topics/" + k.ID + f.end
		var data bytes.Buffer
		if err := f.form(&data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := write(name, data.Bytes()); err != nil {
			return nil, err
		}
		out = append(out, TopicFile{name, f.title, wording.Size(data.Len()), f.mediaType})
	}
	return out, nil
}

// topicTables returns the published tables with only the rows that are about the data sets of the
// topic. It leaves out tables without rows. A topic that is about the data sets themselves has the
// tables that list them and their releases.
func topicTables(published []*table.Table, t charts.Topic) []*table.Table {
	var out []*table.Table
	for _, all := range published {
		g := grid{all}
		var keep func([]table.Cell) bool
		switch {
		case g.has("source"):
			if !t.HasFigures() && (g.has("series") || g.has("incident")) {
				continue
			}
			keep = anyOf(g, t.HasSource, "source")
		case !t.HasFigures():
			continue
		case g.has("balance"):
			keep = anyOf(g, func(name string) bool { return slices.Contains(t.Balances, name) }, "balance")
		default:
			keep = anyOf(g, func(id string) bool {
				source, _, _, _, err := stat.SeriesID(id).Parse()
				return err == nil && t.HasSource(source)
			}, seriesColumns...)
		}
		if kept := all.Where(keep); kept.Len() > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// anyOf reports of rows whether wanted reports true for the text in any of the columns.
func anyOf(g grid, wanted func(string) bool, columns ...string) func([]table.Cell) bool {
	var at []int
	for _, c := range columns {
		if g.has(c) {
			at = append(at, g.Schema.Index(c))
		}
	}
	seen := map[string]bool{}
	return func(row []table.Cell) bool {
		return slices.ContainsFunc(at, func(i int) bool {
			name := row[i].String()
			want, known := seen[name]
			if !known {
				want = wanted(name)
				seen[name] = want
			}
			return want
		})
	}
}

// ownSources returns the data sets of the topic, in the order of the site.
func (k bundle) ownSources() []content.SourceInfo {
	return slices.DeleteFunc(slices.Clone(k.index.Site.Sources), func(s content.SourceInfo) bool { return !k.HasSource(s.ID) })
}

// publishers names those of data sets, each once.
func publishers(sources []catalogue.Source) string {
	var names []string
	for _, s := range sources {
		if !slices.Contains(names, s.Publisher) {
			names = append(names, s.Publisher)
		}
	}
	return strings.Join(names, "; ")
}
