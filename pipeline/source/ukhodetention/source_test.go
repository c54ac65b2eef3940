package ukhodetention

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const (
	entering = "detention_entering_2024-02-29.csv"
	in       = "detention_in_2024-02-29.csv"
	leaving  = "detention_leaving_2024-02-29.csv"
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, family.ID, name) }

// stock are the names that columns have in the workbook's sheet of levels.
var stock = map[string]string{"Date": "Date (as at…)"}

func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: entering, Sheet: "Data - Det_D01"},
		sourcetest.Workbook{Fixture: in, Sheet: "Data_Det_D02", Headers: stock},
		sourcetest.Workbook{Fixture: leaving, Sheet: "Data_Det_D03"})
	for _, name := range []string{entering, in, leaving} {
		sourcetest.SumsAgree(t, &Source, load(t, name))
	}
}

// TestWorkbook reads the three datasets in one workbook of the publisher's shape.
func TestWorkbook(t *testing.T) {
	all := sourcetest.File{Name: "detention-datasets-dec-2023.xlsx", Data: sourcetest.Book(t, sourcetest.DetailedCover(t, load(t, in)),
		sourcetest.DetailedSheet(t, load(t, entering), "Data_Det_D01", nil), sourcetest.DetailedSheet(t, load(t, in), "Data_Det_D02", stock),
		sourcetest.DetailedSheet(t, load(t, leaving), "Data_Det_D03", nil))}
	obs, _, err := sourcetest.Decode(&Source, all)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]stat.Kind{}
	for _, o := range obs {
		kinds[o.Series.Measure] = o.Series.Kind
		if (o.Series.Kind == stat.Stock) != (o.Period.Start == o.Period.End) {
			t.Fatalf("%s: a %s of %s to %s", o.Series.ID, o.Series.Kind, o.Period.Start, o.Period.End)
		}
	}
	if kinds[entries.Name] != stat.Flow || kinds[exits.Name] != stat.Flow || kinds[detained.Name] != stat.Stock {
		t.Errorf("%v", kinds)
	}
}

func TestRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	refuse("no length", load(t, in).With(t, "Length of detention,", "Time,"), decode.ErrHeader, `"Length of detention"`)
	refuse("a level within a quarter", load(t, in).With(t, "2010-03-31,2010,1,", "2010-03-30,2010,1,"), decode.ErrPeriod, "not the last day of a quarter")
	refuse("no reason", load(t, leaving).With(t, "Reason for leaving detention,", "Cause,"), decode.ErrHeader, `"Reason for leaving detention"`)
}
