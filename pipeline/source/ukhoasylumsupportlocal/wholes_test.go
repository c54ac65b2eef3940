package ukhoasylumsupportlocal

import (
	"slices"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
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
		g := sourcetest.OpenGrid(t, load(t))
		rows := g.Tables[0].Rows
		change(rows[len(rows)-1])
		_, findings, err := sourcetest.Decode(&Source, g.File(t))
		if err != nil || !slices.ContainsFunc(findings, func(f stat.Finding) bool {
			return f.Code == "label-may-be-total" && f.Severity == stat.SeverityError && f.Where != ""
		}) {
			t.Errorf("%s: findings %v, error %v", name, findings, err)
		}
	}
}
