package ukhosmallboatasylum

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const (
	claims    = "small_boat_asylum_applications_2023-08-24.csv"
	decisions = "small_boat_initial_decisions_2023-08-24.csv"
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, family.ID, name) }

func TestContract(t *testing.T) {
	newer := map[string]string{"Asylum application": "Asylum claim", "Applications": "Arrivals", "Decisions": "Outcomes"}
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: claims, Sheet: "Data - Irr_D02"},
		sourcetest.Workbook{Fixture: claims, Sheet: "Data_IER_D02", Headers: newer},
		sourcetest.Workbook{Fixture: decisions, Sheet: "Data - Irr_D03"},
		sourcetest.Workbook{Fixture: decisions, Sheet: "Data_IER_D03", Headers: newer})
	sourcetest.SumsAgree(t, &Source, load(t, claims))
}

// TestOutcomesAreThoseOfClaims compares the two datasets: each person with a claim has an outcome,
// or awaits one.
func TestOutcomesAreThoseOfClaims(t *testing.T) {
	total := func(name string, id stat.SeriesID) map[stat.Date]int64 {
		obs, _, err := sourcetest.Decode(&Source, load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		out := map[stat.Date]int64{}
		for _, o := range obs {
			if o.Series.Origin == "ERI" && o.Series.Measure == measureOf(id) && (o.Series.Category == "claim" || o.Series.Measure == outcomes.Name && o.Series.Category == stat.Total) {
				n, _ := o.Value.Get()
				out[o.Period.Start] += n
			}
		}
		return out
	}
	claimed, decided := total(claims, family.SeriesID(&arrivals, "claim")), total(decisions, family.SeriesID(&outcomes, stat.Total))
	for quarter, n := range claimed {
		if decided[quarter] != n {
			t.Errorf("from %s: %d claims, %d outcomes", quarter, n, decided[quarter])
		}
	}
	if len(claimed) < 12 {
		t.Errorf("%d quarters", len(claimed))
	}
}

// measureOf returns the measure of a series.
func measureOf(id stat.SeriesID) string {
	_, measure, _, _, _ := id.Parse()
	return measure
}

func TestRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	refuse("no claim", load(t, claims).With(t, "Asylum application,", "Status,"), decode.ErrHeader, `"Asylum application"`)
	refuse("two counts", load(t, claims).With(t, "Region,", "Arrivals,"), decode.ErrHeader, "both mean")
	refuse("no group", load(t, decisions).With(t, "Asylum Case Outcome Group,", "Group,"), decode.ErrHeader, `"Asylum Case Outcome Group"`)
}
