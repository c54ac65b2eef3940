package ukhoasylumawaiting

import (
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestOtherWords reads labels and headers that mean the same. The release would have waited before.
func TestOtherWords(t *testing.T) {
	f := load(t)
	sourcetest.SameFigures(t, &Source, f, sourcetest.File{Name: f.Name, Data: []byte(strings.NewReplacer("More than 6 months", "Over 6 months", ",Dependant,", ",Dependent,",
		"Main applicant", "Main applicant(s)", "Pending initial decision", "Awaiting initial decision").Replace(string(f.Data)))})
}
