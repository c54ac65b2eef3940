package ukhoagedisputes

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

const november = "age_disputes_2023-11-23.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, family.ID, november) }

func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: november, Sheet: "Data_Age_D01", Headers: map[string]string{"Age disputes": "Number of age disputes"}})
	sourcetest.SumsAgree(t, &Source, load(t))
}

// TestANewResultWaits adds a result that no list has. It may be one of the others, so the release
// waits.
func TestANewResultWaits(t *testing.T) {
	sourcetest.Waits(t, &Source, load(t).With(t, "Resolved,Less than 18,", "Resolved,Lodged again,"), "label-may-be-total", "Lodged again")
}

func TestRefusals(t *testing.T) {
	refuse, f := sourcetest.Refuses(t, &Source), load(t)
	refuse("no stage", f.With(t, "Raised or resolved,", "Kind,"), decode.ErrHeader, `"Raised or resolved"`)
	refuse("no result", f.With(t, "Raised type / Resolved outcome,", "Outcome,"), decode.ErrHeader, `"Raised type / Resolved outcome"`)
}
