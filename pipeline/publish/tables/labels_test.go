package tables

import (
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// findingsOf returns findings, with labels if there are several.
func findingsOf(n int) []stat.Finding {
	out := make([]stat.Finding, n)
	if n > 0 {
		out[0].Label = &stat.Label{List: "area", Publisher: "x", Text: "Free City", Code: "x-free-city", Rows: 2 + n, By: stat.ByWords}
	}
	if n > 1 {
		out[1].Label = &stat.Label{List: "route", Publisher: "x", Text: "Here,There", Code: "here_and_there", Rows: 9, By: stat.ByParts}
	}
	return out
}

// labelRows are the labels of the findings of the world's releases.
func (w *world) labelRows() []row.Row {
	return []row.Row{
		row.Label{Source: "x", List: "area", Label: "Free City", Code: "x-free-city", ReadBy: "words", Rows: 3, FirstRelease: firstRel.ID, LastRelease: newRel.ID},
		row.Label{Source: "x", List: "route", Label: "Here,There", Code: "here_and_there", ReadBy: "parts", Rows: 9, FirstRelease: firstRel.ID, LastRelease: firstRel.ID},
	}
}
