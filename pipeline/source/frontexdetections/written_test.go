package frontexdetections

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/altered"
)

// TestBookWrittenInOtherWays writes the workbook in other ways, and multiplies its columns.
func TestBookWrittenInOtherWays(t *testing.T) {
	f := wideOf(t, sourcetest.Load(t, id, "frontex.csv")).file(t)
	altered.Written(t, &Source, f, 3)
}
