package ukhoasylumsupportlocal

import (
	"slices"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestCodesForNames exchanges the codes and names of authorities in some rows. Where the code is that
// of another authority, the wrong one of the two would be followed.
func TestCodesForNames(t *testing.T) {
	g := sourcetest.OpenGrid(t, load(t))
	x := g.Tables[0]
	for _, row := range x.Rows[75:] {
		row[5], row[6] = row[6], row[5]
	}
	_, findings, err := sourcetest.Decode(&Source, g.File(t))
	if err != nil || !slices.ContainsFunc(findings, func(f stat.Finding) bool {
		return f.Code == "exchanged-columns" && f.Severity == stat.SeverityError && f.Where != ""
	}) {
		t.Errorf("findings %v, error %v", findings, err)
	}
}
