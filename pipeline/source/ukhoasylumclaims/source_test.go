package ukhoasylumclaims

import (
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const (
	claimsCSV    = "asylum_claims_2024-11-28.csv"
	decisionsCSV = "asylum_decisions_2024-11-28.csv"
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, family.ID, name) }

// TestContract reads the rows in workbooks too: older ones, and with the columns that releases since 2025
// have, "Claims" for "Applications" and no type of case.
func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: claimsCSV, Sheet: "Data - Asy_D01"},
		sourcetest.Workbook{Fixture: claimsCSV, Sheet: "Data_Asy_D01", Headers: map[string]string{"Applications": "Claims", "Location of application": "Location of claim"}},
		sourcetest.Workbook{Fixture: decisionsCSV, Sheet: "Data - Asy_D02"},
		sourcetest.Workbook{Fixture: decisionsCSV, Sheet: "Data_Asy_D05", Headers: map[string]string{"Case outcome group": "Case Outcome Group", "UASC": "UASC [note 3]"}})
}

// TestBothInOneBook reads a workbook with both datasets.
func TestBothInOneBook(t *testing.T) {
	one, two := load(t, claimsCSV), load(t, decisionsCSV)
	both := sourcetest.File{Name: "asylum-claims-datasets-sep-2024.xlsx", Data: sourcetest.Book(t, sourcetest.DetailedCover(t, one),
		sourcetest.DetailedSheet(t, one, "Data_Asy_D01", nil), sourcetest.DetailedSheet(t, two, "Data_Asy_D02", nil))}
	n := 0
	for _, f := range []sourcetest.File{one, two, both} {
		obs, _, err := sourcetest.Decode(&Source, f)
		if err != nil {
			t.Fatal(err)
		}
		if n += len(obs); f.Name == both.Name && n != 2*len(obs) {
			t.Errorf("%d figures, one by one %d", len(obs), n-len(obs))
		}
	}
}

// TestWithoutTypeOfCase reads decisions of a release that has no resettlement in them. All rows are
// of asylum claims, and nobody is said to be resettled.
func TestWithoutTypeOfCase(t *testing.T) {
	f := load(t, decisionsCSV)
	var lines []string
	for line := range strings.Lines(string(f.Data)) {
		if strings.Contains(line, ",Resettlement Case,") {
			continue
		}
		line = strings.Replace(line, ",Case type,", ",", 1)
		lines = append(lines, strings.Replace(line, ",Asylum Case,", ",", 1))
	}
	older, newer := figures(t, f), figures(t, sourcetest.File{Name: f.Name, Data: []byte(strings.Join(lines, ""))})
	if older[resettled.Name] == 0 || newer[resettled.Name] != 0 {
		t.Errorf("%d and %d people resettled", older[resettled.Name], newer[resettled.Name])
	}
	for _, m := range []string{decisions.Name, caseDecisions.Name} {
		if older[m] == 0 || older[m] != newer[m] {
			t.Errorf("%s: %d and %d", m, older[m], newer[m])
		}
	}
}

// figures returns the sum of the totals of each measure.
func figures(t testing.TB, f sourcetest.File) map[string]int64 {
	t.Helper()
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, o := range obs {
		if o.Series.Dimensions == stat.AllTotal {
			n, _ := o.Value.Get()
			out[o.Series.Measure] += n
		}
	}
	return out
}

// TestSums compares the totals with their parts.
func TestSums(t *testing.T) {
	for _, name := range []string{claimsCSV, decisionsCSV} {
		sourcetest.SumsAgree(t, &Source, load(t, name))
	}
}

// TestExchangedOutcomes exchanges grants and refusals in one column. The two columns then
// contradict each other, and the release waits.
func TestExchangedOutcomes(t *testing.T) {
	f := load(t, decisionsCSV).WithAll(t, ",Grant of Protection,", ",GoP,").WithAll(t, ",Refused,", ",Grant of Protection,").WithAll(t, ",GoP,", ",Refused,")
	sourcetest.Waits(t, &Source, sourcetest.DetailedBook(t, f, "Data_Asy_D02", nil), "part-of-another", "")
}

func TestRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	refuse("no nationality", load(t, claimsCSV).With(t, "Nationality,", "Country,"), decode.ErrHeader, `"Nationality"`)
	refuse("two counts", load(t, claimsCSV).With(t, "Region,", "Claims,"), decode.ErrHeader, "both mean")
	refuse("no outcome group", load(t, decisionsCSV).With(t, "Case outcome group,", "Group,"), decode.ErrHeader, `"Case outcome group"`)
	refuse("neither dataset", sourcetest.File{Name: "asylum-claims-datasets-sep-2024.xlsx", Data: sourcetest.Book(t, sourcetest.DetailedCover(t, load(t, claimsCSV)))},
		decode.ErrShape, `there is no sheet "Data - Asy_D01" or "Data_Asy_D01"`)
	sourcetest.RefusesCutsOfLastQuarter(t, &Source, load(t, claimsCSV))
}
