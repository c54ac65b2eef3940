package ukhoasylumclaims

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

// TestRenamedCaseType takes the header of the case type away, or another name for it. Rows for
// resettlement would then count as decisions on claims.
func TestRenamedCaseType(t *testing.T) {
	f := sourcetest.Load(t, family.ID, "asylum_decisions_2024-11-28.csv")
	refuse := sourcetest.Refuses(t, &Source)
	refuse("another name", f.With(t, ",Case type,", ",Stream,"), decode.ErrHeader, `the extra column has the labels of "Case type", which is missing`)
	refuse("no name", f.With(t, ",Case type,", ",,"), decode.ErrHeader, "")
}
