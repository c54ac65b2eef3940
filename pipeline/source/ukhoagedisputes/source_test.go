package ukhoagedisputes

import (
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const november = "age_disputes_2023-11-23.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, family.ID, november) }

func TestContract(t *testing.T) {
	if err := family.Check(); err != nil {
		t.Fatal(err)
	}
	sourcetest.Run(t, &Source, sourcetest.LoadAll(t, family.ID))
	sourcetest.SumsAgree(t, &Source, load(t))
}

func TestWorkbook(t *testing.T) {
	sourcetest.SameFigures(t, &Source, load(t), sourcetest.DetailedBook(t, load(t), "Data_Age_D01", map[string]string{"Age disputes": "Number of age disputes"}))
}

// TestANewResultWaits adds a result that no list has. It may be one of the others, so the release
// waits.
func TestANewResultWaits(t *testing.T) {
	_, findings, err := sourcetest.Decode(&Source, load(t).With(t, "Resolved,Less than 18,", "Resolved,Lodged again,"))
	waits := false
	for _, f := range findings {
		waits = waits || f.Severity == stat.SeverityError && strings.Contains(f.Message, "Lodged again")
	}
	if err != nil || !waits {
		t.Errorf("findings %v, error %v", findings, err)
	}
}

func TestRefusals(t *testing.T) {
	refuse, f := sourcetest.Refuses(t, &Source), load(t)
	refuse("no stage", f.With(t, "Raised or resolved,", "Kind,"), decode.ErrHeader, `"Raised or resolved"`)
	refuse("no result", f.With(t, "Raised type / Resolved outcome,", "Outcome,"), decode.ErrHeader, `"Raised type / Resolved outcome"`)
}
