package ukhoasylumsupportlocal

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestCodesForNames exchanges the codes and names of authorities in some rows. Where the code is that
// of another authority, the wrong one of the two would be followed.
func TestCodesForNames(t *testing.T) {
	g := altered.OpenGrid(t, load(t))
	x := g.Tables[0]
	for _, row := range x.Rows[75:] {
		row[5], row[6] = row[6], row[5]
	}
	sourcetest.Waits(t, &Source, g.File(t), "exchanged-columns", "")
}
