package ukhoasylumsupportlocal

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestAWholeIsNoDistrict writes a nation or a region where a district is expected. Its people may be
// those of its districts, so the release waits.
func TestAWholeIsNoDistrict(t *testing.T) {
	for name, change := range map[string]func(row []string){
		"name of a nation": func(row []string) { row[5] = "England" },
		"code of a nation": func(row []string) { row[6] = "S92000003" },
		"code of a region": func(row []string) { row[5], row[6] = "Somewhere", "E12000007" },
		"whole country":    func(row []string) { row[4] = "United Kingdom" },
	} {
		g := altered.OpenGrid(t, load(t))
		rows := g.Tables[0].Rows
		change(rows[len(rows)-1])
		t.Run(name, func(t *testing.T) { sourcetest.Waits(t, &Source, g.File(t), "label-may-be-total", "") })
	}
}
