package pages

import (
	"cmp"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wide"
	"crossings/pipeline/publish/site/wording"
)

// exploreBody is what the page that explores the figures shows without its scripts: all measures.
type exploreBody struct{ Groups []measureGroup }

// measureGroup are the measures of one data set.
type measureGroup struct {
	Source, Late string
	Measures     []exploredMeasure
}

type exploredMeasure struct {
	Name, Unit, Page string
	Lines            []sheetLine
}

// sheetLine are the files of one breakdown, one for each frequency.
type sheetLine struct {
	By    string
	Files []content.Link
}

// explore makes the page that explores the figures.
func explore(sheets *wide.Set) Page {
	var b exploreBody
	for _, m := range sheets.Measures() {
		if n := len(b.Groups); n == 0 || b.Groups[n-1].Source != m.Source {
			b.Groups = append(b.Groups, measureGroup{Source: m.Source, Late: m.Late})
		}
		x := exploredMeasure{Name: m.Name, Unit: wording.UnitText(m.Unit), Page: m.Page}
		for _, s := range m.Sheets {
			by := ""
			if s.By != "" {
				by = "by " + strings.Join(append(dimensionNames(s.Within), dimensionNames([]string{s.By})...), " and ")
			}
			if n := len(x.Lines); n == 0 || x.Lines[n-1].By != by {
				x.Lines = append(x.Lines, sheetLine{By: by})
			}
			line := &x.Lines[len(x.Lines)-1]
			line.Files = append(line.Files, content.Link{Name: wide.Folder + s.File, Title: cmp.Or(periodNames[s.Frequency], s.Frequency)})
		}
		g := &b.Groups[len(b.Groups)-1]
		g.Measures = append(g.Measures, x)
	}
	return Page{Name: content.ExplorePage, Title: "Explore the figures", Template: "explore.html", Body: b,
		About: "Choose a measure, a breakdown and dates: chart, table, CSV, link, and the program in R, Python or SQL that gives the same rows."}
}

// periodNames are the frequencies of wide files in words.
var periodNames = map[string]string{"D": "day", "W": "week", "M": "month", "Q": "quarter", "A": "year", "YTD": "year to date"}

// dimensionNames returns what readers call dimensions.
func dimensionNames(dimensions []string) (out []string) {
	for _, d := range dimensions {
		out = append(out, cmp.Or(map[string]string{"origin": "nationality"}[d], d))
	}
	return out
}
