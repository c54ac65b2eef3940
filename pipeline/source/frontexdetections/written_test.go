package frontexdetections

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestBookWrittenInOtherWays writes the workbook in other ways, and multiplies its columns.
func TestBookWrittenInOtherWays(t *testing.T) {
	f := wideOf(t, sourcetest.Load(t, id, "frontex.csv")).file(t)
	sourcetest.Written(t, &Source, f, 3)
}
