package site

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/publish/workbook"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// topicFile is a file with all figures of a topic.
type topicFile struct {
	Name  string // relative to the site's folder
	Title string
	Size  string
}

// bundle is what the files of a topic are made from.
type bundle struct {
	charts.Topic
	tables  []*table.Table // with rows of this topic alone
	sources []SourceInfo   // that any of these rows rests on
}

// topicFiles writes the workbooks and the archive of a topic: every row of the
// published tables that is about its data sets, the breakdowns that its page leaves
// out among them. A topic without rows has no files.
func (w writer) topicFiles(b *builder, t charts.Topic) ([]topicFile, error) {
	k := bundle{t, b.topicTables(t), nil}
	if len(k.tables) == 0 {
		return nil, nil
	}
	k.sources = b.bundleSources(k)
	workbook := b.workbook(k)
	var out []topicFile
	for _, f := range []struct {
		end, title string
		write      func(io.Writer) error
	}{
		{".xlsx", "Workbook for Excel and other programs (.xlsx)", workbook.XLSX},
		{".ods", "Workbook in OpenDocument format (.ods)", workbook.ODS},
		{".zip", "Tables for programs, with their descriptions and licences (.zip: CSV and Parquet)", func(to io.Writer) error { return b.archive(to, k) }},
	} {
		name := "data/topics/" + t.ID + f.end
		var data bytes.Buffer
		if err := f.write(&data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := w.file(name, data.Bytes()); err != nil {
			return nil, err
		}
		out = append(out, topicFile{name, f.title, wording.Size(data.Len())})
	}
	return out, nil
}

// topicTables returns the published tables with the rows alone that are about the
// data sets of the topic, those without rows left out. A topic that is about the data
// sets themselves has the tables that list them and their releases.
func (b *builder) topicTables(t charts.Topic) []*table.Table {
	var out []*table.Table
	for _, all := range b.site.Tables {
		g := grid{t: all}
		var keep func([]table.Cell) bool
		switch {
		case g.has("source"):
			if !t.HasFigures() && g.has("series") {
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
			}, seriesNames...)
		}
		if kept := all.Where(keep); kept.Len() > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// anyOf reports of rows whether wanted wants what stands in one of the columns.
func anyOf(g grid, wanted func(string) bool, columns ...string) func([]table.Cell) bool {
	var at []int
	for _, c := range columns {
		if g.has(c) {
			at = append(at, g.t.Schema.Index(c))
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

// notInBooks is the table that is for programs alone: every observation as it was
// stated, by the thousand.
const notInBooks = "observations"

// workbook returns the tables of a topic for people.
func (b *builder) workbook(k bundle) workbook.Book {
	t := k.Topic
	out := workbook.Book{Title: b.site.Title + ": " + t.Title, Subtitle: t.Intro, Creator: b.site.Title, Dated: b.site.Vintage, About: b.cover(k), Notes: bookNotes}
	if t.Note != "" {
		out.Notes = append([]string{t.Note}, bookNotes...)
	}
	var meanings [][]string
	for _, x := range k.tables {
		if x.Schema.Name == notInBooks {
			continue
		}
		s, columns := b.sheet(x)
		s.Title += ": " + t.Title
		s.Source = publishers(b.tableSources(t, x))
		out.Sheets = append(out.Sheets, s)
		for _, c := range columns {
			meanings = append(meanings, []string{s.Name, c.Head, c.from.Name, c.from.Unit, c.from.Description})
		}
	}
	if rows := b.definitions(t); len(rows) > 0 {
		out.Sheets = append(out.Sheets, plainSheet("Series", "What each series counts, and what it does not.",
			[]string{"Series", "Unit", "Definition", "Designation by its publisher", "Series identifier"}, rows))
	}
	out.Sheets = append(out.Sheets, plainSheet("Columns", "What stands in the columns of the other worksheets, and how the files for programs name them.",
		[]string{"Sheet", "Column", "Name in the CSV", "Unit", "Meaning"}, meanings))
	return out
}

// bookNotes are about all workbooks.
var bookNotes = []string{
	"A missing figure is never zero, and a zero is what a publisher states. Shorthand in square brackets stands where there is no figure, and says why.",
	"Numbers and dates stand in the cells in full; only what is shown is rounded. Changes in per cent are from unrounded counts.",
	"A column that would be empty throughout is left out. The file for programs (.zip) has every column, and the table of all observations.",
}

// cover returns what the cover says of the figures.
func (b *builder) cover(k bundle) []workbook.Line {
	version := workbook.Line{Name: "Data version", Text: cmp.Or(b.site.Version, "none") + ", with figures released up to " + wording.DateText(b.site.Vintage) + "."}
	if b.site.Version != "" {
		version.Link = b.about.Permanent()
	}
	lines := []workbook.Line{version}
	if !b.site.AsOf.IsZero() {
		lines = append(lines, workbook.Line{Name: "As of", Text: "What was known on " + b.site.AsOf.Long() + "."})
	}
	lines = append(lines, workbook.Line{Name: "Designation", Text: spaced(catalogue.Designation) + ". Publishers answer for what is in their files, this site for the rest."})
	for _, s := range k.sources {
		lines = append(lines, workbook.Line{Name: "Sources", Text: s.Title + ", " + s.Publisher, Link: s.Homepage})
	}
	seen := map[string]bool{}
	for _, s := range k.sources {
		if !seen[s.Licence] {
			seen[s.Licence] = true
			lines = append(lines, workbook.Line{Name: "Licences of the figures", Text: s.Licence, Link: s.LicenceAt})
		}
	}
	return append(lines, workbook.Line{Name: "How to cite", Text: b.citation(k.Topic)})
}

// citation says how to name a topic's figures.
func (b *builder) citation(t charts.Topic) string {
	return fmt.Sprintf("%s, %s, %s%s, figures released up to %s.%s", b.site.Title, t.Title, catalogue.Designation, b.versionNote(), wording.DateText(b.site.Vintage), b.staysAt())
}

// tableSources returns the data sets that the rows of a table come from; those of the
// topic where the rows do not say.
func (b *builder) tableSources(t charts.Topic, tbl *table.Table) []SourceInfo {
	if g := (grid{t: tbl}); !g.has("balance") {
		return b.sourcesIn(scan(tbl))
	}
	return slices.DeleteFunc(slices.Clone(b.site.Sources), func(s SourceInfo) bool { return !t.HasSource(s.ID) })
}

// bundleSources returns the data sets that any row of the bundle comes from, in the
// order of the site: a rate may rest on one that is not the topic's own.
func (b *builder) bundleSources(k bundle) []SourceInfo {
	used := map[string]bool{}
	for _, x := range k.tables {
		for _, s := range b.tableSources(k.Topic, x) {
			used[s.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(b.site.Sources), func(s SourceInfo) bool { return !used[s.ID] })
}

// publishers names those of data sets, each once.
func publishers(sources []SourceInfo) string {
	var names []string
	for _, s := range sources {
		if !slices.Contains(names, s.Publisher) {
			names = append(names, s.Publisher)
		}
	}
	return strings.Join(names, "; ")
}

// definitions returns what is counted in the series of the topic's data sets.
func (b *builder) definitions(t charts.Topic) [][]string {
	var rows [][]string
	for _, s := range b.site.Series {
		if t.HasFigures() && t.HasSource(b.sourceOf(s.ID).ID) {
			rows = append(rows, []string{b.title(s.ID), b.unit(s.ID), s.Definition, s.Designation, string(s.ID)})
		}
	}
	return rows
}
