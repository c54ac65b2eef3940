package workbook

import (
	"fmt"
	"slices"

	"crossings/pipeline/stat"
)

// coverWidth is the width of the text on the cover, in characters.
const coverWidth = 90

// cover lays out the first sheet, which describes the book in its first column.
func (b Book) cover() *page {
	p := &page{name: coverName, widths: []int{coverWidth}, wrap: true, lines: []line{{text: b.Title, style: styleTitle}}}
	if b.Subtitle != "" {
		p.lines = append(p.lines, line{text: Clean(b.Subtitle)})
	}
	name := ""
	for _, l := range append(slices.Clone(b.About), Line{Name: "In this file", Text: "Contents"}) {
		if l.Name != name {
			name = l.Name
			p.lines = append(p.lines, line{text: oneLine(name), style: styleHeading})
		}
		p.lines = append(p.lines, line{text: Clean(l.Text), link: link(l.Link)})
		if last := &p.lines[len(p.lines)-1]; last.link != "" {
			last.style = styleLink
		}
	}
	last := &p.lines[len(p.lines)-1]
	last.style, last.sheet = styleLink, contentsName
	p.lines = slices.DeleteFunc(p.lines, func(l line) bool { return blank(l.text) })
	return p
}

// contents lists the sheets with tables.
func (b Book) contents(name string, notes *page, pages []*page) (*page, error) {
	var rows [][]Cell
	if notes.table != nil {
		pages = append([]*page{notes}, pages...)
	}
	for _, p := range pages {
		rows = append(rows, []Cell{{text: p.name, link: p.name}, Text(p.lines[0].text), Number(float64(p.table.n))})
	}
	p := &page{name: contentsName, lines: []line{{text: "Contents", style: styleTitle},
		{text: "This worksheet contains one table: the other worksheets of this file, each with one table."}}}
	p.table = &table{name: name, columns: []Column{{Head: "Sheet"}, {Head: "Title"}, {Head: "Rows"}}, rows: slices.Values(rows)}
	return p, p.measure(map[stat.Mark]bool{})
}

// notes explains the shorthand in use and lists the notes.
func (b Book) notes(name string, used map[stat.Mark]bool) *page {
	list := slices.DeleteFunc(slices.Clone(b.Notes), blank)
	for _, n := range list {
		marksIn(n, used)
	}
	var rows [][]Cell
	for _, m := range stat.Marks {
		if used[m] {
			rows = append(rows, []Cell{Text(string(m)), Text(m.Meaning())})
		}
	}
	for i, n := range list {
		rows = append(rows, []Cell{Text(fmt.Sprintf("note %d", i+1)), Text(n)})
	}
	p := &page{name: notesName, lines: []line{{text: "Notes", style: styleTitle}}}
	if len(rows) == 0 {
		p.lines = append(p.lines, line{text: "There are no notes, and no shorthand is used."})
		p.widths = []int{maxWidth}
		return p
	}
	p.lines = append(p.lines, line{text: "This worksheet contains one table: what the shorthand in this file means, and notes on its figures."})
	p.table = &table{name: name, columns: []Column{{Head: "Mark"}, {Head: "Meaning"}}, rows: slices.Values(rows)}
	if err := p.measure(used); err != nil {
		panic(err) // cannot happen: made above, with two cells per row
	}
	return p
}
