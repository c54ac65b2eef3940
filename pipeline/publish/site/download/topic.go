package download

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// TopicFile is a file with all figures of a topic.
type TopicFile struct {
	Name  string // relative to the site's folder
	Title string
	Size  string
}

// bundle is what the files of a topic are made from.
type bundle struct {
	charts.Topic
	index   *content.Index
	tables  []*table.Table       // with only the rows of this topic
	sources []content.SourceInfo // that any of these rows rests on
}

func newBundle(index *content.Index, t charts.Topic) bundle {
	k := bundle{t, index, topicTables(index.Site.Tables, t), nil}
	k.sources = k.allSources()
	return k
}

// writeTopic writes the workbooks and the archive of a topic. They have every row of the published
// tables that is about its data sets, including the breakdowns that its page leaves out. A topic
// without rows has no files.
func writeTopic(index *content.Index, write Write, about catalogue.Site, t charts.Topic) ([]TopicFile, error) {
	k := newBundle(index, t)
	if len(k.tables) == 0 {
		return nil, nil
	}
	workbook := k.workbook()
	var out []TopicFile
	for _, f := range []struct {
		end, title string
		form       func(io.Writer) error
	}{
		{".xlsx", "Workbook for Excel and other programs (.xlsx)", workbook.XLSX},
		{".ods", "Workbook in OpenDocument format (.ods)", workbook.ODS},
		{".zip", "Tables for programs, with their descriptions and licences (.zip: CSV and Parquet)", func(to io.Writer) error { return k.archive(to, about) }},
	} {
		name := "data/topics/" + t.ID + f.end
		var data bytes.Buffer
		if err := f.form(&data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := write(name, data.Bytes()); err != nil {
			return nil, err
		}
		out = append(out, TopicFile{name, f.title, wording.Size(data.Len())})
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

// sourcesOf returns the data sets that the rows of a table come from, or those of the topic if the
// rows do not say.
func (k bundle) sourcesOf(t *table.Table) []content.SourceInfo {
	if t.Schema.Index("balance") < 0 {
		return describer{k.index}.sourcesIn(scan(t))
	}
	return slices.DeleteFunc(slices.Clone(k.index.Site.Sources), func(s content.SourceInfo) bool { return !k.HasSource(s.ID) })
}

// allSources returns the data sets that any row of the bundle comes from, in the order of the site. A
// rate may rest on one that is not the topic's own.
func (k bundle) allSources() []content.SourceInfo {
	used := map[string]bool{}
	for _, t := range k.tables {
		for _, s := range k.sourcesOf(t) {
			used[s.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(k.index.Site.Sources), func(s content.SourceInfo) bool { return !used[s.ID] })
}

// publishers names those of data sets, each once.
func publishers(sources []content.SourceInfo) string {
	var names []string
	for _, s := range sources {
		if !slices.Contains(names, s.Publisher) {
			names = append(names, s.Publisher)
		}
	}
	return strings.Join(names, "; ")
}
