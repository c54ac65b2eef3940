package download

import (
	"cmp"

	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/publish/workbook"
)

// notInBooks is the table that is only for programs: every observation as it was stated, thousands
// of them.
const notInBooks = "observations"

// workbook returns the tables of a topic for people.
func (k bundle) workbook() workbook.Book {
	s := k.index.Site
	out := workbook.Book{Title: s.Title + ": " + k.Title, Subtitle: k.Intro, Creator: s.Title, Dated: k.vintage, About: k.cover(), Notes: bookNotes, Keep: k.made.Get}
	if k.Note != "" {
		out.Notes = append([]string{k.Note}, bookNotes...)
	}
	names := namesIn(k.index)
	var meanings [][]string
	for _, t := range k.tables {
		if t.Schema.Name == notInBooks {
			continue
		}
		sheet, columns := sheetOf(k.index, t.Table)
		sheet.Key = []byte(cached.Name(t.hash, names))
		sheet.Title += ": " + k.Title
		sheet.Source = publishers(t.about.Sources)
		out.Sheets = append(out.Sheets, sheet)
		for _, c := range columns {
			meanings = append(meanings, []string{sheet.Name, c.Head, c.from.Name, c.from.Unit, c.from.Description})
		}
	}
	if rows := k.definitions(); len(rows) > 0 {
		out.Sheets = append(out.Sheets, plainSheet("Series", "What each series counts, and what it does not.",
			[]string{"Series", "Unit", "Definition", "Designation by its publisher", "Series identifier"}, rows))
	}
	out.Sheets = append(out.Sheets, plainSheet("Columns", "What stands in the columns of the other worksheets, and how the files for programs name them.",
		[]string{"Sheet", "Column", "Name in the CSV", "Unit", "Meaning"}, meanings))
	return out
}

// namesIn returns what sheets show of series besides the rows of tables.
func namesIn(index *content.Index) []byte {
	var parts [][]byte
	for _, s := range index.Site.Series {
		parts = append(parts, []byte(s.ID), []byte(index.Title(s.ID)), []byte(index.Unit(s.ID)))
	}
	return []byte(cached.Name(parts...))
}

// bookNotes are about all workbooks.
var bookNotes = []string{
	"A missing figure is never zero, and a zero is what a publisher states. Shorthand in square brackets stands where there is no figure, and says why.",
	"Numbers and dates stand in the cells in full; only what is shown is rounded. Changes in per cent are from unrounded counts.",
	"A column that would be empty throughout is left out. The file for programs (.zip) has every column, and the table of all observations.",
}

// cover returns what the cover says of the figures.
func (k bundle) cover() []workbook.Line {
	s := k.index.Site
	version := workbook.Line{Name: "Data version", Text: cmp.Or(s.Carried(), "none") + ", with figures released up to " + wording.DateText(k.vintage) + "."}
	if s.Version != "" {
		version.Link = s.Permanent()
	}
	lines := []workbook.Line{version}
	if !s.AsOf.IsZero() {
		lines = append(lines, workbook.Line{Name: "As of", Text: "What was known on " + s.AsOf.Long() + "."})
	}
	lines = append(lines, workbook.Line{Name: "Designation", Text: wording.Spaced(catalogue.Designation) + ". Publishers answer for what is in their files, this site for the rest."})
	for _, x := range k.sources {
		lines = append(lines, workbook.Line{Name: "Sources", Text: x.Title + ", " + x.Publisher, Link: x.Homepage})
	}
	seen := map[string]bool{}
	for _, x := range k.sources {
		if !seen[x.Licence] {
			seen[x.Licence] = true
			lines = append(lines, workbook.Line{Name: "Licences of the figures", Text: x.Licence, Link: x.LicenceAt})
		}
	}
	return append(lines, workbook.Line{Name: "How to cite", Text: s.CiteTopic(k.Topic, k.vintage)})
}

// definitions returns what the series of the topic's data sets count.
func (k bundle) definitions() [][]string {
	var rows [][]string
	for _, s := range k.index.Site.Series {
		if k.HasFigures() && k.HasSource(k.index.SourceOf(s.ID).ID) {
			rows = append(rows, []string{k.index.Title(s.ID), k.index.Unit(s.ID), s.Definition, s.Designation, string(s.ID)})
		}
	}
	return rows
}
