package ukhoasylumsupport

import (
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const november = "support_2024-11-28.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, family.ID, november) }

func TestContract(t *testing.T) {
	sourcetest.RunDetailed(t, &Source, family.Check(),
		sourcetest.Workbook{Fixture: november, Sheet: "Data - Asy_D09", Headers: map[string]string{"Date": "Date (as at…)"}},
		sourcetest.Workbook{Fixture: november, Sheet: "Data_Asy_D09", Headers: map[string]string{"Date": "Date (as at...)", "UK Region": "UK Region / Nation"}},
		sourcetest.Workbook{Fixture: november, Sheet: "Data_Asy_D12", Headers: map[string]string{"Date": "Date (as at …) [note 2]", "UK Region": "UK region/nation", "Accommodation Type": "Accommodation\ntype"}})
}

// TestHotels checks that hotels are one kind of accommodation and a measure of their own, and that
// nothing is said of them before the publisher told them apart.
func TestHotels(t *testing.T) {
	obs, _, err := sourcetest.Decode(&Source, load(t))
	if err != nil {
		t.Fatal(err)
	}
	kinds, own, parts, total := map[stat.Date]int64{}, map[stat.Date]int64{}, map[stat.Date]int64{}, map[stat.Date]int64{}
	for _, o := range obs {
		n, _ := o.Value.Get()
		switch s := o.Series; {
		case s.Origin != stat.Total:
		case s.Measure == hotels.Name:
			own[o.Period.End] += n
		case s.Category == stat.Total:
			total[o.Period.End] += n
		default:
			parts[o.Period.End] += n
			if s.Category == "hotel" {
				kinds[o.Period.End] += n
			}
		}
	}
	for day, n := range kinds {
		if own[day] != n || day < stat.MustDate("2022-12-31") {
			t.Errorf("in hotels on %s: %d, and %d as a kind", day, own[day], n)
		}
	}
	for day, n := range total {
		if parts[day] != n {
			t.Errorf("%s: %d, its parts %d", day, n, parts[day])
		}
	}
	if len(kinds) != 8 || len(own) != 8 || len(total) != 43 {
		t.Errorf("%d and %d days of hotels, %d in all", len(kinds), len(own), len(total))
	}
}

func TestRefusals(t *testing.T) {
	refuse, f := sourcetest.Refuses(t, &Source), load(t)
	refuse("no accommodation", f.With(t, "Accommodation Type,", "Housing,"), decode.ErrHeader, `"Accommodation Type"`)
	refuse("a month", f.With(t, "2024-09-30,", "2024-08-31,"), decode.ErrPeriod, "not the last day of a quarter")
	sourcetest.RefusesCutsOfLastQuarter(t, &Source, f)
}
